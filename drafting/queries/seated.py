"""A seat and a text as a command names them: by id, and by address. Whoever runs commands acts under a seat."""

from __future__ import annotations

from delegations.models import Seat
from drafting.errors import NotFound
from drafting.models import NegotiatingText
from drafting.queries import access


def at(seat: int, address: str) -> tuple[Seat, NegotiatingText]:
    """Return the seat with that id and the text at `conference/text`, where the seat may know of it."""
    by = Seat.objects.select_related("conference", "delegation").filter(pk=seat, active=True).first()
    if by is None:
        raise NotFound(f"There is no active seat {seat}.")
    conference, _, slug = address.strip("/").partition("/")
    return by, access.text(by, conference, slug)
