"""Ends of new pairs across provisions that meet another bracket, and nothing between the two."""

import pytest

from drafting.text import budgets, meetings, merging, styles
from drafting.text.edges import Piece
from drafting.text.hunks import Proposal


def show(base: list[str], *texts: dict[int, str]) -> list[str]:
    proposals = [Proposal(by, own) for by, own in zip("AB", texts, strict=False)]
    return budgets.bracketed(merging.consolidate(base, proposals))


@pytest.mark.parametrize(
    ("base", "texts", "printed"),
    [
        (["a [b", "]c", "d"], [{0: "a b", 1: "[c", 2: "d]"}], ["a [b", "][c", "d]"]),
        (["a", "b[", "c] d"], [{0: "[a", 1: "b]", 2: "c d"}], ["[a", "b][", "c] d"]),
        (["[a", "][b]", ""], [{1: "[b", 2: "]]"}], ["[[a", "][[b]", "]]"]),
        (["", "[a][", "b]"], [{0: "[", 1: "a]", 2: ""}], ["[", "[a]][", "[b]]"]),
    ],
)
def test_a_new_end_beside_a_bracket_of_the_text_encloses_words(
    base: list[str], texts: list[dict[int, str]], printed: list[str]
) -> None:
    assert show(base, *texts) == printed


def test_where_one_new_pair_opens_before_another_closes_they_change_places() -> None:
    assert show(["a", "b"], {0: "a[", 1: "b]"}, {0: "[a", 1: "]"}) == ["[a", "][[b]]"]
    assert show(["[", "a]", "b"], {1: "c][", 2: "d]"}, {1: "a", 2: "]"}) == ["[[", "[a][c]]", "][[b][d]]"]


def test_a_new_pair_whose_words_are_printed_elsewhere_is_not_printed_round_nothing() -> None:
    assert show(["", "[", "a]"], {0: "[", 1: "c]["}, {1: "[[", 2: "b]]"}) == ["", "[[c][[", "[a][b]]]]"]


def test_an_empty_pair_that_a_proposal_holds_is_no_words_to_print() -> None:
    assert show(["a", "b"], {0: "a [", 1: "] b"}) == ["a", "b"]


def test_names_go_with_their_bracket() -> None:
    base, proposals = ["a", "b"], [Proposal("A", {0: "a[", 1: "b]"}), Proposal("B", {0: "[a", 1: "]"})]
    entries = merging.consolidate(base, proposals)
    assert budgets.bracketed(entries, styles.by_dash) == ["[a", " - B][[b - B delete] - A]"]
    assert budgets.bracketed(entries, styles.by_colon) == ["[B: a", "][A: [B delete: b]]"]


def test_brackets_of_the_text_never_move() -> None:
    pieces = [Piece("a [ ", True), Piece("[", False, pair=1), Piece("] b", True)], [Piece("]", False, pair=1)]
    assert meetings.part(pieces) == ["a [ ][ b", "]"]
