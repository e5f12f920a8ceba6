"""What is drawn once for many readers, kept for a minute. Losing the cache costs time and nothing else."""

from __future__ import annotations

import logging

from django.core.cache import cache
from redis.exceptions import RedisError

#: Seconds a drawn fragment is kept: those who follow the text ask for it within the next few.
KEPT = 60
_log = logging.getLogger(__name__)


def read(key: str) -> str | None:
    """Return what is kept under a key, None where there is nothing or no cache."""
    try:
        found = cache.get(key)
    except RedisError as lost:
        _log.warning("the cache cannot be read: %s", lost)
        return None
    return found if isinstance(found, str) else None


def keep(key: str, drawn: str) -> None:
    """Keep what was drawn, where there is a cache."""
    try:
        cache.set(key, str(drawn), KEPT)
    except RedisError as lost:
        _log.warning("the cache cannot be written: %s", lost)
