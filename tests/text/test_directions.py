"""Which way words run."""

from __future__ import annotations

import pytest

from drafting.text import directions


@pytest.mark.parametrize(
    ("words", "is_left"), [("NOR, EU", True), ("12 [", False), ("المادة ٩", False), ("NOR: نص", False)]
)
def test_words_run_from_left_to_right_where_all_their_letters_do(words: str, is_left: bool) -> None:
    assert directions.runs_left_to_right(words) is is_left


def test_what_is_isolated_has_its_beginning_and_its_end_marked() -> None:
    assert directions.isolated("NOR, EU") == "\u2068NOR, EU\u2069"
    assert directions.isolated("") == ""


@pytest.mark.parametrize("line", ["المادة ٩", "1. كل طرف", "[NOR]", "", "A/CONF.9/L.1"])
def test_a_line_that_begins_at_the_right_by_itself_is_left_as_it_is(line: str) -> None:
    assert directions.begun(line) == line


def test_a_line_that_begins_with_a_code_is_begun_at_the_right() -> None:
    assert directions.begun("[NOR: نص]") == "\u200f[NOR: نص]"
