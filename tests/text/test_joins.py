"""How a text closes over words that leave it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.text import joins
from tests.text import strategies


def _without(text: str, words: str, language: str = "en") -> str:
    start = text.index(words)
    return joins.cut(text, [(start, start + len(words))], language).apply(text)


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("a [b] c", "[b]", "a c"),
        ("a [b], c", "[b]", "a, c"),
        ("a  [b], c", "[b]", "a, c"),
        ("a.  [b.]  c", "[b.]", "a.  c"),
        ("a [b].", "[b]", "a."),
        ("a [b]", "[b]", "a"),
        ("[b] a", "[b]", "a"),
        ("([b] a)", "[b]", "(a)"),
        ("a [b]\nc", "[b]", "a\nc"),
        ("a\n[b] c", "[b]", "a\nc"),
        ("a[b] c", "[b]", "a c"),
        ("يجب [ب]، ت", "[ب]", "يجب، ت"),
        ("“a [b]” c", "[b]", "“a” c"),
        ('"a [b]" c', "[b]", '"a" c'),
        ('a [b]"c" d', "[b]", 'a "c" d'),
        ("a\u00a0[b] c", "[b]", "a\u00a0 c"),
    ],
)
def test_one_space_is_left_and_none_before_a_closing_mark(text: str, words: str, left: str) -> None:
    assert _without(text, words) == left


def test_french_keeps_its_space_before_high_marks() -> None:
    assert _without("a [b] ; c", "[b]", "fr") == "a ; c"
    assert _without("a [b]; c", "[b]", "fr") == "a ; c"
    assert _without("a [b], c", "[b]", "fr") == "a, c"


def test_ranges_that_touch_are_one_cut() -> None:
    assert joins.cut("a [b][c] d", [(2, 5), (5, 8)]).apply("a [b][c] d") == "a d"


def test_a_mark_that_meets_a_letter_is_composed_with_it() -> None:
    assert joins.cut("e[\u0301x]", [(1, 2), (4, 5)]).apply("e[\u0301x]") == "éx"


def test_letters_far_from_a_cut_keep_their_anchors() -> None:
    text = "e[\u0301x] far"
    assert joins.cut(text, [(1, 2), (4, 5)]).map_pos(text.index("far")) == 3


@given(strategies.texts(), st.data())
def test_what_is_cut_leaves_the_rest_in_order_and_in_nfc(text: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    ranges = list(zip(ends[::2], ends[1::2], strict=False))
    after = joins.cut(text, ranges).apply(text)
    kept = "".join(char for at, char in enumerate(text) if not any(low <= at < high for low, high in ranges))
    assert unicodedata.is_normalized("NFC", after)
    assert _bare(after) == _bare(kept)


@given(strategies.texts(), st.data())
def test_a_cut_makes_no_double_space_and_no_loose_comma(text: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    after = joins.cut(text, [(start, end)]).apply(text)
    for mark in ("  ", " ,", " ."):
        assert after.count(mark) <= text.count(mark)


def _bare(text: str) -> str:
    return unicodedata.normalize("NFD", text.replace(" ", ""))
