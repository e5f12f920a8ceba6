"""Files that take seconds to write: ordered by what is in them, written by a worker, kept an hour to be fetched.

The key of an order is the hash of the document's content, so equal documents are written once. The shelf is the cache:
what is lost there is written again. Who may order or fetch is decided by the view; a key alone gives nobody anything.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.cache import cache

from drafting import exports
from drafting.text import packing
from drafting.text.document import Document
from drafting.text.errors import RollingTextError

#: Seconds that orders and finished files are kept.
KEPT = 3_600
#: Seconds after which an order nobody has begun is handed out again.
_PATIENCE = 60

WAITING, WRITING, READY = "waiting", "writing", "ready"


@dataclass(frozen=True, slots=True)
class State:
    """How far an order is: waiting, writing or ready; or the sentence it was refused with."""

    step: str
    refusal: str = ""
    code: str = ""


def order(document: Document, form: str) -> tuple[str, bool]:
    """Put the document on the shelf and return its key, and whether a worker must still be told of it."""
    packed = packing.pack(document)
    key = f"{hashlib.sha256(packed).hexdigest()}.{form}"
    if cache.get(_name("file", key)) is not None:
        return key, False
    cache.set(_name("document", key), packed, KEPT)
    is_new = cache.add(_name("ordered", key), True, _PATIENCE)
    if is_new:
        cache.set(_name("state", key), (WAITING, "", ""), KEPT)
    return key, is_new


def state(key: str) -> State | None:
    """Return how far an order is, None for one that is not on the shelf any more."""
    if cache.get(_name("file", key)) is not None:
        return State(READY)
    found = cache.get(_name("state", key))
    return State(*found) if found is not None else None


def fetch(key: str) -> bytes | None:
    """Return a finished file, None where it is not finished or not on the shelf any more."""
    found: bytes | None = cache.get(_name("file", key))
    return found


def fill(key: str) -> None:
    """Write the file of an order; safe to run twice. A refusal is kept for who asked, a fault is the worker's."""
    packed = cache.get(_name("document", key))
    if packed is None or fetch(key) is not None:
        return
    cache.set(_name("state", key), (WRITING, "", ""), KEPT)
    try:
        written = exports.FORMATS[key.rpartition(".")[2]].write(packing.unpack(packed))
    except RollingTextError as refused:
        cache.set(_name("state", key), ("refused", refused.message, refused.code), KEPT)
        return
    cache.set(_name("file", key), written, KEPT)


def _name(what: str, key: str) -> str:
    return f"export:{what}:{key}"
