"""For whom a seat acts: its own delegation, or, typing in the room, the delegation that spoke."""

from __future__ import annotations

from delegations.models import Delegation, Seat
from delegations.roles import Right
from drafting.errors import Forbidden
from drafting.queries import access


def own_delegation(by: Seat) -> Delegation:
    """Return the delegation the seat speaks for; an office speaks for none."""
    if by.delegation is None:
        raise Forbidden("Your seat speaks for no delegation.")
    return by.delegation


def speaker(by: Seat, right: Right, on_behalf_of: Delegation | None = None, *, is_inside: bool = False) -> Delegation:
    """Return for whom `by` acts: its own delegation if it has `right`, or whoever spoke if it may record.

    A facilitator records what is inside its mandate, as the caller has seen (`is_inside`).
    """
    if on_behalf_of is None or on_behalf_of.pk == by.delegation_id:
        access.require(by, right)
        return own_delegation(by)
    access.require(by, Right.RECORD)
    if not is_inside:
        access.whole(by)
    if on_behalf_of.conference_id != by.conference_id:
        raise Forbidden(f"{on_behalf_of.code} does not take part in this conference.")
    return on_behalf_of
