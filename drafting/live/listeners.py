"""Sockets whose last word was a sign of life: they are read together. What a sign is is not known here.

A thousand browsers that only read say 250 times a second that they are there. Woken for each of them, the process spent
20 ms a second on it, most of it for finding its own memory again after each sleep. So whoever speaks first waits until
others have spoken too, and all are read at one wake. Who says anything but a sign is read at once from then on, until
it says again that it has nothing to say.
"""

from __future__ import annotations

import asyncio
import os
from selectors import EVENT_READ, DefaultSelector
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from drafting.live.transports import Shown

#: The most a listener's word waits, and what each listener adds to it, in seconds: as by a tick, one is heard at once.
LONGEST, A_LISTENER = 0.05, 0.00005

#: Bytes read of a listener at once, more than a sign of life has.
READ = 256


class Listeners:
    """Those of one event loop, in place of its own readers; all of it runs on that loop."""

    def __init__(self) -> None:
        self._sockets = DefaultSelector()
        self._is_awake = False

    def add(self, number: int, shown: Shown) -> None:
        """Read a socket with the others from now on."""
        shown.transport.pause_reading()
        self._sockets.register(number, EVENT_READ, shown)
        self._sleep()

    def discard(self, number: int) -> None:
        """Let the loop read a socket again, if it was read here."""
        if number in self._sockets.get_map():
            self._sockets.unregister(number).data.transport.resume_reading()
            self._sleep()

    def _sleep(self) -> None:
        """Be woken by the first who speaks, if anybody may."""
        if self._is_awake:
            return
        loop = asyncio.get_running_loop()
        if self._sockets.get_map():
            loop.add_reader(self._sockets, self._wake)
        else:
            loop.remove_reader(self._sockets)

    def _wake(self) -> None:
        asyncio.get_running_loop().remove_reader(self._sockets)
        self._is_awake = True
        self._read_soon()

    def _read_soon(self) -> None:
        wait = min(LONGEST, len(self._sockets.get_map()) * A_LISTENER)
        asyncio.get_running_loop().call_later(wait, self._read)

    def _read(self) -> None:
        """Read all who have spoken; as long as somebody does, the clock alone wakes us."""
        ready = self._sockets.select(0)
        if not ready:
            self._is_awake = False
            self._sleep()
            return
        # First of all: whatever comes of one socket's words, the others are read again.
        self._read_soon()
        for key, _ in ready:
            self._hear(key.fd, key.data)

    def _hear(self, number: int, shown: Shown) -> None:
        """Read a socket; with what is no sign it goes on by itself, and finds out as well if it has ended."""
        try:
            data = os.read(number, READ)
        except OSError:
            data = b""
        if not shown.is_heard(data):
            self.discard(number)
            if data:
                shown.take(data)


_listeners: WeakKeyDictionary[asyncio.AbstractEventLoop, Listeners] = WeakKeyDictionary()


def here() -> Listeners:
    """Return the listeners of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _listeners:
        _listeners[loop] = Listeners()
    return _listeners[loop]
