"""The order in which a PDF of a text from right to left is read: by its words, not by their places on the line.

Typst tags what stands on a line from left to right, so that a screen reader said the words of every Arabic line last
word first. Here the children of each tag are put into the order of the words; the pages themselves are not touched, and
programs that go by what stands where find what they are used to.
Source: ISO 32000-1, 14.7 and 14.8.2.3.3; Unicode Standard Annex #9, rule L2, undone.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pikepdf

#: Points that raised signs stand above their line at most, and less than two lines stand apart.
_RAISED = 6
#: Tags of what stands within a line.
_INLINE = frozenset({"/Span", "/Strong", "/Em", "/Link", "/Quote", "/Code", "/Reference", "/Lbl"})


#: A piece of marked content: its page, by the file's number of it, and its own number there.
_Leaf = tuple[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something tagged: where it stands (page, points from the left and from the foot), and whether it is turned.

    What runs from right to left is marked as turned in the file, since its signs follow each other the other way.
    """

    page: int
    left: float
    height: float
    is_turned: bool


_Pieces = Mapping[_Leaf, _Piece]


def turn(data: bytes) -> bytes:
    """Return a PDF whose words are read in their order; equal files give equal files."""
    with pikepdf.open(io.BytesIO(data)) as file:
        pieces = {leaf: piece for number, page in enumerate(file.pages) for leaf, piece in _found(number, page)}
        _turn(file.Root.StructTreeRoot, pieces)
        # It says on which side a book is bound; told it, browsers turn round the words of lines without any Arabic.
        del file.Root.ViewerPreferences["/Direction"]
        out = io.BytesIO()
        file.save(out, deterministic_id=True)
    return out.getvalue()


def _found(number: int, page: pikepdf.Page) -> Iterator[tuple[_Leaf, _Piece]]:
    """Yield the tagged pieces of a page, each where the first of it stands."""
    place: tuple[float, float] | None = None
    mcid: int | None = None
    is_turned = False
    for instruction in pikepdf.parse_content_stream(page, "BDC BMC cm Tj TJ"):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
            mcid, place, is_turned = int(operands[1].MCID), None, False
        elif operator == "BMC":
            is_turned = is_turned or str(operands[0]) == "/ReversedChars"
        elif operator == "cm" and place is None:
            place = float(operands[4]), float(operands[5])
        elif operator in ("Tj", "TJ") and mcid is not None and place is not None:
            yield (page.obj.objgen, mcid), _Piece(number, *place, is_turned)


def _turn(tag: pikepdf.Object, pieces: _Pieces) -> None:
    """Put what stands on lines into the order of its words, in every tag that holds lines."""
    kids = _kids(tag)
    if any(not _is_tag(kid) or _is_inline(kid) for kid in kids):
        lines = _lines(list(_leaves(tag, pieces)), pieces)
        ordered = [leaf for line in lines for leaf in _in_order(line, pieces)]
        _sort(tag, {leaf: rank for rank, leaf in enumerate(ordered)})
    for kid in kids:
        if _is_tag(kid) and not _is_inline(kid):
            _turn(kid, pieces)


def _lines(leaves: Sequence[_Leaf], pieces: _Pieces) -> list[list[_Leaf]]:
    """Return the pieces by lines, from the top of a page to its foot."""
    lines: list[list[_Leaf]] = []
    for leaf in sorted(leaves, key=lambda leaf: (pieces[leaf].page, -pieces[leaf].height)):
        before = pieces[lines[-1][0]] if lines else None
        here = pieces[leaf]
        if before and before.page == here.page and before.height - here.height <= _RAISED:
            lines[-1].append(leaf)
        else:
            lines.append([leaf])
    return lines


def _in_order(line: Sequence[_Leaf], pieces: _Pieces) -> list[_Leaf]:
    """Return what stands on a line from its beginning: at the right, where anything on it runs from there."""
    is_turned = any(pieces[leaf].is_turned for leaf in line)
    return sorted(line, key=lambda leaf: pieces[leaf].left, reverse=is_turned)


def _leaves(tag: pikepdf.Object, pieces: _Pieces) -> Iterator[_Leaf]:
    for kid in _kids(tag):
        if not _is_tag(kid):
            yield from (leaf for leaf in [_leaf(kid, tag)] if leaf in pieces)
        elif _is_inline(kid):
            yield from _leaves(kid, pieces)


def _sort(tag: pikepdf.Object, ranks: Mapping[_Leaf, int]) -> int:
    """Put the children of a tag, and of those in it, in order; return the first's rank. A note stays where it is."""
    ranked: list[tuple[int, pikepdf.Object]] = []
    for kid in _kids(tag):
        before = ranked[-1][0] if ranked else 0
        if _is_tag(kid):
            ranked.append((_sort(kid, ranks) if _is_inline(kid) else before, kid))
        else:
            ranked.append((ranks.get(_leaf(kid, tag), before), kid))
    if len(ranked) > 1:
        tag.K = pikepdf.Array([kid for _, kid in sorted(ranked, key=lambda one: one[0])])
    return min((rank for rank, _ in ranked), default=0)


def _kids(tag: pikepdf.Object) -> list[pikepdf.Object]:
    found = tag.get("/K")
    if found is None:
        return []
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def _is_tag(kid: pikepdf.Object) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def _is_inline(tag: pikepdf.Object) -> bool:
    return str(tag.S) in _INLINE


def _leaf(kid: pikepdf.Object, tag: pikepdf.Object) -> _Leaf:
    """Return which piece of content a child is: a number on the tag's page, or one that names its own."""
    if not isinstance(kid, pikepdf.Dictionary):
        return tag.Pg.objgen, int(kid)
    page = kid.Pg if "/Pg" in kid else tag.Pg
    return page.objgen, int(kid.MCID) if "/MCID" in kid else -1
