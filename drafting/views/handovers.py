"""The pen of a provision, handed to a delegation by the chair and taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from delegations import queries
from delegations.middleware import SeatedRequest
from drafting.errors import NotFound
from drafting.queries import access
from drafting.services import handovers
from drafting.text import addresses
from drafting.views import doors, errors


@require_POST
def hand(request: SeatedRequest, conference: str, slug: str, address: str) -> HttpResponse:
    """Hands the pen `to` a delegation, or takes it `back` from one, both by code."""
    seat, negotiated = doors.text(request, conference, slug)
    provision = access.provision(seat, negotiated, address)
    code = (request.POST.get("to") or request.POST.get("back", "")).strip().upper()
    delegation = queries.delegations(seat.conference).filter(code=code).first()
    if delegation is None:
        raise NotFound(f"There is no delegation called {code} in this conference.")
    if request.POST.get("to"):
        handovers.hand(seat, provision, delegation)
        said = f"{code} has the pen of {addresses.say(address)}."
    else:
        handovers.take_back(seat, provision, delegation)
        said = f"The pen of {addresses.say(address)} is back from {code}."
    if errors.wants_json(request):
        return JsonResponse({"said": said})
    messages.success(request, said)
    return redirect("provision", conference, slug, address)
