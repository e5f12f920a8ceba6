"""Brackets without a partner, each named, located and given a proposed partner; nothing is ever mended here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .pairing import Matching, Position

_WINDOW = 400  # code points looked at for a place to propose: bounded, so that 20,000 anomalies stay linear
_CLAUSE_END = re.compile(r"(?=[.;:؛。；](?:\s|$)|\n)")
_CLAUSE_START = re.compile(r"(?:[.;:؛。；]\s+|\n)(?=\S)")


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A bracket that stands alone, at `offset` of `provision`; `partner` is where its partner is proposed."""

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
    """Propose the end of the clause the bracket opens."""
    reach = text[at.offset + 1 : at.offset + 1 + _WINDOW]
    limit = len(reach.rstrip())
    end = _CLAUSE_END.search(reach, re.search(r"\S|$", reach).start())  # type: ignore[union-attr]
    offset = at.offset + 1 + (min(end.start(), limit) if end else limit)
    place = Position(at.provision, offset)
    words = _quote(text[max(at.offset + 1, offset - 40) : offset], from_end=True)
    where = f"after “{words}”" if words else "right behind it"
    return Anomaly("unclosed", *at, f"Close it {where}, at the end of its clause, or take it away.", place)


def _stray(text: str, at: Position) -> Anomaly:
    """Propose the beginning of the clause the bracket closes."""
    low = max(0, at.offset - _WINDOW)
    starts = [low + found.end() for found in _CLAUSE_START.finditer(text[low : at.offset])]
    offset = starts[-1] if starts else low + len(text[low : at.offset]) - len(text[low : at.offset].lstrip())
    words = _quote(text[offset : min(at.offset, offset + 40)], from_end=False)
    where = f"before “{words}”" if words else "right before it"
    return Anomaly(
        "stray", *at, f"Open it {where}, at the start of its clause, or take it away.", Position(at.provision, offset)
    )


def _quote(words: str, from_end: bool) -> str:
    parts = words.split()
    return " ".join(parts[-4:] if from_end else parts[:4])
