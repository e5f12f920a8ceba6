"""What the server's protocol does besides the stock one: it hears signs of life, and lets the way in go."""

from __future__ import annotations

from typing import Any

import pytest
from uvicorn.config import Config
from uvicorn.server import ServerState
from websockets.frames import Frame, Opcode

from drafting.live import transports
from drafting.live.transports import Shown


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
