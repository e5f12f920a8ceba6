"""Attributions written into brackets: who proposes the words, who keeps them, who deletes them.

Seen as `[should - EU, NOR; G77 delete]`, `[EU: should]`, `[a - AA, BB retain / b - CC]`, `[, Alt. AALAND also]`. Names
are taken as they stand; matching them to delegations is the importer's. In our own texts attribution is data, never
words.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from babel import Locale

from . import slashes
from .pairing import Ends

Stance = Literal["propose", "support", "retain", "delete", "oppose", "reserve", "can-live-with", "cannot-accept"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Names, in the order they are written, and the stance they take on the words."""

    names: tuple[str, ...]
    stance: Stance


@dataclass(frozen=True, slots=True)
class Attributed:
    """Words inside one pair (by index from 0) and who is written to them.

    `start` and `end` are the span of the words alone in the text of the pair's provision. A bracket of alternatives
    parted by slashes gives one of these for each.
    """

    pair: int
    start: int
    end: int
    attributions: tuple[Attribution, ...]


_STANCES: dict[Stance, str] = {
    "delete": r"(?:to )?deletes?|deletion",
    "retain": r"(?:to )?(?:retain|keep)s?",
    "support": r"supports?|supported",
    "propose": r"proposes?|proposed|prefers?",
    "oppose": r"opposes?|opposed|rejects?",
    "reserve": r"reserves?|reserved|reservation",
    "can-live-with": r"can (?:live with|accept)(?: it)?|flexible",
    "cannot-accept": r"can ?not accept(?: it)?",
}
_ENDING = re.compile(rf"(?:\s*\(?\s*)({'|'.join(_STANCES.values())})\)?\s*$", re.IGNORECASE)
_LOWER = r"a-zß-öø-ÿа-я"
_WORD = rf"[^\W\d_{_LOWER}][\w.'’&+/-]*"
_NAME = re.compile(rf"{_WORD}(?: (?:(?:of|and|the|de|du|des|la|el|del|da) )*{_WORD})*")
_PARTING = re.compile(r",\s*and\s+|,\s*|\s+and\s+(?!China\b)|\s*/\s*")
_DASH = re.compile(r"(?:^|\s)[-–—]\s?(?=[^\W_])")
_COLON = re.compile(r"\s*([^:\[\]]{2,120}):\s+")
_ALTERNATIVE = re.compile(rf"\s*,?\s*Alt\.\s+({_WORD})\s+(?=[{_LOWER}])")
_CODE = re.compile(r"(?!(?:[IVX]+|OP|PP|ALT|TBD|TBC|OPTION|AND|OR|NO)\d*$)[A-Z][A-Z0-9&.+/-]{1,11}(?: and China)?")
_TITLED = re.compile(r"(?:Group|Republic|Federation|Kingdom|States|Islands|Union|See|Alliance|Caucus)(?!\w)(?! Part)")
_LONGEST = 300  # code points: looked at behind the words for names


def find(texts: Sequence[str], pairs: Sequence[Ends], known: Collection[str] = ()) -> Iterator[Attributed]:
    """Yield, in document order, the words of brackets that name somebody.

    Names are codes in capitals (`EU`, `G77`), names of territories, what calls itself a group, union or republic, and
    the `known` names of a conference; other words behind a dash or before a colon are left as words.
    """
    for index, pair in enumerate(pairs):
        if pair.start.provision != pair.end.provision:
            continue
        text = texts[pair.start.provision]
        found = [
            _read(text, index, start, end, known)
            for start, end in slashes.split(text, pair.start.offset + 1, pair.end.offset)
        ]
        if len(found) > 1 and not any(words.attributions for words in found):
            continue
        yield from (words for words in found if words.attributions or len(found) > 1)


def _read(text: str, pair: int, start: int, end: int, known: Collection[str]) -> Attributed:
    before = _read_before(text, start, end, known)
    if before:
        return Attributed(pair, before[0], end, before[1])
    for dash in reversed(list(_DASH.finditer(text, max(start, end - _LONGEST), end))):
        attributions = _read_clauses(text[dash.end() : end], known)
        if attributions:
            return Attributed(pair, start, dash.start(), attributions)
    return Attributed(pair, start, end, ())


def _read_before(text: str, start: int, end: int, known: Collection[str]) -> tuple[int, tuple[Attribution, ...]] | None:
    """Read `EU, NOR: should` and `, Alt. AALAND also`; return where the words begin and who is written."""
    colon = _COLON.match(text, start, end)
    if colon:
        clause = _read_clause(colon[1], known)
        if clause:
            return colon.end(), (clause,)
    alternative = _ALTERNATIVE.match(text, start, end)
    if alternative and _is_name(alternative[1], known):
        return alternative.end(), (Attribution((alternative[1],), "propose"),)
    return None


def _read_clauses(words: str, known: Collection[str]) -> tuple[Attribution, ...]:
    """Return what `EU, NOR; G77 delete.` says, nothing unless all of it is names and stances."""
    clauses = [_read_clause(clause, known) for clause in words.strip().rstrip(".;,").split(";")]
    return tuple(clause for clause in clauses if clause) if all(clauses) else ()


def _read_clause(clause: str, known: Collection[str]) -> Attribution | None:
    stance: Stance = "propose"
    ending = _ENDING.search(clause)
    if ending:
        clause = clause[: ending.start()]
        stance = next(name for name, words in _STANCES.items() if re.fullmatch(words, ending[1], re.IGNORECASE))
    names = tuple(name.strip() for name in _PARTING.split(clause.strip()))
    return Attribution(names, stance) if all(_is_name(name, known) for name in names) else None


def _is_name(name: str, known: Collection[str]) -> bool:
    if name in known or _CODE.fullmatch(name):
        return True
    return bool(_NAME.fullmatch(name)) and (name in _territories() or bool(_TITLED.search(name)))


@cache
def _territories() -> frozenset[str]:
    """The English names of territories, from the Unicode locale data."""
    return frozenset(Locale("en").territories.values())
