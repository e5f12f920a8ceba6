"""Many WebSocket clients in one process that cost little: they count and time what arrives, and keep none of it.

Every edit carries a stamp, `TS=` and sixteen hexadecimal digits: the nanosecond it was sent. One stamp that arrives at
one socket is one delivery, whatever frame it came in.
"""

from __future__ import annotations

import base64
import os
import re
import select
import socket
import struct
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import cycle

STAMP = re.compile(rb"TS=([0-9a-f]{16})")
LONGEST_STAMP = 19
#: How servers ask whether one is there; the same bytes inside an edit get an answer too, which does no harm.
PINGED = re.compile(rb"\x89[\x00\x04](.{4}|$)", re.DOTALL)
TEXT, BINARY, PONG = 1, 2, 10

#: No answer for so long (seconds) means that something is broken.
PATIENCE = 60.0
#: Seconds between two signs of life of one client, as our own page sends them; rivals' clients are asked by a ping
#: every 30 s (y-websocket) and say who is there every 15 s, which is left out here, in the rivals' favour.
BEAT = 4.0
#: Clients that come in at once.
AT_ONCE = 20


def stamp() -> bytes:
    """Return the stamp of this moment."""
    return b"TS=%016x" % time.monotonic_ns()


def frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """Return a client's frame; its mask is zero, which the standard allows and nobody has to undo."""
    size = len(payload)
    if size < 126:
        head = bytes((0x80 | opcode, 0x80 | size))
    elif size < 65536:
        head = bytes((0x80 | opcode, 0xFE)) + struct.pack(">H", size)
    else:
        head = bytes((0x80 | opcode, 0xFF)) + struct.pack(">Q", size)
    return head + b"\0\0\0\0" + payload


class Client:
    """One socket, from its handshake on."""

    def __init__(self, port: int, path: str, headers: dict[str, str]) -> None:
        self.line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.tail = b""
        self.is_open = True
        words = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket", "Connection: Upgrade"]
        words += [f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}", "Sec-WebSocket-Version: 13"]
        words += [f"{name}: {value}" for name, value in headers.items()]
        self.line.sendall("\r\n".join([*words, "", ""]).encode())

    def shake(self) -> None:
        """Wait for the answer to the handshake."""
        head = b""
        while b"\r\n\r\n" not in head:
            some = self.line.recv(1)
            if not some:
                break
            head += some
        if not head.startswith(b"HTTP/1.1 101"):
            raise ConnectionError(f"no socket was opened: {head[:200]!r}")

    def say(self, payload: bytes, opcode: int = TEXT) -> None:
        """Send one message."""
        self.line.sendall(frame(payload, opcode))

    def await_word(self, word: bytes) -> bytes:
        """Read until `word` has come, and return all that came."""
        heard = b""
        end = time.monotonic() + PATIENCE
        while word not in heard:
            if time.monotonic() > end:
                raise TimeoutError(f"{word!r} has not come")
            some = self.line.recv(65536)
            if not some:
                raise ConnectionError(f"closed before {word!r} came: {heard[-200:]!r}")
            heard += some
        return heard


class Crowd:
    """Clients that listen together, and say `sign` every few seconds where the server wants signs of life."""

    def __init__(self, clients: list[Client], sign: bytes = b"") -> None:
        self._sign = frame(sign) if sign else b""
        self._signs = self._spread()
        self.clients = {client.line.fileno(): client for client in clients}
        self.latencies: list[float] = []
        self.deliveries = 0
        self.closed = 0
        self._poll = select.epoll()
        for number, client in self.clients.items():
            client.line.setblocking(False)
            self._poll.register(number, select.EPOLLIN)

    def _spread(self) -> Iterator[None]:
        """Send each client's sign of life in turn, all of them once in `BEAT` seconds."""
        began = time.monotonic()
        for number, client in enumerate(cycle(self.clients.values()), 1):
            if self._sign and client.is_open:
                client.line.send(self._sign)
            while time.monotonic() - began < number * BEAT / len(self.clients):
                yield

    def listen(self, seconds: float) -> None:
        """Take in what comes, for at most so long, returning after each round."""
        next(self._signs)
        for number, _ in self._poll.poll(max(0.0, seconds), 1024):
            client = self.clients[number]
            with suppress(BlockingIOError):
                self._take(number, client, client.line.recv(262144))

    def _take(self, number: int, client: Client, data: bytes) -> None:
        if not data:
            self._poll.unregister(number)
            client.is_open = False
            self.closed += 1
            return
        now = time.monotonic_ns()
        heard = client.tail + data
        for ping in PINGED.finditer(data):
            client.line.send(frame(ping[1], PONG))
        end = 0
        for found in STAMP.finditer(heard):
            self.deliveries += 1
            self.latencies.append((now - int(found[1], 16)) / 1e6)
            end = found.end()
        client.tail = heard[max(end, len(heard) - LONGEST_STAMP + 1) :]

    def play(self, edits: Iterator[Callable[[], None]], rate: float, count: int) -> float:
        """Send `count` edits, `rate` a second, each heard by all; return the seconds until the last has arrived.

        A rate of 0 sends the next edit when the last has arrived everywhere.
        """
        self.latencies, self.deliveries = [], 0
        began, sent, listeners = time.monotonic(), 0, len(self.clients) - self.closed
        while self.deliveries < count * listeners:
            now = time.monotonic()
            if now - began > PATIENCE + (count / rate if rate else 0.0):
                raise TimeoutError(f"{self.deliveries} of {count * listeners} deliveries arrived, {self.closed} closed")
            due = (now - began) * rate if rate else self.deliveries / listeners
            if sent < count and due >= sent:
                next(edits)()
                sent += 1
            self.listen(0.0 if due > sent else 0.002)
        return time.monotonic() - began

    def settle(self) -> None:
        """Take in what is still on its way, until nothing has come for a second."""
        heard, since = -1, time.monotonic()
        while heard != self.deliveries or time.monotonic() - since < 1:
            if heard != self.deliveries:
                heard, since = self.deliveries, time.monotonic()
            self.listen(0.01)

    def percentile(self, share: float) -> float:
        """Return the latency (ms) that the share of deliveries did not exceed."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

    def close(self) -> None:
        """Hang up."""
        self._poll.close()
        for client in self.clients.values():
            client.line.close()


def gather(
    port: int,
    path: str,
    headers: dict[str, str],
    count: int,
    greetings: bytes = b"",
    answer: bytes = b"",
    sign: bytes = b"",
    earlier: Iterable[Client] = (),
) -> list[Client]:
    """Return `count` open sockets, `AT_ONCE` of them coming in at a time, each greeting and waiting for the answer.

    Those that came `earlier` are returned with them, and meanwhile say that they are there.
    """
    clients = list(earlier)
    count += len(clients)
    signed = time.monotonic()
    while len(clients) < count:
        some = [Client(port, path, headers) for _ in range(min(AT_ONCE, count - len(clients)))]
        for client in some:
            client.shake()
            client.line.sendall(greetings)
        for client in some:
            client.await_word(answer)
        clients += some
        if sign and time.monotonic() - signed > BEAT / 3:
            signed = time.monotonic()
            for client in clients:
                client.say(sign)
    return clients
