"""uvicorn's WebSocket protocol, showing its transport to the site: frames built once are written straight to it.

Named to uvicorn on its command line. What it uses is not a public interface: where it is gone nothing is shown, and
`outlets.Queued` does the same work more slowly. What a frame means is not known here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

#: Under this name the scope's extensions hold the socket's `Shown`.
EXTENSION = "rolling.socket"

#: Goes on with a socket that is open, as an ASGI application would: (receive, send).
Talk = Callable[[Any, Any], Awaitable[None]]


class Shown(WebSocketsSansIOProtocol):
    """The stock protocol, with itself in the scope of every socket.

    `hear`, once set, is asked about each text frame before it is queued, which takes a task and two calls of the
    system; what it returns True for is dealt with. `talk`, once set, is served when the application has returned: of
    an idle socket that is all that stays, nothing of the middleware and its scopes on the way in.
    """

    hear: Callable[[bytes], bool] | None = None
    talk: Talk | None = None

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

    def handle_text(self, event: Any) -> None:
        """Queue a text frame for the application, unless it is dealt with at once."""
        if self.hear is None or not event.fin or not self.hear(event.data):
            super().handle_text(event)


def of(scope: Any) -> Shown | None:
    """Return the server's end of a socket, where the server shows it."""
    shown: Shown | None = scope.get("extensions", {}).get(EXTENSION, {}).get("socket")
    return shown
