"""Hulls: how far edits that belong together reach, so that the brackets of both texts balance.

Worked out for one proposal on one text, in code points; the edits are `edits`, what is made of them `rivals`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from . import pairing
from .edits import Edit

Span = tuple[int, int]


class Hulls:
    """The reach of edits, which come in order and do not overlap."""

    def __init__(self, base: str, new: str, changes: Sequence[Edit]) -> None:
        self.mates, self.new_mates = _find_mates(base), _find_mates(new)
        self._changes = changes
        self._lows = [change.low for change in changes]
        self._highs = [change.high for change in changes]
        self._drifts = [
            0,
            *accumulate(new_high - new_low - (high - low) for low, high, new_low, new_high, _ in changes),
        ]
        self._marks = sorted(self.mates)
        self._links = self._find_links()

    def find(self, tied: Sequence[Edit]) -> Span:
        """Return the least range of the base round `tied` that cuts no edit and no pair of either text."""
        low, high = tied[0].low, max(change.high for change in tied)
        span = None
        while len(tied) > 1 and span != (low, high):
            span = low, high
            low, high = self._widen(low, high)
            first, last = bisect_right(self._highs, low), bisect_left(self._lows, high)
            low, high = self._cover(low, high, range(first, last))
            first, last = bisect_left(self._lows, low), bisect_right(self._highs, high)
            low, high = self._cover(
                low, high, (other for at in range(first, last) for other in self._links.get(at, ()))
            )
        return low, high

    def image(self, low: int, high: int) -> Span:
        """Return the range of the new text for one of the base that cuts no edit; edits at its edges belong to it."""
        before, until = bisect_left(self._lows, low), bisect_right(self._highs, high)
        return low + self._drifts[before], high + self._drifts[until]

    def without_deletions(self, low: int, high: int) -> Span:
        """Return the range without what this very proposal takes out at its ends."""
        for at in range(bisect_left(self._lows, low), len(self._changes)):
            change = self._changes[at]
            if change.low != low:
                break
            low = change.high if _only_deletes(change) else low
        for at in reversed(range(bisect_right(self._highs, high))):
            change = self._changes[at]
            if change.high != high:
                break
            high = change.low if _only_deletes(change) else high
        return low, max(low, high)

    def _widen(self, low: int, high: int) -> Span:
        """Return the least range round `low` to `high` that holds both ends of each pair of the base or neither."""
        while True:
            inside = self._marks[bisect_left(self._marks, low) : bisect_left(self._marks, high)]
            ends = [self.mates[at] for at in inside]
            wider = min([low, *ends]), max([high, *(end + 1 for end in ends)])
            if wider == (low, high):
                return low, high
            low, high = wider

    def _cover(self, low: int, high: int, changes: Iterable[int]) -> Span:
        for at in changes:
            low, high = min(low, self._lows[at]), max(high, self._highs[at])
        return low, high

    def _find_links(self) -> Mapping[int, set[int]]:
        """Return, for each edit, the others that insert the partners of the brackets it inserts."""
        owners = {
            at: index
            for index, change in enumerate(self._changes)
            for at in range(change.new_low, change.new_high)
            if at in self.new_mates
        }
        links: dict[int, set[int]] = {}
        for at, index in owners.items():
            other = owners.get(self.new_mates[at], index)
            if other != index:
                links.setdefault(index, set()).add(other)
        return links


def _only_deletes(change: Edit) -> bool:
    return change.low < change.high and change.new_low == change.new_high


def _find_mates(text: str) -> dict[int, int]:
    found: dict[int, int] = {}
    for pair in pairing.match([text]).pairs:
        found[pair.start.offset] = pair.end.offset
        found[pair.end.offset] = pair.start.offset
    return found
