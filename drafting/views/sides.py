"""The reader's page of languages side by side: the same provisions, brackets under the same numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from delegations.middleware import SeatedRequest
from delegations.models import Seat
from delegations.roles import Right
from drafting.errors import NotFound
from drafting.models import NegotiatingText
from drafting.queries import access, documents, languages, revisions
from drafting.text.document import LANGUAGES, Block, Document, Footnote, Form, runs_right_to_left
from drafting.views import doors, redlines


@dataclass(frozen=True, slots=True)
class Cell:
    """A provision in one language; `waits` where the original's words stand in for it."""

    language: str
    direction: str
    words: SafeString
    waits: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One provision in all the languages shown."""

    address: str
    form: str
    depth: int
    cells: tuple[Cell, ...]


@require_safe
def side_by_side(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows the floor, or with `?rev=2` a revision, in the languages of `?in=en&in=ar`: by default all there are.

    The original stands first, what is written from right to left at the right.
    """
    seat, negotiated = doors.text(request, conference, slug)
    number = _revision(request, seat, negotiated)
    there = languages.there(seat, negotiated, number)
    asked = [code for code in there if code in request.GET.getlist("in")] or there
    chosen = sorted(asked, key=lambda code: (runs_right_to_left(code), code != negotiated.language))
    found = {code: documents.bracketed(seat, negotiated, number, code) for code in chosen}
    context: dict[str, Any] = {
        "negotiated": negotiated,
        "place": "documents",
        "number": number,
        "symbol": next(iter(found.values())).masthead.symbol,
        "issued": [row for row in revisions.listed(seat, negotiated) if row.number],
        "there": [(code, LANGUAGES[code], code in chosen) for code in there],
        "columns": [_head(code, made) for code, made in found.items()],
        "lines": _lines(found, negotiated.language),
    }
    return render(request, "drafting/side_by_side.html", context)


def _revision(request: SeatedRequest, seat: Seat, negotiated: NegotiatingText) -> int | None:
    """Return the number of the revision asked for; for who may not read the floor, the last one where none is."""
    asked = request.GET.get("rev", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 7:
        return access.revision(seat, negotiated, int(asked)).number
    if seat.may(Right.READ_FLOOR):
        return None
    last = revisions.listed(seat, negotiated).first()
    if last is None:
        raise NotFound("Nothing has been issued yet.")
    return last.number


def _head(code: str, made: Document) -> dict[str, str]:
    return {
        "language": code,
        "name": LANGUAGES.get(code, code),
        "title": made.masthead.title,
        "direction": _direction(code),
    }


def _lines(found: dict[str, Document], original: str) -> list[Line]:
    first = next(iter(found.values()))
    by_id = {code: {part.provision: part for part in made.texts} for code, made in found.items()}
    return [
        Line(
            part.anchor if isinstance(part, Block) else "",
            "heading" if isinstance(part, Block) and part.form in (Form.HEADING, Form.TITLE) else "",
            part.depth if isinstance(part, Block) else 0,
            tuple(_cell(code, by_id[code].get(part.provision), original) for code in found),
        )
        for part in first.texts
    ]


def _cell(code: str, part: Block | Footnote | None, original: str) -> Cell:
    if part is None:
        return Cell(code, _direction(code), SafeString(), False)
    spoken = part.language if isinstance(part, Block) and part.language else code
    return Cell(spoken, _direction(spoken), redlines.runs(part.runs), spoken == original != code)


def _direction(code: str) -> str:
    return "rtl" if runs_right_to_left(code) else "ltr"
