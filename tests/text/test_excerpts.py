"""An excerpt is cut at spaces, and says where words are left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.text import excerpts


@pytest.mark.parametrize(
    ("text", "start", "end", "wanted"),
    [
        ("one two three four five", 8, 13, ("…two ", " four…")),
        ("one two", 4, 7, ("one ", "")),
        ("abcdefgh ijk", 9, 12, ("…", "")),
        ("x", 0, 1, ("", "")),
    ],
)
def test_it_is_cut_at_spaces(text: str, start: int, end: int, wanted: tuple[str, str]) -> None:
    assert excerpts.around(text, start, end, 6) == wanted


@given(st.text("ab \n", max_size=30), st.data())
def test_it_is_what_stands_beside_the_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    before, after = excerpts.around(text, start, end, 5)
    assert text[:start].endswith(before.removeprefix("…"))
    assert text[end:].startswith(after.removesuffix("…"))
