"""Survivors: which words of one text live on in another, wherever brackets and spaces may have gone.

The diff is `diffs`, the place of an ambiguous change `slides`. Brackets are aligned by the pair in `edits`.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from . import diffs, partings, slides
from .diffs import Block
from .slides import Side
from .wordings import Wording, find_signs, is_space

Run = tuple[Sequence[int], Sequence[int]]
"""Compared tokens that live on one after the other: their places in the base and in the new text."""


class Window(NamedTuple):
    """The part of two texts outside which they agree: tokens `low` to `high`, and in the new text to `new_high`."""

    low: int
    high: int
    new_high: int


def find_window(base: Wording, new: Wording) -> Window:
    """Return the least window in tokens; `new` is a wording of its own, or revises `base`."""
    head, tail = new.kept
    here, there = base.tokens[head : len(base.tokens) - tail], new.tokens[head : len(new.tokens) - tail]
    more, behind = diffs.count_ends(here, there)
    return Window(head + more, len(base.tokens) - tail - behind, len(new.tokens) - tail - behind)


def is_one_change(window: Window, base: Wording, new: Wording) -> bool:
    """Tell whether nothing in the window lives on but spaces, and the change can stand in no other place.

    Then the window is the one block that differs: most amendments change one place.
    """
    low, high, new_high = window
    out, words = base.tokens[low:high], new.tokens[low:new_high]
    if not all(map(is_space, set(out).intersection(words))):
        return False
    goes, comes = not all(map(is_space, out)), not all(map(is_space, words))
    if goes == comes:
        return True
    signs = [token for token in (out if goes else words) if not is_space(token)]
    first, last = base.rank(low), base.rank(high)
    return not (first and base.signs.word(first - 1) == signs[-1]) and not (
        last < len(base.signs.places) and base.signs.word(last) == signs[0]
    )


def find_in(window: Window, base: Wording, new: Wording) -> tuple[Block, list[Run]]:
    """Return the range of tokens in and round the window that may differ, and the words in it that live on.

    Only for a window without brackets: all of them then live on. Outside the range the texts agree.
    """
    low, high, new_high = window
    before, behind = base.rank(low), base.rank(high)
    drift = len(new.tokens) - len(base.tokens)
    # A slide looks no further than this beyond the window.
    first = max(0, before - slides.FAR - 2)
    near = base.signs.places[first : behind + slides.FAR + 1]
    old = Side(base.tokens, near)
    side = Side(
        new.tokens,
        [
            *near[: before - first],
            *find_signs(new.tokens[low:new_high], low),
            *(at + drift for at in near[behind - first :]),
        ],
    )
    found = diffs.blocks(base.tokens[low:high], new.tokens[low:new_high], alphabet=base.alphabet)
    settled = slides.settle(_gather(_count_signs(found, low, old, side)), old, side)
    edges = (settled[0][0], settled[-1][1]) if settled else (before - first, behind - first)
    begin = max(0, min(before - first, edges[0]) - 1)
    last = min(len(near), max(behind - first, edges[1]) + 1)
    runs = list(_live_on(settled, old, side, (begin, last, begin, last + len(side.places) - len(near))))
    start = near[begin] if first + begin else 0
    end = base.signs.places[first + last] if first + last < len(base.signs.places) else len(base.tokens)
    return (start, end, start, end + drift), runs


def _count_signs(blocks: Iterable[Block], start: int, base: Side, new: Side) -> Iterator[Block]:
    """Yield blocks of all tokens from `start` on as blocks of the compared ones."""
    for low, high, new_low, new_high in blocks:
        yield (
            bisect_left(base.places, start + low),
            bisect_left(base.places, start + high),
            bisect_left(new.places, start + new_low),
            bisect_left(new.places, start + new_high),
        )


def find(base: Side, new: Side, only_leaves_out: bool) -> tuple[list[Block], list[Run]]:
    """Return the blocks of compared tokens that differ, and the runs of those that live on.

    Spaces are weighed with the words, so that a lone word between two changes is not swallowed by them; but not where
    words are only left out, lest spaces be kept in their stead.
    """
    whole = (0, len(base.places), 0, len(new.places))
    blocks = diffs.blocks(words(base), words(new)) if only_leaves_out else _gather(_find_with_spaces(base, new))
    settled = list(partings.cut(slides.settle(blocks, base, new), base, new))
    return settled, list(_live_on(settled, base, new, whole))


def words(side: Side) -> list[str]:
    """Return the compared tokens."""
    return [side.tokens[at] for at in side.places]


def _find_with_spaces(base: Side, new: Side) -> Iterator[Block]:
    spaced, new_spaced = _with_spaces(base), _with_spaces(new)
    for block in diffs.blocks([base.tokens[at] for at in spaced], [new.tokens[at] for at in new_spaced]):
        low, high = (bisect_left(base.places, _at(spaced, end)) for end in block[:2])
        new_low, new_high = (bisect_left(new.places, _at(new_spaced, end)) for end in block[2:])
        yield (low, high, new_low, new_high)


def _with_spaces(side: Side) -> list[int]:
    """Return the places of the compared tokens and of the spaces."""
    compared = set(side.places)
    return [at for at, token in enumerate(side.tokens) if at in compared or token.isspace()]


def _at(places: Sequence[int], index: int) -> int:
    return places[index] if index < len(places) else places[-1] + 1 if places else 0


def _gather(blocks: Iterable[Block]) -> list[Block]:
    """Leave out the blocks that only changed spaces, and join those that only spaces parted."""
    found: list[Block] = []
    for low, high, new_low, new_high in blocks:
        if found and found[-1][1::2] == (low, new_low):
            low, _, new_low, _ = found.pop()
        if low < high or new_low < new_high:
            found.append((low, high, new_low, new_high))
    return found


def _live_on(blocks: Sequence[Block], base: Side, new: Side, whole: Block) -> Iterator[Run]:
    """Yield the compared tokens of a range outside the blocks."""
    at, end, new_at, new_end = whole
    for low, high, new_low, new_high in (*blocks, (end, end, new_end, new_end)):
        if at < low:
            yield (base.places[at:low], new.places[new_at:new_low])
        at, new_at = high, new_high
