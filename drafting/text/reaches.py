"""Reaches: what one side of a three-way merge changed in the base, what of it belongs together, and how far it reaches.

A change reaches as far as it may slide over equal words, and over all that a pair it opens, lifts or drops encloses.
Positions count tokens of the base. Deciding whether two sides meet is `rebasing`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from . import diffs

Tokens = Sequence[str]
Zone = tuple[int, int]


class Change(NamedTuple):
    """Base tokens from `start` to `end` give way to `new`."""

    start: int
    end: int
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Atom:
    """Changes that stand or fall together, and the zones of the base a foreign change must keep away from."""

    changes: tuple[Change, ...]
    zones: tuple[Zone, ...]
    pairs: tuple[Zone, ...]
    """Those of the zones that a pair of brackets encloses."""


def atoms(base: Tokens, side: Tokens) -> list[Atom]:
    """Return the changes from `base` to `side` in order of their first change; a pair's two ends are one atom."""
    changes = _changes(base, side)
    ties = _Ties(len(changes))
    pairs: dict[int, list[Zone]] = {}
    for zone, ends in _pair_zones(base, side, changes):
        for end in ends:
            ties.tie(ends[0], end)
        pairs.setdefault(ends[0], []).append(zone)
    by_root: dict[int, list[int]] = {}
    for index in range(len(changes)):
        by_root.setdefault(ties.root(index), []).append(index)
    enclosed: dict[int, list[Zone]] = {}
    for end, zones in pairs.items():
        enclosed.setdefault(ties.root(end), []).extend(zones)
    reaches = _reaches(base, side, changes)
    return [
        Atom(
            tuple(changes[index] for index in members),
            (*(reaches[index] for index in members), *enclosed.get(root, ())),
            tuple(enclosed.get(root, ())),
        )
        for root, members in by_root.items()
    ]


def _changes(base: Tokens, side: Tokens) -> list[Change]:
    """Return the changes, each pure insertion or deletion at the first place where its brackets go with their partners.

    Two sides that made the same change then name it alike, whatever else they changed.
    """
    changes = [Change(start, end, tuple(new)) for start, end, new in diffs.edits(base, side)]
    partners, new_partners = mates(base), mates(side)
    for index, (start, end, new) in enumerate(changes):
        low, high = _slide(base, changes, index)
        gone = _owners((change.start, change.end) for change in changes)
        come = _owners(_side_places(changes))
        drift = list(_side_places(changes))[index][0] - start
        firsts = range(low, high - (end - start) + 1)
        for first in firsts:
            taken = range(first, first + end - start)
            given = range(first + drift, first + drift + len(new))
            if _takes_pairs(taken, partners, gone, index) and _takes_pairs(given, new_partners, come, index):
                break
        else:
            first = low
        changes[index] = Change(first, first + end - start, tuple(side[first + drift : first + drift + len(new)]))
    return changes


def _takes_pairs(block: range, partners: dict[int, int | None], owner: dict[int, int], index: int) -> bool:
    """Tell whether every bracket of `block` has its partner in it, in another change, or nowhere here."""
    for at in block:
        mate = partners.get(at)
        if mate is not None and mate not in block and owner.get(mate, index) == index:
            return False
    return True


def _reaches(base: Tokens, side: Tokens, changes: list[Change]) -> list[Zone]:
    """Return how far each change reaches: wherever it could slide, or stands when the texts are read from the end.

    Repeated words often let the same change be read in two ways; read from either end, the two come to light.
    """
    reaches = [_slide(base, changes, index) for index in range(len(changes))]
    if len(changes) < 2:
        return reaches
    for start, end, _ in diffs.edits(base[::-1], side[::-1]):
        low, high = len(base) - end, len(base) - start
        near = [at for at, reach in enumerate(reaches) if reach[0] <= high and low <= reach[1]]
        for at in near or range(len(reaches)):
            reaches[at] = min(low, reaches[at][0]), max(high, reaches[at][1])
    return reaches


def _slide(base: Tokens, changes: list[Change], index: int) -> Zone:
    """Return the range over which a pure insertion or deletion could stand and give the same text."""
    start, end, new = changes[index]
    moving = new if start == end else base[start:end] if not new else ()
    low, high = start, end
    floor = changes[index - 1].end if index else 0
    ceiling = changes[index + 1].start if index + 1 < len(changes) else len(base)
    size = len(moving)
    while size and low > floor and base[low - 1] == moving[(low - start - 1) % size]:
        low -= 1
    while size and high < ceiling and base[high] == moving[(high - end) % size]:
        high += 1
    return low, high


def _pair_zones(base: Tokens, side: Tokens, changes: list[Change]) -> Iterator[tuple[Zone, list[int]]]:
    """Yield what each pair that did not live on encloses, with its ends: a change, or (negative) a bracket kept."""
    places = list(_side_places(changes))
    kept = dict(_kept(base, changes))
    old_mates, new_mates = mates(base), mates(side)
    lives = {old for old, mate in old_mates.items() if old in kept and new_mates[kept[old]] == _image(kept, mate)}
    lives -= {old for old in lives if old_mates[old] is not None and old_mates[old] not in lives}
    owner_of_old = _owners((change.start, change.end) for change in changes)
    owner_of_new = _owners(places)
    for old, mate in old_mates.items():
        if old not in lives and (mate is None or old < mate):
            zone = (old, mate + 1) if mate is not None else _open_zone(base[old], old, old + 1, len(base))
            yield zone, [owner_of_old.get(end, -1 - end) for end in (old, mate) if end is not None]
    from_new = {new: old for old, new in kept.items()}
    for new, mate in new_mates.items():
        if from_new.get(new) in lives or (mate is not None and mate < new):
            continue
        low, high = _on_base(new, from_new, owner_of_new, changes)
        if mate is None:
            zone = _open_zone(side[new], low, high, len(base))
        else:
            zone = (low, _on_base(mate, from_new, owner_of_new, changes)[1])
        ends = [end for end in (new, mate) if end is not None]
        yield zone, [owner_of_new[end] if end in owner_of_new else -1 - from_new[end] for end in ends]


def mates(tokens: Tokens) -> dict[int, int | None]:
    """Return each bracket's partner, None for one that stands alone in these tokens."""
    found: dict[int, int | None] = {}
    stack: list[int] = []
    for at, token in enumerate(tokens):
        if token == "[":
            found[at] = None
            stack.append(at)
        elif token == "]" and stack:
            opener = stack.pop()
            found[at], found[opener] = opener, at
        elif token == "]":
            found[at] = None
    return found


def _image(kept: dict[int, int], mate: int | None) -> int | None:
    return None if mate is None else kept.get(mate, -1)


def _open_zone(mark: str, low: int, high: int, length: int) -> Zone:
    """Return what a bracket without a partner here encloses: all that follows a `[`, all that stands before a `]`."""
    return (low, length) if mark == "[" else (0, high)


def _side_places(changes: Iterable[Change]) -> Iterator[Zone]:
    """Yield where the new tokens of each change stand in the side's own tokens."""
    drift = 0
    for start, end, new in changes:
        yield start + drift, start + drift + len(new)
        drift += len(new) - (end - start)


def _kept(base: Tokens, changes: list[Change]) -> Iterator[tuple[int, int]]:
    """Yield (place in the base, place in the side) of each bracket no change touches."""
    at = drift = 0
    for start, end, new in [*changes, Change(len(base), len(base), ())]:
        yield from ((old, old + drift) for old in range(at, start) if base[old] in ("[", "]"))
        drift += len(new) - (end - start)
        at = end


def _owners(ranges: Iterable[Zone]) -> dict[int, int]:
    return {at: index for index, (start, end) in enumerate(ranges) for at in range(start, end)}


def _on_base(new: int, from_new: dict[int, int], owner: dict[int, int], changes: list[Change]) -> Zone:
    if new in from_new:
        return from_new[new], from_new[new] + 1
    change = changes[owner[new]]
    return change.start, change.end


class _Ties:
    """Which ends belong together: disjoint sets over changes (from 0) and kept brackets (negative)."""

    def __init__(self, size: int) -> None:
        self._above = {index: index for index in range(size)}

    def root(self, end: int) -> int:
        while self._above.setdefault(end, end) != end:
            self._above[end] = self._above[self._above[end]]
            end = self._above[end]
        return end

    def tie(self, one: int, other: int) -> None:
        self._above[self.root(other)] = self.root(one)
