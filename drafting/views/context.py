"""What the frame of every page needs: the look, the seats to switch between, whether this is a demonstration."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from delegations import queries
from delegations.models import Seat, User
from delegations.roles import Right
from drafting.views import look


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's context; the seats are read only where a page shows them."""
    seat: Seat | None = getattr(request, "seat", None)
    return {
        "look": look.of(request),
        "seat": seat,
        "rights": {right.value for right in Right if seat.may(right)} if seat else set(),
        "own_seats": _own_seats(request),
        "demo": settings.DEMO,
        "build": settings.BUILD,
    }


def _own_seats(request: HttpRequest) -> Callable[[], list[Seat]]:
    def read() -> list[Seat]:
        user = getattr(request, "user", None)
        return list(queries.seats(user)) if isinstance(user, User) else []

    return read
