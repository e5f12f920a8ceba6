"""The packages of a text: what of each is agreed, what it waits for, and who belongs to it."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from delegations.middleware import SeatedRequest
from drafting.queries import access
from drafting.queries import packages as standing
from drafting.services import packages
from drafting.views import doors


def listed(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows the packages; a POST makes one of provisions, by their addresses, or dissolves it."""
    seat, negotiated = doors.text(request, conference, slug)
    if request.method == "POST":
        asked = re.split(r"[;\n]|,\s", request.POST.get("members", ""))
        wanted = dict.fromkeys(address.strip().rstrip(",") for address in asked if address.strip(" ,"))
        members = [access.provision(seat, negotiated, address) for address in wanted]
        packages.set(seat, negotiated, request.POST.get("name", ""), members)
        messages.success(request, "The package is set." if members else "The package is dissolved.")
        return redirect("packages", conference, slug)
    context = {"negotiated": negotiated, "place": "text", "packages": standing.listed(seat, negotiated)}
    return render(request, "drafting/packages.html", context)
