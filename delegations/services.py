"""Writes of rows about who takes part. Called by `drafting.services.seats`, which journals them."""

from __future__ import annotations

from collections.abc import Iterable

from delegations.models import Conference, Delegation, GroupMembership, Seat, User


def seat(user: User, conference: Conference, role: str, delegation: Delegation | None = None) -> Seat:
    """Give `user` a seat, or make an old one active again, and return it."""
    given, created = Seat.objects.get_or_create(user=user, conference=conference, role=role, delegation=delegation)
    if not created and not given.active:
        given.active = True
        given.save(update_fields=["active"])
    return given


def unseat(given: Seat) -> None:
    """Take the seat away; the row stays, for what was done from it."""
    given.active = False
    given.save(update_fields=["active"])


def enrol(group: Delegation, members: Iterable[Delegation]) -> None:
    """Make `members` members of `group`; those who are already, stay."""
    GroupMembership.objects.bulk_create(
        [GroupMembership(group=group, member=member) for member in members], ignore_conflicts=True
    )
