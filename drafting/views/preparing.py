"""What the chair sets for a night's work: the kind of revision, the hour of the consolidation, a note to the next."""

from __future__ import annotations

from datetime import time

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from delegations.middleware import SeatedRequest
from drafting.forms.floor import PreparationForm
from drafting.queries import access
from drafting.services import kinds, shifts
from drafting.views import doors
from drafting.views.desk import UnknownChoice


@require_POST
def prepare(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Chooses the kind of the revision being prepared."""
    seat, negotiated = doors.text(request, conference, slug)
    form = PreparationForm(request.POST)
    if not form.is_valid():
        raise UnknownChoice("Choose one of the kinds of revision.")
    kinds.prepare(seat, negotiated, form.cleaned_data["kind"])
    messages.success(request, "The kind of the revision being prepared is set.")
    return redirect("desk", conference, slug)


@require_POST
def leave_note(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Leaves a note to the next shift."""
    seat, negotiated = doors.text(request, conference, slug)
    about = request.POST.get("about", "").strip()
    place = access.provision(seat, negotiated, about) if about else None
    shifts.leave_note(seat, negotiated, request.POST.get("words", ""), place)
    messages.success(request, "Your note is kept for the next shift.")
    return redirect("desk", conference, slug)


@require_POST
def overnight(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Orders the consolidation of every night, or calls it off."""
    seat, negotiated = doors.text(request, conference, slug)
    asked = request.POST.get("hour", "")
    try:
        hour = time.fromisoformat(asked) if asked else None
    except ValueError:
        raise UnknownChoice("Write the hour as 02:30.") from None
    shifts.order_overnight(seat, negotiated, hour)
    messages.success(request, f"Consolidated every day at {asked}." if hour else "No consolidation overnight.")
    return redirect("desk", conference, slug)
