"""Which closing bracket belongs to which opening one: one stack over a whole document, and its arithmetic.

What a pair means is in `kinds` and `groups`; the face callers use is `brackets`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

_MARK = re.compile(r"[\[\]]")


class Position(NamedTuple):
    """A place in a document: the provision's index from 0, the offset in code points in its text; ordered."""

    provision: int
    offset: int


class Ends(Protocol):
    """Whatever stands from one bracket to its partner."""

    @property
    def start(self) -> Position: ...

    @property
    def end(self) -> Position: ...


class Matched(NamedTuple):
    """One pair found, before anything is said about its meaning: `parent` counts from 1, `depth` from 1."""

    start: Position
    end: Position
    parent: int | None
    depth: int


@dataclass(frozen=True, slots=True)
class Matching:
    """Every bracket of a document: the pairs in the order of their `[`, and the marks without a partner."""

    pairs: tuple[Matched, ...]
    unclosed: tuple[Position, ...]
    stray: tuple[Position, ...]


def match(texts: Sequence[str]) -> Matching:
    """Pair each `]` with the nearest open `[` of the whole document, so that the fewest marks stay alone; linear."""
    ends: dict[Position, Position] = {}
    open_marks: list[Position] = []
    starts: list[Position] = []
    stray: list[Position] = []
    for provision, text in enumerate(texts):
        for mark in _MARK.finditer(text):
            place = Position(provision, mark.start())
            if mark[0] == "[":
                open_marks.append(place)
                starts.append(place)
            elif open_marks:
                ends[open_marks.pop()] = place
            else:
                stray.append(place)
    return Matching(_nest(starts, ends), tuple(open_marks), tuple(stray))


def marks(text: str) -> Iterator[tuple[int, bool]]:
    """Yield the offset of each bracket of one text and whether it opens."""
    return ((mark.start(), mark[0] == "[") for mark in _MARK.finditer(text))


def residue(text: str) -> tuple[int, int]:
    """Return how many `]` and how many `[` of `text` find no partner inside it."""
    closers = openers = 0
    for mark in _MARK.findall(text):
        if mark == "[":
            openers += 1
        elif openers:
            openers -= 1
        else:
            closers += 1
    return closers, openers


def fold(residues: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Return the residue of texts standing one after the other, given the residue of each.

    `fold(map(residue, texts)) == residue("".join(texts))`.
    """
    closers = openers = 0
    for more_closers, more_openers in residues:
        if more_closers > openers:
            closers += more_closers - openers
            openers = more_openers
        else:
            openers += more_openers - more_closers
    return closers, openers


def is_balanced(text: str) -> bool:
    """Tell whether every bracket of `text` finds its partner inside it."""
    return residue(text) == (0, 0)


def _nest(starts: list[Position], ends: dict[Position, Position]) -> tuple[Matched, ...]:
    """Number the pairs by their `[` and give each the number of the pair around it."""
    pairs: list[Matched] = []
    around: list[int] = []
    for start in starts:
        end = ends.get(start)
        if end is None:
            continue
        while around and pairs[around[-1] - 1].end < start:
            around.pop()
        parent = around[-1] if around else None
        around.append(len(pairs) + 1)
        pairs.append(Matched(start, end, parent, len(around)))
    return tuple(pairs)
