"""Meetings: where an end of a new pair across provisions stands beside another bracket and nothing between them.

Rivals' pairs may begin and end at one place, each where its own words do; printed as they come, the `[` of one before
the `]` of another would read as a pair round nothing, which nobody proposes. Where ends stand is `crossings`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .edges import Piece

_CELLS = re.compile(r"[\[\]]|[^\[\]]+")


class _Cell(NamedTuple):
    """A bracket, alone but for the names with it, or what stands between two; `pair` is above 0 for a new end."""

    text: str
    sign: str
    pair: int = 0


_BREAK, _GONE = _Cell("", "\n"), _Cell("", " ")


def part(printed: Iterable[Sequence[Piece]]) -> list[str]:
    """Return what each provision of a document prints, no new `[` right before a `]`, nor a new `]` right after a `[`.

    Such two change places, over the white space and the ends of provisions between them: each encloses the words it
    did, and what balanced still does. A new pair with nothing in it is not printed: its words are, elsewhere.
    """
    row = [cell for pieces in printed for cell in (*_cut(pieces), _BREAK)]
    for at in reversed(range(len(row))):
        if row[at].pair and row[at].sign == "[":
            _move(row, at, 1, "]")
    for at in range(len(row)):
        if row[at].pair and row[at].sign == "]":
            _move(row, at, -1, "[")
    return list(_join(row))


def _cut(pieces: Iterable[Piece]) -> Iterator[_Cell]:
    for piece in pieces:
        if piece.pair:
            yield _Cell(piece.text, "[" if piece.text.startswith("[") else "]", piece.pair)
        else:
            yield from (_Cell(text, text if text in "[]" else text.strip()[:1]) for text in _CELLS.findall(piece.text))


def _move(row: list[_Cell], at: int, step: int, sign: str) -> None:
    """Move a new end past every bracket of a `sign` that it meets, or take it out with its partner."""
    while (met := _meet(row, at, step)) is not None and row[met].sign == sign:
        if row[met].pair == row[at].pair:
            row[at] = row[met] = _GONE
            return
        row.insert(met, row.pop(at))
        at = met


def _meet(row: Sequence[_Cell], at: int, step: int) -> int | None:
    """Return the next cell that is not blank, None where there is none."""
    at += step
    while 0 <= at < len(row):
        if row[at].sign.strip():
            return at
        at += step
    return None


def _join(row: Iterable[_Cell]) -> Iterator[str]:
    texts: list[str] = []
    for cell in row:
        texts.append(cell.text)
        if cell is _BREAK:
            yield "".join(texts)
            texts = []
