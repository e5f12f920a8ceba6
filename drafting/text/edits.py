"""Edits: what turns one text into another, words compared first and brackets by the pair.

Both brackets of a pair live on or neither does, so that a change that only acts on brackets changes no word. The diff
of tokens is `diffs`, the place of an ambiguous change `slides`; what an edit means to a reader is `rivals`.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from . import diffs, regions, survivors, wordings
from .diffs import Block
from .wordings import BRACKETS, Wording, is_balanced

Kept = list[tuple[int, int]]
"""Tokens that live on: (place in the base, place in the new text), in order."""


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
    if base.text == new.text:
        return []
    base, new = wordings.split(base, new)
    window = survivors.find_window(base, new)
    if not (base.has_brackets or new.has_brackets) or not _has_brackets(
        base.tokens[window.low : window.high], new.tokens[window.low : window.new_high]
    ):
        if survivors.is_one_change(window, base, new):
            low, high = base.offsets[window.low], base.offsets[window.high]
            return [Edit(low, high, low, high + len(new.text) - len(base.text), 0)]
        span, runs = survivors.find_in(window, base, new)
        return list(_measure(base, new, enumerate(regions.between(base, new, runs, span))))
    found = list(_measure(base, new, _find_with_pairs(base, new)))
    # A bracket that moved may stand where its like stood: a tie that changes no sign is no edit.
    busy = {edit.tie for edit in found if base.text[edit.low : edit.high] != new.text[edit.new_low : edit.new_high]}
    return [edit for edit in found if edit.tie in busy]


def _measure(base: Wording, new: Wording, blocks: Iterable[tuple[int, Block]]) -> Iterator[Edit]:
    """Yield tied blocks of tokens, in order, as edits in code points; between blocks the texts agree."""
    drift = 0
    for tie, (start, end, new_start, new_end) in blocks:
        low, high = base.offsets[start], base.offsets[end]
        new_high = low + drift + sum(map(len, new.tokens[new_start:new_end]))
        yield Edit(low, high, low + drift, new_high, tie)
        drift = new_high - high


def _find_with_pairs(base: Wording, new: Wording) -> list[tuple[int, Block]]:
    """Return the blocks of tokens that differ, each with its tie, where brackets are among them.

    Brackets are compared like words where that parts no pair, but words first wherever that repeats twice the words:
    marks moved beside words that change would else pass for other words.
    """
    if not diffs.is_subsequence(survivors.words(new.words), survivors.words(base.words)):
        blocks, runs = survivors.find(base.signs, new.signs, False)
        if _leaves_pairs(base, new, blocks):
            return list(_refine(base, new, regions.between(base, new, runs)))
    return _find_by_segments(base, new)


def _refine(base: Wording, new: Wording, blocks: Iterable[Block]) -> Iterator[tuple[int, Block]]:
    """Yield blocks, with the tie of each, those in which marks moved beside words compared anew, words first."""
    ties = 0
    for block in blocks:
        found = [(0, block)]
        if _is_mixed(base, new, block):
            low, high, new_low, new_high = block
            fine = _shift(_find_by_segments(base.part(low, high), new.part(new_low, new_high)), 0, low, new_low)
            if 2 * _count_words(base, fine) <= _count_words(base, found):
                found = fine
        yield from _shift(found, ties)
        ties += len(found)


def _find_by_segments(base: Wording, new: Wording) -> list[tuple[int, Block]]:
    """Return the blocks with words compared first and brackets by the pair, those without a partner left in place."""
    found: list[tuple[int, Block]] = []
    for low, high, new_low, new_high in _segments(base, new):
        own = _find_by_words(base.part(low, high), new.part(new_low, new_high))
        found += _shift(own, len(found), low, new_low)
    return found


def _shift(found: Iterable[tuple[int, Block]], ties: int, low: int = 0, new_low: int = 0) -> list[tuple[int, Block]]:
    """Return blocks found in a part of two texts as blocks of the whole, their ties behind the first `ties`."""
    return [
        (tie + ties, (start + low, end + low, new_start + new_low, new_end + new_low))
        for tie, (start, end, new_start, new_end) in found
    ]


def _is_mixed(base: Wording, new: Wording, block: Block) -> bool:
    """Tell whether words on both sides stand beside brackets in a block: some of the words may live on."""
    low, high, new_low, new_high = block
    changed = [
        {token for token in part if not token.isspace()}
        for part in (base.tokens[low:high], new.tokens[new_low:new_high])
    ]
    return all(words.difference(BRACKETS) for words in changed) and any(
        words.intersection(BRACKETS) for words in changed
    )


def _count_words(base: Wording, blocks: Sequence[tuple[int, Block]]) -> int:
    """Return how many words of the base the blocks take out."""
    taken = (token for _, (low, high, *_) in blocks for token in base.tokens[low:high])
    return sum(not token.isspace() and token not in BRACKETS for token in taken)


def _has_brackets(*parts: Sequence[str]) -> bool:
    return any("[" in part or "]" in part for part in parts)


def _leaves_pairs(base: Wording, new: Wording, blocks: Sequence[Block]) -> bool:
    """Tell whether comparing brackets like words parted no pair."""
    return all(
        is_balanced(tuple(map(base.signs.word, range(low, high))))
        and is_balanced(tuple(map(new.signs.word, range(new_low, new_high))))
        for low, high, new_low, new_high in blocks
    )


def _segments(base: Wording, new: Wording) -> list[Block]:
    """Cut both texts at the brackets without a partner, where both have the same ones: none of them then moves."""
    alone = [at for at, mate in base.mates.items() if mate is None]
    new_alone = [at for at, mate in new.mates.items() if mate is None]
    if [base.tokens[at] for at in alone] != [new.tokens[at] for at in new_alone]:
        return [(0, len(base.tokens), 0, len(new.tokens))]
    starts = [(0, 0), *((at + 1, new_at + 1) for at, new_at in zip(alone, new_alone, strict=True))]
    ends = [*zip(alone, new_alone, strict=True), (len(base.tokens), len(new.tokens))]
    return [(low, high, start, end) for (low, start), (high, end) in zip(starts, ends, strict=True)]


def _find_by_words(base: Wording, new: Wording) -> list[tuple[int, Block]]:
    """Return the blocks with every word aligned before any bracket is."""
    only_leaves_out = diffs.is_subsequence(survivors.words(new.words), survivors.words(base.words))
    _, found = survivors.find(base.words, new.words, only_leaves_out)
    words = [pair for run in found for pair in zip(*run, strict=True)]
    pairs = _keep_pairs(base, new, words)
    kept = sorted([*words, *pairs])
    if not _is_rising(kept):
        pairs = _keep_pairs(base, new, words, also_within=False)
        kept = sorted([*words, *pairs])
    if not _is_rising(kept):
        pairs, kept = [], words
    loose = _loose(base, {at for at, _ in kept}, [at for at, _ in words])
    new_loose = _loose(new, {at for _, at in kept}, [at for _, at in words])
    runs = [([at], [new_at]) for at, new_at in kept]
    return _tie(regions.between(base, new, runs, None, loose, new_loose), base, new)


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


def _tie(blocks: Sequence[Block], base: Wording, new: Wording) -> list[tuple[int, Block]]:
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
    return [(root(index), block) for index, block in enumerate(blocks)]
