"""Crossings: new pairs of brackets that reach across provisions, which no tree of one provision can show alone.

Such a pair is printed once, both ends, whoever proposes it, so that what is printed balances as the document does; in
the words of a rival no bracket without a partner there is printed. Pairs within one provision are marks of its tree.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    residues = [pairing.residue(text) for text in base]
    holders: dict[tuple[_Place, _Place], set[str]] = defaultdict(set)
    for proposal in proposals:
        if _moves_ends(proposal, residues):
            for ends in _Reader(base, proposal).pairs():
                holders[ends].add(proposal.by)
    found: dict[Home, list[End]] = defaultdict(list)
    for ends, names in holders.items():
        for place in ends:
            found[place.provision, place.new].append(End(place.offset, place.sign, tuple(sorted(names))))
    return {home: sorted(ends) for home, ends in found.items()}


class Dropped(NamedTuple):
    """Words that a proposal takes out with the pair round them: no new pair need be opened to say so."""

    provision: int
    low: int
    high: int
    by: str


def find_dropped(base: Sequence[str], proposals: Iterable[Proposal]) -> Iterator[Dropped]:
    """Yield what each proposal takes out with a pair of the base that reaches across provisions."""
    crossing = [pair for pair in pairing.match(base).pairs if pair.start.provision != pair.end.provision]
    for proposal in proposals if crossing else ():
        for pair in crossing:
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


def _moves_ends(proposal: Proposal, residues: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a proposal has other brackets without a partner in their provision than the base."""
    return any(
        (residues[at] != (0, 0) or "[" in text or "]" in text) and pairing.residue(text) != residues[at]
        for at, text in proposal.texts.items()
    ) or any(pairing.residue(text) != (0, 0) for texts in proposal.after.values() for text in texts)


class _Reader:
    """One proposal, read as a whole document."""

    def __init__(self, base: Sequence[str], proposal: Proposal) -> None:
        self._base, self._proposed = base, proposal.texts
        self._edits: dict[int, list[Edit]] = {}
        self._texts: list[str] = []
        self._homes: list[Home] = []
        for at in range(-1, len(base)):
            if at >= 0:
                self._add(proposal.texts.get(at, base[at]), at, None)
            for text in proposal.after.get(at, ()):
                self._add(text, at, text)

    def _add(self, text: str, provision: int, new: str | None) -> None:
        self._texts.append(text)
        self._homes.append((provision, new))

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
