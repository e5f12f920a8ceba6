"""Under which seat a request acts; the live floor asks `delegations.queries` the same question."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from delegations import queries
from delegations.models import Seat, User

#: The session's key of the seat a person chose to act under.
SEAT = "seat"


class SeatedRequest(HttpRequest):
    """A request as views get it: `seat` is None for who has not signed in or has no seat."""

    user: User | AnonymousUser
    seat: Seat | None


class ActingSeat:
    """Puts the acting seat on every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SeatedRequest) -> HttpResponse:
        user = request.user
        request.seat = queries.acting_seat(user, request.session.get(SEAT)) if isinstance(user, User) else None
        return self.get_response(request)
