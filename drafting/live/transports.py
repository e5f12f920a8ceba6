"""uvicorn's WebSocket protocol, showing its transport to the site: frames built once are written straight to it.

Named to uvicorn on its command line. The method used is not a public interface: where it is gone nothing is shown, and
`outlets.Queued` does the same work more slowly.
"""

from __future__ import annotations

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

#: Under this name the scope's extensions hold the asyncio transport of the socket.
EXTENSION = "rolling.transport"


class Shown(WebSocketsSansIOProtocol):
    """The stock protocol, with its transport in the scope of every socket."""

    async def run_asgi(self) -> None:
        """Serve one socket."""
        extensions = self.scope.get("extensions")
        if isinstance(extensions, dict):
            extensions[EXTENSION] = {"transport": self.transport}
        await super().run_asgi()
