"""Joins: how a text closes over words that leave it, so that no act leaves a double space or a loose comma.

Pure string work on one text. Which words leave is decided by `acts`; steps over a document are in `steps`.
"""

import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from .changes import ChangeSet, Edit

Range = tuple[int, int]
"""(from, to) in code points."""

_OPENERS = (" ", "\n", "[", "(")
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
    gone = bytearray(len(text))
    for start, end in merge(ranges):
        gone[start:end] = b"\1" * (end - start)
        _join(text, gone, start, end, language)
    return compose(text, [(start, end, "") for start, end in _runs(gone)])


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


def _join(text: str, gone: bytearray, start: int, end: int, language: str) -> None:
    """Mark in `gone` the spaces that must leave where text[start:end] was cut."""
    left = start - 1
    while left >= 0 and gone[left]:
        left -= 1
    opens = left < 0 or text[left] in _OPENERS
    if opens and text[end : end + 1] == " ":
        while text[end : end + 1] == " ":
            gone[end] = 1
            end += 1
    elif left >= 0 and text[left] == " " and _closes(text, end, language):
        while left >= 0 and text[left] == " ":
            gone[left] = 1
            left -= 1


def _closes(text: str, at: int, language: str) -> bool:
    """Tell whether what stands at `at` bears no space before it."""
    char = text[at : at + 1]
    if char in ("", "\n"):
        return True
    if char in _STRAIGHT_QUOTES:
        return not text[at + 1 : at + 2].isalnum()
    return char in _CLOSERS.get(language, _CLOSERS["en"])


def _runs(gone: bytearray) -> list[Range]:
    """Return the ranges marked in `gone`."""
    edges = [at for at, (before, now) in enumerate(pairwise(b"\0" + gone + b"\0")) if before != now]
    return list(zip(edges[::2], edges[1::2], strict=True))


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
