"""From an address to a seat and a text: what every view asks first. Access itself is `drafting.queries.access`."""

from __future__ import annotations

from delegations.middleware import SeatedRequest
from delegations.models import Conference, Seat, User
from drafting.errors import Forbidden, NotFound
from drafting.models import NegotiatingText
from drafting.queries import access
from drafting.views.errors import SignInNeeded


def seat(request: SeatedRequest) -> Seat:
    """Return the acting seat; raises `SignInNeeded` for nobody and `Forbidden` for who has no seat."""
    if request.seat is not None:
        return request.seat
    if isinstance(request.user, User):
        raise Forbidden("Your account has no seat at any conference: ask the secretariat for one.")
    raise SignInNeeded("Sign in first.")


def conference(request: SeatedRequest, slug: str) -> tuple[Seat, Conference]:
    """Return the acting seat and its conference, where the address names that one."""
    acting = seat(request)
    if acting.conference.slug != slug:
        raise NotFound(
            "There is no such conference, or your seat is not in it. If you hold a seat there, act under it."
        )
    return acting, acting.conference


def text(request: SeatedRequest, conference: str, slug: str) -> tuple[Seat, NegotiatingText]:
    """Return the acting seat and the text at an address it may know of."""
    acting = seat(request)
    return acting, access.text(acting, conference, slug)
