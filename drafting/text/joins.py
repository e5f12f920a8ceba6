"""Joins: how a text closes over words that leave it, so that no act leaves a double space or a loose comma.

Pure string work on one text. Which words leave is decided by `acts`; steps over a document are in `steps`.
"""

import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from .changes import ChangeSet, Edit

Range = tuple[int, int]
"""(from, to) in code points."""

_OPENERS = " \n[("
_CLOSERS = {
    "fr": ",.)]",
    "en": ",.;:)]`،؛؟!?”’»",
}
_STRAIGHT_QUOTES = "\"'"
# Hangul vowels and finals join the syllable before them though their combining class is 0.
_JAMO = range(0x1160, 0x1200)


def cut(text: str, ranges: Iterable[Range], language: str = "en") -> ChangeSet:
    """Return the change that takes `ranges` out of `text`, joins the two sides of each and keeps the text in NFC.

    Where both sides bring spaces those behind go; spaces left before a closing mark, a line's or the text's end, or
    after an opening one, go too. French keeps its space before `;:!?»`. Ranges may touch, overlap, come in any order.
    """
    kept: list[int] = []
    at = 0
    for start, end in merge(ranges):
        kept += range(at, start)
        at = max(at, end)
        before = text[kept[-1]] if kept else ""
        if text[at : at + 1] == " " and (not before or before in _OPENERS):
            while text[at : at + 1] == " ":
                at += 1
        elif before == " " and _closes(text, at, language):
            while kept and text[kept[-1]] == " ":
                kept.pop()
    kept += range(at, len(text))
    return compose(text, [(low + 1, high, "") for low, high in pairwise([-1, *kept, len(text)]) if high - low > 1])


def compose(text: str, edits: Iterable[Edit]) -> ChangeSet:
    """Return the change that makes `edits` and leaves the characters that now meet in NFC.

    Only characters round an edit are composed, so anchors elsewhere live on. `text` is in NFC; raises `ChangeMismatch`
    for edits that overlap or leave the text.
    """
    plain = ChangeSet.of(edits, len(text))
    after = plain.apply(text)
    if unicodedata.is_normalized("NFC", after):
        return plain
    return plain.compose(ChangeSet.of(_compositions(after), len(after)))


def merge(ranges: Iterable[Range]) -> list[Range]:
    """Return `ranges` in order, those that overlap or touch as one, empty ones left out."""
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if start == end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def starts_character(char: str) -> bool:
    """Tell whether `char` never melts into the character before it."""
    return not unicodedata.category(char).startswith("M") and ord(char) not in _JAMO


def _closes(text: str, at: int, language: str) -> bool:
    """Tell whether what stands at `at` bears no space before it."""
    char = text[at : at + 1]
    if char in ("", "\n"):
        return True
    if char in _STRAIGHT_QUOTES:
        return not text[at + 1 : at + 2].isalnum()
    return char in _CLOSERS.get(language, _CLOSERS["en"])


def _compositions(text: str) -> list[Edit]:
    """Return the edits that compose each cluster of `text` that is not in NFC."""
    edits: list[Edit] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or starts_character(text[at]):
            cluster = text[start:at]
            composed = unicodedata.normalize("NFC", cluster)
            if composed != cluster:
                edits.append((start, at, composed))
            start = at
    return edits
