"""A brute-force differ of words, for the tests alone: the oracle of the rebase, sharing nothing with the engine.

Every alignment keeps the most words, and of those has the fewest hunks; of several it takes the first from the left or
from the right.
"""

import re
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[\[\]]|\w+|[^\w\s]")
_KEEP = 1000  # what one kept word weighs in hunks
_BRACKETS = {"[", "]"}

Words = tuple[str, ...]
Change = tuple[int, int, Words]


class Hunk(NamedTuple):
    """Words `start` to `end` of the old text give way to `new`; `nth` orders those put in at one place."""

    start: int
    end: int
    nth: int
    new: tuple[str, ...]


def words(text: str) -> list[str]:
    """Return the words, brackets and marks of a text."""
    return _WORD.findall(text)


def hunks(old: list[str], new: list[str], from_left: bool = True) -> list[Hunk]:
    """Return what turns one list of words into another: what could slide as far on as it can, brackets one by one."""
    return list(_hunks(tuple(old), tuple(new), from_left))


@lru_cache(maxsize=64)
def _hunks(old: Words, new: Words, from_left: bool) -> tuple[Hunk, ...]:
    step, size = (1 if from_left else -1), len(old)
    found = _trimmed(old[::step], new[::step])
    if not from_left:
        found = [(size - end, size - start, words[::-1]) for start, end, words in reversed(found)]
    settled: list[Change] = []
    for change in reversed(found):
        settled.append(_slide(old, change, settled[-1][0] if settled else size))
    return tuple(part for change in reversed(settled) for part in _apart(old, change))


def _trimmed(old: Words, new: Words) -> list[Change]:
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle = _aligned(old[head : len(old) - tail], new[head : len(new) - tail])
    return [(start + head, end + head, words) for start, end, words in middle]


def _slide(old: Words, change: Change, ceiling: int) -> Change:
    start, end, new = change
    if new and start < end:
        return change
    moving = new or old[start:end]
    while end < ceiling and old[end] == moving[0]:
        moving = (*moving[1:], moving[0])
        start, end = start + 1, end + 1
    return start, end, moving if new else ()


def _apart(old: Words, change: Change) -> list[Hunk]:
    """Return a change with the brackets at its edges as hunks of their own, one each."""
    start, end, new = change
    head = next((at for at in range(start, end) if old[at] not in _BRACKETS), end)
    tail = next((at + 1 for at in range(end - 1, head - 1, -1) if old[at] not in _BRACKETS), head)
    first = next((at for at, word in enumerate(new) if word not in _BRACKETS), len(new))
    last = next((at + 1 for at in range(len(new) - 1, first - 1, -1) if new[at] not in _BRACKETS), first)
    found = [Hunk(at, at + 1, 0, ()) for at in (*range(start, head), *range(tail, end))]
    found += [Hunk(head, head, nth, (mark,)) for nth, mark in enumerate(new[:first])]
    if head < tail or first < last:
        found.append(Hunk(head, tail, first, new[first:last]))
    found += [Hunk(tail, tail, last + nth, (mark,)) for nth, mark in enumerate(new[last:], start=1)]
    return sorted(found)


def merge(base: str, amended: str, current: str) -> set[Words]:
    """Return the words of every three-way merge the alignments allow, those that touch a foreign hunk left out."""
    found: set[Words] = set()
    at_base, at_amended, at_current = words(base), words(amended), words(current)
    for left in (True, False):
        for their_left in (True, False):
            own, foreign = hunks(at_base, at_amended, left), hunks(at_base, at_current, their_left)
            remaining = [hunk for hunk in own if hunk not in foreign]
            others = [hunk for hunk in foreign if hunk not in own]
            apart = all(one.end < other.start or other.end < one.start for one in remaining for other in others)
            if apart:
                found.add(apply(at_base, sorted({*own, *foreign})))
    return found


def is_blind(base: str, amended: str, current: str) -> bool:
    """Tell whether both sides put other brackets between the same two words: their order does not show in words."""
    at_base = words(base)
    ours, theirs = (
        {hunk for hunk in hunks(at_base, words(side)) if _BRACKETS.intersection(hunk.new)}
        for side in (amended, current)
    )
    shared = {hunk.start for hunk in ours} & {hunk.start for hunk in theirs}
    return any(hunk.start in shared for hunk in ours ^ theirs)


def remaining(base: str, amended: str, current: str) -> list[tuple[Words, Words]]:
    """Return (words out, words in) of the amendment's hunks that the current text does not hold yet."""
    at_base = words(base)
    foreign = hunks(at_base, words(current))
    left = [hunk for hunk in hunks(at_base, words(amended)) if hunk not in foreign]
    return [_spell(at_base, hunk) for hunk in left]


def changed(old: str, new: str) -> list[tuple[Words, Words]]:
    """Return (words out, words in) of the hunks from one text to another."""
    at_old = words(old)
    return [_spell(at_old, hunk) for hunk in hunks(at_old, words(new))]


def apply(old: list[str], found: list[Hunk]) -> Words:
    """Return the words with the hunks made."""
    out: list[str] = []
    at = 0
    for start, end, _, new in found:
        out += [*old[at:start], *new]
        at = end
    return tuple(out + old[at:])


def _spell(old: list[str], hunk: Hunk) -> tuple[Words, Words]:
    """Return the words out and in; an insertion or deletion that could slide over equal words, at its first turn."""
    out = tuple(old[hunk.start : hunk.end])
    return (out, hunk.new) if out and hunk.new else (_turn(out), _turn(hunk.new))


def _turn(run: Words) -> Words:
    return min((run[at:] + run[:at] for at in range(len(run))), default=run)


def _common(old: Words, new: Words) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (here, there) in pairs if here != there), min(len(old), len(new)))


def _aligned(old: Words, new: Words) -> list[Change]:
    """Walk the table of the best alignments of all tails: the most words kept, then the fewest hunks."""
    outside, inside = _table(old, new)
    found: list[Change] = []
    i = j = start = new_start = 0
    in_hunk = False
    while i < len(old) or j < len(new):
        score = (inside if in_hunk else outside)[i][j]
        if i < len(old) and j < len(new) and old[i] == new[j] and score == _KEEP + outside[i + 1][j + 1]:
            if in_hunk:
                found.append((start, i, new[new_start:j]))
            i, j, in_hunk = i + 1, j + 1, False
            start, new_start = i, j
            continue
        if i < len(old) and score == inside[i + 1][j] - (not in_hunk):
            i += 1
        else:
            j += 1
        in_hunk = True
    if in_hunk:
        found.append((start, i, new[new_start:j]))
    return found


def _table(old: Words, new: Words) -> tuple[list[list[int]], list[list[int]]]:
    """Return the best score of each pair of tails, outside a hunk and inside one: `_KEEP` for a word, -1 for a hunk."""
    size = len(new)
    outside = [[-1] * size + [-1] for _ in range(len(old) + 1)]
    inside = [[0] * (size + 1) for _ in range(len(old) + 1)]
    outside[len(old)][size] = 0
    for i in range(len(old) - 1, -1, -1):
        word, here, here_in, below, below_in = old[i], outside[i], inside[i], outside[i + 1], inside[i + 1]
        for j in range(size - 1, -1, -1):
            skipped = below_in[j] if below_in[j] > here_in[j + 1] else here_in[j + 1]
            kept = _KEEP + below[j + 1] if word == new[j] else skipped - 1
            here_in[j] = kept if kept > skipped else skipped
            here[j] = kept if kept > skipped - 1 else skipped - 1
    return outside, inside
