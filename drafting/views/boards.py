"""A delegation's own pages: its board of open provisions, what became of its proposals, the offline pack."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delegations.middleware import SeatedRequest
from drafting import exports
from drafting.queries import access, boards, displacements, fates, fingerprints, packs, revisions, unreflected
from drafting.queries.displacements import Side
from drafting.views import directories, doors, files, panels, pins, previews


@dataclass(frozen=True, slots=True)
class Sides:
    """A provision of an amendment the text moved under, as redlines: ours, what the text did, what is suggested."""

    side: Side
    ours: str
    theirs: str
    suggested: str


#: Rows one page of the board shows.
SIZE = 100


@require_safe
def board(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows the open provisions, the most urgent for the delegation first, each with its reasons."""
    seat, negotiated = doors.text(request, conference, slug)
    page = _page(request)
    context = {
        "negotiated": negotiated,
        "place": "board",
        "board": (found := boards.board(seat, negotiated, page=page, size=SIZE)),
        "announced": unreflected.announced(seat, negotiated),
        "displaced": [(row, [_sides(side) for side in row.sides]) for row in displacements.waiting(seat, negotiated)],
        "page": page,
        "pages": -(-found.total // SIZE),
    }
    return render(request, "drafting/board.html", context)


def _sides(side: Side) -> Sides:
    drawn = previews.compared(side.base, side.words), previews.compared(side.base, side.now)
    return Sides(side, *drawn, previews.compared(side.now, side.suggested or "") if side.suggested is not None else "")


@require_safe
def became(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows what became of the delegation's proposals: as the floor stands, or with `?rev=2` as that was issued."""
    seat, negotiated = doors.text(request, conference, slug)
    access.own_delegation(seat, negotiated)
    issued = [row for row in revisions.listed(seat, negotiated) if row.number]
    context = {"negotiated": negotiated, "place": "fates", "issued": issued, "rev": None}
    if asked := request.GET.get("rev", ""):
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else -1
        entries, counts = fates.at_revision(seat, negotiated, number)
        context |= {"rev": access.revision(seat, negotiated, number), "entries": entries, "counts": counts}
        return render(request, "drafting/fates.html", context)
    directory = directories.of(negotiated.conference)
    page = _page(request)
    found = fates.now(seat, negotiated, page=page)
    context |= {
        "counts": found.counts,
        "found": found,
        "announced": unreflected.announced(seat, negotiated),
        "page": page,
        "pages": -(-found.total // 50),
        "rows": list(zip(found.rows, panels.amendment_cards([row.card for row in found.rows], directory), strict=True)),
        "names": directory.names,
        "pins": pins.read("", seat, directory.names),
    }
    return render(request, "drafting/fates.html", context)


@require_safe
def pack(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows what the offline pack holds and offers it; `?form=html` is the file itself."""
    seat, negotiated = doors.text(request, conference, slug)
    access.own_delegation(seat, negotiated)
    if form := request.GET.get("form"):
        asked = fingerprints.of(seat, negotiated, "pack")
        return files.serve(request, seat, lambda: packs.pack(seat, negotiated), "pack", form, asked)
    context = {"negotiated": negotiated, "place": "pack", "formats": exports.FORMATS}
    return render(request, "drafting/pack.html", context)


def _page(request: SeatedRequest) -> int:
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
