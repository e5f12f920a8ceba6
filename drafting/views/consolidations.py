"""Consolidation as the chair asks for it: started, cancelled, and what it found. The work is a worker's."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from kombu.exceptions import OperationalError

from delegations.middleware import SeatedRequest
from drafting import tasks
from drafting.queries import access, pages
from drafting.services import consolidation
from drafting.views import doors, previews

#: What a run counts, in the words of the room.
_FIGURES = {
    "proposals": "open proposals",
    "slots": "places to decide",
    "contested": "provisions with several proposals",
    "pairs": "brackets as they stand",
    "gaps": "gaps in a clean text",
    "provisions": "provisions read",
}


@require_POST
def start(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Asks for a consolidation and goes back to the desk, where its progress shows."""
    seat, negotiated = doors.text(request, conference, slug)
    asked = consolidation.request(seat, negotiated)
    try:
        tasks.consolidate.delay(str(asked.pk))
    except OperationalError:
        messages.warning(request, "No worker could be told yet: it starts as soon as one looks, within half a minute.")
    return redirect("desk", conference, slug)


@require_POST
def cancel(request: SeatedRequest, conference: str, slug: str, pk: UUID) -> HttpResponse:
    """Cancels one that has not ended."""
    seat, _ = doors.text(request, conference, slug)
    consolidation.cancel(seat, access.consolidation(seat, pk))
    messages.success(request, "The consolidation is cancelled; nothing of it is kept.")
    return redirect("desk", conference, slug)


@require_safe
def found(request: SeatedRequest, conference: str, slug: str, pk: UUID) -> HttpResponse:
    """Shows what a consolidation found: figures, and every provision it changed as it would stand in brackets."""
    seat, negotiated = doors.text(request, conference, slug)
    run = access.consolidation(seat, pk)
    changed = set(run.results.get("trees", {}))
    addresses = pages.addresses(negotiated)
    rows = [
        (addresses.get(provision, ""), previews.draw(words))
        for provision, words in run.results.get("bracketed", [])
        if str(provision) in changed
    ]
    counted = run.results.get("figures", {})
    figures = [(said, counted[name]) for name, said in _FIGURES.items() if name in counted]
    context = {"negotiated": negotiated, "place": "desk", "run": run, "rows": rows, "figures": figures}
    return render(request, "drafting/consolidation.html", context)
