"""The proof of the journal as a job: every chain that a seat may follow, from its first row to its head, with progress.

What is proved is in `queries.journal`; what a job found is kept an hour in the cache, under a key that names the heads
it was asked for. A key alone gives nobody anything: who may read it is decided by the view.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right
from drafting.errors import BrokenChain
from drafting.models import Revision, Stream
from drafting.queries import access, journal, revisions

#: Seconds what was found is kept.
KEPT = 3_600
#: Seconds after which an order nobody has begun is handed out again.
_PATIENCE = 60

WAITING, RUNNING, PROVED, BROKEN = "waiting", "running", "proved", "broken"


@dataclass(frozen=True, slots=True)
class Chain:
    """One chain that verified: whose it is, its rows, and the digest (hex) of its last."""

    name: str
    rows: int
    seq: int
    digest: str


@dataclass(frozen=True, slots=True)
class State:
    """How far a proof is: `done` of `total` rows; the chains proved, or the sentence that names the first fault."""

    step: str
    done: int = 0
    total: int = 0
    chains: tuple[Chain, ...] = ()
    revisions: int = 0
    archives: int = 0
    fault: str = ""
    at: str = ""


@dataclass
class _Run:
    """A proof on its way."""

    key: str
    total: int
    done: int = 0
    chains: list[Chain] = field(default_factory=list)

    def tell(self, seq: int) -> None:
        """Note how far it has come."""
        _keep(self.key, State(RUNNING, self.done + seq, self.total, tuple(self.chains)))


def order(by: Seat) -> tuple[str, bool]:
    """Ask for a proof of every chain the seat may follow as it stands, and return its key, and whether to run it."""
    access.require(by, Right.READ_PUBLIC)
    heads = repr((by.pk, [(str(row.pk), row.head) for row in _streams(by)]))
    key = hashlib.sha256(heads.encode()).hexdigest()
    is_new = cache.add(_name("ordered", key), True, _PATIENCE)
    cache.set(_name("seat", key), by.pk, KEPT)
    if is_new:
        _keep(key, State(WAITING))
    return key, is_new


def state(by: Seat, key: str) -> State | None:
    """Return how far a proof of this seat's is, None where there is none under that key."""
    if cache.get(_name("seat", key)) != by.pk:
        return None
    found: dict[str, Any] | None = cache.get(_name("state", key))
    if found is None:
        return None
    return State(**{**found, "chains": tuple(Chain(**one) for one in found["chains"])})


def run(key: str) -> None:
    """Prove what was ordered under a key; safe to run twice."""
    by = Seat.objects.select_related("conference", "delegation").filter(pk=cache.get(_name("seat", key))).first()
    if by is None:
        return
    streams = _streams(by)
    job = _Run(key, sum(stream.head for stream in streams))
    try:
        for stream, name in _named(by, streams):
            rows = journal.verify_stream(stream, job.tell)
            job.done += stream.head
            job.chains.append(Chain(name, rows, stream.head, bytes(stream.digest).hex()))
        archived = journal.verify_archives([stream.pk for stream in streams])
        proved = _verify_revisions(by)
    except BrokenChain as broken:
        at = timezone.now().isoformat(timespec="seconds")
        _keep(key, State(BROKEN, job.done, job.total, tuple(job.chains), fault=broken.message, at=at))
        return
    at = timezone.now().isoformat(timespec="seconds")
    _keep(key, State(PROVED, job.total, job.total, tuple(job.chains), proved, archived, at=at))


def heads(by: Seat) -> dict[str, tuple[int, str]]:
    """Return (seq, digest in hex) of the end of each of those chains by stream, to be kept where nobody changes it."""
    access.require(by, Right.READ_PUBLIC)
    return {str(row.pk): (row.head, bytes(row.digest).hex()) for row in _streams(by)}


def _streams(by: Seat) -> list[Stream]:
    return list(access.streams(by).filter(Q(head__gt=0)).distinct().order_by("pk"))


def _named(by: Seat, streams: list[Stream]) -> Iterator[tuple[Stream, str]]:
    """Yield each stream with what it is called, those of texts first."""
    names: dict[UUID, str] = {}
    for text in access.texts(by).order_by("slug"):
        names[text.floor_id] = f"{text.title}: the floor"
        names[text.public_id] = f"{text.title}: what is issued"
        names[text.bureau_id] = f"{text.title}: the bureau"
    others = {Stream.Kind.BUREAU: "seats and rules of the conference", Stream.Kind.GROUP: "a group of yours"}
    for stream in sorted(streams, key=lambda row: names.get(row.pk, "~")):
        yield stream, names.get(stream.pk) or others.get(Stream.Kind(stream.kind), "your delegation’s own")


def _verify_revisions(by: Seat) -> int:
    """Verify that each issued text is the one whose hash was taken, and return how many there are."""
    found = 0
    for text in access.texts(by):
        for listed in revisions.listed(by, text):
            row = Revision.objects.get(pk=listed.pk)
            if not revisions.is_intact(row):
                raise BrokenChain(
                    f"{row.symbol}: the text is not the one that was issued.", stream=str(text.floor_id), seq=row.at_seq
                )
            found += 1
    return found


def _keep(key: str, state: State) -> None:
    cache.set(_name("state", key), asdict(state), KEPT)


def _name(what: str, key: str) -> str:
    return f"proof:{what}:{key}"
