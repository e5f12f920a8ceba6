"""Brackets without a partner, each named, located and given a proposed partner; nothing is ever mended here."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from . import pairing
from .pairing import Matching, Position

_WINDOW = 400  # code points looked at for a place to propose: bounded, so that 20,000 anomalies stay linear
_DEEPEST = 8  # levels of brackets passed over on the way there
_CLAUSE_END = re.compile(r"(?<=\S)(?=[.;:؛。；](?:\s|\Z)|\n)")
_CLAUSE_START = re.compile(r"(?:^|(?<=[.;:؛。；])\s+|\n)(?=\S)")


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A bracket that stands alone, at `offset` of `provision`.

    A bracket put in at `partner` pairs with it and changes no other pair.
    """

    kind: Literal["unclosed", "stray"]
    provision: int
    offset: int
    suggestion: str
    partner: Position


def name(texts: Sequence[str], matching: Matching) -> tuple[Anomaly, ...]:
    """Return the anomalies in document order, each with the place proposed for its partner."""
    unclosed = [_unclosed(texts[at.provision], at) for at in matching.unclosed]
    stray = [_stray(texts[at.provision], at) for at in matching.stray]
    return tuple(sorted(unclosed + stray, key=lambda anomaly: (anomaly.provision, anomaly.offset)))


def _unclosed(text: str, at: Position) -> Anomaly:
    """Propose the end of the clause the bracket opens, past whole pairs only."""
    begin = at.offset + 1
    reach = text[begin : begin + _WINDOW]
    for low, high in _list_level(pairing.marks(reach), len(reach)):
        # One character more, for what follows the end of a clause; a bracket there is no space and ends none.
        found = _CLAUSE_END.search(reach, low, high + 1)
        if found and found.start() <= high:
            end = found.start()
            break
    else:
        end = low + len(reach[low:high].rstrip())
    words = reach[max(0, end - 40) : end].split()[-4:]
    where = f"behind “{' '.join(words)}”" if words else "right behind it"
    return Anomaly("unclosed", *at, f"Close it {where}, or take it away.", Position(at.provision, begin + end))


def _stray(text: str, at: Position) -> Anomaly:
    """Propose the beginning of the clause the bracket closes, past whole pairs only."""
    low = max(0, at.offset - _WINDOW)
    reach = text[low : at.offset]
    length = len(reach)
    backwards = (
        (length - 1 - offset, reach[offset] == "]") for offset in range(length - 1, -1, -1) if reach[offset] in "[]"
    )
    places = [(length - end, length - start) for start, end in _list_level(backwards, length)]
    starts = [found.end() for found in _CLAUSE_START.finditer(reach, places[-1][0]) if found.end() or not low]
    fitting = [start for start in starts if any(first <= start <= last for first, last in places)]
    if fitting:
        start = fitting[-1]
    else:
        first, last = places[-1]
        start = last - len(reach[first:last].lstrip())
    words = reach[start : start + 40].split()[:4]
    where = f"before “{' '.join(words)}”" if words else "right before it"
    return Anomaly("stray", *at, f"Open it {where}, or take it away.", Position(at.provision, low + start))


def _list_level(marks: Iterable[tuple[int, bool]], length: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches (first, last place) of `length` characters that lie inside no pair begun on the way."""
    depth = begin = 0
    for offset, opens in marks:
        if opens:
            if depth == 0:
                yield begin, offset
            depth += 1
            if depth > _DEEPEST:
                return
        else:
            depth -= 1
            if depth == 0:
                begin = offset + 1
    if depth == 0:
        yield begin, length
