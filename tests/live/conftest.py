"""A floor for the live tests: the standing cast, one text of two provisions, and a way to write a row."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest
from channels.db import database_sync_to_async
from django.db import connections

from delegations.models import Seat
from drafting import events
from drafting.models import Stream
from drafting.services import journal
from tests import cast as people
from tests.cast import Cast
from tests.live import lines
from tests.live.lines import Line


@pytest.fixture(autouse=True)
async def connections_end() -> AsyncIterator[None]:
    """Close the connections of the thread in which async code reads: PostgreSQL drops no database in use."""
    yield
    await database_sync_to_async(connections.close_all)()


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with lines.opened() as line:
        yield line


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return people.assemble()


@pytest.fixture
def floor(cast: Cast) -> Stream:
    return Stream.objects.create(kind=Stream.Kind.FLOOR, conference=cast.conference)


def lift(stream: Stream, seat: Seat, *brackets: int) -> int:
    """Journal that each of `brackets` was closed, in one transaction; return the last seq."""
    with journal.writing(stream, by=seat) as writer:
        for bracket in brackets:
            writer.append(events.BracketClosed(bracket=bracket, how="lifted"))
    return writer.seq


act: Callable[..., object] = database_sync_to_async(lift)
