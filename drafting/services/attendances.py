"""Who is in the room: the list of connected seats that the secretariat may switch on, and its upkeep.

What it shows is read in `queries.attendances`. While it is off nothing is kept of who is connected.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from delegations.models import Attendance, Conference, Seat
from delegations.roles import Right
from drafting import events
from drafting.queries import access, attendances
from drafting.services import journal, seats


def list_room(by: Seat, *, wanted: bool) -> None:
    """Switch the list of who is in the room on or off; what it held is forgotten as it goes off."""
    access.require(by, Right.ACCREDIT)
    with journal.writing(seats.stream(by.conference), by=by) as bureau:
        if not Conference.objects.filter(pk=by.conference_id, room_listed=not wanted).update(room_listed=wanted):
            return
        Attendance.objects.filter(seat__conference=by.conference_id).delete()
        bureau.append(events.RoomListed(is_listed=wanted))


def note(connected: Collection[int], now: datetime | None = None) -> None:
    """Note that these seats, by id, are connected; those not seen for a while are forgotten, in all conferences."""
    moment = now or timezone.now()
    with transaction.atomic():
        # Held until we have written, so that nobody is noted in a list that is being switched off. Not the key: rows
        # that point at a conference, private ones too, are stored meanwhile, and make us wait for nothing.
        conferences = list(Conference.objects.select_for_update(no_key=True).filter(room_listed=True).order_by("pk"))
        Attendance.objects.filter(seen__lte=moment - attendances.GONE).delete()
        seats_ = Seat.objects.filter(pk__in=connected, conference__in=conferences, active=True).order_by("pk")
        rows = [Attendance(seat=seat, seen=moment) for seat in seats_]
        Attendance.objects.bulk_create(rows, 500, update_conflicts=True, update_fields=["seen"], unique_fields=["seat"])
