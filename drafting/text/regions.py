"""Regions: what differs between two neighbouring tokens that live on, cut as finely as can be told apart.

A bracket whose partner is in another region is *loose*: it is cut off from the words beside it, so that taking marks
off and changing words stay two edits.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from .diffs import Block
from .survivors import Run
from .wordings import BRACKETS, Wording, is_space

_NONE: frozenset[int] = frozenset()


def between(
    base: Wording,
    new: Wording,
    runs: Iterable[Run],
    span: Block | None = None,
    loose: frozenset[int] = _NONE,
    new_loose: frozenset[int] = _NONE,
) -> list[Block]:
    """Return the blocks that differ between the tokens that live on, in order.

    Brackets are equal only where they live on. With a `span` only its tokens are looked at.
    """
    low, high, new_low, new_high = span or (0, len(base.tokens), 0, len(new.tokens))
    region = _Region(base.tokens, new.tokens, loose, new_loose)
    found: list[Block] = []
    for places, new_places in runs:
        found += region.cut((low, places[0], new_low, new_places[0]))
        low, new_low = places[-1] + 1, new_places[-1] + 1
        if len(places) > 1 and base.tokens[places[0] : low] != new.tokens[new_places[0] : new_low]:
            for (at, end), (new_at, new_end) in zip(pairwise(places), pairwise(new_places), strict=True):
                found += region.cut((at + 1, end, new_at + 1, new_end))
    return found + region.cut((low, high, new_low, new_high))


class _Region:
    """One region of two texts, read from both ends inwards."""

    def __init__(
        self, base: Sequence[str], new: Sequence[str], loose: frozenset[int], new_loose: frozenset[int]
    ) -> None:
        self._base, self._new = base, new
        self._loose, self._new_loose = loose, new_loose
        self._has_any_loose = bool(loose or new_loose)

    def cut(self, block: Block) -> list[Block]:
        """Return the blocks of a region."""
        low, high, new_low, new_high = block
        if low == high and new_low == new_high:
            return []
        if not self._has_any_loose or not self._has_loose(block):
            return [rest] if (rest := self._strip(block)) else []
        spaces = [at for at in range(low, high) if self._base[at] not in BRACKETS]
        new_spaces = [at for at in range(new_low, new_high) if self._new[at] not in BRACKETS]
        if [self._base[at] for at in spaces] == [self._new[at] for at in new_spaces]:
            return list(self._between_equal(block, spaces, new_spaces))
        return self._peel(block)

    def _has_loose(self, block: Block) -> bool:
        low, high, new_low, new_high = block
        return not self._loose.isdisjoint(range(low, high)) or not self._new_loose.isdisjoint(range(new_low, new_high))

    def _between_equal(self, block: Block, here: list[int], there: list[int]) -> Iterator[Block]:
        """Yield the brackets that come and go between equal words or spaces."""
        low, high, new_low, new_high = block
        for end, new_end in (*zip(here, there, strict=True), (high, new_high)):
            if low < end or new_low < new_end:
                yield (low, end, new_low, new_end)
            low, new_low = end + 1, new_end + 1

    def _strip(self, block: Block) -> Block | None:
        """Return the block without equal tokens at its ends, None where nothing is left."""
        low, high, new_low, new_high = block
        while low < high and new_low < new_high and self._is_equal(low, new_low):
            low, new_low = low + 1, new_low + 1
        while low < high and new_low < new_high and self._is_equal(high - 1, new_high - 1):
            high, new_high = high - 1, new_high - 1
        return (low, high, new_low, new_high) if low < high or new_low < new_high else None

    def _is_equal(self, at: int, new_at: int) -> bool:
        return self._base[at] == self._new[new_at] and self._base[at] not in BRACKETS

    def _peel(self, block: Block) -> list[Block]:
        """Cut loose brackets off both ends of the words, then the words at those of the base that stand among them."""
        head: list[Block] = []
        tail: list[Block] = []
        left = self._strip(block)
        while left:
            low, high, new_low, new_high = left
            ahead, new_ahead = self._run(low, high, 1), self._new_run(new_low, new_high, 1)
            if ahead or new_ahead:
                head.append((low, low + ahead, new_low, new_low + new_ahead))
                left = self._strip((low + ahead, high, new_low + new_ahead, new_high))
                continue
            behind, new_behind = self._run(high - 1, low - 1, -1), self._new_run(new_high - 1, new_low - 1, -1)
            if not behind and not new_behind:
                break
            tail.append((high - behind, high, new_high - new_behind, new_high))
            left = self._strip((low, high - behind, new_low, new_high - new_behind))
        return [*head, *(self._split(left) if left else ()), *reversed(tail)]

    def _run(self, start: int, end: int, step: int) -> int:
        return _count(range(start, end, step), self._loose)

    def _new_run(self, start: int, end: int, step: int) -> int:
        return _count(range(start, end, step), self._new_loose)

    def _split(self, block: Block) -> Iterator[Block]:
        """Cut at the loose brackets of the base; the new words go where the first words go out."""
        low, high, new_low, new_high = block
        inside = [at for at in range(low, high) if at in self._loose]
        if not inside or not self._new_loose.isdisjoint(range(new_low, new_high)):
            yield block
            return
        edges = [(low, inside[0]), *zip((at + 1 for at in inside), (*inside[1:], high), strict=True)]
        first = next((edge for edge in edges if not all(map(is_space, self._base[edge[0] : edge[1]]))), edges[0])
        at = new_low
        for index, (start, end) in enumerate(edges):
            new_at = new_high if (start, end) == first else at
            if start < end or at < new_at:
                yield (start, end, at, new_at)
            at = new_at
            if index < len(inside):
                yield (end, end + 1, at, at)


def _count(places: range, among: frozenset[int]) -> int:
    found = 0
    for at in places:
        if at not in among:
            break
        found += 1
    return found
