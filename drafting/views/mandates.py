"""Facilitators and co-chairs of a text: who works on what, named by the chair, ended by either."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from delegations.middleware import SeatedRequest
from drafting.errors import NotFound
from drafting.models import Mandate
from drafting.queries import access
from drafting.queries import mandates as standing
from drafting.services import mandates
from drafting.text import addresses
from drafting.views import doors


def listed(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows who works on which part; a POST names a facilitator's seat over provisions, by their addresses."""
    seat, negotiated = doors.text(request, conference, slug)
    access.floor(seat, negotiated)
    offices = standing.offices(seat)
    if request.method == "POST":
        asked = re.split(r"[;\n]|,\s*", request.POST.get("places", ""))
        places = [access.provision(seat, negotiated, one.strip()) for one in dict.fromkeys(asked) if one.strip()]
        named = next((office for office in offices if str(office.pk) == request.POST.get("seat")), None)
        if named is None:
            raise NotFound("There is no such facilitator's seat in this conference.")
        row = mandates.give(seat, negotiated, named, places, request.POST.get("title", Mandate.Title.FACILITATOR))
        messages.success(request, f"{row} works on {addresses.say_all(place.address for place in places)}.")
        return redirect("mandates", conference, slug)
    context = {
        "negotiated": negotiated,
        "place": "text",
        "mandates": standing.standing(seat, negotiated),
        "offices": offices,
        "titles": Mandate.Title.choices,
        "is_limited": standing.is_limited(seat),
    }
    return render(request, "drafting/mandates.html", context)


@require_POST
def end(request: SeatedRequest, conference: str, slug: str, pk: int) -> HttpResponse:
    """Ends a mandate."""
    seat, negotiated = doors.text(request, conference, slug)
    mandates.end(seat, standing.one(negotiated, pk))
    messages.success(request, "The mandate has ended.")
    return redirect("mandates", conference, slug)
