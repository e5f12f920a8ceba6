"""Under which seat a request acts, and by whose clock; the live floor asks `delegations.queries` for the seat too."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from delegations import queries
from delegations.models import Seat, User

#: The session's key of the seat a person chose to act under.
SEAT = "seat"


class SeatedRequest(HttpRequest):
    """A request as views get it: `seat`, one of `own_seats`, is None for who has not signed in or has none."""

    user: User | AnonymousUser
    own_seats: list[Seat]
    seat: Seat | None


class ActingSeat:
    """Puts the acting seat on every request; pages print and read times on its conference's clock."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SeatedRequest) -> HttpResponse:
        user = request.user
        request.own_seats = list(queries.seats(user)) if isinstance(user, User) else []
        request.seat = queries.acting_seat(request.own_seats, request.session.get(SEAT))
        zone = ZoneInfo(request.seat.conference.timezone) if request.seat else None
        with timezone.override(zone):
            return self.get_response(request)
