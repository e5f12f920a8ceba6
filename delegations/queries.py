"""Reads about who takes part. Writes are in `delegations.services`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from delegations.models import Conference, Delegation, GroupMembership, Seat, User
from delegations.roles import Role

#: How many delegates a demonstration puts forward; they are seated last.
CAST_DELEGATES = 3


def seats(user: User) -> QuerySet[Seat]:
    """Return the active seats of `user`, ready to be shown with their delegation and conference."""
    return Seat.objects.filter(user=user, active=True).select_related("conference", "delegation")


def seat(conference: Conference, pk: int) -> Seat | None:
    """Return a seat of `conference`, whether it is active or not."""
    return Seat.objects.filter(conference=conference, pk=pk).select_related("delegation", "user").first()


def delegations(conference: Conference) -> QuerySet[Delegation]:
    """Return the delegations of `conference` by code."""
    return Delegation.objects.filter(conference=conference)


def membership(conference: Conference) -> Mapping[int, frozenset[int]]:
    """Map each group's id to the ids of the delegations it stands for, groups within groups expanded.

    A group is never its own member; a cycle of groups adds nothing.
    """
    direct: dict[int, set[int]] = defaultdict(set)
    rows = GroupMembership.objects.filter(group__conference=conference).values_list("group_id", "member_id")
    for group, member in rows:
        direct[group].add(member)
    return {group: frozenset(_expand(group, direct)) for group in direct}


def _expand(group: int, direct: Mapping[int, set[int]]) -> set[int]:
    seen: set[int] = set()
    waiting = [group]
    while waiting:
        for member in direct.get(waiting.pop(), ()):
            if member not in seen and member != group:
                seen.add(member)
                waiting.append(member)
    return {member for member in seen if member not in direct}


def acting_seat(held: Sequence[Seat], chosen: int | None) -> Seat | None:
    """Return which of a user's seats they act under: the chosen one (its id, kept in the session), else the first."""
    return next((seat for seat in held if seat.pk == chosen), held[0] if held else None)


def demo_seats() -> QuerySet[Seat]:
    """Return the seats a visitor of a demonstration may take: never one whose person administers the site."""
    found = Seat.objects.filter(conference__is_demo=True, active=True, user__is_staff=False, user__is_superuser=False)
    return found.select_related("conference", "delegation", "user")


def cast_seats() -> tuple[list[Seat], list[Seat]]:
    """Return a demonstration's seats: first its cast, every role but delegate and the delegates seated last.

    The others are the delegates of all other delegations, by code.
    """
    seats = sorted(demo_seats(), key=lambda seat: (seat.delegation_id is not None, seat.pk))
    delegates = [seat for seat in seats if seat.role == Role.DELEGATE]
    cast = delegates[-CAST_DELEGATES:]
    others = sorted(delegates[:-CAST_DELEGATES], key=lambda seat: seat.delegation.code if seat.delegation else "")
    return [seat for seat in seats if seat.role != Role.DELEGATE or seat in cast], others
