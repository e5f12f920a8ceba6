"""Reaches: what one side of a three-way merge changed in the base, what of it belongs together, and how far it reaches.

A change reaches as far as it may slide over equal words, and over all that a pair it opens, lifts or drops encloses
(`enclosures`). Positions count tokens of the base. Deciding whether two sides meet is `rebasing`.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from . import diffs, enclosures
from .enclosures import Change, Side, Tokens, Zone


@dataclass(frozen=True, slots=True)
class Atom:
    """Changes that stand or fall together, and the zones of the base a foreign change must keep away from."""

    changes: tuple[Change, ...]
    zones: tuple[Zone, ...]
    pairs: tuple[Zone, ...]
    """Those of the zones that a pair of brackets encloses."""

    @property
    def opens(self) -> bool:
        """Whether it puts brackets in."""
        return any(token in ("[", "]") for change in self.changes for token in change.new)


def atoms(base: Tokens, side: Tokens) -> list[Atom]:
    """Return the changes from `base` to `side` in order of their first change; a pair's two ends are one atom."""
    changes = _changes(base, side)
    ties = _Ties()
    pairs = list(enclosures.find(Side(base, side, changes)))
    for _, ends in pairs:
        ties.tie(ends)
    enclosed: dict[int, list[Zone]] = defaultdict(list)
    for zone, ends in pairs:
        enclosed[ties.root(ends[0])].append(zone)
    members: dict[int, list[int]] = defaultdict(list)
    for index in range(len(changes)):
        members[ties.root(index)].append(index)
    reaches = _reaches(base, side, changes)
    return [
        Atom(
            tuple(changes[index] for index in indices),
            (*(reaches[index] for index in indices), *enclosed[root]),
            tuple(enclosed[root]),
        )
        for root, indices in members.items()
    ]


def _changes(base: Tokens, side: Tokens) -> list[Change]:
    """Return the changes, each pure insertion or deletion at the first place where its brackets go with their partners.

    Two sides that made the same change then name it alike, whatever else they changed.
    """
    changes = [Change(start, end, tuple(new)) for start, end, new in diffs.edits(base, side)]
    found = Side(base, side, tuple(changes))
    gone, come = dict(found.gone), dict(found.come)
    old_mates, new_mates = enclosures.mates(base), enclosures.mates(side)
    for index, (start, end, _) in enumerate(found.changes):
        low, high = _slide(base, changes, index)
        taken, given = range(start, end), range(*found.places[index])
        steps = range(low - start, high - end + 1)
        step = next(
            (
                step
                for step in steps
                if _takes_pairs(_moved(taken, step), old_mates, gone, index)
                and _takes_pairs(_moved(given, step), new_mates, come, index)
            ),
            steps[0],
        )
        if step:
            _move(gone, taken, step, index)
            _move(come, given, step, index)
            changes[index] = Change(start + step, end + step, tuple(side[at] for at in _moved(given, step)))
    return changes


def _moved(block: range, step: int) -> range:
    return range(block.start + step, block.stop + step)


def _move(owner: dict[int, int], block: range, step: int, index: int) -> None:
    for at in block:
        del owner[at]
    owner.update((at, index) for at in _moved(block, step))


def _takes_pairs(block: range, mates: dict[int, int | None], owner: dict[int, int], index: int) -> bool:
    """Tell whether every bracket of `block` has its partner in it, in another change, or nowhere here."""
    partners = (mates.get(at) for at in block)
    return all(mate is None or mate in block or owner.get(mate, index) != index for mate in partners)


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


class _Ties:
    """Which ends belong together: disjoint sets over changes (from 0) and kept brackets (negative)."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def root(self, end: int) -> int:
        while self._above.get(end, end) != end:
            end = self._above[end]
        return end

    def tie(self, ends: Sequence[int]) -> None:
        for end in ends:
            self._above[self.root(end)] = self.root(ends[0])
