"""How frames leave: never waiting for a browser, so that a slow one holds up nobody. What is in them is not our matter.

A frame is built once and written to every socket. Where the server shows its end of the socket, the bytes go straight
to the kernel; elsewhere each socket has a queue and a task of its own, which takes three times as long.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import Any, Protocol

from drafting.live import transports

#: A socket with more than this in hand gets no presence; with more than the second it is closed (bytes).
FULL = 64 * 1024
OVERFLOWING = 256 * 1024

Send = Callable[[str], Awaitable[None]]
Close = Callable[[int], Awaitable[None]]


class Frame:
    """Text frames that leave together, mostly one: their words, and the bytes of RFC 6455, made when first wanted."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts

    def __add__(self, other: Frame) -> Frame:
        """The same followed by another: one call of the system takes both."""
        return Frame(*self.texts, *other.texts)

    @cached_property
    def wire(self) -> bytes:
        """The frames as a server sends them: final, text, unmasked."""
        return b"".join(map(_spell, self.texts))


def _spell(text: str) -> bytes:
    payload = text.encode()
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 65536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


def of(scope: Any, send: Send, close: Close) -> Outlet:
    """Return the way out of a socket: its transport where the server shows it."""
    shown = transports.of(scope)
    return Raw(shown, close) if shown else Queued(send, close)


class Outlet(Protocol):
    """What a hub may do with a socket; nothing of it waits. Through `gate`, while it is open, go frames for many."""

    gate: transports.Gate

    def offer(self, frame: Frame, limit: int) -> bool:
        """Send the frame after those before it, unless more than `limit` bytes wait; tell whether it was sent."""
        ...

    def write(self, frame: Frame) -> None:
        """Send the frame after those before it, however much waits."""
        ...

    def close(self, code: int) -> None:
        """Hang up, at once where the socket is stuck."""
        ...

    async def stop(self) -> None:
        """End what runs for the socket, which is gone."""
        ...


class Raw:
    """Writes to the socket the server shows; one that is stuck is cut off, not closed with good manners."""

    def __init__(self, shown: transports.Shown, close: Close) -> None:
        self._shown = shown
        self.gate = shown.gate
        self._close = close
        self._closing: asyncio.Task[None] | None = None

    def offer(self, frame: Frame, limit: int) -> bool:
        return self._shown.push(frame.wire, limit)

    def write(self, frame: Frame) -> None:
        self._shown.push(frame.wire)

    def close(self, code: int) -> None:
        self._shown.shut()
        if self._shown.transport.get_write_buffer_size():
            self._shown.transport.abort()
        elif self._closing is None:
            self._closing = asyncio.ensure_future(self._close(code))

    async def stop(self) -> None:
        if self._closing is not None:
            await asyncio.gather(self._closing, return_exceptions=True)


class Queued:
    """A queue and a task per socket, for servers that show no transport."""

    def __init__(self, send: Send, close: Close) -> None:
        self.gate = transports.Gate()
        self._send = send
        self._close = close
        self._waiting: deque[Frame] = deque()
        self._size = 0
        self._code: int | None = None
        self._more = asyncio.Event()
        self._task = asyncio.create_task(self._drain())

    def offer(self, frame: Frame, limit: int) -> bool:
        if self._size > limit:
            return False
        self.write(frame)
        return True

    def write(self, frame: Frame) -> None:
        self._waiting.append(frame)
        self._size += sum(map(len, frame.texts))
        self._more.set()

    def close(self, code: int) -> None:
        if self._code is None:
            self._code = code
            self._more.set()

    async def stop(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _drain(self) -> None:
        while True:
            await self._more.wait()
            self._more.clear()
            while self._waiting:
                frame = self._waiting.popleft()
                for text in frame.texts:
                    await self._send(text)
                    self._size -= len(text)
            if self._code is not None:
                await self._close(self._code)
                return
