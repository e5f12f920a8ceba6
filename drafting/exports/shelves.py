"""Files that take seconds to write: ordered by what is in them, written by a worker, kept an hour to be fetched.

The key of an order is the hash of the document's content, so equal documents are written once; an archive's is that of
the seat and the heads it may read up to. The shelf is the cache: what is lost there is written again. Who may order or
fetch is decided by the view; a key alone gives nobody anything.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.cache import cache

from delegations.models import Seat
from drafting import exports
from drafting.exports import archives
from drafting.models import NegotiatingText
from drafting.queries import ledgers
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
    return _put(f"{hashlib.sha256(packed).hexdigest()}.{form}", packed)


def order_archive(seat: Seat, negotiated: NegotiatingText) -> tuple[str, bool]:
    """The same for a text's archive, as this seat may read it up to now."""
    upto = ledgers.Ledger(seat, negotiated).heads()
    wanted = repr((seat.pk, negotiated.pk, negotiated.conference.attribution_shown, upto)).encode()
    return _put(f"{hashlib.sha256(wanted).hexdigest()}.{archives.FORM}", (seat.pk, negotiated.pk))


def _put(key: str, wanted: bytes | tuple[int, int]) -> tuple[str, bool]:
    if cache.get(_name("file", key)) is not None:
        return key, False
    cache.set(_name("wanted", key), wanted, KEPT)
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
    wanted = cache.get(_name("wanted", key))
    if wanted is None or fetch(key) is not None:
        return
    cache.set(_name("state", key), (WRITING, "", ""), KEPT)
    try:
        written = _written(key.rpartition(".")[2], wanted)
    except RollingTextError as refused:
        cache.set(_name("state", key), ("refused", refused.message, refused.code), KEPT)
        return
    cache.set(_name("file", key), written, KEPT)


def _written(form: str, wanted: bytes | tuple[int, int]) -> bytes:
    if isinstance(wanted, bytes):
        return exports.FORMATS[form].write(packing.unpack(wanted))
    seat, text = wanted
    by = Seat.objects.select_related("conference", "delegation").get(pk=seat)
    return archives.write(by, NegotiatingText.objects.select_related("conference").get(pk=text))


def _name(what: str, key: str) -> str:
    return f"export:{what}:{key}"
