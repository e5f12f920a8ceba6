"""Exchanges: of the words that are looked at in two texts, which gave way to which in the changes between them.

Which words these are is for `strength` (normative terms) and `differences` (the special list) to say.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Protocol, TypeVar

Span = tuple[int, int, int, int]
"""A change: from where to where in the old text, and in the new one, in code points."""


class _Spot(Protocol):
    @property
    def words(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


One = TypeVar("One", bound=_Spot)
Exchange = tuple[One | None, One | None]


def find(
    changes: Iterable[Span], old: Sequence[One], new: Sequence[One], rank: Callable[[One], int]
) -> list[Exchange[One]]:
    """Return each of the words that gave way to another of its rank, came in (no old) or went (no new).

    In the order of the changes and, within one, of the ranks; what both sides of a change hold is no exchange.
    """
    found: list[Exchange[One]] = []
    for low, high, new_low, new_high in changes:
        ahead, behind = _reach((low, high, old), (new_low, new_high, new))
        gone = _touched(old, low - ahead, high + behind)
        come = _touched(new, new_low - ahead, new_high + behind)
        found += [pair for pair in _pair(gone, come, rank) if pair not in found]
    return found


def _reach(*sides: tuple[int, int, Sequence[One]]) -> tuple[int, int]:
    """Return how far the words a change touches stand out of it on either side: “may” became “may not”."""
    ahead = behind = 0
    for low, high, own in sides:
        for one in _touched(own, low, high):
            ahead, behind = max(ahead, low - one.start), max(behind, one.end - high)
    return ahead, behind


def _touched(own: Sequence[One], low: int, high: int) -> list[One]:
    """Return the words a change holds a part of, is put into, or touches: it may end a word."""
    return [one for one in own if one.start <= high and low <= one.end]


def _pair(gone: list[One], come: list[One], rank: Callable[[One], int]) -> Iterator[Exchange[One]]:
    for one in list(gone):
        same = next((other for other in come if other.words == one.words and rank(other) == rank(one)), None)
        if same is not None:
            gone.remove(one)
            come.remove(same)
    for each in sorted({rank(one) for one in (*gone, *come)}):
        yield from zip_longest(*([one for one in side if rank(one) == each] for side in (gone, come)))
