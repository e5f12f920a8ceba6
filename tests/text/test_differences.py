"""The special list: every shall, and, number, date and cross-reference that differs from an earlier text."""

from __future__ import annotations

import pytest
from hypothesis import given

from drafting.text import differences
from tests.text import strategies

FORCE, AND, REF = "shall, should, may", "and, or", "cross-reference"
CASES = [
    ("Parties shall act.", "Parties should act.", [(FORCE, "shall", "should")]),
    ("Parties may act.", "Parties may not act.", [(FORCE, "may", "may not")]),
    ("a and b", "a or b", [(AND, "and", "or")]),
    ("a, b and c", "a and c", []),
    ("within 30 days", "within 60 days", [("number", "30", "60")]),
    ("by 12 March 2030", "by 12 April 2030", [("date", "12 March 2030", "12 April 2030")]),
    ("by 12 May 2030", "by 12 June 2030", [("date", "12 May 2030", "12 June 2030")]),
    ("in article 9, paragraph 2", "in article 9, paragraph 3", [(REF, "9, paragraph 2", "9, paragraph 3")]),
    ("Let us act.", "Let us act and may rest for ten.", [(FORCE, "", "may"), (AND, "", "and"), ("number", "", "ten")]),
    ("Parties shall act at once.", "All Parties shall act now.", []),
    ("1,500 of it", "1,600 of it", [("number", "1,500", "1,600")]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "wanted"), CASES)
def test_it_lists_what_differs_and_nothing_else(old: str, new: str, wanted: list[tuple[str, str, str]]) -> None:
    found = differences.find(old, new)
    told = [(str(one.sort), one.old.words if one.old else "", one.new.words if one.new else "") for one in found]
    assert told == wanted


@given(strategies.texts(), strategies.texts())
def test_equal_texts_have_none_and_each_item_stands_where_it_says(old: str, new: str) -> None:
    assert differences.find(old, old) == []
    for one in differences.find(old, new):
        for item, text in ((one.old, old), (one.new, new)):
            assert item is None or text[item.start : item.end] == item.words
