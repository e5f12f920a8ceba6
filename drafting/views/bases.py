"""Which revision is the basis of negotiation: going back to an earlier one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from delegations.middleware import SeatedRequest
from drafting.queries import access
from drafting.services import revisions
from drafting.views import doors


@require_POST
def return_to(request: SeatedRequest, conference: str, slug: str, number: int) -> HttpResponse:
    """Makes an earlier revision the basis again: every decision since is taken back, or none."""
    seat, negotiated = doors.text(request, conference, slug)
    revision = access.revision(seat, negotiated, number)
    count = revisions.return_to(seat, revision)
    since = "1 decision since is" if count == 1 else f"{count} decisions since are"
    messages.success(request, f"{revision.symbol} is the basis again; {since} taken back.")
    return redirect("revisions", conference, slug)
