"""Who is in the room: a list the secretariat switches on, kept for half a minute and never while it is off."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from delegations.models import Attendance
from drafting.queries import attendances, journal
from drafting.services import attendances as rooms
from drafting.services import seats
from tests.cast import Cast

NOW = timezone.now()


def present(cast: Cast, later: float = 0) -> tuple[list[str], dict[str, list[int]]] | None:
    room = attendances.room(cast.secretary, NOW + timedelta(seconds=later))
    if room is None:
        return None
    return [held.role for held in room.offices], {row.code: [held.pk for held in own] for row, own in room.present}


def test_nothing_is_kept_of_who_is_connected_until_the_list_is_switched_on(cast: Cast) -> None:
    rooms.note([cast.norway.pk, cast.chair.pk], NOW)
    assert (Attendance.objects.count(), present(cast)) == (0, None)


def test_the_seats_connected_are_listed_by_delegation(cast: Cast) -> None:
    rooms.list_room(cast.secretary, wanted=True)
    rooms.note([cast.norway.pk, cast.norway_head.pk, cast.chair.pk, cast.other_chair.pk], NOW)
    rooms.note([cast.norway.pk], NOW)
    assert present(cast) == (["chair"], {"NOR": [cast.norway.pk, cast.norway_head.pk]})


def test_whoever_left_is_forgotten_after_half_a_minute(cast: Cast) -> None:
    rooms.list_room(cast.secretary, wanted=True)
    rooms.note([cast.norway.pk], NOW)
    assert present(cast, later=29) == ([], {"NOR": [cast.norway.pk]})
    assert present(cast, later=31) == ([], {})
    rooms.note([], NOW + timedelta(seconds=31))
    assert not Attendance.objects.exists()


def test_switched_off_the_list_is_forgotten_at_once(cast: Cast) -> None:
    rooms.list_room(cast.secretary, wanted=True)
    rooms.note([cast.norway.pk], NOW)
    rooms.list_room(cast.secretary, wanted=False)
    assert (Attendance.objects.count(), present(cast)) == (0, None)


def test_the_switch_is_journalled_where_the_bureau_reads_it_and_once(cast: Cast) -> None:
    for wanted in (True, True, False):
        rooms.list_room(cast.secretary, wanted=wanted)
    rows = journal.since(seats.stream(cast.conference), 0)
    assert [row.body for row in rows] == [
        '{"is_listed":true,"kind":"room-listed"}',
        '{"is_listed":false,"kind":"room-listed"}',
    ]
