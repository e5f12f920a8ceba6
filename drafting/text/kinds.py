"""What kind of bracket a pair is, read from its own words and the characters beside it.

Negotiated: disputed, insertion, alternative, placeholder, whole. Not negotiated: note (a footnote number, an editorial
remark). Which pairs are alternatives of each other is found in `groups`.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from .pairing import Ends

_REACH = 120  # code points: no note or placeholder is longer, and looking no further keeps the reading linear

_PLACEHOLDER = re.compile(
    r"\s*(?:|[….]+|[_–—-]+|X+|x{2,}|x(?= \w)[^\[\]]*|\?+|TB[CD]|placeholder\b.*|\{[^{}]*\}|"
    r"to be (?:determined|decided|negotiated|developed|elaborated|specified)\b.*)\s*",
    re.DOTALL | re.IGNORECASE,
)
_LONE_X = re.compile(r"\s*x\s*")
_NOTE = re.compile(
    r"\s*(?:(?:English|French|Spanish|Arabic|Chinese|Russian|original)(?: version| only| text)|end of .*|sic|"
    r"cont(?:inue|’|')d|to be (?:completed|continued)|emphasis added|(?:agreed )?ad ref(?:erendum)?\.?|agreed|"
    r"\^\w{1,12}|(?:foot)?note(?: by [^:]*)?:.*|(?:merge with|moved? (?:to|from)|see) .*)\s*",
    re.DOTALL | re.IGNORECASE,
)
_SYMBOL = re.compile(r"\s*\d+[./-][A-Z]{2,}[./-]\d+\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}")
_INSERTION = re.compile(r"[^\S\n]+\S|[,;:(،؛、，；]|(?:and|or|and/or|including|as well as|inter alia)\b")


class Kind(StrEnum):
    """The kinds of bracket; `note` alone is not negotiated."""

    DISPUTED = "disputed"
    INSERTION = "insertion"
    ALTERNATIVE = "alternative"
    PLACEHOLDER = "placeholder"
    WHOLE = "whole"
    NOTE = "note"


def find_notes(texts: Sequence[str], pairs: Sequence[Ends]) -> frozenset[int]:
    """Return the indices of the pairs that are not negotiation brackets.

    `[1]` is a footnote number where it leans on the word before it, and at the head of a provision where the same
    number leans on a word elsewhere; `[5]` between spaces is a disputed number. A document's symbol is a reference,
    but disputed where it stands against another bracket: `[of the CMA][1/CP.21]`.
    """
    notes: set[int] = set()
    anchors: set[str] = set()
    heads: list[tuple[int, str]] = []
    for index, (pair, words) in enumerate(_short_pairs(texts, pairs)):
        if _NUMBER.fullmatch(words):
            before, after = _neighbours(texts, pair)
            if before and not before.isspace() and before not in "[]" and not after.isalnum():
                notes.add(index)
                anchors.add(words)
            elif pair.start.offset == 0 and after == " ":
                heads.append((index, words))
        elif words and (_NOTE.fullmatch(words) or (_SYMBOL.fullmatch(words) and not _has_rival(texts, pair))):
            notes.add(index)
    notes.update(index for index, words in heads if words in anchors)
    return frozenset(notes)


def classify(texts: Sequence[str], pair: Ends, is_alternative: bool) -> Kind:
    """Return the kind of a negotiated pair, the most telling first: placeholder, alternative, whole, insertion."""
    if _is_placeholder(texts, pair):
        return Kind.PLACEHOLDER
    if is_alternative:
        return Kind.ALTERNATIVE
    if _is_whole(texts, pair):
        return Kind.WHOLE
    head = texts[pair.start.provision][pair.start.offset + 1 : pair.start.offset + 1 + _REACH]
    return Kind.INSERTION if _INSERTION.match(head) else Kind.DISPUTED


def _short_pairs(texts: Sequence[str], pairs: Sequence[Ends]) -> Iterator[tuple[Ends, str]]:
    """Yield each pair with its words, "" where they are long or cross provisions."""
    for pair in pairs:
        is_short = pair.start.provision == pair.end.provision and pair.end.offset - pair.start.offset <= _REACH
        yield pair, texts[pair.start.provision][pair.start.offset + 1 : pair.end.offset] if is_short else ""


def _has_rival(texts: Sequence[str], pair: Ends) -> bool:
    before, after = _neighbours(texts, pair)
    return before == "]" or after == "["


def _neighbours(texts: Sequence[str], pair: Ends) -> tuple[str, str]:
    """Return the characters just outside the pair, "" at an edge."""
    before, after = texts[pair.start.provision], texts[pair.end.provision]
    return before[max(0, pair.start.offset - 1) : pair.start.offset], after[pair.end.offset + 1 : pair.end.offset + 2]


def _is_placeholder(texts: Sequence[str], pair: Ends) -> bool:
    if pair.start.provision != pair.end.provision or pair.end.offset - pair.start.offset > _REACH:
        return False
    words = texts[pair.start.provision][pair.start.offset + 1 : pair.end.offset]
    if not _PLACEHOLDER.fullmatch(words) or _LONE_X.fullmatch(words):
        return False
    return not any(map(str.isalnum, _neighbours(texts, pair)))


def _is_whole(texts: Sequence[str], pair: Ends) -> bool:
    """Tell whether nothing but brackets, spaces and a full stop stands outside the pair in its provisions."""
    before = texts[pair.start.provision][: min(pair.start.offset, _REACH + 1)]
    tail = texts[pair.end.provision][pair.end.offset + 1 : pair.end.offset + 2 + _REACH]
    return len(before) <= _REACH and len(tail) <= _REACH and not before.strip(" \t\n[") and not tail.strip(" \t\n].;,")
