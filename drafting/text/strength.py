"""Normative strength: what an amendment does to the force of a text (shall → should), measured as a change.

Never a verdict on a text. The words are data (`strength_words.toml`); only English is measured, other languages are
indicative.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Literal

from . import diffs, exchanges, tokens, wordlists

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
    found = exchanges.find(_changes(old, new), terms(old, language), terms(new, language), _is_hedge)
    return [Shift(one, other) for one, other in found]


def _is_hedge(term: Term) -> bool:
    return term.level is Level.HEDGE


def _changes(old: str, new: str) -> Iterator[exchanges.Span]:
    words, new_words = tokens.tokenize(old), tokens.tokenize(new)
    at_old, at_new = _offsets(words), _offsets(new_words)
    drift = 0
    for start, end, inserted in diffs.edits(words, new_words):
        yield at_old[start], at_old[end], at_new[start + drift], at_new[start + drift + len(inserted)]
        drift += len(inserted) - (end - start)


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
    data = wordlists.read("strength_words").get(language, {})
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
