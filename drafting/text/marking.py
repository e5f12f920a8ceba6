"""What is typed for a delegation, as it enters a text: words put in stand in a pair, words struck out stay in a pair.

Words outside brackets never change this way. What the speaker put in before may be retyped freely. Who speaks, and the
stances that follow, are the services' matter.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from . import pairing
from .changes import ChangeSet, Edit
from .errors import UnpairedBrackets

Says = Literal["propose", "delete", "reserve"]
"""What the pair says: its words are proposed, are to go, or are in question."""

Range = tuple[int, int]
"""Where the two brackets of a pair stand, in code points."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The change as it is stored; `opened` are the new `[` in the text after it, `struck` the `[` before it of pairs
    that stand already and are to go as they are."""

    changes: ChangeSet
    opened: tuple[tuple[int, Says], ...]
    struck: tuple[int, ...] = ()


def mark(text: str, changes: ChangeSet, own: Sequence[Range]) -> Marked:
    """Return `changes` of `text` with brackets round what they put in and strike out, except inside the pairs `own`.

    A change that puts in nothing but brackets stays as it is: its pairs are a reservation. Raises `UnpairedBrackets`
    where words put in or struck out hold one bracket of a pair without the other.
    """
    edits = list(_merge(changes.edits()))
    if edits and all(start == end and words and not words.strip("[]") for start, end, words in edits):
        return Marked(changes, tuple((at, "reserve") for at in _put_in(changes)))
    written: list[Edit] = []
    opened: list[tuple[int, int, Says]] = []
    struck: list[int] = []
    for start, end, words in edits:
        if any(low < start and end <= high for low, high in own) or (not words and (start, end - 1) in own):
            written.append((start, end, words))
            continue
        strike = end > start and (start, end - 1) not in own
        if strike:
            _strike(text, start, end, written, opened, struck)
        elif end > start:
            written.append((start, end, ""))
        if words:
            opened.append((end, sum(len(new) for at, to, new in written if at == to == end), "propose"))
            written.append((end, end, _wrap(words)))
    stored = ChangeSet.of(written, len(text))
    places = ((stored.map_pos(at, -1) or 0, before, says) for at, before, says in opened)
    return Marked(stored, tuple((at + before, says) for at, before, says in places), tuple(struck))


def _strike(
    text: str, start: int, end: int, written: list[Edit], opened: list[tuple[int, int, Says]], struck: list[int]
) -> None:
    words = text[start:end]
    _refuse_halves(words, start)
    if _is_pair(words):
        struck.append(start)
        return
    opened.append((start, 0, "delete"))
    written += [(start, start, "["), (end, end, "]")]


def _wrap(words: str) -> str:
    _refuse_halves(words, None)
    return words if _is_pair(words) else f"[{words}]"


def _is_pair(words: str) -> bool:
    """Tell whether `words` are one pair of brackets from end to end."""
    found = pairing.match([words]).pairs
    return bool(found) and (found[0].start.offset, found[0].end.offset) == (0, len(words) - 1)


def _refuse_halves(words: str, at: int | None) -> None:
    if pairing.residue(words) != (0, 0):
        sentence = "Put in or strike out both brackets of a pair, or neither."
        raise UnpairedBrackets(sentence, **({} if at is None else {"offset": at}))


def _put_in(changes: ChangeSet) -> Iterator[int]:
    """Yield where each `[` put in stands after the change."""
    by = 0
    for start, end, words in changes.edits():
        yield from (start + by + at for at, char in enumerate(words) if char == "[")
        by += len(words) - (end - start)


def _merge(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits with those that touch as one."""
    last: Edit | None = None
    for start, end, words in edits:
        if last is not None and last[1] == start:
            last = (last[0], end, last[2] + words)
        else:
            if last is not None:
                yield last
            last = (start, end, words)
    if last is not None:
        yield last
