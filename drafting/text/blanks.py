"""Blanks of a text: places somebody has yet to complete, as a date, a place, a symbol.

Blanks in negotiation brackets are gaps of the text (`readings.clean`); these stand in the words themselves.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LINE = r"_{2,}|\.{4,}|(?<=\s)(?:…+|\.{3})(?=[\s,;)])"
_ASKED = (
    r"[({](?:insert[^)}\n]{0,40}|(?:date|place|symbol|number|name|day|month|year|city|title|page|TBC|TBD)|"
    r"to be (?:completed|confirmed|determined|inserted)[^)}\n]{0,40}|placeholder[^)}\n]{0,40})[)}]"
)
_SYMBOL = r"\b[A-Z]+/(?:[\w.]+/)*(?:[\w.]*\.)?(?:XX+|__+|\.\.\.+|…)(?:/[\w.]+)*"
#: Not `(xx)`: that is the sign of a list, or a session in a symbol, “resolution 2106 (XX)”.
_CROSSES = r"(?!(?<=\()X+\))\bXX+\b"
_BLANK = re.compile(f"(?P<symbol>{_SYMBOL})|{_ASKED}|{_LINE}|{_CROSSES}", re.IGNORECASE)
#: Characters on either side that tell what a blank stands for.
_AROUND = 40
_MONTHS = "January|February|March|April|June|July|August|September|October|November|December"
_SORTS = (
    ("symbol", re.compile(r"symbol|\b[A-Z]+/[A-Z0-9.]+/?\s*$")),
    ("date", re.compile(rf"\bdate|\bday\b|\bmonth\b|\byear\b|\b(?:19|20)\d?\d?\s*$|\bon\s*$|{_MONTHS}")),
    ("place", re.compile(r"\bplace\b|\bcity\b|\b(?:done|adopted) (?:at|in)\s*$", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank from `start` to `end` of a provision (by index); `sort` is date, place, symbol, or empty."""

    provision: int
    start: int
    end: int
    words: str
    sort: str


def find(texts: Sequence[str]) -> list[Blank]:
    """Return the blanks of a text, in document order; three dots after a word end a sentence and are none."""
    return [
        Blank(at, match.start(), match.end(), match[0], _sort(text, match))
        for at, text in enumerate(texts)
        for match in _BLANK.finditer(text)
    ]


def _sort(text: str, match: re.Match[str]) -> str:
    if match["symbol"]:
        return "symbol"
    before, after = text[max(0, match.start() - _AROUND) : match.start()], text[match.end() : match.end() + _AROUND]
    for words in (match[0], before, after):
        for sort, pattern in _SORTS:
            if pattern.search(words):
                return sort
    return ""
