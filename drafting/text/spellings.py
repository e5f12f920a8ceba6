"""Spelling variants: words a text spells in two ways, British and American, with and without a hyphen.

A text that keeps to one form has no finding, whichever it is: the form it uses most is its own. The words are data
(`spelling_words.toml`); of a language that is not in it only hyphens are looked at.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from . import wordlists
from .findings import Check, Finding

_HYPHENATED = re.compile(r"(?<![\w-])([^\W\d_]{2,})-([^\W\d_]{2,})(?![\w-])")
_WORD = re.compile(r"(?<![\w-])[^\W\d_]{4,}(?:[’'][^\W\d_]{1,2})?(?![\w-])")


@dataclass(frozen=True, slots=True)
class _Variety:
    """Two spellings of one kind: `names` as a reader is told, `other` the form of the same word by its own form.

    `several` finds those of several words; `first` are the forms of the first kind.
    """

    names: tuple[str, ...]
    several: re.Pattern[str]
    other: dict[str, str]
    first: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Use:
    provision: int
    start: int
    end: int
    words: str


def languages() -> frozenset[str]:
    """Return the languages whose variants are known."""
    return frozenset(wordlists.read("spelling_words"))


def check(texts: Sequence[str], language: str = "en") -> list[Finding]:
    """Return the words that are spelt otherwise than the text spells most, in document order, each with its remedy."""
    found = [*_check_varieties(texts, language), *_check_hyphens(texts, language)]
    return sorted(found, key=lambda finding: (finding.provision, finding.start))


def _check_varieties(texts: Sequence[str], language: str) -> Iterator[Finding]:
    words = list(_uses(texts, _WORD))
    for variety in _varieties(language):
        uses = [use for use in words if use.words.casefold() in variety.other]
        uses += _uses(texts, variety.several)
        firsts = [use for use in uses if _folded(use.words) in variety.first]
        seconds = [use for use in uses if _folded(use.words) not in variety.first]
        if not firsts or not seconds:
            continue
        is_first = len(firsts) >= len(seconds)
        kept, odd = (firsts, seconds) if is_first else (seconds, firsts)
        name = variety.names[0 if is_first else 1]
        for use in odd:
            remedy = _as_written(use.words, variety.other[_folded(use.words)])
            said = f"The text writes {name} elsewhere ({len(kept)} of {len(uses)} times): “{remedy}” for “{use.words}”."
            yield Finding(Check.SPELLING, use.provision, use.start, use.end, said, remedy)


def _check_hyphens(texts: Sequence[str], language: str) -> Iterator[Finding]:
    compounds, distinct = (frozenset(_data(language).get(name, ())) for name in ("compounds", "distinct"))
    uses: dict[str, dict[str, list[_Use]]] = defaultdict(lambda: defaultdict(list))
    for use in _uses(texts, _HYPHENATED):
        uses[use.words.replace("-", "").casefold()]["-"].append(use)
    joined = uses.keys() | {whole.replace("-", "") for whole in compounds}
    for use in _uses(texts, _WORD):
        if use.words.casefold() in joined:
            uses[use.words.casefold()][""].append(use)
    for use in _spaced(texts, compounds):
        uses[re.sub(r"\s", "", use.words).casefold()][" "].append(use)
    for forms in (uses[solid] for solid in sorted(uses)):
        if len(forms) < 2 or any(use.words.casefold() in distinct for use in forms.get("-", ())):
            continue
        counts = Counter({sign: len(found) for sign, found in forms.items()})
        kept = max(counts, key=lambda sign: (counts[sign], sign == "-"))
        written = Counter(" ".join(use.words.split()) for use in forms[kept])
        model = written.most_common(1)[0][0]
        for sign, found in forms.items():
            for use in found if sign != kept else ():
                remedy = _as_written(use.words, model)
                said = f"The text writes “{model}” elsewhere ({counts[kept]} of {counts.total()} times)."
                yield Finding(Check.SPELLING, use.provision, use.start, use.end, said, remedy)


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()


def _uses(texts: Sequence[str], pattern: re.Pattern[str]) -> Iterator[_Use]:
    for at, text in enumerate(texts):
        for match in pattern.finditer(text):
            yield _Use(at, match.start(), match.end(), match[0])


def _spaced(texts: Sequence[str], compounds: frozenset[str]) -> Iterator[_Use]:
    if not compounds:
        return
    spelt = "|".join(re.escape(whole).replace(r"\-", r"[^\S\n]+") for whole in sorted(compounds, key=len, reverse=True))
    yield from _uses(texts, re.compile(rf"(?<![\w-])(?:{spelt})(?![\w-])", re.IGNORECASE))


def _as_written(words: str, other: str) -> str:
    """Return `other` with the capitals of `words`."""
    if words.isupper():
        return other.upper()
    return (other[0].upper() if words[0].isupper() else other[0].lower()) + other[1:]


def _data(language: str) -> dict[str, Any]:
    found: dict[str, Any] = wordlists.read("spelling_words").get(language, {})
    return found


@cache
def _varieties(language: str) -> tuple[_Variety, ...]:
    data = _data(language)
    return tuple(_variety(one, one.get("endings", data["endings"])) for one in data.get("varieties", {}).values())


def _variety(described: dict[str, Any], endings: list[str]) -> _Variety:
    stems = [(pair, ending) for pair in described["stems"] for ending in endings]
    stems += [(pair, ending) for pair in described.get("doubled", ()) for ending in described["doubled_endings"]]
    other: dict[str, str] = {}
    for (one, two), ending in stems:
        other[one + ending], other[two + ending] = two + ending, one + ending
    spelt = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(other) if " " in word) or r"(?!)"
    pattern = re.compile(rf"(?<![\w-])(?:{spelt})(?![\w-])", re.IGNORECASE)
    return _Variety(tuple(described["names"]), pattern, other, frozenset(one + ending for (one, _), ending in stems))
