"""Find: straight to the place an address or a label names, or a list of all that a word finds."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from delegations.middleware import SeatedRequest
from drafting.queries import access, finds, searches
from drafting.views import doors


@require_safe
def find(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Goes to the provision an address names, or lists places, words, proposals and delegations."""
    seat, negotiated = doors.text(request, conference, slug)
    access.floor(seat, negotiated)
    asked = request.GET.get("q", "").strip()
    address = finds.address(negotiated, asked)
    if address:
        return redirect(reverse("text", args=[conference, slug]) + f"?at={address}#{address}")
    context = {"negotiated": negotiated, "place": "find", "q": asked, "found": searches.search(seat, negotiated, asked)}
    return render(request, "drafting/find.html", context)
