"""Who is at the door of the socket: the session says who, the Origin says from which site. No seat, no socket."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from asgiref.typing import ASGI3Application, ASGIReceiveCallable, ASGISendCallable, Scope
from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http.request import split_domain_port, validate_host

from delegations import queries
from delegations.models import Seat

_PORTS = {"http": "80", "https": "443"}


def seat(scope: Any) -> Seat | None:
    """Return the seat the visitor acts under, as a page would; None for a stranger."""
    user = scope["user"]
    if not user.is_authenticated:
        return None
    return queries.acting_seat(list(queries.seats(user)), scope["session"].get("seat"))


class SameOrigin:
    """Lets in sockets opened by our own pages only: a foreign page could otherwise use the visitor's cookie.

    The Origin must name the host and port the socket was asked for, or stand in CSRF_TRUSTED_ORIGINS.
    """

    def __init__(self, application: ASGI3Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        headers = dict(scope["headers"]) if scope["type"] == "websocket" else {}
        origin, host = (headers.get(name, b"").decode("latin-1") for name in (b"origin", b"host"))
        application = self.application if _is_own(origin, host) else _deny
        await application(scope, receive, send)


_deny: Any = WebsocketDenier.as_asgi()


def _is_own(origin: str, host: str) -> bool:
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    try:
        scheme, netloc = urlsplit(origin)[:2]
    except ValueError:
        return False
    name, port = split_domain_port(host)
    if scheme not in _PORTS or not validate_host(name, settings.ALLOWED_HOSTS):
        return False
    theirs, their_port = split_domain_port(netloc)
    return theirs == name and (their_port or _PORTS[scheme]) == (port or _PORTS[scheme])
