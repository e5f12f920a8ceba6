"""The special list before a final text: what of a few kinds of words differs from an earlier one.

Every shall, should and may; every and and or; every number, date and cross-reference. The words are data
(`special_words.toml`); a language without words there has numbers and cross-references alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from . import exchanges, mentions, readings, wordlists


class Sort(StrEnum):
    """What sorts of words are looked at."""

    FORCE = "shall, should, may"
    JUNCTION = "and, or"
    DATE = "date"
    REFERENCE = "cross-reference"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Item:
    """A word that is looked at, from `start` to `end` (code points) of a text."""

    sort: Sort
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One item that gave way to another, came in (no `old`) or went (no `new`)."""

    sort: Sort
    old: Item | None
    new: Item | None


def find(old: str, new: str, language: str = "en") -> list[Difference]:
    """Return the differences of those sorts from one text to another, in their order; equal texts have none."""
    found = exchanges.find(_changes(old, new), _items(old, language), _items(new, language), _rank)
    return [Difference(one.sort, *pair) for pair in found if (one := pair[0] or pair[1])]


def _rank(item: Item) -> int:
    return list(Sort).index(item.sort)


def _items(text: str, language: str) -> list[Item]:
    """Return the words that are looked at, in order; a number in a date or a reference, and a May, is part of it."""
    found: list[Item] = []
    for sort, pattern in _words(language):
        found += [Item(sort, match[0], match.start(), match.end()) for match in pattern.finditer(text)]
    spans = [(one.start, one.end) for one in found if one.sort is Sort.DATE]
    for mention in mentions.find([text]):
        found.append(Item(Sort.REFERENCE, text[mention.start : mention.end], mention.start, mention.end))
        spans.append((mention.start, mention.end))
    parts = [one for one in found if one.sort in (Sort.NUMBER, Sort.FORCE)]
    inside = {one for one in parts if any(start <= one.start and one.end <= end for start, end in spans)}
    return sorted((one for one in found if one not in inside), key=lambda one: (one.start, one.end))


def _changes(old: str, new: str) -> Iterator[exchanges.Span]:
    """Yield the ranges that differ, on both sides, those that touch as one."""
    at = new_at = 0
    low = new_low = -1
    for run in [*readings.comparison(old, new), readings.Run("same", "")]:
        if run.kind == "same":
            if low >= 0:
                yield low, at, new_low, new_at
            low = new_low = -1
        elif low < 0:
            low, new_low = at, new_at
        at += len(run.text) if run.kind != "inserted" else 0
        new_at += len(run.text) if run.kind != "deleted" else 0


@cache
def _words(language: str) -> tuple[tuple[Sort, re.Pattern[str]], ...]:
    data = wordlists.read("special_words")
    own = data.get(language, {})
    months = "|".join(map(re.escape, own.get("months", ())))
    found: list[tuple[Sort, re.Pattern[str]]] = []
    for sort, name in ((Sort.FORCE, "force"), (Sort.JUNCTION, "junctions")):
        if name in own:
            found.append((sort, _pattern(own[name], language)))
    if months:
        spelt = rf"(?:\d{{1,2}}\s+)?(?:{months})(?:\s+\d{{1,2}},)?(?:\s+\d{{4}})?(?!\w)"
        found.append((Sort.DATE, re.compile(rf"(?<!\w)(?:{spelt}|\d{{4}}-\d{{2}}-\d{{2}})")))
    numerals = _pattern(own["numbers"], language).pattern + "|" if own.get("numbers") else ""
    found.append((Sort.NUMBER, re.compile(numerals + data["digits"], re.IGNORECASE)))
    return tuple(found)


def _pattern(words: Sequence[str], language: str) -> re.Pattern[str]:
    spelt = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(f"(?:{spelt})" if language == "zh" else rf"(?<!\w)(?:{spelt})(?!\w)", re.IGNORECASE)
