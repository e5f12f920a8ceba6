"""The same quarrel in many places."""

from hypothesis import given

from drafting.text import brackets, linking
from drafting.text.linking import Link
from tests.text import strategies


def _suggest(*texts: str) -> list[Link]:
    return linking.suggest(texts, brackets.parse(texts))


def test_the_same_alternatives_are_linked_whatever_their_case_spaces_and_order() -> None:
    (link,) = _suggest("a [planned][proposed] b", "c [Proposed][ planned ] d", "e [planned] f")
    assert link == Link(frozenset({"planned", "proposed"}), ((1, 2), (3, 4)))


def test_lone_brackets_are_linked_with_each_other() -> None:
    assert _suggest("[as appropriate] a [as appropriate]")[0].places == ((1,), (2,))


def test_articles_numbers_and_letters_are_no_quarrel() -> None:
    assert _suggest("[the] [s] [5] [,] [X] a", "[the] b [s] c [5] d [,] e [X]") == []


def test_a_place_that_stands_once_is_not_linked() -> None:
    assert _suggest("[shall][should] a", "[shall][may] b") == []


def test_the_most_frequent_comes_first() -> None:
    links = _suggest("[coastal] a [full] b [full] c", "[coastal] d [full]")
    assert [len(link.places) for link in links] == [3, 2]


@given(strategies.documents())
def test_every_pair_is_in_one_place_at_most_and_holds_the_members(texts: list[str]) -> None:
    parsed = brackets.parse(texts)
    links = linking.suggest(texts, parsed)
    numbers = [number for link in links for place in link.places for number in place]
    assert len(numbers) == len(set(numbers))
    for link in links:
        for place in link.places:
            assert linking.members(texts, [parsed.pairs[number - 1] for number in place]) == link.members
