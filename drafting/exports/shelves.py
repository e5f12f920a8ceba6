"""Written files: ordered by what is in them, kept an hour, short ones written at once and long ones by a worker.

A file's key is the hash of the document's content, its form and the version of what writes it, so equal documents are
written once; an archive's is that of the seat and the heads it may read up to. Beside the files the shelf remembers
which file a document was, by what was asked (`queries.fingerprints`), so that it need not be made again to be found.
The shelf is the cache: what is lost there is written again. Who may order or fetch is decided by the view, each time;
a key alone gives nobody anything.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.cache import cache

from delegations.models import Seat
from drafting import exports
from drafting.exports import archives, versions
from drafting.models import NegotiatingText
from drafting.queries import ledgers
from drafting.text import packing
from drafting.text.document import Document
from drafting.text.errors import RollingTextError

#: Seconds that orders and finished files are kept.
KEPT = 3_600
#: Bytes of a document, packed, up to which it is written at once: about half a second's work in the slowest form.
AT_ONCE = 600_000
#: Seconds after which an order nobody has begun is handed out again.
_PATIENCE = 60

WAITING, WRITING, READY = "waiting", "writing", "ready"


@dataclass(frozen=True, slots=True)
class Order:
    """An order on the shelf: `is_long` where a worker writes it, `is_new` where one must still be told of it."""

    key: str
    is_long: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class State:
    """How far an order is: waiting, writing or ready; or the sentence it was refused with."""

    step: str
    refusal: str = ""
    code: str = ""


def order(document: Document, form: str) -> Order:
    """Put the document on the shelf, to be written in that form."""
    packed = packing.pack(document)
    is_long = exports.FORMATS[form].is_slow or len(packed) > AT_ONCE
    return _put(f"{_hash(packed)}.{form}", packed, is_long=is_long)


def order_archive(seat: Seat, negotiated: NegotiatingText) -> Order:
    """The same for a text's archive, as this seat may read it up to now."""
    upto = ledgers.Ledger(seat, negotiated).heads()
    wanted = repr((seat.pk, negotiated.pk, negotiated.conference.attribution_shown, upto)).encode()
    return _put(f"{_hash(wanted)}.{archives.FORM}", (seat.pk, negotiated.pk), is_long=True)


def remember(asked: str, form: str, key: str, called: str) -> None:
    """Remember that what was asked for is the file under that key, and what it is called."""
    cache.set(_name("asked", f"{_hash(asked.encode())}.{form}"), (key, called), KEPT)


def recall(asked: str, form: str) -> tuple[str, bytes] | None:
    """Return the name and the bytes of what is asked for, None where it is to be made."""
    key, called = cache.get(_name("asked", f"{_hash(asked.encode())}.{form}")) or ("", "")
    data = fetch(key) if key else None
    return None if data is None else (called, data)


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
    """Write the file of an order; safe to run twice. A refusal is kept for who asked, a fault is the writer's."""
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


def _put(key: str, wanted: bytes | tuple[int, int], *, is_long: bool) -> Order:
    if cache.get(_name("file", key)) is not None:
        return Order(key, is_long, is_new=False)
    cache.set(_name("wanted", key), wanted, KEPT)
    is_new = cache.add(_name("ordered", key), True, _PATIENCE)
    if is_new:
        cache.set(_name("state", key), (WAITING, "", ""), KEPT)
    return Order(key, is_long, is_new)


def _written(form: str, wanted: bytes | tuple[int, int]) -> bytes:
    if isinstance(wanted, bytes):
        return exports.FORMATS[form].write(packing.unpack(wanted))
    seat, text = wanted
    by = Seat.objects.select_related("conference", "delegation").get(pk=seat)
    return archives.write(by, NegotiatingText.objects.select_related("conference").get(pk=text))


def _hash(wanted: bytes) -> str:
    return hashlib.sha256(versions.current().encode() + wanted).hexdigest()


def _name(what: str, key: str) -> str:
    return f"export:{what}:{key}"
