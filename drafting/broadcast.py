"""The only importer of channels.layers: says, after commit, that a stream has new rows, or how far a job has come.

What is published is a hint, never the record: a layer delivers at most once, so readers fill gaps from the journal.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from drafting.models import JournalEntry

_log = logging.getLogger(__name__)


def group(stream: UUID | str) -> str:
    """Return the name of the channel-layer group that carries `stream`."""
    return f"stream.{stream}"


def publish_on_commit(stream: UUID, rows: Sequence[JournalEntry]) -> None:
    """Publish `rows` of `stream` once the transaction around this call is committed, and never before."""
    items = [{"seq": row.seq, "kind": row.kind, "body": row.body} for row in rows]
    if items:
        transaction.on_commit(lambda: _send(stream, {"type": "stream.rows", "stream": str(stream), "rows": items}))


def publish_progress(stream: UUID, body: dict[str, Any]) -> None:
    """Publish a sign of progress at once: not an act, not in the journal, lost if nobody listens."""
    _send(stream, {"type": "stream.progress", "stream": str(stream), "body": body})


def _send(stream: UUID, message: dict[str, Any]) -> None:
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        async_to_sync(layer.group_send)(group(stream), message)
    except (OSError, ConnectionError) as lost:
        # The row is committed: a lost Redis costs latency (the hub polls the journal), never the act.
        _log.warning("stream %s: rows not announced: %s", stream, lost)
