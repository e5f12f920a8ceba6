"""The secretariat's list of who is in the room is kept by the sockets themselves."""

from __future__ import annotations

import pytest
from channels.db import database_sync_to_async

from delegations.models import Attendance
from drafting.live import hub
from drafting.services import attendances
from tests.cast import Cast
from tests.live.talk import Talk
from tests.waiting import soon

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def looks_are_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "LOOK", 0.05)
    monkeypatch.setattr(hub, "LOOKS_A_ROOM", 1)


@database_sync_to_async
def noted() -> set[int]:
    return set(Attendance.objects.values_list("seat", flat=True))


async def are_two() -> bool:
    return len(await noted()) == 2


async def test_whoever_is_connected_is_noted_where_the_room_is_listed(cast: Cast) -> None:
    await database_sync_to_async(attendances.list_room)(cast.secretary, wanted=True)
    async with Talk(cast.norway), Talk(cast.stranger), Talk(cast.secretary):
        await soon(are_two)
        assert await noted() == {cast.norway.pk, cast.secretary.pk}


async def test_nobody_is_noted_where_it_is_not(cast: Cast) -> None:
    async with Talk(cast.norway):
        (ours,) = hub._hubs.values()
        await ours.hands.attend(ours.browsers)
        assert (len(ours.browsers), await noted()) == (1, set())
