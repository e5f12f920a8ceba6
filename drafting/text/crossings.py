"""Crossings: new pairs of brackets that reach across provisions, which no tree of one provision can show alone.

Such a pair is printed once, both ends, whoever proposes it, so that what is printed balances as the document does; in
the words of a rival no bracket without a partner there is printed. Pairs within one provision are marks of its tree.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from . import edits, pairing, rivals
from .edits import Edit
from .hunks import Proposal
from .overlays import End
from .wordings import Wording

Home = tuple[int, str | None]
"""A provision of the base, or a new one after it, which its words name."""


class _Place(NamedTuple):
    """Where a new end stands: a provision of the base or, after it, a new one (by its words), and the offset there."""

    provision: int
    new: str | None
    offset: int
    sign: str


def find(base: Sequence[str], proposals: Iterable[Proposal]) -> Mapping[Home, Sequence[End]]:
    """Return the ends of new pairs that cross provisions, in order, for each provision that holds some.

    Proposals that put the same pair share it. A pair of which one end is moved is a new one, as within a provision.
    """
    outline = _Outline(base)
    holders: dict[tuple[_Place, _Place], set[str]] = defaultdict(set)
    for proposal in proposals:
        moved = outline.moved(proposal)
        if moved:
            for ends in _Reader(base, proposal, outline.reach(proposal, moved)).pairs():
                holders[ends].add(proposal.by)
    found: dict[Home, list[End]] = defaultdict(list)
    for pair, (ends, names) in enumerate(sorted(holders.items(), key=_order), start=1):
        for place in ends:
            found[place.provision, place.new].append(End(place.offset, place.sign, tuple(sorted(names)), pair))
    return {home: sorted(ends) for home, ends in found.items()}


def _order(held: tuple[tuple[_Place, _Place], set[str]]) -> list[tuple[int, str, int]]:
    return [(place.provision, place.new or "", place.offset) for place in held[0]]


class Dropped(NamedTuple):
    """Words that a proposal takes out with the pair round them: no new pair need be opened to say so."""

    provision: int
    low: int
    high: int
    by: str


def find_dropped(base: Sequence[str], proposals: Iterable[Proposal]) -> Iterator[Dropped]:
    """Yield what each proposal takes out with a pair of the base that reaches across provisions."""
    crossing: dict[int, list[pairing.Matched]] = defaultdict(list)
    for pair in pairing.match(base).pairs:
        if pair.start.provision != pair.end.provision:
            crossing[pair.start.provision].append(pair)
    for proposal in proposals if crossing else ():
        for pair in (pair for first in proposal.texts for pair in crossing.get(first, ())):
            inside = range(pair.start.provision, pair.end.provision + 1)
            if all(at in proposal.texts for at in inside if base[at].strip()):
                parts = [
                    Dropped(
                        at,
                        pair.start.offset if at == pair.start.provision else 0,
                        pair.end.offset + 1 if at == pair.end.provision else len(base[at]),
                        proposal.by,
                    )
                    for at in inside
                    if base[at].strip()
                ]
                if all(_is_gone(base[part.provision], proposal.texts[part.provision], part) for part in parts):
                    yield from parts


def _is_gone(base: str, new: str, part: Dropped) -> bool:
    gone = [rival for rival in rivals.find(Wording.of(base), new, (part.by,)) if not rival.text.strip()]
    return all(
        base[at].isspace() or any(rival.low <= at < rival.high for rival in gone) for at in range(part.low, part.high)
    )


class _Outline:
    """The brackets of each provision without a partner in it, and where no pair is open from one to the next."""

    def __init__(self, base: Sequence[str]) -> None:
        self._base = base
        self._residues = [pairing.residue(text) for text in base]
        depths = accumulate(self._residues, lambda depth, more: max(depth - more[0], 0) + more[1], initial=0)
        self._cuts = [at for at, depth in enumerate(depths) if not depth]

    def moved(self, proposal: Proposal) -> list[int]:
        """Return where a proposal has other brackets without a partner in their provision than the base."""
        found = [
            at
            for at, text in proposal.texts.items()
            if (self._residues[at] != (0, 0) or "[" in text or "]" in text)
            and pairing.residue(text) != self._residues[at]
        ]
        return found + [at for at, new in proposal.after.items() if not all(map(pairing.is_balanced, new))]

    def reach(self, proposal: Proposal, moved: Sequence[int]) -> range:
        """Return the least range round what is moved out of which no pair leads, in the base or as proposed."""
        low, high = max(min(moved), 0), max(moved)
        first = self._cuts[bisect_right(self._cuts, low) - 1]
        until = bisect_right(self._cuts, high)
        if first <= low and until < len(self._cuts):
            found = range(first - (first == 0), self._cuts[until])
            texts = [text for at in found for text in _read(self._base, proposal, at)]
            if pairing.is_balanced("".join(self._base[first : found.stop])) and pairing.is_balanced("".join(texts)):
                return found
        return range(-1, len(self._base))


def _read(base: Sequence[str], proposal: Proposal, at: int) -> list[str]:
    """Return a provision of the base (-1: none) as proposed, and the new ones after it."""
    return [*([proposal.texts.get(at, base[at])] if at >= 0 else ()), *proposal.after.get(at, ())]


class _Reader:
    """One proposal, read over the provisions it may pair anew."""

    def __init__(self, base: Sequence[str], proposal: Proposal, reach: range) -> None:
        self._base, self._proposed = base, proposal.texts
        self._edits: dict[int, list[Edit]] = {}
        self._texts: list[str] = []
        self._homes: list[Home] = []
        for at in reach:
            texts = _read(base, proposal, at)
            self._texts += texts
            self._homes += [(at, text if at < 0 or nth else None) for nth, text in enumerate(texts)]

    def pairs(self) -> Iterator[tuple[_Place, _Place]]:
        """Yield the ends of each pair across provisions that the base has not: either end is new."""
        for pair in pairing.match(self._texts).pairs:
            if pair.start.provision != pair.end.provision:
                start, start_is_new = self._read(*pair.start, "[")
                end, end_is_new = self._read(*pair.end, "]")
                if start_is_new or end_is_new:
                    yield start, end

    def _read(self, index: int, offset: int, sign: str) -> tuple[_Place, bool]:
        """Return where an end is to be printed, and whether it is new."""
        provision, new = self._homes[index]
        if new is not None:
            return _Place(provision, new, 0, sign), True
        drift = 0
        for edit in self._find(provision):
            if edit.new_low <= offset < edit.new_high:
                return _Place(provision, None, edit.low if sign == "[" else edit.high, sign), True
            if edit.new_low <= offset:
                drift = edit.high - edit.new_high
        return _Place(provision, None, offset + drift + (sign == "]"), sign), False

    def _find(self, provision: int) -> Sequence[Edit]:
        if provision not in self._edits:
            old = self._base[provision]
            new = self._proposed.get(provision, old)
            self._edits[provision] = edits.find(Wording.of(old), Wording.of(new)) if new != old else []
        return self._edits[provision]
