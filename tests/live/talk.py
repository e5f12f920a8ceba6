"""A browser for tests: it signs a seat in as the pages do, and talks to the socket of the site."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from types import TracebackType
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from delegations.models import Seat
from drafting.live import routing
from tests.waiting import SOON

ORIGIN = "http://localhost:8000"


def sign_in(seat: Seat) -> str:
    """Return the key of a session of the person in `seat`."""
    session = SessionStore()
    session[SESSION_KEY] = str(seat.user_id)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = seat.user.get_session_auth_hash()
    session["seat"] = seat.pk
    session.create()
    return str(session.session_key)


class Talk:
    """`async with Talk(seat) as browser:` opens a socket; `refused` tells that it was not let in."""

    def __init__(self, seat: Seat | None, origin: str | None = ORIGIN, path: str = "/live/") -> None:
        self.seat, self.origin, self.path = seat, origin, path
        self.refused = False
        self.session = ""

    async def __aenter__(self) -> Talk:
        headers = [(b"host", b"localhost:8000")]
        if self.origin is not None:
            headers.append((b"origin", self.origin.encode()))
        if self.seat is not None:
            self.session = await database_sync_to_async(sign_in)(self.seat)
            headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={self.session}".encode()))
        self.socket = WebsocketCommunicator(routing.application, self.path, headers=headers)
        connected, _ = await self.socket.connect(timeout=SOON)
        self.refused = not connected
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.socket.disconnect(timeout=SOON)

    async def say(self, t: str, **fields: Any) -> None:
        """Send one message."""
        message = {"v": 1, "t": t, **{("for" if name == "for_" else name): value for name, value in fields.items()}}
        await self.socket.send_to(json.dumps(message, default=str))

    async def hear(self, t: str | None = None) -> dict[str, Any]:
        """Return the next message, or the next of a kind."""
        while True:
            message: dict[str, Any] = json.loads(await self.socket.receive_from(timeout=SOON))
            if t in (None, message["t"]):
                return message

    async def hear_where(self, t: str, holds: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """Return the next message of a kind for which something holds."""
        async with asyncio.timeout(SOON):
            while not holds(message := await self.hear(t)):
                pass
        return message

    async def follow(self, stream: UUID, since: int | None = None) -> dict[str, Any]:
        """Follow a stream and return the tick that answers."""
        await self.say("sub", stream=stream, since=since)
        return await self.hear()

    async def hear_items(self, count: int) -> list[dict[str, Any]]:
        """Return the next `count` items of ticks."""
        items: list[dict[str, Any]] = []
        while len(items) < count:
            items += (await self.hear("tick"))["items"]
        return items

    async def hear_close(self) -> int:
        """Return the code the socket is closed with, whatever is said before."""
        while True:
            output = await self.socket.receive_output(timeout=SOON)
            if output["type"] == "websocket.close":
                return int(output["code"])
