"""Who is in the room, for the secretariat alone: the seats whose browsers are connected, by delegation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from delegations.models import Delegation, Seat
from delegations.roles import Right
from drafting.queries import access

#: A seat is listed for so long after its browser was last known to be connected.
GONE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Room:
    """Seats connected: the offices, and each delegation that is there; `absent` are delegations nobody sits for."""

    offices: list[Seat]
    present: list[tuple[Delegation, list[Seat]]]
    absent: list[Delegation]

    @property
    def total(self) -> int:
        """How many seats are connected."""
        return len(self.offices) + sum(len(seats) for _, seats in self.present)


def room(seat: Seat, now: datetime | None = None) -> Room | None:
    """Return who is in the room, None where the conference does not list it; raises `Forbidden` for all others."""
    access.require(seat, Right.ACCREDIT)
    if not is_listed(seat):
        return None
    since = (now or timezone.now()) - GONE
    found = Seat.objects.filter(conference=seat.conference_id, active=True, attendance__seen__gt=since)
    by_delegation: dict[int | None, list[Seat]] = defaultdict(list)
    for row in found.select_related("user", "delegation").order_by("role", "user__username"):
        by_delegation[row.delegation_id].append(row)
    delegations = list(Delegation.objects.filter(conference=seat.conference_id).order_by("code"))
    return Room(
        offices=by_delegation[None],
        present=[(row, by_delegation[row.pk]) for row in delegations if row.pk in by_delegation],
        absent=[row for row in delegations if row.pk not in by_delegation],
    )


def is_listed(seat: Seat) -> bool:
    """Tell whether the seat's conference lists who is in the room; everybody there may know that."""
    return bool(Seat.objects.filter(pk=seat.pk, conference__room_listed=True).exists())


def listed(seats: Collection[int]) -> set[int]:
    """Return those of the seats, by id, whose conferences list who is in the room."""
    return set(Seat.objects.filter(pk__in=seats, conference__room_listed=True).values_list("pk", flat=True))
