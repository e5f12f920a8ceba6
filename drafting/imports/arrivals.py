"""Large files that are to be new texts: read by a worker, reported on, and opened by one, with a sign of how far it is.

Small files are read where they arrive (`drafting.views.imports`). How large ones are kept meanwhile is `shelves`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field

from delegations.models import Seat
from drafting.imports import report
from drafting.imports.blocks import Remark
from drafting.imports.report import FoundChanges, Report
from drafting.imports.shelves import DONE, TAKING, Brought, Shelf, State
from drafting.services import comments, openings
from drafting.text.document import Comment
from drafting.text.structures import Entry

#: Provisions a report lists.
LISTED = 60


@dataclass(frozen=True, kw_only=True)
class Arrival(Brought):
    """A file and the `names` of the text to open: title, slug, symbol and the rest."""

    names: Mapping[str, str] = field(default_factory=dict)


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


_SHELF: Shelf[Arrival, Summary] = Shelf("arrival")


def begin(seat: Seat, name: str, data: bytes, side: str, names: Mapping[str, str]) -> Arrival:
    """Keep a file; raises `UnreadableImport` for what is none, before anything is kept."""
    return _SHELF.put(Arrival(seat=seat.pk, name=name, data=data, side=side, names=dict(names)))


def fetch(seat: Seat, key: str) -> Arrival:
    """Return what is kept under a key for this seat; raises `NotFound` for anything else."""
    return _SHELF.fetch(seat, key)


def confirm(arrival: Arrival, names: Mapping[str, str]) -> Arrival:
    """Return the arrival with what its text is to be called, to be opened."""
    return _SHELF.keep(dataclasses.replace(arrival, names=dict(names), confirmed=True), State(TAKING))


def state(arrival: Arrival) -> State:
    """Return how far it is."""
    return _SHELF.state(arrival)


def summary(arrival: Arrival) -> Summary | None:
    """Return what was found in the file, None where nobody has read it yet."""
    return _SHELF.found(arrival)


def work(key: str) -> None:
    """Read the file, or open it as a person confirmed. Safe to run twice; of a file that is refused nothing is kept."""
    _SHELF.work(key, _read, _open)


def _read(arrival: Arrival) -> Summary:
    read = arrival.read()
    return Summary(
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


def _open(arrival: Arrival) -> State:
    by = Seat.objects.select_related("conference", "delegation").get(pk=arrival.seat)
    read = arrival.read()
    opened = openings.open(by, by.conference, read.structure, **arrival.names)
    comments.keep_opened(by, opened, arrival.name, read.placed_comments)
    return State(DONE)
