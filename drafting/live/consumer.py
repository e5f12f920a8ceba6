"""The socket itself: each message is decoded, handed on and answered. No rule lives here."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, ClassVar

from channels.consumer import get_handler_name
from channels.exceptions import DenyConnection, StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import Error as DatabaseError

from drafting.live import browsers, hub, outlets, protocol, transports, visitors
from drafting.live.browsers import Browser
from drafting.text.errors import RollingTextError

#: Over how many seconds browsers come back to a database that was away.
AWAY = 5.0

_log = logging.getLogger(__name__)


class Live(AsyncWebsocketConsumer):
    """One browser's socket."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Let the socket in and serve it; however it ends, the hub knows of it no longer.

        The hub listens to the layer once for all sockets of the process, a channel of its own for each costs tenfold:
        so there is one source of messages, and nothing of what Channels does to wait for several.
        """
        self.scope, self.base_send = scope, send
        self.hub = hub.enter()
        try:
            await self.dispatch(await receive())
        except BaseException:
            await self._leave()
            raise
        shown = transports.of(scope)
        if shown is None or not hasattr(self, "browser"):
            await self._talk(receive, send)
        else:
            shown.hear, shown.talk = self.browser.hear_sign, self._talk

    async def _talk(self, receive: Any, send: Any) -> None:
        """Serve the socket until it ends."""
        del self.scope
        self.base_send = send
        try:
            while True:
                await self.dispatch(await receive())
        except StopConsumer:
            return
        finally:
            await self._leave()

    async def _leave(self) -> None:
        if hasattr(self, "browser"):
            await self.hub.dismiss(self.browser)
            await self.outlet.stop()
        await self.hub.leave()

    async def dispatch(self, message: Any) -> None:
        """Hand a message of the server on; Channels would first ask a thread to close connections, for each of them."""
        await getattr(self, get_handler_name(message))(message)

    async def connect(self) -> None:
        async with self.hub.handshakes:
            seat = await self.hub.reader.read(visitors.seat, self.scope)
            if seat is None:
                raise DenyConnection
            await self.accept()
        self.outlet = outlets.of(self.scope, self._say, self.close)
        self.browser = Browser(seat, str(self.scope["session"].session_key), self.outlet, _now())
        self.hub.admit(self.browser)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if not self.browser.hear(_now()):
            self.browser.offend("too-many-messages", "Messages come faster than they can be answered.")
            return
        try:
            request = protocol.decode(text_data or "")
            await self.answers[type(request)](self, request)
        except (protocol.UnknownMessage, protocol.OtherVersion) as error:
            self.browser.offend(error.code, error.message)
        except RollingTextError as error:
            stream, text = getattr(request, "stream", None), getattr(request, "text", None)
            self.browser.answer(protocol.Problem(code=error.code, message=error.message, stream=stream, text=text))
        except DatabaseError as error:
            _log.warning("a browser is sent away, the database does not answer: %s", error)
            self.browser.close(browsers.LOST, within=AWAY)

    async def _say(self, text: str) -> None:
        await self.send(text_data=text)

    async def _hello(self, hello: protocol.Hello) -> None:
        self.browser.answer(protocol.Welcome(build=settings.BUILD))

    async def _sub(self, sub: protocol.Sub) -> None:
        await self.hub.subscribe(self.browser, sub.stream, sub.since)

    async def _unsub(self, unsub: protocol.Unsub) -> None:
        self.hub.unsubscribe(self.browser, unsub.stream)

    async def _watch(self, watch: protocol.Watch) -> None:
        await self.hub.watch(self.browser, watch.texts)

    async def _unwatch(self, unwatch: protocol.Unwatch) -> None:
        self.hub.unwatch(self.browser, unwatch.texts)

    async def _pen(self, pen: protocol.TakePen) -> None:
        taken = await self.hub.hands.take_pen(self.browser, pen.text, pen.for_)
        self.browser.answer(protocol.PenTaken(pen=taken, text=pen.text))

    async def _op(self, op: protocol.Op) -> None:
        await self.hub.hands.type(self.browser, op)

    async def _at(self, at: protocol.At) -> None:
        await self.hub.hands.place(self.browser, at)

    async def _seen(self, seen: protocol.Seen) -> None:
        """Every message is a sign of life; this one says nothing else."""

    answers: ClassVar[dict[type[protocol.Request], Any]] = {
        protocol.Hello: _hello,
        protocol.Sub: _sub,
        protocol.Unsub: _unsub,
        protocol.Watch: _watch,
        protocol.Unwatch: _unwatch,
        protocol.TakePen: _pen,
        protocol.Op: _op,
        protocol.At: _at,
        protocol.Seen: _seen,
    }


def _now() -> float:
    return asyncio.get_running_loop().time()
