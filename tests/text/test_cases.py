"""Every case of the semantics, one line each, through the notation anyone may try."""

from pathlib import Path

import pytest

from drafting.text import notation, trials
from drafting.text.notation import BadCase, Deed

LINES = Path(__file__).with_name("cases.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", LINES)
def test_a_case_of_the_semantics_holds(line: str) -> None:
    assert trials.answer(line.rpartition("|")[0]) == line


@pytest.mark.parametrize(
    "line",
    [
        # Decided where the semantics leave it open, as a careful drafter would.
        "a  [b], c | -1 | a, c",  # a comma never ends up behind a space that the bracket kept from it
        "“a [b]” c | -1 | “a” c",
        "(a [b]) c | -1 | (a) c",
        "a [b] [c] d | -1 -2 | a d",
        "[a] [b] c | -1 -1 | !",  # a closed number is not used again
        "n:1 a [1] c | ^1 | !",  # a note is not under negotiation
        "a [b [c]] d | -1 ^2 | !",  # closed with the pair around it
        "g:1,2 [a][b] c | -1 /2 | !",  # what is left of the group is no choice any more
        "g:1,2,3 [a][b][c] d | -1 /2 | b d",
        "g:1 shall [may] act | /1 | may act",  # one bracket is a choice only against the words beside it
        "[a [b] c] d | ^1 c | a c d",
        "a [b] c ‖ A: a [x] c | -1 +A | !",  # its words are gone
        "a [b] c ‖ A: a b c | ^1 f | A in text",  # somebody else did the same
        "a b c d e f ‖ A: a x c d e f | < a b c d y f | a x c d y f",
        "a b c d e ‖ A: a x c d e | < a b y d e | !",
        "1. a b c ¶ 2. d ‖ A: 1. a x c ¶ 2. d | < 1. a b c ¶ ∅ | 1. a x c ¶ ∅",
        "1. a b c ¶ 2. d ‖ A: 1. a b c ¶ 2. x | < 1. a b c ¶ ∅ | !",
        "a b ‖ A: a b ¶ c d | +A | a b ¶ c d",
        "é [b] e[\u0301] | -1 ^2 | é é",  # characters that meet are composed
    ],
)
def test_a_case_the_semantics_leave_open_is_decided(line: str) -> None:
    assert trials.answer(line.rpartition("|")[0]) == line


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("a b", "A case is written"),
        ("a | ", "names no act"),
        ("a | ^", "“\\^” is no act"),
        ("a | +A | b | c", "A case is written"),
        ("a ‖ x | c", "A proposal is written"),
        ("g:1,2 [a] b | c", "no open bracket 2"),
        ("a | < b", "One proposal"),
        ("a ‖ A: b | < b ¶ c", "as many provisions"),
    ],
)
def test_a_line_outside_the_notation_says_why(line: str, reason: str) -> None:
    with pytest.raises(BadCase, match=reason):
        trials.answer(line)


def test_the_notation_is_read_into_deeds() -> None:
    case = notation.read("g:1,2 n:3 [a][b] [1] ¶ ∅ ‖ A: x | ^1 +A2 -A # f")
    assert (case.texts, case.groups, case.notes) == (("[a][b] [1]", ""), ((1, 2),), (3,))
    assert case.deeds == (
        Deed("lift", 1),
        Deed("accept", 2, "A"),
        Deed("drop hunk", 0, "A"),
        Deed("bracket"),
        Deed("fate"),
    )
