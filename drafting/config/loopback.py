"""The wall round one-click seats: whatever address the server was bound to, only this machine is answered."""

from ipaddress import ip_address

from asgiref.typing import ASGI3Application, ASGIReceiveCallable, ASGISendCallable, Scope

REFUSAL = b"This is a demonstration with one-click seats: it answers this machine only.\n"


class LoopbackOnly:
    """Refuses every connection that does not come from a loopback address, before anything of the site sees it.

    The server has already put a forwarded address in the place of a trusted proxy's own, so a proxy opens no way round.
    """

    def __init__(self, application: ASGI3Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if scope["type"] == "lifespan" or _is_loopback(scope.get("client")):
            await self.application(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 4403, "reason": "loopback only"})
        else:
            headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(REFUSAL))]
            await send({"type": "http.response.start", "status": 403, "headers": headers, "trailers": False})
            await send({"type": "http.response.body", "body": REFUSAL, "more_body": False})


def _is_loopback(client: tuple[str, int] | None) -> bool:
    try:
        return client is not None and ip_address(client[0]).is_loopback
    except ValueError:
        return False
