"""With whom a draft is written together: invited by the delegation whose draft it is, by code; a guest may leave."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from delegations import queries
from delegations.middleware import SeatedRequest
from drafting.errors import NotFound
from drafting.queries import access
from drafting.services import guests
from drafting.views import doors


@require_POST
def change(request: SeatedRequest, conference: str, slug: str, pk: UUID) -> HttpResponse:
    """Invites a delegation to the draft, or takes its invitation back (`uninvite`)."""
    seat, _ = doors.text(request, conference, slug)
    draft = access.draft(seat, pk)
    code = (request.POST.get("invite") or request.POST.get("uninvite", "")).strip().upper()
    guest = queries.delegations(seat.conference).filter(code=code).first()
    if guest is None:
        raise NotFound(f"There is no delegation called {code} in this conference.")
    if request.POST.get("invite"):
        guests.invite(seat, draft, guest)
        messages.success(request, f"{code} is invited: you see each other type.")
        return redirect("draft", conference, slug, pk)
    guests.uninvite(seat, draft, guest)
    if guest.pk == seat.delegation_id:
        messages.success(request, "You have left the draft.")
        return redirect("proposals", conference, slug)
    messages.success(request, f"{code} is invited no more.")
    return redirect("draft", conference, slug, pk)
