"""Stances on options and brackets as they are said, one after the other, and by signs."""

from __future__ import annotations

import pytest

from drafting.text import preferences
from drafting.text.errors import TextError


def said(line: str) -> list[tuple[str, str, str]]:
    return [(one.stance, one.name, one.place) for one in preferences.read(line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("prefers option 2", [("support", "Option 2", "")]),
        ("supports option 1 of paragraph 5.", [("support", "Option 1", "paragraph 5")]),
        ("cannot accept option B", [("cannot-accept", "Option B", "")]),
        ("prefers no text", [("support", "No text", "")]),
        ("+opt2", [("support", "Option 2", "")]),
        ("k bracket 12", [("retain", "12", "")]),
        ("deletes option 2", [("delete", "Option 2", "")]),
        ("supports options 1 and 3 of 9.2", [("support", "Option 1", "9.2"), ("support", "Option 3", "9.2")]),
        (
            "prefers option 2, can live with 3, cannot accept 1",
            [("support", "Option 2", ""), ("can-live-with", "Option 3", ""), ("cannot-accept", "Option 1", "")],
        ),
        (
            "prefers option 2 of 9.2 but could accept sub-option 1 of option 3",
            [("support", "Option 2", "9.2"), ("can-live-with", "Option 3, Sub-option 1", "9.2")],
        ),
        (
            "retains brackets 3 and 4 of article 9, deletes bracket 5",
            [("retain", "3", "article 9"), ("retain", "4", "article 9"), ("delete", "5", "article 9")],
        ),
    ],
)
def test_each_stance_names_its_thing_and_where_it_was_said_to_stand(
    line: str, expected: list[tuple[str, str, str]]
) -> None:
    assert said(line) == expected


@pytest.mark.parametrize("line", ["supports", "supports Norway", "opposes 12", "deletes options", "d “option 2”", ""])
def test_what_is_said_of_something_else_is_left_to_others(line: str) -> None:
    assert said(line) == []


@pytest.mark.parametrize("line", ["supports option 2 as amended", "opposes option 2 because", "d option 2 throughout"])
def test_nothing_that_was_said_behind_is_left_out(line: str) -> None:
    with pytest.raises(TextError, match="names no option"):
        said(line)
