"""Folding: typing that an issued revision has made history becomes one row a run; the rows go into an archive.

A run is what one seat typed in one text with one pen, and so for the same speakers, while nothing happened on the
stream but typing elsewhere and what typing carries along. Every position of the words before it maps over the folded
row as over the rows it stands for: a row after which that would not hold begins another run. Only floors are folded: a
draft's keystrokes are erased when it ends, and an archive would outlive them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import cast
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from drafting import chain, events
from drafting.models import JournalEntry, NegotiatingText, Pen, Stream
from drafting.queries import archives
from drafting.services import journal
from drafting.text import wire
from drafting.text.changes import ChangeSet

#: No row is folded before this time has passed.
AGE = timedelta(hours=48)
#: Rows read at a time, and runs stored in one transaction.
WINDOW, MOST_RUNS = 5000, 200
#: What may happen on the stream beside a run: none of it says anything of a place in words.
_BESIDE = frozenset({"typed", "folded", "hunks-moved", "stances-stale", "pen-opened", "pen-closed"})


def fold_all(now: datetime | None = None) -> int:
    """Fold every floor as far as it may be at `now`, and return how many rows were taken out."""
    return sum(fold(text, now) for text in NegotiatingText.objects.select_related("floor").order_by("pk"))


def fold(negotiated: NegotiatingText, now: datetime | None = None) -> int:
    """Fold the floor's typing up to the last revision, of rows at least 48 hours old; return how many were taken out.

    It goes on where it stopped. Raises `Superseded` where another does the same at once.
    """
    floor, folded = negotiated.floor, 0
    since, digest = _start(floor)
    until = _end(negotiated, since, (now or timezone.now()) - AGE)
    held = {str(pk) for pk in Pen.objects.filter(provision__text=negotiated, closed=None).values_list("pk", flat=True)}
    entries = JournalEntry.objects.filter(stream=floor, seq__lte=until).order_by("seq")
    while rows := list(entries.filter(seq__gt=since)[:WINDOW]):
        before = {row.seq: bytes(earlier.digest) for earlier, row in pairwise(rows)}
        before[rows[0].seq] = digest
        runs = _find(rows, held)
        for first in range(0, len(runs), MOST_RUNS):
            folded += _store(floor, runs[first : first + MOST_RUNS], before)
        since, digest = rows[-1].seq, bytes(rows[-1].digest)
    return folded


@dataclass(slots=True)
class _Run:
    """Rows that may become one; `changes` are theirs, composed, in UTF-16 units."""

    rows: list[JournalEntry]
    pen: str
    changes: ChangeSet

    def take(self, row: JournalEntry, pen: str, changes: ChangeSet) -> bool:
        """Take one more row, if it goes on where the last one stopped and no place in the words would map otherwise."""
        last = self.rows[-1]
        if (pen, row.author, row.rev) != (self.pen, last.author, (last.rev or 0) + 1):
            return False
        composed = self.changes.compose(changes)
        if not _maps_alike(self.changes, changes, composed):
            return False
        self.rows.append(row)
        self.changes = composed
        return True


def _maps_alike(first: ChangeSet, second: ChangeSet, composed: ChangeSet) -> bool:
    """Tell whether every position maps over `composed` as over the two; away from its edits it does anyway."""
    return all(
        composed.map_pos(at, side) == second.map_pos(first.map_pos(at, side) or 0, side)
        for start, end, _ in composed.edits()
        for at in range(start, end + 1)
        for side in (-1, 1)
    )


def _start(floor: Stream) -> tuple[int, bytes]:
    """Return up to which seq the floor has been folded, and the digest of the row there."""
    through = JournalEntry.objects.filter(stream=floor).aggregate(last=Max("through"))["last"]
    if through is None:
        return 0, chain.GENESIS
    event = events.decode(JournalEntry.objects.get(stream=floor, through=through).body or "")
    return through, bytes.fromhex(cast(events.Folded, event).ranges[-1][3])


def _end(negotiated: NegotiatingText, since: int, oldest: datetime) -> int:
    """Return the last seq that may be folded: of the last revision, and before every row younger than `oldest`."""
    issued = negotiated.revisions.aggregate(last=Max("at_seq"))["last"] or 0
    entries = JournalEntry.objects.filter(stream=negotiated.floor_id, seq__gt=since, seq__lte=issued)
    young = entries.filter(at__gt=oldest.astimezone(UTC).isoformat(timespec="microseconds")).order_by("seq")
    first = young.values_list("seq", flat=True).first()
    return issued if first is None else first - 1


def _find(rows: Sequence[JournalEntry], held: Collection[str]) -> list[_Run]:
    """Return the runs of more than one row among `rows`, in the order they begin; pens in `held` are left alone."""
    found: list[_Run] = []
    going: dict[UUID, _Run] = {}
    for row in rows:
        if row.kind not in _BESIDE:
            going = {}
        elif row.kind == "typed" and row.text is not None:
            event = events.decode(row.body) if row.body and row.author else None
            if not isinstance(event, events.Typed) or event.pen is None or event.pen in held:
                going.pop(row.text, None)
                continue
            changes = wire.read(event.changes)
            run = going.get(row.text)
            if run is None or not run.take(row, event.pen, changes):
                going[row.text] = _Run([row], event.pen, changes)
                found.append(going[row.text])
    return [run for run in found if len(run.rows) > 1]


def _store(floor: Stream, runs: Sequence[_Run], before: Mapping[int, bytes]) -> int:
    """Archive the rows of `runs`, put one row in their place each, and return how many went."""
    rows = sorted((row for run in runs for row in run.rows), key=lambda row: row.seq)
    archive = _archive(rows)
    journal.fold(floor, [(_folded(run, before, archive), run.rows[0].author or "") for run in runs])
    return len(rows)


def _folded(run: _Run, before: Mapping[int, bytes], archive: str) -> events.Folded:
    first, last = run.rows[0], run.rows[-1]
    typed = events.decode(first.body or "")
    return events.Folded(
        text=str(first.text),
        provision=typed.provision if isinstance(typed, events.Typed) else None,
        rev=last.rev or 0,
        changes=wire.write(run.changes),
        pen=run.pen,
        since=(first.rev or 0) - 1,
        ranges=list(_ranges(run.rows, before)),
        typed=(first.at, last.at),
        archive=archive,
    )


def _ranges(rows: Sequence[JournalEntry], before: Mapping[int, bytes]) -> Iterator[tuple[int, int, str, str]]:
    """Yield each stretch of rows without one between them, with the digests at both ends."""
    first = rows[0]
    for row, after in zip(rows, (*rows[1:], None), strict=True):
        if after is None or after.seq != row.seq + 1:
            yield first.seq, row.seq, before[first.seq].hex(), bytes(row.digest).hex()
            first = after or first


def _archive(rows: Sequence[JournalEntry]) -> str:
    """Write the rows to a file that survives a loss of power, and return its name; the same rows, the same file."""
    packed = archives.pack(rows)
    digest = hashlib.sha256(packed).hexdigest()
    file = archives.path(digest)
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".part")
    with unfinished.open("wb") as out:
        out.write(packed)
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return digest
