"""The hub lives as long as anybody is in or at the door, and no act keeps the others waiting."""

from __future__ import annotations

import asyncio
import threading
from contextlib import AsyncExitStack
from typing import Any

import pytest

from drafting.live import hub, visitors
from drafting.models import Stream, WorkingText
from drafting.services import pen_sessions, rests
from tests import factories
from tests.cast import Cast
from tests.live.conftest import act
from tests.live.talk import Talk
from tests.waiting import SOON, soon

pytestmark = pytest.mark.django_db(transaction=True)


class Gate:
    """Holds up a function's callers in their threads until `open` is set; `reached` tells that one waits."""

    def __init__(self, monkeypatch: Any, module: Any, name: str) -> None:
        self.open, self.reached = threading.Event(), threading.Event()
        original = getattr(module, name)

        def wait(*args: Any, **kwargs: Any) -> Any:
            self.reached.set()
            assert self.open.wait(SOON)
            return original(*args, **kwargs)

        monkeypatch.setattr(module, name, wait)


async def test_who_is_at_the_door_while_the_last_one_leaves_finds_a_hub_at_work(
    cast: Cast, floor: Stream, monkeypatch
) -> None:
    async with AsyncExitStack() as door:
        async with Talk(cast.norway):
            gate = Gate(monkeypatch, visitors, "seat")
            entering = asyncio.create_task(door.enter_async_context(Talk(cast.kenya)))
            await soon(gate.reached.is_set)
        gate.open.set()
        kenya = await entering
        await kenya.follow(floor.pk)
        await act(floor, cast.chair, 7)
        assert (await kenya.hear_items(1))[0]["bracket"] == [7]


@pytest.mark.parametrize("look", ["_look_at_seats", "_look_at_sessions"])
async def test_who_comes_in_while_the_hub_looks_who_still_may_is_not_hung_up_on(
    cast: Cast, floor: Stream, monkeypatch, look: str
) -> None:
    async with Talk(cast.norway), AsyncExitStack() as door:
        (ours,) = hub._hubs.values()
        gate = Gate(monkeypatch, visitors, "seat")
        entering = asyncio.create_task(door.enter_async_context(Talk(cast.kenya)))
        await soon(gate.reached.is_set)
        looking = asyncio.create_task(getattr(ours, look)())
        await asyncio.sleep(0)  # the question is asked before kenya is in, and answered after
        gate.open.set()
        kenya = await entering
        await looking
        assert (await kenya.follow(floor.pk))["t"] == "tick"


async def test_the_hub_ends_with_the_last_socket_even_one_that_was_not_let_in(cast: Cast) -> None:
    async with Talk(cast.norway), Talk(None) as stranger:
        assert stranger.refused
        assert len(hub._hubs) == 1
    assert not hub._hubs


@pytest.fixture
def words(cast: Cast) -> WorkingText:
    return factories.provision(factories.text(cast, "a")).words


async def test_a_pen_that_waits_for_the_database_keeps_nobody_waiting(
    cast: Cast, words: WorkingText, monkeypatch
) -> None:
    gate = Gate(monkeypatch, pen_sessions, "take")
    async with Talk(cast.chair) as chair:
        await chair.say("pen", text=words.pk, for_="room")
        await soon(gate.reached.is_set)
        async with Talk(cast.norway) as norway:
            await norway.say("watch", texts=[words.pk])
            assert (await norway.hear("text"))["content"] == "a"
        gate.open.set()
        assert (await chair.hear("pen_ok"))["pen"]


async def test_a_look_that_fails_is_not_the_last(cast: Cast, floor: Stream, monkeypatch) -> None:
    looks: list[int] = []

    def fail() -> int:
        looks.append(1)
        raise KeyError("a text that is gone")

    monkeypatch.setattr(hub, "LOOK", 0.01)
    monkeypatch.setattr(rests, "rested", fail)
    async with Talk(cast.norway):
        await soon(lambda: len(looks) > 2)
