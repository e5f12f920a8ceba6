"""Sockets that only say that they are there are read together; whatever else they say arrives, and in order."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.live import listeners
from drafting.live.transports import SHUT, Shown
from tests.live import lines
from tests.live.lines import Line, masked
from tests.waiting import soon


def _heard(shown: Shown) -> list[bytes]:
    """Have every text frame heard at once; return those that were."""
    heard: list[bytes] = []
    shown.hear = lambda frame: heard.append(frame) is None
    return heard


@pytest.fixture
async def listener(line: Line) -> Line:
    """A socket that has said that it is there, and nothing else."""
    heard = _heard(line.shown)
    line.far.send(masked(b"sign"))
    await soon(lambda: heard)
    return line


async def test_after_a_sign_a_socket_is_read_with_the_others(listener: Line):
    assert not listener.shown.transport.is_reading()
    heard = _heard(listener.shown)
    listener.far.send(masked(b"sign"))
    await soon(lambda: heard)
    assert not listener.shown.transport.is_reading()


async def test_after_anything_else_it_is_read_by_itself(listener: Line):
    heard, words = _heard(listener.shown), b"x" * 3 * listeners.READ
    listener.far.send(masked(words))
    await soon(lambda: heard)
    assert (heard, listener.shown.transport.is_reading()) == ([words], True)


async def test_a_listener_that_hangs_up_is_found_out(listener: Line):
    listener.far.close()
    await soon(lambda: listener.shown.disconnected)
    assert listener.shown.gate.number == SHUT


async def test_a_socket_that_ended_leaves_its_number_to_another(listener: Line):
    number, shown = listener.shown._number, listener.shown
    shown.transport.abort()
    await soon(lambda: shown.disconnected)
    async with lines.opened() as other:
        heard = _heard(other.shown)
        other.far.send(masked(b"sign"))
        await soon(lambda: heard)
        assert (other.shown._number, other.shown.transport.is_reading()) == (number, False)


async def test_whatever_comes_of_what_one_says_the_others_are_heard(listener: Line, monkeypatch: pytest.MonkeyPatch):
    failed: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: failed.append(context["exception"]))
    monkeypatch.setattr(listener.shown, "take", lambda data: 1 / 0)
    async with lines.opened() as other:
        heard = _heard(other.shown)
        other.far.send(masked(b"sign"))
        await soon(lambda: heard)
        listener.far.send(masked(b"x" * 150))
        other.far.send(masked(b"again"))
        await soon(lambda: failed and len(heard) == 2)
    assert [type(error) for error in failed] == [ZeroDivisionError]


@given(st.lists(st.tuples(st.sampled_from([0, 5, 125, 126, 300, 65536]), st.integers(1, 400)), max_size=8))
def test_signs_and_words_arrive_in_order_however_they_are_cut(said: list[tuple[int, int]]):
    words = [bytes([number]) * size for number, (size, _) in enumerate(said)]

    async def say() -> list[bytes]:
        async with lines.opened() as line:
            heard = _heard(line.shown)
            for word, (_, cut) in zip(words, said, strict=True):
                frame = masked(word)
                for part in (frame[:cut], frame[cut:]):
                    await asyncio.get_running_loop().sock_sendall(line.far, part)
            await soon(lambda: len(heard) == len(words))
            return heard

    assert asyncio.run(say()) == words
