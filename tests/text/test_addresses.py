"""A new provision gets an address of its own, read off its label, that no other has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.text import addresses


@pytest.mark.parametrize(
    ("words", "after", "article", "address"),
    [
        ("5. Each Party shall act.", "4", "", "5"),
        ("5. Each Party shall act.", "9.4", "9", "9.5"),
        ("(b) report;", "9.4(a)", "9", "9.4(b)"),
        ("4. Another.", "4", "", "4~2"),
        ("No label.", "4", "", "4~1"),
        ("No label either.", "4~1", "", "4~1~1"),
    ],
)
def test_it_is_called_by_its_label_or_by_what_it_follows(words: str, after: str, article: str, address: str) -> None:
    assert addresses.name(words, after, article, {"4"}).address == address


@given(st.text("1a~(", min_size=1, max_size=9), st.sets(st.text("1a~(2", max_size=9)))
def test_an_address_is_free_and_is_the_one_asked_for_where_that_is(address: str, taken: set[str]) -> None:
    found = addresses.free(address, taken)
    assert found not in taken
    assert found == address or address in taken
