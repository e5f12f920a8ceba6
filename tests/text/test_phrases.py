"""Words are found as they are said, and leave with what belongs to them."""

from __future__ import annotations

import pytest

from drafting.text import phrases


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("All Parties and parties", "Parties", [(4, 11)]),
        ("All Parties and parties", "parties", [(4, 11), (16, 23)]),
        ("a part of Parties", "part", [(2, 6)]),
        ("as  appropriate, as\nappropriate", "as appropriate", [(0, 15), (17, 31)]),
        ("保护和保全", "保全", [(3, 5)]),
        ("anything", " ", []),
    ],
)
def test_words_are_found_whole_and_capitals_count_where_they_were_typed(
    text: str, words: str, found: list[tuple[int, int]]
) -> None:
    assert phrases.find(text, words) == found


def test_words_before_the_start_are_not_looked_at() -> None:
    assert phrases.find("1. a 1. b", "1", 3) == [(5, 6)]


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("act [as due] now", "as due", "act  now"),
        ("act, as due, now", "as due", "act, now"),
        ("act, as due.", "as due", "act."),
        ("act as due now", "as due", "act  now"),
        ("as due", "as due", ""),
    ],
)
def test_words_leave_with_their_brackets_and_one_comma(text: str, words: str, left: str) -> None:
    ((start, end),) = (phrases.widen(text, place) for place in phrases.find(text, words))
    assert text[:start] + text[end:] == left


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("a", "b", " "), ("a", ", b", ""), ("[", "b", ""), ("保", "护", ""), ("", "b", "")],
)
def test_a_space_stands_between_words_only(before: str, after: str, expected: str) -> None:
    assert phrases.space(before, after) == expected
