"""A text at any moment of its floor: worked out from the last revision before it and the journal since.

The moments a reader may choose from are how far they had read and what was issued. What changed between two of them is
built in `documents`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from delegations.models import Seat
from drafting import events
from drafting.models import NegotiatingText
from drafting.queries import access, amendments, documents, histories, revisions, snapshots
from drafting.queries.documents import Source
from drafting.queries.snapshots import ProvisionSnapshot, Snapshot
from drafting.text.document import Document

#: Own marks a reader may choose from, the newest first.
OFFERED = 10

_FIELDS = ("id", "address", "label", "part", "kind", "depth", "article")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment to compare from: the floor's seq, when it was, and the revision's symbol where it was issued."""

    seq: int
    at: datetime
    symbol: str = ""


def last_read(seat: Seat, negotiated: NegotiatingText) -> Moment | None:
    """Return how far the seat has read, or nothing where it has never said so."""
    found = access.read_marks(seat, negotiated).first()
    return Moment(found.seq, found.at) if found else None


def began(seat: Seat, negotiated: NegotiatingText) -> Moment:
    """Return where "since I last read" begins: the last mark, or, for who never set one, the last revision."""
    mark = last_read(seat, negotiated)
    if mark is not None:
        return mark
    issued = revisions.listed(seat, negotiated).first()
    return Moment(issued.at_seq, issued.issued, issued.symbol) if issued else Moment(0, negotiated.created)


def offered(seat: Seat, negotiated: NegotiatingText) -> list[Moment]:
    """Return the moments the seat may choose from, the newest first."""
    marks = [Moment(row.seq, row.at) for row in access.read_marks(seat, negotiated)[:OFFERED]]
    issued = [Moment(row.at_seq, row.issued, row.symbol) for row in revisions.listed(seat, negotiated)]
    return sorted((*marks, *issued), key=lambda moment: (moment.seq, moment.at), reverse=True)


def source(seat: Seat, negotiated: NegotiatingText, seq: int) -> Source:
    """Return the text as the floor had it at `seq`, for a comparison: its words, without brackets' rows."""
    access.floor(seat, negotiated)
    return Source(negotiated, snapshot(negotiated, seq), None, amendments.shows_names(seat, negotiated), seq)


def snapshot(negotiated: NegotiatingText, seq: int) -> Snapshot:
    """Return the provisions there were at the floor's `seq`, with their words then, in their present order."""
    revision = negotiated.revisions.filter(at_seq__lte=seq).order_by("-at_seq").only("snapshot", "at_seq").first()
    before = snapshots.provisions(revision.snapshot) if revision else []
    words = {row.id: row.text for row in before}
    gone = {row.id for row in before if row.retired}
    for row in histories.replay(negotiated, words, revision.at_seq if revision else 0, seq):
        match row.event:
            case events.ProvisionRetired(provision=provision):
                gone.add(provision)
            case events.ProvisionRevived(provision=provision):
                gone.discard(provision)
        if row.provision is not None:
            words[row.provision] = row.after
    rows = negotiated.provisions.filter(pk__in=words).order_by("order", "pk").values(*_FIELDS)
    shown = [ProvisionSnapshot(**row, retired=row["id"] in gone, text=words[row["id"]]) for row in rows]
    return Snapshot(shown, [], [], [])


def comparison(seat: Seat, negotiated: NegotiatingText, old: int, new: int | None = None) -> Document:
    """Return the changes of the whole text from the floor's seq `old` to `new`, or to the floor as it stands."""
    later = documents.source(seat, negotiated) if new is None else source(seat, negotiated, new)
    return documents.compared(source(seat, negotiated, old), later, called(seat, negotiated, old))


def called(seat: Seat, negotiated: NegotiatingText, seq: int) -> str:
    """Return what a moment is called in a heading."""
    issued = revisions.listed(seat, negotiated).filter(at_seq=seq).first()
    return issued.symbol if issued else "the version you last read"
