"""Identities: edits of one provision under which a pair that a file knows by its id stays that very pair.

Without ids a pair is known again by the words round it (`edits`); a file of ours says which pair is which.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from . import edits, pairing
from .changes import ChangeSet, MapMode
from .wordings import Wording


class Span(NamedTuple):
    """Words instead of `low` to `high` (code points of the words as they stand), the `nth` edit of several."""

    low: int
    high: int
    words: str
    nth: int = 0


def spans(base: str, words: str, standing: Mapping[int, int], said: Mapping[int, int]) -> list[Span]:
    """Return edits from `base` to `words` that keep every pair of one id where the usual ones would not, else nothing.

    Ids by the offset of their `[`: `standing` in `base`, `said` in `words`. Pairs that changed places cannot be kept.
    """
    places = {number: at for at, number in said.items()}
    shared = [(at, places[number]) for at, number in sorted(standing.items()) if number in places]
    if not shared or _keeps(base, words, shared):
        return []
    old_ends, new_ends = _ends(base), _ends(words)
    both = [(old_ends[at], new_ends[there]) for at, there in shared if at in old_ends and there in new_ends]
    marks = sorted([*shared, *both])
    if any(one[1] >= other[1] for one, other in pairwise(marks)):
        return []
    return list(_between(base, words, marks))


def find(base: str, words: str) -> list[Span]:
    """Return the usual edits from one wording to another."""
    found = edits.find(Wording.of(base), Wording.of(words))
    return [Span(edit.low, edit.high, words[edit.new_low : edit.new_high], nth) for nth, edit in enumerate(found)]


def _keeps(base: str, words: str, shared: Sequence[tuple[int, int]]) -> bool:
    changes = ChangeSet.of([span[:3] for span in find(base, words)], len(base))
    return all(changes.map_pos(at, 1, MapMode.TRACK_AFTER) == there for at, there in shared)


def _ends(words: str) -> dict[int, int]:
    """Return the offset of each `]` by that of its `[`, for the pairs that end where they begin."""
    return {pair.start.offset: pair.end.offset for pair in pairing.match([words]).pairs}


def _between(base: str, words: str, marks: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Yield the edits of what stands before, between and behind the marks, which stay."""
    start, new_start, nth = 0, 0, 0
    for at, there in [*marks, (len(base), len(words))]:
        for low, high, instead, _ in find(base[start:at], words[new_start:there]):
            yield Span(low + start, high + start, instead, nth)
            nth += 1
        start, new_start = at + 1, there + 1
