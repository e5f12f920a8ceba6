"""Frames leave in order and wait for nobody; a stuck socket is cut off alone."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from websockets.frames import Opcode
from websockets.protocol import CLIENT, Protocol

from delegations.models import Seat
from drafting.live import browsers
from drafting.live.browsers import Browser
from drafting.live.outlets import FULL, OVERFLOWING, Frame, Queued, Raw
from drafting.live.transports import Gate
from tests.waiting import soon


class Shown:
    """Stands for a socket the server shows: keeps what is written, holds back as much as a test says."""

    def __init__(self, waiting: int = 0) -> None:
        self.written: list[bytes] = []
        self.waiting = waiting
        self.aborted = False
        self.transport = self
        self.gate = Gate()

    def shut(self) -> None: ...

    def push(self, data: bytes, limit: int | None = None) -> bool:
        if limit is not None and self.waiting > limit:
            return False
        self.written.append(data)
        return True

    def get_write_buffer_size(self) -> int:
        return self.waiting

    def abort(self) -> None:
        self.aborted = True


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65535, 65536, 200_000])
def test_a_frame_is_one_text_frame_of_the_standard(size: int):
    words = "ß" * (size // 2) + "x" * (size % 2)
    reader = Protocol(CLIENT)
    reader.receive_data(Frame(words).wire)
    (frame,) = reader.events_received()
    assert (frame.opcode, frame.fin, bytes(frame.data).decode()) == (Opcode.TEXT, True, words)


def test_the_bytes_of_a_frame_are_made_once():
    frame = Frame("x")
    assert frame.wire is frame.wire


def test_frames_that_leave_together_are_the_same_bytes_as_one_by_one():
    assert (Frame("a") + Frame("ß" * 200)).wire == Frame("a").wire + Frame("ß" * 200).wire


async def test_a_queue_keeps_the_order_and_closes_after_what_was_said():
    heard: list[Any] = []

    async def send(text: str) -> None:
        await asyncio.sleep(0)
        heard.append(text)

    async def close(code: int) -> None:
        heard.append(code)

    outlet = Queued(send, close)
    for frame in (Frame("a"), Frame("b") + Frame("c"), Frame("d")):
        outlet.write(frame)
    outlet.close(4408)
    await soon(lambda: len(heard) == 5)
    assert heard == ["a", "b", "c", "d", 4408]
    assert outlet.offer(Frame("e"), 0)
    await outlet.stop()


async def test_a_queue_whose_socket_takes_nothing_says_how_much_waits():
    async def never(_: Any) -> None:
        await asyncio.Event().wait()

    outlet = Queued(never, never)
    outlet.write(Frame("x" * 100))
    outlet.write(Frame("y" * 100))
    await asyncio.sleep(0)
    assert not outlet.offer(Frame("z"), 199)
    assert outlet.offer(Frame("z"), 200)
    await outlet.stop()


async def hang_up(code: int) -> None:
    """Close with good manners."""


def browser(waiting: int) -> tuple[Browser, Shown]:
    shown: Any = Shown(waiting)
    seat: Any = Seat()
    return Browser(seat, "", Raw(shown, hang_up), 0.0), shown


async def test_a_socket_that_takes_too_little_is_cut_off():
    slow, shown = browser(OVERFLOWING + 1)
    slow.write(Frame("x"))
    assert shown.aborted
    assert shown.written == [] or b"resync" in shown.written[0]


async def test_a_socket_that_is_behind_gets_no_presence_but_all_the_rest():
    slow, shown = browser(FULL + 1)
    slow.write_if_idle(Frame("where carets are"))
    assert shown.written == []
    slow.write(Frame("what was done"))
    assert len(shown.written) == 1


async def test_one_that_sends_too_fast_is_told_so():
    busy, _ = browser(0)
    assert all(busy.hear(0.0) for _ in range(int(browsers.BURST)))
    assert not busy.hear(0.0)
    assert busy.hear(60.0)


async def test_a_sign_of_life_is_noted_and_any_other_message_left_to_the_consumer():
    quiet, _ = browser(0)
    assert not quiet.hear_sign(b'{"v":1,"t":"hello"}')
    assert quiet.heard == 0.0
    assert quiet.hear_sign(b'{"v":1,"t":"seen","seq":1}')
    assert quiet.heard > 0.0


async def test_one_sign_of_life_too_many_is_left_to_the_consumer_which_says_so(monkeypatch):
    monkeypatch.setattr(browsers, "RATE", 0.0)
    busy, _ = browser(0)
    assert all(busy.hear_sign(b'{"v":1,"t":"seen","seq":1}') for _ in range(int(browsers.BURST)))
    assert not busy.hear_sign(b'{"v":1,"t":"seen","seq":1}')
