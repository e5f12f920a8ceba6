"""uvicorn's WebSocket protocol, showing its transport to the site: frames built once go straight to the kernel.

Named to uvicorn on its command line. What it uses is not a public interface: where it is gone nothing is shown, and
`outlets.Queued` does the same work more slowly. What a frame means is not known here.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from drafting.live import listeners

try:
    from websockets.speedups import apply_mask
except ImportError:  # Its package has none compiled for this machine; this one is slower.
    from websockets.utils import apply_mask

#: Under this name the scope's extensions hold the socket's `Shown`.
EXTENSION = "rolling.socket"

#: Goes on with a socket that is open, as an ASGI application would: (receive, send).
Talk = Callable[[Any, Any], Awaitable[None]]

#: The first byte of a whole text frame; of the second, the bit every browser's frame has, and the bits of its size.
TEXT, MASKED, SIZE = 0x81, 0x80, 0x7F
#: The longest payload of which the second byte says the size; beyond it so many more bytes say it.
SHORT, LONGER = 125, {126: 2, 127: 8}
#: How long the head of a short frame is, and the mask at its end.
HEAD, MASK = 6, 4

#: Bytes read at once. The memory for what asyncio asks for, four times as much, is mapped anew for every read.
READ = 64 * 1024

#: The number of a gate that is shut.
SHUT = -1


class Gate:
    """The short way to one browser: the number of its socket while bytes may be given to it, `SHUT` otherwise.

    Apart from all else that is known of the socket, so that writing to a thousand looks at little memory.
    """

    __slots__ = ("number", "transport")

    def __init__(self, transport: Any = None) -> None:
        self.number = SHUT
        self.transport = transport


class Shown(WebSocketsSansIOProtocol):
    """The stock protocol, with itself in the scope of every socket.

    `hear`, once set, is asked about each text frame before it is queued, which takes a task and two calls of the
    system; what it returns True for is dealt with. `talk`, once set, is served when the application has returned: of
    an idle socket that is all that stays, nothing of the middleware and its scopes on the way in.
    """

    hear: Callable[[bytes], bool] | None = None
    talk: Talk | None = None
    #: The socket itself, for bytes that need not wait; `SHUT` where what it carries is encrypted, and once it ends.
    _number = SHUT
    #: Open while nothing waits in the transport, so that bytes given to the socket are in their order.
    gate: Gate
    #: How many bytes of a frame are still to come; None when we have lost count.
    _lacking: int | None = 0

    def connection_made(self, transport: Any) -> None:
        """Ask to be told of the first byte that has to wait."""
        super().connection_made(transport)
        self.gate = Gate(transport)
        transport.max_size = READ
        transport.set_write_buffer_limits(high=0)
        if transport.get_extra_info("sslcontext") is None:
            self._number = transport.get_extra_info("socket").fileno()
            if transport.get_write_buffer_size() == 0:
                self.gate.number = self._number

    def connection_lost(self, exc: Exception | None) -> None:
        """Give up the number, which may be another socket's in a moment."""
        self.shut()
        super().connection_lost(exc)

    def shut(self) -> None:
        """Let nothing more go straight to the socket, nor come straight from it."""
        if self._number != SHUT:
            listeners.here().discard(self._number)
        self._number = self.gate.number = SHUT

    def shutdown(self) -> None:
        """End with the server: what comes after the closing words is not for a browser."""
        self.shut()
        super().shutdown()

    def pause_writing(self) -> None:
        """Note that bytes wait."""
        self.gate.number = SHUT
        super().pause_writing()

    def resume_writing(self) -> None:
        """Note that none wait any longer."""
        self.gate.number = self._number
        super().resume_writing()

    def push(self, data: bytes, limit: int | None = None) -> bool:
        """Send bytes after those before them, unless more than `limit` wait; tell whether they were sent.

        They go to the kernel where it takes them now, the rest by the transport.
        """
        transport = self.transport
        if transport.is_closing():
            return True
        if not push_all(data, [self.gate]):
            return True
        if limit is not None and transport.get_write_buffer_size() > limit:
            return False
        transport.write(data)
        return True

    async def run_asgi(self) -> None:
        """Serve one socket."""
        extensions = self.scope.get("extensions")
        if isinstance(extensions, dict):
            extensions[EXTENSION] = {"socket": self}
        self._open, self.app = self.app, self._serve
        await super().run_asgi()
        self.hear = self.talk = None

    async def _serve(self, scope: Any, receive: Any, send: Any) -> None:
        await self._open(scope, receive, send)
        if self.talk is not None:
            # Read only while the socket opens; held as long as it is open, they are a third of what it takes.
            del scope, self.scope, self.request, self.response
            await self.talk(receive, send)

    def data_received(self, data: bytes) -> None:
        """Take in bytes; a socket that only says a word heard at once is a listener from then on."""
        if not self.is_heard(data):
            self.take(data)
        elif self._number != SHUT:
            listeners.here().add(self._number, self)

    def is_heard(self, data: bytes) -> bool:
        """Tell whether `data` is dealt with: a short text frame alone needs no parser, which takes far longer."""
        if self.hear is None or self._lacking != 0 or self.frames:
            return False
        words = _short_text(data)
        return words is not None and self.hear(words)

    def take(self, data: bytes) -> None:
        """Take in bytes by the parser."""
        if self.handshake_initiated and self._lacking is not None:
            self._lacking = _lacking(data, self._lacking)
        super().data_received(data)
        if self.transport.is_closing():
            self.shut()

    def handle_text(self, event: Any) -> None:
        """Queue a text frame for the application, unless it is dealt with at once."""
        if self.hear is None or not event.fin or not self.hear(event.data):
            super().handle_text(event)


def push_all(data: bytes, gates: Sequence[Gate]) -> list[int]:
    """Send bytes to many sockets by the short way; return the places of those where it is shut.

    Where the kernel takes a part, the rest goes by the transport. Where it takes none, or the socket is broken, so does
    all: the transport finds out, and does what is to be done.
    """
    write, size, shut = os.write, len(data), []
    for place, gate in enumerate(gates):
        number = gate.number
        if number == SHUT:
            shut.append(place)
            continue
        try:
            sent = write(number, data)
        except OSError:
            sent = 0
        if sent != size:
            gate.transport.write(data[sent:])
    return shut


def of(scope: Any) -> Shown | None:
    """Return the server's end of a socket, where the server shows it."""
    shown: Shown | None = scope.get("extensions", {}).get(EXTENSION, {}).get("socket")
    return shown


def _short_text(data: bytes) -> bytes | None:
    """Return the payload of `data`, if that is one short, whole, masked text frame."""
    size = len(data) - HEAD
    if 0 <= size <= SHORT and data[0] == TEXT and data[1] == MASKED | size:
        return apply_mask(data[HEAD:], data[HEAD - MASK : HEAD])
    return None


def _lacking(data: bytes, at: int) -> int | None:
    """Return how many bytes of the last frame in `data` are still to come, the first one in it beginning at `at`.

    None where the head of a frame is cut: then nobody can say.
    """
    while at < len(data):
        length = data[at + 1 : at + 2]
        more = LONGER.get(length[0] & SIZE, 0) if length else 1
        if at + 2 + more > len(data):
            return None
        size = int.from_bytes(data[at + 2 : at + 2 + more]) if more else length[0] & SIZE
        at += 2 + more + MASK + size
    return at - len(data)
