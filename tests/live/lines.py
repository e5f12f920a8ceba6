"""One open socket without a site: the server's end as we show it, and the browser's."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from uvicorn.config import Config
from uvicorn.server import ServerState
from websockets.protocol import CLIENT, Protocol

from drafting.live.transports import Shown
from tests.waiting import soon

SHAKE = (
    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


def masked(*payloads: bytes) -> bytes:
    """Return text frames as a browser sends them."""
    browser = Protocol(CLIENT)
    for payload in payloads:
        browser.send_text(payload)
    return b"".join(browser.data_to_send())


async def _deaf(scope: Any, receive: Any, send: Any) -> None:
    """Stands for a site that lets in and does not listen."""
    await receive()
    await send({"type": "websocket.accept"})
    while (await receive())["type"] != "websocket.disconnect":
        pass


class Line:
    """An open socket: the server's end as we show it, and the browser's."""

    def __init__(self, shown: Shown, far: socket.socket) -> None:
        self.shown, self.far = shown, far

    async def hear(self, size: int) -> bytes:
        """Return the next `size` bytes that arrive."""
        found = b""
        while len(found) < size:
            some = await asyncio.get_running_loop().sock_recv(self.far, size - len(found))
            assert some
            found += some
        return found


@asynccontextmanager
async def opened() -> AsyncIterator[Line]:
    """Open a socket whose site does not listen."""
    near, far = socket.socketpair()
    far.setblocking(False)
    loop, config = asyncio.get_running_loop(), Config(_deaf, proxy_headers=False, ws_per_message_deflate=False)
    _, shown = await loop.connect_accepted_socket(lambda: Shown(config, ServerState(), {}), near)
    far.send(SHAKE)
    await soon(lambda: shown.handshake_complete)
    far.recv(65536)
    yield Line(shown, far)
    shown.transport.abort()
    far.close()
    await soon(lambda: not shown.tasks)
