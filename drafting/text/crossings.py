"""Crossings: new pairs of brackets that reach across provisions, which no tree of one provision can show alone.

Such a pair is printed once, both ends, whoever proposes it. Pairs within one provision are marks of its tree.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from . import pairing, rivals
from .hunks import Proposal
from .overlays import End
from .wordings import Wording


class _Place(NamedTuple):
    provision: int
    offset: int
    sign: str


def find(base: Sequence[str], proposals: Iterable[Proposal]) -> Mapping[int, Sequence[End]]:
    """Return, for each provision of the base, the ends that its tree does not print, in order.

    Proposals that put the same pair share it. An end moved alone, its partner left where it was, opens no pair.
    """
    residues = [pairing.residue(text) for text in base]
    holders: dict[tuple[_Place, ...], set[str]] = defaultdict(set)
    for proposal in proposals:
        changed = [
            at
            for at, text in proposal.texts.items()
            if (residues[at] != (0, 0) or "[" in text or "]" in text) and pairing.residue(text) != residues[at]
        ]
        if changed:
            for ends in _Reader(base, proposal, changed).pairs():
                holders[ends].add(proposal.by)
    found: dict[int, list[End]] = defaultdict(list)
    for ends, names in holders.items():
        for place in ends:
            found[place.provision].append(End(place.offset, place.sign, tuple(sorted(names))))
    return {provision: sorted(ends) for provision, ends in found.items()}


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


class _Reader:
    """One proposal, read as a whole document."""

    def __init__(self, base: Sequence[str], proposal: Proposal, changed: Sequence[int]) -> None:
        self._rivals = {at: rivals.find(Wording.of(base[at]), proposal.texts[at], ("",)) for at in changed}
        self._texts: list[str] = []
        self._owners: list[int | None] = []
        for at in range(-1, len(base)):
            if at >= 0:
                self._add(proposal.texts.get(at, base[at]), at)
            for text in proposal.after.get(at, ()):
                self._add(text, None)

    def _add(self, text: str, owner: int | None) -> None:
        self._texts.append(text)
        self._owners.append(owner)

    def pairs(self) -> Iterator[tuple[_Place, ...]]:
        """Yield the ends to print of each new pair across provisions."""
        for pair in pairing.match(self._texts).pairs:
            if pair.start.provision != pair.end.provision:
                ends = [self._read(*pair.start, "["), self._read(*pair.end, "]")]
                if None not in ends:
                    yield tuple(end for end in ends if isinstance(end, _Place))

    def _read(self, index: int, offset: int, sign: str) -> _Place | bool | None:
        """Return where a new end is to be printed, True where its rival or provision prints it, None for an old end."""
        owner = self._owners[index]
        if owner is None:
            return True
        drift = 0
        for rival in self._rivals.get(owner, ()):
            start = rival.low + drift
            if start <= offset < start + len(rival.text):
                return rival.is_shown or _Place(owner, rival.low if sign == "[" else rival.high, sign)
            drift += len(rival.text) - (rival.high - rival.low)
        return None
