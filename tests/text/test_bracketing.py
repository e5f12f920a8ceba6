"""Bracketing says who holds each new bracket and which of them stand for each other."""

from drafting.text import deciding
from drafting.text.brackets import Position
from drafting.text.hunks import Proposal
from drafting.text.standing import Bracketed, Grouped, PairOpened

Holding = tuple[int, tuple[tuple[str, tuple[str, ...]], ...]]


def bracketed(text: str, **proposals: str) -> tuple[str, list[Holding], list[Grouped]]:
    """The text after bracketing, (offset, holders) of each new `[`, and the groups."""
    table = deciding.lay(Bracketed.read([text]), [Proposal(by, {0: words}) for by, words in proposals.items()])
    done = deciding.bracket(table)
    opened = [(row.start.offset, row.holders) for row in done.effect.rows if isinstance(row, PairOpened)]
    return done.table.document.texts[0], opened, [row for row in done.effect.rows if isinstance(row, Grouped)]


def places(*offsets: int) -> tuple[Position, ...]:
    return tuple(Position(0, offset) for offset in offsets)


def test_rivals_are_held_by_their_proposers_and_the_base_by_nobody() -> None:
    text, opened, groups = bracketed("a b", A="a c", B="a d")
    assert text == "a [b][c][d]"
    assert opened == [(2, ()), (5, (("propose", ("A",)),)), (8, (("propose", ("B",)),))]
    assert groups == [Grouped(places(5, 8), Position(0, 2))]


def test_words_somebody_deletes_are_bracketed_for_them() -> None:
    assert bracketed("a b c", D="a c") == ("a [b] c", [(2, (("delete", ("D",)),))], [])


def test_insertions_at_one_point_stand_for_each_other_alone() -> None:
    text, _, groups = bracketed("a c", A="a b c", B="a x c")
    assert (text, groups) == ("a [b][x] c", [Grouped(places(2, 5), None)])


def test_an_addition_beside_a_bracket_is_no_rival_of_it() -> None:
    assert bracketed("a [b] c", A="a [b] d c")[::2] == ("a [b] [d] c", [])


def test_a_rival_of_a_bracket_joins_it() -> None:
    assert bracketed("a [b] c", A="a d c")[::2] == ("a [b][d] c", [Grouped(places(5), Position(0, 2))])


def test_equal_words_are_one_bracket_with_both_names() -> None:
    assert bracketed("a b", A="a c", B="a c")[1][1] == (5, (("propose", ("A", "B")),))
