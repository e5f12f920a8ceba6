"""Normative strength: what an amendment does to the force of a text (shall → should), measured as a change.

Never a verdict on a text. The words are data (`strength_words.toml`); only English is measured, other languages are
indicative.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib import resources
from itertools import zip_longest
from typing import Literal

from . import diffs, tokens

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")


class Level(IntEnum):
    """How strongly a term binds; a hedge weakens what it stands beside and has no level of its own."""

    HEDGE = 0
    EFFORT = 1
    INVITATION = 2
    PERMISSION = 3
    RECOMMENDATION = 4
    EXPECTATION = 5
    BINDING = 6


@dataclass(frozen=True, slots=True)
class Term:
    """A normative term as it stands in a text: from `start` to `end`, in code points."""

    words: str
    level: Level
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shift:
    """One change of force: a term that gave way to another, came in (no `old`) or went (no `new`)."""

    old: Term | None
    new: Term | None

    @property
    def direction(self) -> Literal["stronger", "weaker", "level", "added", "removed"]:
        """Which way the force went; a hedge that comes in weakens, one that goes strengthens."""
        if self.old and self.new:
            if self.old.level is self.new.level:
                return "level"
            return "stronger" if self.new.level > self.old.level else "weaker"
        term = self.old or self.new
        if term is not None and term.level is Level.HEDGE:
            return "weaker" if self.new else "stronger"
        return "added" if self.new else "removed"


@dataclass(frozen=True, slots=True)
class _Lexicon:
    pattern: re.Pattern[str]
    levels: dict[str, Level]
    exact: frozenset[str]
    not_after: dict[str, frozenset[str]]
    indicative: bool


def is_indicative(language: str) -> bool:
    """Tell whether the measure of a language is indicative only."""
    return _lexicon(language).indicative


def terms(text: str, language: str = "en") -> list[Term]:
    """Return the normative terms of `text` in order, the longest at each place; a language without words has none."""
    lexicon = _lexicon(language)
    found = []
    for match in lexicon.pattern.finditer(text):
        words = " ".join(match[0].casefold().split())
        before = text[: match.start()].rsplit(None, 1)[-1:]
        if words in lexicon.exact and match[0][0].isupper() and not _begins_sentence(text, match.start()):
            continue
        if before and before[0].casefold() in lexicon.not_after.get(words, ()):
            continue
        found.append(Term(words, lexicon.levels[words], match.start(), match.end()))
    return found


def shifts(old: str, new: str, language: str = "en") -> list[Shift]:
    """Return the changes of force from `old` to `new`, in their order; equal texts have none.

    Terms that give way to each other in one change are paired, hedges with hedges; a term both sides hold is no change.
    """
    words, new_words = tokens.tokenize(old), tokens.tokenize(new)
    at_old, at_new = _offsets(words), _offsets(new_words)
    old_terms, new_terms = terms(old, language), terms(new, language)
    found: list[Shift] = []
    drift = 0
    for start, end, inserted in diffs.edits(words, new_words):
        low, high = at_old[start], at_old[end]
        new_low, new_high = at_new[start + drift], at_new[start + drift + len(inserted)]
        drift += len(inserted) - (end - start)
        ahead, behind = _reach((low, high, old_terms), (new_low, new_high, new_terms))
        here = _touched(old_terms, low - ahead, high + behind)
        there = _touched(new_terms, new_low - ahead, new_high + behind)
        found += [shift for shift in _pair(here, there) if shift not in found]
    return found


def _reach(*sides: tuple[int, int, list[Term]]) -> tuple[int, int]:
    """Return how far the terms a change touches reach out of it on either side: “may” became “may not”."""
    ahead = behind = 0
    for start, end, found in sides:
        for term in _touched(found, start, end):
            ahead, behind = max(ahead, start - term.start), max(behind, term.end - end)
    return ahead, behind


def _pair(old: list[Term], new: list[Term]) -> Iterator[Shift]:
    """Pair the terms of one change, those that both sides hold left out, hedges apart."""
    for term in list(old):
        same = next((other for other in new if other.words == term.words), None)
        if same is not None:
            old.remove(term)
            new.remove(same)
    for is_hedge in (False, True):
        before = [term for term in old if (term.level is Level.HEDGE) == is_hedge]
        after = [term for term in new if (term.level is Level.HEDGE) == is_hedge]
        yield from (Shift(one, other) for one, other in zip_longest(before, after))


def _touched(found: list[Term], start: int, end: int) -> list[Term]:
    """Return the terms a change from `start` to `end` holds a part of, is put into, or touches: it may end a word."""
    return [term for term in found if term.start <= end and start <= term.end]


def _offsets(words: list[str]) -> list[int]:
    offsets = [0]
    for word in words:
        offsets.append(offsets[-1] + len(word))
    return offsets


def _begins_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" [(“\"'")
    return not before or before[-1] in ".;:\n"


@cache
def _lexicon(language: str) -> _Lexicon:
    source = resources.files(__package__).joinpath("strength_words.toml").read_text("utf-8")
    data = tomllib.loads(source).get(language, {})
    levels = {word: Level[name.upper()] for name, words in data.get("levels", {}).items() for word in words}
    levels |= dict.fromkeys(data.get("hedges", ()), Level.HEDGE)
    ranked = sorted(levels, key=lambda word: (-len(word), word))
    spelt = "|".join(r"\s+".join(map(re.escape, word.split())) for word in ranked) or r"(?!)"
    is_spaced = language != "zh"
    return _Lexicon(
        re.compile(rf"(?<!\w)(?:{spelt})(?!\w)" if is_spaced else spelt, re.IGNORECASE),
        levels,
        frozenset(data.get("exact", ())),
        {word: frozenset(others) for word, others in data.get("not_after", {}).items()},
        data.get("indicative", True),
    )
