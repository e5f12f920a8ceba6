"""Edits: what turns one text into another, words compared first and brackets by the pair.

Both brackets of a pair live on or neither does, so that a change that only acts on brackets changes no word. The diff
of tokens is `diffs`, the place of an ambiguous change `slides`; what an edit means to a reader is `rivals`.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from . import diffs, regions, slides
from .diffs import Block
from .regions import Kept
from .slides import Side
from .wordings import BRACKETS, Wording, is_balanced


class Edit(NamedTuple):
    """Base `low` to `high` gives way to new `new_low` to `new_high`, in code points; edits of one `tie` go together."""

    low: int
    high: int
    new_low: int
    new_high: int
    tie: int


def find(base: Wording, new: Wording) -> list[Edit]:
    """Return the edits that turn `base` into `new`, in order; one tied to no other keeps every bracket balanced.

    Where the words of `new` are some of the base's in their order, nothing is inserted but brackets and spaces.
    """
    if base.tokens == new.tokens:
        return []
    base, new = base.split(new.splits), new.split(base.splits)
    return [
        Edit(base.offsets[low], base.offsets[high], new.offsets[new_low], new.offsets[new_high], tie)
        for low, high, new_low, new_high, tie in _find(base, new)
    ]


def _find(base: Wording, new: Wording) -> list[Edit]:
    """Return the edits in tokens."""
    only_leaves_out = diffs.is_subsequence(_list(new.words), _list(base.words))
    blocks = _compare(base.signs, new.signs, only_leaves_out)
    if _leaves_pairs(base, new, blocks, only_leaves_out):
        kept = list(_live_on(blocks, base.signs, new.signs))
        return [Edit(*block, tie) for tie, block in enumerate(regions.between(base, new, kept))]
    found: list[Edit] = []
    for low, high, new_low, new_high in _segments(base, new):
        ties = len(found)
        for edit in _find_by_words(base.part(low, high), new.part(new_low, new_high)):
            found.append(
                Edit(edit.low + low, edit.high + low, edit.new_low + new_low, edit.new_high + new_low, edit.tie + ties)
            )
    return found


def _compare(base: Side, new: Side, only_leaves_out: bool) -> list[Block]:
    """Return the blocks that differ, in compared tokens.

    Spaces are weighed with the words, so that a lone word between two changes is not swallowed by them; but not where
    words are only left out, lest spaces be kept in their stead.
    """
    if only_leaves_out:
        return slides.settle(diffs.blocks(_list(base), _list(new)), base, new)
    spaced, new_spaced = _with_spaces(base), _with_spaces(new)
    found: list[Block] = []
    for block in diffs.blocks([base.tokens[at] for at in spaced], [new.tokens[at] for at in new_spaced]):
        low, high = (bisect_left(base.places, _at(spaced, end)) for end in block[:2])
        new_low, new_high = (bisect_left(new.places, _at(new_spaced, end)) for end in block[2:])
        if found and found[-1].high == low and found[-1].new_high == new_low:
            low, new_low = found[-1].low, found.pop().new_low
        if low < high or new_low < new_high:
            found.append(Block(low, high, new_low, new_high))
    return slides.settle(found, base, new)


def _with_spaces(side: Side) -> list[int]:
    """Return the places of the compared tokens and of the spaces."""
    compared = set(side.places)
    return [at for at, token in enumerate(side.tokens) if at in compared or token.isspace()]


def _at(places: Sequence[int], index: int) -> int:
    return places[index] if index < len(places) else places[-1] + 1 if places else 0


def _leaves_pairs(base: Wording, new: Wording, blocks: Sequence[Block], only_leaves_out: bool) -> bool:
    """Tell whether comparing brackets like words serves: no pair is parted, and no mere act on brackets is missed."""
    if not base.has_brackets and not new.has_brackets:
        return True
    for low, high, new_low, new_high in blocks:
        chunk = tuple(map(base.signs.word, range(low, high)))
        new_chunk = tuple(map(new.signs.word, range(new_low, new_high)))
        if only_leaves_out and (new_chunk or "[" in chunk or "]" in chunk):
            return False
        if not is_balanced(chunk) or not is_balanced(new_chunk):
            return False
    return True


def _list(side: Side) -> list[str]:
    return [side.tokens[at] for at in side.places]


def _live_on(blocks: Iterable[Block], base: Side, new: Side) -> Iterable[tuple[int, int]]:
    """Yield the places of the compared tokens outside the blocks."""
    at = new_at = 0
    end = Block(len(base.places), len(base.places), len(new.places), len(new.places))
    for low, high, new_low, new_high in (*blocks, end):
        yield from zip(base.places[at:low], new.places[new_at:new_low], strict=True)
        at, new_at = high, new_high


def _segments(base: Wording, new: Wording) -> list[Block]:
    """Cut both texts at the brackets without a partner, where both have the same ones: none of them then moves."""
    alone = [at for at, mate in base.mates.items() if mate is None]
    new_alone = [at for at, mate in new.mates.items() if mate is None]
    if [base.tokens[at] for at in alone] != [new.tokens[at] for at in new_alone]:
        return [Block(0, len(base.tokens), 0, len(new.tokens))]
    starts = [(0, 0), *((at + 1, new_at + 1) for at, new_at in zip(alone, new_alone, strict=True))]
    ends = [*zip(alone, new_alone, strict=True), (len(base.tokens), len(new.tokens))]
    return [Block(low, high, start, end) for (low, start), (high, end) in zip(starts, ends, strict=True)]


def _find_by_words(base: Wording, new: Wording) -> list[Edit]:
    """Return the edits with every word aligned before any bracket is."""
    only_leaves_out = diffs.is_subsequence(_list(new.words), _list(base.words))
    blocks = _compare(base.words, new.words, only_leaves_out)
    words = list(_live_on(blocks, base.words, new.words))
    pairs = _keep_pairs(base, new, words)
    kept = sorted([*words, *pairs])
    if not _is_rising(kept):
        pairs = _keep_pairs(base, new, words, also_within=False)
        kept = sorted([*words, *pairs])
    if not _is_rising(kept):
        pairs, kept = [], words
    loose = _loose(base, {at for at, _ in kept}, [at for at, _ in words])
    new_loose = _loose(new, {at for _, at in kept}, [at for _, at in words])
    return _tie(regions.between(base, new, kept, loose, new_loose), base, new)


def _is_rising(kept: Kept) -> bool:
    return all(one[0] < two[0] and one[1] < two[1] for one, two in pairwise(kept))


def _keep_pairs(base: Wording, new: Wording, words: Kept, also_within: bool = True) -> Kept:
    """Return the brackets that live on: pairs whose two ends stand between the same words in both texts.

    A pair round none of the words kept lives on where both texts have as many such pairs there.
    """
    old_places = _by_region(base, [at for at, _ in words])
    new_places = _by_region(new, [at for _, at in words])
    kept: Kept = []
    for region, pairs in old_places.items():
        there = new_places.get(region, [])
        is_within = len(region) == 2 and region[0] == region[1]
        if is_within and (not also_within or len(pairs) != len(there)):
            continue
        for ends, new_ends in zip(pairs, there, strict=False):
            kept += zip(ends, new_ends, strict=True)
    return kept


def _by_region(wording: Wording, words: Sequence[int]) -> Mapping[tuple[object, ...], list[tuple[int, ...]]]:
    """Return the pairs by how many words kept stand before each end; a lone bracket by its sign and the one number."""
    found: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    for at, mate in wording.mates.items():
        if mate is None:
            found[wording.tokens[at], bisect_left(words, at), None].append((at,))
        elif at < mate:
            found[bisect_left(words, at), bisect_left(words, mate)].append((at, mate))
    return found


def _loose(wording: Wording, kept: set[int], words: Sequence[int]) -> frozenset[int]:
    """Return the brackets that do not live on and whose partner, if any, stands beyond a word that does."""
    return frozenset(
        at
        for at, mate in wording.mates.items()
        if at not in kept and (mate is None or bisect_left(words, at) != bisect_left(words, mate))
    )


def _tie(blocks: Sequence[Block], base: Wording, new: Wording) -> list[Edit]:
    """Give one tie to the blocks that hold the two ends of one pair."""
    ties = list(range(len(blocks)))

    def root(index: int) -> int:
        while ties[index] != index:
            index = ties[index]
        return index

    for wording, spans in ((base, [block[:2] for block in blocks]), (new, [block[2:] for block in blocks])):
        owner = {
            at: index
            for index, (low, high) in enumerate(spans)
            for at in range(low, high)
            if wording.tokens[at] in BRACKETS
        }
        for at, index in owner.items():
            mate = wording.mates[at]
            if mate is not None and mate in owner:
                one, other = sorted((root(index), root(owner[mate])))
                ties[other] = one
    return [Edit(*block, root(index)) for index, block in enumerate(blocks)]
