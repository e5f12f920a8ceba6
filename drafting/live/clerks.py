"""Threads that ask the database for the live floor: one reads, others act, so that no act holds up a reader.

Channels' own way to the database is one thread for all sockets of a process, with a new connection each time: a pen
that waits for the lock of a busy database would keep handshakes and signs of life waiting with it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection

#: Acts under way at once, besides typing: each holds a connection while it lasts.
MOST_ACTS = 4

Asked = ParamSpec("Asked")
Found = TypeVar("Found")


class Reader:
    """One thread that keeps its connection, and reads what it is asked in the order of the questions."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "live-reader")

    async def read(self, query: Callable[Asked, Found], *args: Asked.args, **kwargs: Asked.kwargs) -> Found:
        """Return what a query finds; a connection that was lost since the last one is opened anew."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: _read(query, *args, **kwargs))

    def stop(self) -> None:
        """End after what it has been asked."""
        self._thread.submit(_hang_up).result()
        self._thread.shutdown()


class Actors:
    """A few threads for acts, each with a connection for as long as the act lasts."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(MOST_ACTS, "live-act")

    async def act(self, service: Callable[Asked, Found], *args: Asked.args, **kwargs: Asked.kwargs) -> Found:
        """Do an act and return what it returns."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: _act(service, *args, **kwargs))

    def stop(self) -> None:
        """End after what is under way."""
        self._threads.shutdown()


def _act(service: Callable[Asked, Found], *args: Asked.args, **kwargs: Asked.kwargs) -> Found:
    try:
        return service(*args, **kwargs)
    finally:
        connection.close()


def _hang_up() -> None:
    """Close the connection of the thread this runs in: `connection` is another one in each."""
    connection.close()


def _read(query: Callable[Asked, Found], *args: Asked.args, **kwargs: Asked.kwargs) -> Found:
    try:
        return query(*args, **kwargs)
    except (OperationalError, InterfaceError):
        connection.close()
        return query(*args, **kwargs)
