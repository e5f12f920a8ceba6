"""What the server's protocol does besides the stock one: writes to the kernel, hears signs, lets the way in go."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from uvicorn.config import Config
from uvicorn.server import ServerState
from websockets.frames import Frame, Opcode

from drafting.live import transports
from drafting.live.transports import Gate, Shown
from tests.live.lines import Line, masked
from tests.waiting import soon


async def _site(scope: Any, receive: Any, send: Any) -> None:
    """Stands for the middleware and the consumer: leaves the socket to another."""
    found = transports.of(scope)
    assert found is not None
    found.talk = _talk


async def _talk(receive: Any, send: Any) -> None:
    assert (await receive())["text"] == "later"


class Transport:
    """Stands for a socket's transport."""

    def pause_reading(self) -> None: ...

    def close(self) -> None: ...


@pytest.fixture
async def shown() -> Any:
    made: Any = Shown(Config(_site, proxy_headers=False), ServerState(), {})
    made.transport, made.handshake_complete = Transport(), True
    made.scope = {"extensions": {}}
    made.request = made.response = None
    return made


async def test_a_frame_that_is_heard_at_once_is_not_queued(shown: Shown):
    shown.hear = lambda frame: frame == b"sign"
    shown.handle_text(Frame(Opcode.TEXT, b"sign"))
    shown.handle_text(Frame(Opcode.TEXT, b"word"))
    assert (shown.queue.get_nowait(), shown.queue.empty()) == ({"type": "websocket.receive", "text": "word"}, True)


async def test_part_of_a_frame_waits_for_the_rest(shown: Shown):
    shown.hear = lambda frame: True
    shown.handle_text(Frame(Opcode.TEXT, b"wo", fin=False))
    shown.handle_cont(Frame(Opcode.CONT, b"rd"))
    assert shown.queue.get_nowait() == {"type": "websocket.receive", "text": "word"}


async def test_whoever_takes_a_socket_over_is_served_when_the_site_has_returned(shown: Shown):
    shown.queue.put_nowait({"type": "websocket.receive", "text": "later"})
    await shown.run_asgi()
    assert shown.queue.empty()
    assert not hasattr(shown, "scope")


async def test_bytes_arrive_in_order_whatever_the_kernel_takes(line: Line):
    pieces = [bytes([number]) * (number * 97) for number in range(256)]
    for piece in pieces:
        line.shown.push(piece)
    assert not line.shown.push(b"refused", limit=0)
    assert line.shown.push(b"late")
    assert await line.hear(sum(map(len, pieces)) + 4) == b"".join(pieces) + b"late"
    await soon(lambda: not line.shown.transport.get_write_buffer_size())
    line.shown.push(b"straight")
    assert line.far.recv(8) == b"straight"


async def test_what_the_kernel_has_taken_is_not_sent_again(line: Line, monkeypatch: pytest.MonkeyPatch):
    write = os.write
    monkeypatch.setattr(transports.os, "write", lambda number, data: write(number, data[:3]))
    line.shown.push(b"abcdef")
    line.shown.push(b"gh")
    assert await line.hear(8) == b"abcdefgh"


async def test_a_socket_that_is_broken_is_found_out_by_the_transport(line: Line):
    line.far.close()
    line.shown.push(b"x")
    await soon(lambda: line.shown.disconnected)
    assert line.shown.gate.number == transports.SHUT


async def test_nothing_is_written_once_the_transport_closes(line: Line):
    line.shown.transport.close()
    line.shown.push(b"x")
    await soon(lambda: line.shown.disconnected)
    assert line.far.recv(8) == b""


async def test_a_message_longer_than_a_read_arrives_whole(line: Line):
    heard: list[bytes] = []
    line.shown.hear = lambda frame: heard.append(frame) is None
    words = b"x" * (transports.READ + 1)
    await asyncio.get_running_loop().sock_sendall(line.far, masked(words))
    await soon(lambda: heard)
    assert heard == [words]


async def test_many_are_sent_the_same_and_whose_gate_is_shut_are_named(line: Line, monkeypatch: pytest.MonkeyPatch):
    shut = Gate()
    assert transports.push_all(b"whole", [shut, line.shown.gate, shut]) == [0, 2]
    write = os.write
    monkeypatch.setattr(transports.os, "write", lambda number, data: write(number, data[:3]))
    assert transports.push_all(b"abcdef", [line.shown.gate]) == []
    assert await line.hear(11) == b"wholeabcdef"


async def test_what_waits_is_not_overtaken_by_what_many_are_sent(line: Line):
    while line.shown.gate.number != transports.SHUT:
        line.shown.push(b"x" * 65536)
    assert transports.push_all(b"y", [line.shown.gate]) == [0]


async def test_the_number_of_a_socket_that_ended_is_given_up(line: Line):
    line.shown.transport.abort()
    await soon(lambda: line.shown.gate.number == transports.SHUT)
    line.shown.resume_writing()
    assert transports.push_all(b"for another", [line.shown.gate]) == [0]


class Encrypted:
    """Stands for the transport of a socket whose bytes are encrypted on the way."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def get_extra_info(self, name: str) -> object:
        return object() if name in {"sslcontext", "ssl_object"} else None

    def set_write_buffer_limits(self, high: int) -> None: ...

    def get_write_buffer_size(self) -> int:
        return 0

    def is_closing(self) -> bool:
        return False

    def write(self, data: bytes) -> None:
        self.written.append(data)


async def test_what_is_encrypted_never_goes_round_its_transport():
    shown = Shown(Config(_site, proxy_headers=False), ServerState(), {})
    transport: Any = Encrypted()
    shown.connection_made(transport)
    shown.resume_writing()
    shown.push(b"secret")
    assert transport.written == [b"secret"]


async def test_a_sign_that_comes_alone_is_heard_without_the_parser(line: Line):
    heard: list[bytes] = []
    line.shown.hear = lambda frame: heard.append(frame) is None
    line.shown.data_received(masked(b"sign"))
    assert heard == [b"sign"]
    line.shown.data_received(masked(b"one", b"two"))
    assert heard == [b"sign", b"one", b"two"]


async def test_a_sign_inside_another_message_is_words(line: Line):
    sign, heard = masked(b"sign"), []
    line.shown.hear = lambda frame: heard.append(frame) is None
    whole = masked(b"words" + sign)
    unmasked = whole[:2] + bytes(4) + b"words" + sign
    for part in (unmasked[:11], unmasked[11:], sign):
        line.shown.data_received(part)
    assert heard == [b"words" + sign, b"sign"]


@given(st.lists(st.sampled_from([0, 5, 125, 126, 300, 65535, 65536]), min_size=1, max_size=5), st.data())
def test_what_a_frame_lacks_is_known_or_said_to_be_unknown(sizes: list[int], data: st.DataObject):
    frames = [masked(b"x" * size) for size in sizes]
    cut = data.draw(st.integers(0, sum(map(len, frames))))
    ends = [sum(map(len, frames[: number + 1])) for number in range(len(frames))]
    lacking = transports._lacking(b"".join(frames)[:cut], 0)
    assert lacking in {None, min([end for end in [0, *ends] if end >= cut]) - cut}
    assert lacking is not None or cut - max([end for end in [0, *ends] if end < cut]) < 10
