"""The special list before a final text: what of a few kinds of words differs from an earlier one.

Every shall, should and may; every and and or; every number, date and cross-reference. The words are data
(`special_words.toml`); a language without words there has numbers and cross-references alone.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import zip_longest

from . import mentions, readings


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
    before, after = items(old, language), items(new, language)
    found: list[Difference] = []
    for low, high, new_low, new_high in _changes(old, new):
        ahead, behind = _reach((low, high, before), (new_low, new_high, after))
        gone = [one for one in before if _reached(one, low - ahead, high + behind)]
        come = [one for one in after if _reached(one, new_low - ahead, new_high + behind)]
        for sort in Sort:
            own, other = ([one for one in side if one.sort is sort] for side in (gone, come))
            for one in list(own):
                if same := next((two for two in other if two.words == one.words), None):
                    own.remove(one)
                    other.remove(same)
            made = (Difference(sort, *pair) for pair in zip_longest(own, other))
            found += [difference for difference in made if difference not in found]
    return found


def items(text: str, language: str = "en") -> list[Item]:
    """Return the words that are looked at, in order; a number inside a date or a cross-reference is part of it."""
    words = _words(language)
    found: list[Item] = []
    for sort, pattern in words:
        found += [Item(sort, match[0], match.start(), match.end()) for match in pattern.finditer(text)]
    spans = [(one.start, one.end) for one in found if one.sort is Sort.DATE]
    for mention in mentions.find([text]):
        found.append(Item(Sort.REFERENCE, text[mention.start : mention.end], mention.start, mention.end))
        spans.append((mention.start, mention.end))
    inside = {
        one for one in found if one.sort is Sort.NUMBER and any(a <= one.start and one.end <= b for a, b in spans)
    }
    return sorted((one for one in found if one not in inside), key=lambda one: (one.start, one.end))


def _changes(old: str, new: str) -> Iterator[tuple[int, int, int, int]]:
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


def _reach(*sides: tuple[int, int, Sequence[Item]]) -> tuple[int, int]:
    """Return how far the items a change reaches stand out of it on either side: “may” became “may not”."""
    ahead = behind = 0
    for low, high, own in sides:
        for one in own:
            if _reached(one, low, high):
                ahead, behind = max(ahead, low - one.start), max(behind, one.end - high)
    return ahead, behind


def _reached(one: Item, low: int, high: int) -> bool:
    """Tell whether a change reaches an item, or touches it."""
    return one.start <= high and low <= one.end


@cache
def _words(language: str) -> tuple[tuple[Sort, re.Pattern[str]], ...]:
    source = resources.files(__package__).joinpath("special_words.toml").read_text("utf-8")
    data = tomllib.loads(source)
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
