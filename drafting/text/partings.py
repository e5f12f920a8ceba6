"""Partings: where a change widened for its reader falls apart again into what it does to whole brackets.

Semantic cleanup joins changes that stand close; but a bracket dropped, or other words put in its place, is a position
of its own and repeats no word that lives on beside it. Only places of tokens; what a change means is `rivals`.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from . import diffs
from .diffs import Block
from .slides import Side


def cut(blocks: Iterable[Block], base: Side, new: Side) -> Iterator[Block]:
    """Yield blocks of compared tokens, each cut at words that live on, where nothing but whole pairs gives way beside.

    A word that lives on within a pair, of either text, cuts nothing: the pair is one thing to decide.
    """
    for block in blocks:
        low, high, new_low, new_high = block
        out = _places(base, low, high) if low < high and new_low < new_high else []
        if not any(base.tokens[at] == "[" for at in out):
            yield block
            continue
        words = _places(new, new_low, new_high)
        for start, end, new_start, new_end in _cut([base.tokens[at] for at in out], [new.tokens[at] for at in words]):
            first, last = _count(base, out, start, high), _count(base, out, end, high)
            yield first, last, _count(new, words, new_start, new_high), _count(new, words, new_end, new_high)


def _places(side: Side, low: int, high: int) -> list[int]:
    """Return the places of compared tokens, and of the pairs among and round them."""
    start = side.places[low - 1] + 1 if low else 0
    end = side.places[high] if high < len(side.places) else len(side.tokens)
    found = set(side.places[low:high])
    opened: list[int] = []
    for at in range(start, end):
        if side.tokens[at] == "[":
            opened.append(at)
        elif side.tokens[at] == "]" and opened:
            found |= {opened.pop(), at}
    return sorted(found)


def _count(side: Side, places: Sequence[int], at: int, high: int) -> int:
    """Return which compared token stands at or first behind one of `places`."""
    return bisect_left(side.places, places[at]) if at < len(places) else high


def _cut(out: Sequence[str], words: Sequence[str]) -> list[Block]:
    """Return the blocks of two lists, joined again where no whole pair of the first is all that gives way in one."""
    is_enclosed = _enclosed(out)
    found: list[Block] = []
    for block in _between(out, words):
        near = [found[-1], block] if found else []
        if near and not any(low < high and all(is_enclosed[low:high]) for low, high, _, _ in near):
            low, _, new_low, _ = found.pop()
            block = low, block[1], new_low, block[3]
        found.append(block)
    return found


def _between(out: Sequence[str], words: Sequence[str]) -> Iterator[Block]:
    """Yield what stands between the words outside brackets that a shortest edit script keeps."""
    is_enclosed, is_new_enclosed = _enclosed(out), _enclosed(words)
    at = new_at = 0
    for low, new_low in _kept(out, words):
        if low < len(out) and (is_enclosed[low] or is_new_enclosed[new_low]):
            continue
        if (at, new_at) != (low, new_low):
            yield at, low, new_at, new_low
        at, new_at = low + 1, new_low + 1


def _kept(out: Sequence[str], words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of tokens that live on, and the ends."""
    at = new_at = 0
    for low, high, new_low, new_high in (*diffs.shortest(out, words), (len(out), 0, len(words), 0)):
        yield from zip(range(at, low), range(new_at, new_low), strict=True)
        at, new_at = high, new_high
    yield len(out), len(words)


def _enclosed(signs: Sequence[str]) -> list[bool]:
    """Tell of each sign whether it is a bracket or stands between brackets."""
    depths = accumulate((sign == "[") - (sign == "]") for sign in signs)
    return [depth > 0 or sign == "]" for depth, sign in zip(depths, signs, strict=True)]
