"""Channels as its tutorial has it, on the layer the site uses: one `group_send` for each edit, no hub."""

from __future__ import annotations

import os
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings

LAYER = {
    "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
    "CONFIG": {"hosts": [os.environ["REDIS_URL"]], "prefix": "plain"},
}
settings.configure(CHANNEL_LAYERS={"default": LAYER}, DATABASES={})


class Room(AsyncWebsocketConsumer):
    """Passes on to the group what one of it says."""

    groups = ("bench",)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.channel_layer.group_send("bench", {"type": "told", "text": text_data})

    async def told(self, event: dict[str, Any]) -> None:
        """Pass a message of the group on to this browser."""
        await self.send(text_data=event["text"])


application: Any = Room.as_asgi()
