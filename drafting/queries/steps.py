"""The steps a text has taken: what was issued of it and agreed in it, for formats that tell a text's history."""

from __future__ import annotations

from collections.abc import Iterator

from drafting.queries.sources import Source, moment
from drafting.text.document import Step


def of(src: Source) -> tuple[Step, ...]:
    """Return the steps up to the text as it is printed, in order: revisions issued, agreement on what it holds."""
    return tuple(sorted((*_agreed(src), *_issued(src)), key=lambda step: step.when))


def _issued(src: Source) -> Iterator[Step]:
    conference = src.negotiated.conference
    rows = src.negotiated.revisions.filter(number__gt=0).order_by("number")
    rows = rows if src.revision is None else rows.filter(number__lte=src.revision.number)
    for row in rows.defer("snapshot", "change_log", "loss_report"):
        by = row.issued_by or conference.organ or conference.name
        yield Step(moment(row.issued), by, f"{row.symbol}: {row.get_kind_display()}")


def _agreed(src: Source) -> Iterator[Step]:
    """Yield the agreements over whole provisions; texts issued before their time was kept know none."""
    addresses = {row.id: row.address for row in src.snapshot.provisions}
    for row in src.snapshot.agreements:
        if row.start is None and row.reached and row.provision in addresses:
            yield Step(row.reached, row.forum, row.name or row.level, addresses[row.provision])
