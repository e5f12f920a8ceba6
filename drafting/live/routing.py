"""The address of the live socket, and the way of a handshake to it: origin, session, seat."""

from __future__ import annotations

from typing import Any

from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from channels.security.websocket import WebsocketDenier
from django.urls import path, re_path

from drafting.live.consumer import Live
from drafting.live.visitors import SameOrigin

_live: Any = Live.as_asgi()
_deny: Any = WebsocketDenier.as_asgi()

websocket_urlpatterns: list[Any] = [path("live/", _live), re_path("", _deny)]

_seated: Any = AuthMiddlewareStack(URLRouter(websocket_urlpatterns))
application = SameOrigin(_seated)
