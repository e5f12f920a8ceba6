"""Strategies of the laws: texts of many scripts, balanced and broken brackets, documents, changes."""

import unicodedata
from collections.abc import Sequence
from functools import cache

from hypothesis import strategies as st

from drafting.text.changes import ChangeSet

PIECES = [
    *"ab ,.;[]\n",
    "[",
    "]",
    "shall",
    "should",
    "Each Party",
    " ",
    "[shall]",
    "[a][b]",
    "é",
    "\u0301",  # combining: on a letter, a bracket or a space
    "]\u0301",
    "[\u0308",
    "\u00a0",
    "\u200f",  # right-to-left mark
    "\u200e",
    "\u2068",
    "يجب",
    "على",
    "،",
    "保护",
    "和保全",
    "。",
    "ありがとう",
    "การมี",
    "👩‍👩‍👧",
    "🏳️‍🌈",
    "👍🏽",
    "𠮷",
    "\u0600",  # an Arabic sign that joins what follows it
    "ℹ\ufe0f",
    "क्षि",
    "각",
    "\u1100",
]
"""What texts are made of: words and marks of several scripts, and every character that has broken a tokeniser."""

WORDS = [piece for piece in PIECES if "[" not in piece and "]" not in piece]


@cache
def integers(least: int, most: int) -> st.SearchStrategy[int]:
    """The integers of a range: one strategy each, so that it is checked once, not at every draw."""
    return st.integers(least, most)


@cache
def texts(max_size: int = 20) -> st.SearchStrategy[str]:
    """Clean texts (NFC, line feeds) with brackets that need not balance."""
    return st.lists(st.sampled_from(PIECES) | st.characters(codec="utf-8"), max_size=max_size).map(_clean)


@cache
def balanced_texts() -> st.SearchStrategy[str]:
    """Clean texts whose brackets balance, nested a few deep, alternatives and spaced runs among them."""
    words = st.lists(st.sampled_from(WORDS), max_size=4).map("".join)
    return st.recursive(
        words,
        lambda inner: st.lists(words | inner.map("[{}]".format), min_size=1, max_size=4).map("".join),
        max_leaves=12,
    ).map(_clean)


@cache
def documents(max_size: int = 5) -> st.SearchStrategy[list[str]]:
    """Ordered provision texts with brackets that need not balance and may cross."""
    return st.lists(texts(12), max_size=max_size)


@st.composite
def balanced_documents(draw: st.DrawFn) -> list[str]:
    """Ordered provision texts that balance as a whole, with pairs across provisions."""
    text = draw(balanced_texts())
    cuts = sorted(draw(_places(len(text), 4)))
    return [_clean(text[start:end]) for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]


@st.composite
def changes_of(draw: st.DrawFn, text: str) -> ChangeSet:
    """A change of `text` with up to four edits."""
    return ChangeSet.of(draw(edits_of(text)), len(text))


@st.composite
def edits_of(draw: st.DrawFn, text: str, inserted: Sequence[str] = PIECES) -> list[tuple[int, int, str]]:
    """Up to four edits of `text` that do not overlap."""
    ends = sorted(draw(_places(len(text), 8)))
    new = _inserted(tuple(inserted))
    return [(start, end, draw(new)) for start, end in zip(ends[::2], ends[1::2], strict=False)]


@cache
def _places(length: int, most: int) -> st.SearchStrategy[list[int]]:
    return st.lists(integers(0, length), max_size=most)


@cache
def _inserted(pieces: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=2).map("".join)


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", "".join(char for char in text if char == "\n" or char >= " "))
