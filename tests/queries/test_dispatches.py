"""The report of a day: how a change is said in words."""

from __future__ import annotations

import pytest

from drafting.queries import dispatches


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        (
            [("same", "Parties "), ("deleted", "shall"), ("inserted", "should"), ("same", " act")],
            "out “shall”, in “should”",
        ),
        ([("deleted", "["), ("same", "the full "), ("deleted", "]"), ("same", " text")], "brackets off “the full”"),
        ([("same", "a "), ("inserted", "["), ("same", "word"), ("inserted", "]")], "brackets round “word”"),
        ([("inserted", "[new words]")], "in “[new words]”"),
        ([("same", "a"), ("inserted", " ")], "spaces only"),
    ],
)
def test_a_change_is_said_in_words(runs: list[tuple[str, str]], said: str) -> None:
    assert dispatches.say_change(runs) == said
