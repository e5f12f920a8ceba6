"""What an import left to a person: confirming alternatives, mending brackets without a partner."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from delegations.middleware import SeatedRequest
from drafting.queries import groupings
from drafting.services import brackets
from drafting.views import doors

#: Rows the page lists of each; the rest comes when these are done.
SHOWN = 100


@require_safe
def listed(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows the groups to confirm and the brackets that stand alone."""
    seat, negotiated = doors.text(request, conference, slug)
    groups, alone = groupings.unconfirmed(seat, negotiated), groupings.alone(seat, negotiated)
    context = {
        "negotiated": negotiated,
        "place": "text",
        "groups": groups[:SHOWN],
        "groups_total": len(groups),
        "alone": alone[:SHOWN],
        "alone_total": len(alone),
    }
    return render(request, "drafting/groupings.html", context)


@require_POST
def settle_group(request: SeatedRequest, conference: str, slug: str, pk: int) -> HttpResponse:
    """Confirms that brackets stand for each other, or says that they do not."""
    seat, negotiated = doors.text(request, conference, slug)
    group = groupings.group(seat, negotiated, pk)
    if "confirm" in request.POST:
        brackets.confirm(seat, group)
        messages.success(request, "Alternatives: exactly one of them will stay.")
    else:
        brackets.dissolve(seat, group)
        messages.success(request, "Not alternatives: each bracket is decided by itself.")
    return redirect("groupings", conference, slug)


@require_POST
def mend(request: SeatedRequest, conference: str, slug: str, pk: int) -> HttpResponse:
    """Gives a bracket its partner as proposed, or takes it away."""
    seat, negotiated = doors.text(request, conference, slug)
    brackets.mend(seat, groupings.anomaly(seat, negotiated, pk), remove="remove" in request.POST)
    messages.success(request, "Mended.")
    return redirect("groupings", conference, slug)
