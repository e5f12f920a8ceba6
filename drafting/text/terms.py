"""Defined terms: what a text defines, whether it uses it, and whether it writes it in one way.

Definitions are read from their usual form (`“Area” means …`, `(hereinafter “the Fund”)`), which is data by language
(`term_words.toml`); a language that is not in it is not checked. Names with capitals are looked at in English alone;
those that everybody knows are data (`proper_names.toml`).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from . import wordlists
from .findings import Check, Finding

_OPEN, _CLOSE = '“"«', '”"»'
_QUOTED = rf"[{_OPEN}](?P<%s>[^{_OPEN}{_CLOSE}\n]{{2,80}})[{_CLOSE}]"
_CAPITAL = r"[A-Z][\w’'-]*"
_NAME = re.compile(rf"(?<=[a-z,;] )the ({_CAPITAL}(?:(?: (?:of|for|on|and|the|to|in))* {_CAPITAL})+)")
#: What stands before the end of a longer name: “the Convention on” before “the Law of the Sea”.
_LONGER = re.compile(rf"{_CAPITAL} (?:of|for|on|and|to|in|under|with) $")
_REACH = 60
#: How often capitals stand before a name counts as a term of the text.
_OFTEN = 3


@dataclass(frozen=True, slots=True)
class Definition:
    """A term where it is defined: its words from `start` to `end` of a provision (by index)."""

    term: str
    provision: int
    start: int
    end: int


def languages() -> frozenset[str]:
    """Return the languages in which definitions are known."""
    return frozenset(wordlists.read("term_words"))


def definitions(texts: Sequence[str], language: str = "en") -> list[Definition]:
    """Return the definitions of a text, in document order; none in a language that is not known."""
    found = [
        Definition(_bare(match["term"]), at, match.start("term"), match.end("term"))
        for at, text in enumerate(texts)
        for pattern in _patterns(language)
        for match in pattern.finditer(text)
    ]
    places = {(one.provision, one.start): one for one in found}
    return [places[place] for place in sorted(places)]


def check(texts: Sequence[str], language: str = "en") -> list[Finding]:
    """Return terms defined twice or never used, written otherwise than defined, or used and nowhere defined."""
    defined = definitions(texts, language)
    found = [*_check_definitions(texts, defined)]
    found += _check_names(texts, defined) if language == "en" else ()
    return sorted(found, key=lambda finding: (finding.provision, finding.start))


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """Return what finds the definitions of a language: a verb behind a term, an introduction before it, or brackets."""
    data = wordlists.read("term_words").get(language)
    if data is None:
        return ()
    behind, ahead, hereinafter = ("|".join(data[name]) for name in ("behind", "ahead", "hereinafter"))
    found = [
        _QUOTED % "term" + rf"(?:\s*,[^.;\n]{{0,80}},)?[\s\[\]]{{1,6}}(?:{behind})\b",
        rf"\((?:{hereinafter})" + _QUOTED % "term",
    ]
    found += [rf"(?<!\w)(?:{ahead})\s+" + _QUOTED % "term"] if ahead else []
    return tuple(re.compile(each, re.IGNORECASE if ahead else 0) for each in found)


def _check_definitions(texts: Sequence[str], defined: Sequence[Definition]) -> Iterator[Finding]:
    seen: dict[str, Definition] = {}
    for one in defined:
        if one.term.casefold() in seen:
            yield _finding(one, f"“{one.term}” is defined twice.")
            continue
        seen[one.term.casefold()] = one
        uses = list(_uses(texts, one))
        if not uses:
            yield _finding(one, f"“{one.term}” is defined and not used.")
        yield from _check_uses(texts, one, uses)


def _check_uses(texts: Sequence[str], one: Definition, uses: Sequence[tuple[int, int, int]]) -> Iterator[Finding]:
    """Yield the uses written otherwise than most; a definition may begin with a capital where the term has none."""
    inner = [(at, start, end) for at, start, end in uses if not _is_head(texts[at], start)]
    forms = Counter(" ".join(texts[at][start:end].split()) for at, start, end in inner)
    alike = [form for form in forms if form[1:] == one.term[1:]]
    model = max(alike, key=lambda form: (forms[form], form == one.term), default=one.term)
    for at, start, end in inner:
        words = " ".join(texts[at][start:end].split())
        if words != model and not words.isupper():
            said = f"Defined as “{one.term}” and elsewhere written “{model}” ({forms[model]}×), here “{words}”."
            yield Finding(Check.TERM, at, start, end, said, model)


def _uses(texts: Sequence[str], one: Definition) -> Iterator[tuple[int, int, int]]:
    """Yield (provision, start, end) of the term wherever it stands outside quotation marks, a final *s* left out."""
    spelt = r"\s+".join(map(re.escape, one.term.split()))
    pattern = re.compile(rf"(?<![\w-]){spelt}(?=s?(?![\w-]))", re.IGNORECASE)
    for at, text in enumerate(texts):
        for match in pattern.finditer(text):
            if text[: match.start()].rstrip()[-1:] not in tuple(_OPEN):
                yield at, match.start(), match.end()


def _is_head(text: str, start: int) -> bool:
    """Tell whether a place stands at the head of a sentence or a line."""
    head = text[:start].rstrip(' \t\n[(“"')
    return not head or head[-1] in ".;:)" or "\n" in text[len(head) : start]


def _check_names(texts: Sequence[str], defined: Sequence[Definition]) -> Iterator[Finding]:
    """Yield the first use of each capitalised name that recurs, is nowhere defined, and that not everybody knows."""
    known = {one.term.casefold() for one in defined}
    uses: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for at, text in enumerate(texts):
        for match in _NAME.finditer(text):
            if not _LONGER.search(text, max(0, match.start() - _REACH), match.start()):
                uses[match[1]].append((at, match.start(1), match.end(1)))
    for name, places in sorted(uses.items(), key=lambda item: item[1][0]):
        folded = name.casefold()
        if len(places) < _OFTEN or folded in _well_known() or any(folded in one or one in folded for one in known):
            continue
        at, start, end = places[0]
        said = f"“{name}” is used {len(places)} times with capitals, and defined nowhere in the text."
        yield Finding(Check.TERM, at, start, end, said)


def _finding(one: Definition, said: str) -> Finding:
    return Finding(Check.TERM, one.provision, one.start, one.end, said)


def _bare(term: str) -> str:
    return " ".join(term.split()).strip(" ,")


@cache
def _well_known() -> frozenset[str]:
    return frozenset(name.casefold() for name in wordlists.read("proper_names")["names"])
