"""Slides: the one preferred place of a change that equal words on either side would let stand in several.

"the cat the cat" → "the cat": which one went? Every reader of one pair of texts must answer alike, so that equal
proposals share one hunk. Works on token lists in which spaces are not compared; a `Side` knows where they stand.
"""

from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct

from .diffs import Block

FAR = 20  # tokens: the repeats of a longer run read alike, and looking no further keeps sliding quick
_HEADS = frozenset(".;:\n")


class Side(Struct, frozen=True):
    """One text: all its tokens, and the places of those that are compared."""

    tokens: Sequence[str]
    places: Sequence[int]

    def word(self, at: int) -> str:
        """Return the compared token number `at`."""
        return self.tokens[self.places[at]]

    def glue(self, at: int) -> Sequence[str]:
        """Return what stands, not compared, just before compared token `at`; for their count, after the last."""
        start = self.places[at - 1] + 1 if at else 0
        end = self.places[at] if at < len(self.places) else len(self.tokens)
        return self.tokens[start:end]


def settle(blocks: Sequence[Block], base: Side, new: Side) -> list[Block]:
    """Return the blocks, each that only inserts or only deletes moved to its preferred place; no two touch.

    Preferred is the place where most spaces and brackets between the words passed over agree, then one whose own
    brackets balance, then a reader's: from a comma on, from the head of a sentence on; then the first.
    """
    settled: list[Block] = []
    for index, block in enumerate(blocks):
        low, high, new_low, new_high = block
        if (low == high) != (new_low == new_high):
            floor = settled[-1][1] + 1 if settled else 0
            ceiling = blocks[index + 1][0] - 1 if index + 1 < len(blocks) else len(base.places)
            block = _settle(block, base, new, floor, ceiling)
        settled.append(block)
    return settled


def _settle(block: Block, base: Side, new: Side, floor: int, ceiling: int) -> Block:
    low, high, new_low, new_high = block
    if low < high:
        longer, start, end, shorter, at = base, low, high, new, new_low
    else:
        longer, start, end, shorter, at = new, new_low, new_high, base, low
    left = right = 0
    while left < min(FAR, low - floor) and longer.word(start - left - 1) == longer.word(end - left - 1):
        left += 1
    while right < min(FAR, ceiling - high) and longer.word(start + right) == longer.word(end + right):
        right += 1
    if not left and not right:
        return block
    agreeing = _agreement(longer, start - left, end - left, shorter, at - left, left + right)
    best = max(
        range(left + right + 1),
        key=lambda k: (agreeing[k], *_charm(longer, start - left + k, end - left + k), -k),
    )
    shift = best - left
    return low + shift, high + shift, new_low + shift, new_high + shift


def _agreement(longer: Side, start: int, end: int, shorter: Side, at: int, words: int) -> list[int]:
    """Return, for each number of the `words` that stand before the chunk, how many gaps between them agree."""
    before = [longer.glue(start + k) == shorter.glue(at + k) for k in range(words)]
    behind = [longer.glue(end + k) == shorter.glue(at + k) for k in range(1, words + 1)]
    passed = list(accumulate(before, initial=0))
    to_come = list(accumulate(behind, initial=0))
    return [passed[k] + to_come[words] - to_come[k] for k in range(words + 1)]


def _charm(side: Side, start: int, end: int) -> tuple[bool, bool, bool]:
    chunk = [side.word(at) for at in range(start, end)]
    previous = side.word(start - 1) if start else "\n"
    return _is_balanced(chunk), chunk[0] == ",", previous in _HEADS


def _is_balanced(chunk: Sequence[str]) -> bool:
    depth = 0
    for token in chunk:
        depth += (token == "[") - (token == "]")
        if depth < 0:
            return False
    return depth == 0
