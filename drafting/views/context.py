"""What the frame of every page needs: the look, the seats to switch between, whether this is a demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from delegations.models import Seat
from delegations.roles import Right
from drafting.views import look


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's context; a request refused before anybody was known has no seats."""
    seat: Seat | None = getattr(request, "seat", None)
    return {
        "look": look.of(request),
        "seat": seat,
        "rights": {right.value for right in Right if seat.may(right)} if seat else set(),
        "own_seats": getattr(request, "own_seats", []),
        "demo": settings.DEMO,
        "build": settings.BUILD,
    }
