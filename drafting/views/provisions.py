"""One provision on a page of its own: its stable address, with every act on it as a plain form."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delegations.middleware import SeatedRequest
from drafting.queries import access, pages, provenance
from drafting.views import directories, doors, pins, sheets, texts


@require_safe
def provision(request: SeatedRequest, conference: str, slug: str, address: str) -> HttpResponse:
    """Shows the provision, its brackets with who stands where, and the amendments to it.

    `?bracket=7` opens that bracket's card, `?bracket=all` every one.
    """
    seat, negotiated = doors.text(request, conference, slug)
    row = access.provision(seat, negotiated, address)
    page = pages.page(seat, negotiated, [row.pk])
    directory = directories.of(negotiated.conference)
    before, after = pages.neighbours(negotiated, row.pk)
    beside = texts.panel_of(request, seat, negotiated, page, directory)
    context = {
        **beside,
        "opened": beside["panel"].opened(request.GET.get("bracket", ""), otherwise_next=True),
        **texts.before(seat, negotiated),
        "place": "text",
        "provision": row,
        "before": before,
        "after": after,
        "sheet": sheets.join(sheets.draw(negotiated, page, directory).values()),
        "pin_style": pins.style(pins.read(request.GET.get("pin", ""), seat, directory.names), page.mine),
    }
    return render(request, "drafting/provision.html", context)


@require_safe
def whose(request: SeatedRequest, conference: str, slug: str, address: str) -> HttpResponse:
    """Shows who had each word of the provision put in, who had which struck out, and when, as the journal has it."""
    seat, negotiated = doors.text(request, conference, slug)
    row = access.provision(seat, negotiated, address)
    pieces = provenance.of(seat, row)
    changed = [piece for piece in pieces if piece.came.at or piece.left]
    context = {"negotiated": negotiated, "place": "text", "provision": row, "pieces": pieces, "changed": changed}
    return render(request, "drafting/whose.html", context)
