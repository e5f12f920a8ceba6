"""The site as one ASGI application: pages over HTTP, the live socket over WebSocket."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drafting.config.settings")

from django.core.asgi import get_asgi_application

pages = get_asgi_application()

from channels.routing import ProtocolTypeRouter
from django.conf import settings

from drafting.config.loopback import LoopbackOnly
from drafting.live import routing

site = ProtocolTypeRouter({"http": pages, "websocket": routing.application})
application = LoopbackOnly(site) if settings.DEMO else site
