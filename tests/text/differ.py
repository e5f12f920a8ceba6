"""A brute-force differ of words, for the tests alone: the oracle of the rebase, sharing nothing with the engine.

Every alignment it finds is a longest common subsequence; of several it takes the first from the left or from the right.
"""

import re
from typing import NamedTuple

_WORD = re.compile(r"[\[\]]|\w+|[^\w\s]")


class Hunk(NamedTuple):
    """Words `start` to `end` of the old text give way to `new`."""

    start: int
    end: int
    new: tuple[str, ...]


def words(text: str) -> list[str]:
    """Return the words, brackets and marks of a text."""
    return _WORD.findall(text)


def hunks(old: list[str], new: list[str], from_left: bool = True) -> list[Hunk]:
    """Return what turns one list of words into another."""
    if not from_left:
        size = len(old)
        found = hunks(old[::-1], new[::-1])
        return [Hunk(size - end, size - start, words[::-1]) for start, end, words in reversed(found)]
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle = _aligned(old[head : len(old) - tail], new[head : len(new) - tail])
    return [Hunk(start + head, end + head, words) for start, end, words in middle]


def merge(base: str, amended: str, current: str) -> set[tuple[str, ...]]:
    """Return the words of every three-way merge the alignments allow, those that touch a foreign hunk left out."""
    found: set[tuple[str, ...]] = set()
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


def remaining(base: str, amended: str, current: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return (words out, words in) of the amendment's hunks that the current text does not hold yet."""
    at_base = words(base)
    foreign = hunks(at_base, words(current))
    left = [hunk for hunk in hunks(at_base, words(amended)) if hunk not in foreign]
    return [_spell(at_base, hunk) for hunk in left]


def changed(old: str, new: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return (words out, words in) of the hunks from one text to another."""
    at_old = words(old)
    return [_spell(at_old, hunk) for hunk in hunks(at_old, words(new))]


def apply(old: list[str], found: list[Hunk]) -> tuple[str, ...]:
    """Return the words with the hunks made."""
    out: list[str] = []
    at = 0
    for start, end, new in found:
        out += [*old[at:start], *new]
        at = end
    return tuple(out + old[at:])


def _spell(old: list[str], hunk: Hunk) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words out and in; an insertion or deletion that could slide over equal words, at its first turn."""
    out = tuple(old[hunk.start : hunk.end])
    return (out, hunk.new) if out and hunk.new else (_turn(out), _turn(hunk.new))


def _turn(run: tuple[str, ...]) -> tuple[str, ...]:
    return min((run[at:] + run[:at] for at in range(len(run))), default=run)


def _common(old: list[str], new: list[str]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (here, there) in pairs if here != there), min(len(old), len(new)))


def _aligned(old: list[str], new: list[str]) -> list[Hunk]:
    """Walk the table of longest common subsequences of all tails."""
    longest = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            skip = max(longest[i + 1][j], longest[i][j + 1])
            longest[i][j] = longest[i + 1][j + 1] + 1 if old[i] == new[j] else skip
    found: list[Hunk] = []
    i = j = start = new_start = 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            if (start, new_start) != (i, j):
                found.append(Hunk(start, i, tuple(new[new_start:j])))
            i, j = i + 1, j + 1
            start, new_start = i, j
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    if start < len(old) or new_start < len(new):
        found.append(Hunk(start, len(old), tuple(new[new_start:])))
    return found
