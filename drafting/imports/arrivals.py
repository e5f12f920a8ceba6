"""Large files that are to be new texts: read by a worker, reported on, and opened by one, with a sign of how far it is.

Small files are read where they arrive (`drafting.views.imports`). The shelf is the cache, as for `intakes`, and a key
gives nothing to another seat than the one that brought the file.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from django.core.cache import cache

from delegations.models import Seat
from drafting.errors import NotFound
from drafting.imports import intakes, reading, report
from drafting.imports.blocks import Remark
from drafting.imports.intakes import DONE, KEPT, READING, READY, TAKING, WAITING, State
from drafting.imports.lowering import Side
from drafting.imports.report import FoundChanges, Report
from drafting.services import comments, openings
from drafting.text.document import Comment
from drafting.text.errors import RollingTextError
from drafting.text.structures import Entry

#: Provisions a report lists.
LISTED = 60


@dataclass(frozen=True)
class Arrival:
    """A file and, once somebody saw the report, the `names` of the text to open: title, slug, symbol and the rest."""

    key: str
    seat: int
    name: str
    data: bytes
    side: str
    names: Mapping[str, str] = field(default_factory=dict)
    opens: bool = False


@dataclass(frozen=True)
class Summary:
    """What a report says of a file, as plain values; the fields are those of `reading.Read`."""

    form: str
    is_own: bool
    lost: int | None
    letters: int
    title: str
    remarks: tuple[Remark, ...]
    comments: tuple[Comment, ...]
    changes: tuple[FoundChanges, ...]
    report: Report
    entries: tuple[Entry, ...]


def begin(seat: Seat, name: str, data: bytes, side: str, names: Mapping[str, str]) -> Arrival:
    """Keep a file; raises `UnreadableImport` for what is none, before anything is kept."""
    reading.admit(data, name)
    arrival = Arrival(uuid4().hex, seat.pk, name[:255], reading.pruned(data), side, dict(names))
    _keep(arrival, State(WAITING))
    return arrival


def fetch(seat: Seat, key: str) -> Arrival:
    """Return what is kept under a key for this seat; raises `NotFound` for anything else."""
    found: Arrival | None = cache.get(f"arrival:{key[:32]}")
    if found is None or found.seat != seat.pk:
        raise NotFound("This report has run out: choose the file again.")
    return found


def confirm(arrival: Arrival, names: Mapping[str, str]) -> Arrival:
    """Return the arrival with what its text is to be called, to be opened."""
    confirmed = dataclasses.replace(arrival, names=dict(names), opens=True)
    _keep(confirmed, State(TAKING))
    return confirmed


def state(arrival: Arrival) -> State:
    """Return how far it is."""
    found: State = cache.get(f"arrival:state:{arrival.key}", State(WAITING))
    return found


def summary(arrival: Arrival) -> Summary | None:
    """Return what was found in the file, None where nobody has read it yet."""
    found: Summary | None = cache.get(f"arrival:summary:{arrival.key}")
    return found


def work(key: str) -> None:
    """Read the file, or open it as a person confirmed. Safe to run twice; of a file that is refused nothing is kept."""
    arrival: Arrival | None = cache.get(f"arrival:{key}")
    if arrival is None or state(arrival).step in (READY, DONE):
        return
    try:
        _open(arrival) if arrival.opens else _read(arrival)
    except RollingTextError as refused:
        kept = arrival if arrival.opens else dataclasses.replace(arrival, data=b"")
        _keep(kept, State(READY, refusal=refused.message, code=refused.code, status=refused.status))
    except Exception:
        _tell(arrival, State(READY, refusal=intakes.STOPPED))
        raise


def _read(arrival: Arrival) -> None:
    _tell(arrival, State(READING))
    read = reading.open(arrival.data, arrival.name, Side(arrival.side))
    found = Summary(
        form=read.form,
        is_own=read.is_own,
        lost=read.lost,
        letters=read.letters,
        title=read.structure.title,
        remarks=read.remarks,
        comments=read.comments,
        changes=report.authors(read.changes),
        report=report.make(read.structure),
        entries=read.structure.entries[:LISTED],
    )
    cache.set(f"arrival:summary:{arrival.key}", found, KEPT)
    _tell(arrival, State(READY))


def _open(arrival: Arrival) -> None:
    by = Seat.objects.select_related("conference", "delegation").get(pk=arrival.seat)
    read = reading.open(arrival.data, arrival.name, Side(arrival.side))
    opened = openings.open(by, by.conference, read.structure, **arrival.names)
    comments.keep_opened(by, opened, arrival.name, read.placed_comments)
    _tell(arrival, State(DONE))


def _keep(arrival: Arrival, now: State) -> None:
    cache.set(f"arrival:{arrival.key}", arrival, KEPT)
    _tell(arrival, now)


def _tell(arrival: Arrival, now: State) -> None:
    cache.set(f"arrival:state:{arrival.key}", now, KEPT)
