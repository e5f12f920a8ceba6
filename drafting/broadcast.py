"""The only importer of channels.layers: says, after commit, that a stream has new rows, and lets a process listen.

What is published is a hint, never the record: a layer delivers at most once, so readers fill gaps from the journal.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from redis.exceptions import RedisError

#: Rows beyond this number or size (characters) are announced by their last seq only, and read from the journal.
MOST_ROWS = 200
MOST_WORDS = 256 * 1024

#: What a layer raises when its Redis is away.
LOST = (OSError, RedisError)

_log = logging.getLogger(__name__)
#: Whether the last message of this process did not reach the layer.
_is_lost = False

#: The loop of this process that listens, if one does.
_listening: asyncio.AbstractEventLoop | None = None


def group(stream: UUID | str) -> str:
    """Return the name of the channel-layer group that carries `stream`."""
    return f"stream.{stream}"


def publish_on_commit(stream: UUID, rows: Sequence[tuple[int, str, str]]) -> None:
    """Publish (seq, kind, body) of `stream` once the transaction around this call is committed, and never before."""
    if not rows:
        return
    head = rows[-1][0]
    is_long = len(rows) > MOST_ROWS or sum(len(body) for _, _, body in rows) > MOST_WORDS
    items = [] if is_long else [{"seq": seq, "kind": kind, "body": body} for seq, kind, body in rows]
    message = {"type": "stream.rows", "stream": str(stream), "head": head, "rows": items}
    transaction.on_commit(lambda: _send(stream, message))


def publish_progress(stream: UUID, body: dict[str, Any]) -> None:
    """Publish a sign of progress at once: not an act, not in the journal, lost if nobody listens."""
    _send(stream, {"type": "stream.progress", "stream": str(stream), "body": body})


class Ear:
    """How a process listens: one channel for all the streams it follows. Lives and dies with its event loop."""

    def __init__(self) -> None:
        global _listening
        _listening = asyncio.get_running_loop()
        self._layer = get_channel_layer()
        self._channel: str | None = None
        self._open = asyncio.Event()

    async def follow(self, stream: UUID) -> bool:
        """Begin to receive what is published on `stream`; False while the layer cannot be reached."""
        if self._layer is None:
            return False
        try:
            if self._channel is None:
                self._channel = await self._layer.new_channel()
                self._open.set()
            await self._layer.group_add(group(stream), self._channel)
        except LOST as lost:
            _log.warning("stream %s: not followed: %s", stream, lost)
            return False
        return True

    async def leave(self, stream: UUID) -> None:
        """Receive no more of `stream`."""
        if self._layer is not None and self._channel is not None:
            try:
                await self._layer.group_discard(group(stream), self._channel)
            except LOST as lost:
                _log.warning("stream %s: not left: %s", stream, lost)

    async def tell(self, stream: UUID, message: dict[str, Any]) -> None:
        """Tell every process that follows `stream` something that is neither an act nor kept."""
        await _tell(stream, {**message, "stream": str(stream)})

    async def receive(self) -> dict[str, Any]:
        """Return the next message of any stream followed."""
        await self._open.wait()
        assert self._layer is not None
        assert self._channel is not None
        message: dict[str, Any] = await self._layer.receive(self._channel)
        return message


def _send(stream: UUID, message: dict[str, Any]) -> None:
    """Send a message from a thread; where this process listens its loop sends it, which has a connection open."""
    if _listening is not None and _listening.is_running():
        asyncio.run_coroutine_threadsafe(_tell(stream, message), _listening)
    else:
        async_to_sync(_tell)(stream, message)


async def _tell(stream: UUID, message: dict[str, Any]) -> None:
    global _is_lost
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        await layer.group_send(group(stream), message)
        _is_lost = False
    except LOST as lost:
        # The row is committed: a lost Redis costs latency (the hub polls the journal), never the act. Said once.
        _log.log(logging.DEBUG if _is_lost else logging.WARNING, "stream %s: rows not announced: %s", stream, lost)
        _is_lost = True
