"""The comments that stood beside the words of imported files, each at its provision."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delegations.middleware import SeatedRequest
from drafting.queries import comments
from drafting.views import doors


@require_safe
def listed(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Lists them in the order of the text."""
    seat, negotiated = doors.text(request, conference, slug)
    context = {"negotiated": negotiated, "place": "documents", "comments": comments.listed(seat, negotiated)}
    return render(request, "drafting/comments.html", context)
