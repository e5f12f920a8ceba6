"""Enclosures: the pairs one side of a merge opened, lifted, dropped or paired anew, and what each of them encloses.

A hunk that inserts, lifts or drops a pair covers all it encloses. Positions count tokens of the base; the changes
themselves are `reaches`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

Tokens = Sequence[str]
Zone = tuple[int, int]


class Change(NamedTuple):
    """Base tokens from `start` to `end` give way to `new`."""

    start: int
    end: int
    new: tuple[str, ...]


@dataclass(frozen=True)
class Side:
    """A base, one side's tokens, and the changes that lead from the one to the other, in order."""

    base: Tokens
    tokens: Tokens
    changes: Sequence[Change]

    @cached_property
    def places(self) -> list[Zone]:
        """Where the new tokens of each change stand in the side's own tokens."""
        found: list[Zone] = []
        drift = 0
        for start, end, new in self.changes:
            found.append((start + drift, start + drift + len(new)))
            drift += len(new) - (end - start)
        return found

    @cached_property
    def gone(self) -> dict[int, int]:
        """The change that takes each base token out."""
        return _index((change.start, change.end) for change in self.changes)

    @cached_property
    def come(self) -> dict[int, int]:
        """The change that put each of the side's new tokens in."""
        return _index(self.places)

    @cached_property
    def kept(self) -> dict[int, int]:
        """Where each bracket of the base that no change touches stands in the side."""
        found: dict[int, int] = {}
        at = drift = 0
        for start, end, new in (*self.changes, Change(len(self.base), len(self.base), ())):
            found |= {old: old + drift for old in range(at, start) if self.base[old] in ("[", "]")}
            drift += len(new) - (end - start)
            at = end
        return found

    def on_base(self, new: int) -> Zone:
        """Return the base tokens the side's bracket at `new` is, or stands instead of."""
        if new in self.come:
            return self.changes[self.come[new]][:2]
        old = self._origins[new]
        return old, old + 1

    def end(self, new: int) -> int:
        """Name the end of a pair at `new`: its change, or (negative) the bracket kept."""
        return self.come[new] if new in self.come else -1 - self._origins[new]

    @cached_property
    def _origins(self) -> dict[int, int]:
        return {new: old for old, new in self.kept.items()}


def find(side: Side) -> Iterator[tuple[Zone, list[int]]]:
    """Yield what each pair that did not live on encloses, with its ends: a change, or (negative) a bracket kept.

    A bracket without a partner in these tokens has one in another provision: it encloses all up to the text's edge.
    """
    old_mates, new_mates = mates(side.base), mates(side.tokens)
    lives = set(_living(side, old_mates, new_mates))
    for old, mate in old_mates.items():
        if old not in lives and (mate is None or old < mate):
            zone = _open_zone(side, side.base[old], (old, old + 1)) if mate is None else (old, mate + 1)
            yield zone, [side.gone.get(end, -1 - end) for end in (old, mate) if end is not None]
    kept_alive = {side.kept[old] for old in lives}
    for new, mate in new_mates.items():
        if new in kept_alive or (mate is not None and mate < new):
            continue
        here = side.on_base(new)
        zone = _open_zone(side, side.tokens[new], here) if mate is None else (here[0], side.on_base(mate)[1])
        yield zone, [side.end(end) for end in (new, mate) if end is not None]


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


def _living(side: Side, old_mates: dict[int, int | None], new_mates: dict[int, int | None]) -> Iterator[int]:
    """Yield the brackets of the base that live on with the same partner, or alone as they were."""
    for old, mate in old_mates.items():
        partner = None if mate is None else side.kept.get(mate, -1)
        if old in side.kept and new_mates[side.kept[old]] == partner:
            yield old


def _open_zone(side: Side, mark: str, here: Zone) -> Zone:
    """Return what a bracket without a partner encloses: all that follows a `[`, all that stands before a `]`."""
    return (here[0], len(side.base)) if mark == "[" else (0, here[1])


def _index(zones: Iterable[Zone]) -> dict[int, int]:
    return {at: index for index, (start, end) in enumerate(zones) for at in range(start, end)}
