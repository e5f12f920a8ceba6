"""Edits: words first, brackets by the pair."""

from itertools import pairwise

import pytest
from hypothesis import given

from drafting.text import edits
from drafting.text.runs import is_balanced
from drafting.text.wordings import Wording
from tests.text import rounds, strategies
from tests.text.rounds import Round

Change = tuple[str, str, int]


def find(base: str, new: str) -> list[Change]:
    """Each edit as (out, in, tie)."""
    return [
        (base[low:high], new[new_low:new_high], tie)
        for low, high, new_low, new_high, tie in edits.find(Wording.of(base), Wording.of(new))
    ]


@given(strategies.texts(), strategies.texts())
def test_the_edits_made_give_the_new_text(base: str, new: str) -> None:
    made = base
    for low, high, new_low, new_high, _ in reversed(edits.find(Wording.of(base), Wording.of(new))):
        made = made[:low] + new[new_low:new_high] + made[high:]
    assert made == new


@given(strategies.texts(), strategies.texts())
def test_edits_come_in_order_and_do_not_overlap(base: str, new: str) -> None:
    found = edits.find(Wording.of(base), Wording.of(new))
    for one, two in pairwise(found):
        assert one.high <= two.low
        assert one.new_high <= two.new_low


@given(rounds.rounds())
def test_an_edit_tied_to_no_other_is_balanced(round_: Round) -> None:
    for text in round_.texts.values():
        found = edits.find(Wording.of(round_.base), Wording.of(text))
        ties = [edit.tie for edit in found]
        for edit in found:
            if ties.count(edit.tie) == 1:
                assert is_balanced(round_.base[edit.low : edit.high])
                assert is_balanced(text[edit.new_low : edit.new_high])


@given(rounds.rounds(only_acts=True))
def test_acts_on_brackets_insert_no_word(round_: Round) -> None:
    for text in round_.texts.values():
        for low, _, new_low, new_high, _ in edits.find(Wording.of(round_.base), Wording.of(text)):
            assert not text[new_low:new_high].strip("[] \n\u00a0"), round_.base[low:]


@pytest.mark.parametrize(
    ("base", "new", "found"),
    [
        ("a [b] c", "a b c", [("[", "", 0), ("]", "", 0)]),
        ("a [b] c", "a c", [("[b] ", "", 0)]),
        ("a [, b] c", "a, b c", [(" ", "", 0), ("[", "", 1), ("]", "", 1)]),
        ("[shall] [should] take", "should take", [("[shall] ", "", 0), ("[", "", 1), ("]", "", 1)]),
        ("[shall] [should] take", "may take", [("[shall] [should]", "may", 0)]),
        ("[shall] [should] take", "[may] take", [("[shall] [should]", "[may]", 0)]),
        ("[x b] k", "y b k", [("[", "", 0), ("x", "y", 1), ("]", "", 0)]),
        ("[a b] c", "[a] b c", [("[", "[", 0), ("", "]", 0), ("]", "", 0)]),
        ("a c", "[z c]", [("", "[", 0), ("a", "z", 1), ("", "]", 0)]),
        ("[[a]] b", "[a] b", [("[", "", 0), ("]", "", 0)]),
        ("[p q] [s m] [o s] [m s] x", "[s m] [m s] x", [("[p q] ", "", 0), ("[o s] ", "", 1)]),
        (
            "Party [shall] act soon.",
            "Party shall act [very] late.",
            [("[", "", 0), ("]", "", 0), ("soon", "[very] late", 2)],
        ),
        ("a [\u0301b] c", "a \u0301b c", [("[", "", 0), ("]", "", 0)]),
        ("a  [\u0301b] c", "a  \u0301b c", [("[", "", 0), ("]", "", 0)]),
        ("a [🏽] c", "a 🏽 c", [("[", "", 0), ("]", "", 0)]),
        ("a [\ufe0f]\u0345 c", "a \ufe0f\u0345 c", [("[", "", 0), ("]", "", 0)]),
        ("a [\ufe0f][\u0345] c", "a \ufe0f[\u0345] c", [("[", "", 0), ("]", "", 0)]),
        ("a [\u0600] c", "a \u0600 c", [("[", "", 0), ("]", "", 0)]),
        (" [\u0301\u0345]", " \u0301[\u0345]", [("[", "", 0), ("", "[", 0), ("]", "]", 0)]),
        ("[\u0600]\u0600", "[\u0600\u0600]", [("[", "[", 0), ("]", "", 0), ("", "]", 0)]),
        ("[[a] [] ]", "[[b] [] ][c]", [("a", "b", 0), ("", "[c]", 1)]),
        ("[][a]", "[][[]a]", [("", "[]", 1)]),
        ("a [b c", "a [d c", [("b", "d", 0)]),
        ("a ] b [ c", "x ] b [ y", [("a", "x", 0), ("c", "y", 1)]),
    ],
)
def test_brackets_go_by_the_pair(base: str, new: str, found: list[Change]) -> None:
    assert find(base, new) == found


def test_a_chain_of_one_word_slides_to_one_place() -> None:
    assert find("very very very big", "very very big") == [("very ", "", 0)]
    assert find("a, b", "a, c, b") == [("", ", c", 0)]
    assert find("One. Two. Two. Three.", "One. Two. Three.") == [("Two. ", "", 0)]
