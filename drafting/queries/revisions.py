"""Reads of issued revisions: the list, one, and what a revision that is being prepared would hold.

Issued things are public to every seat of the conference. Issuing is in `drafting.services.revisions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right
from drafting.models import JournalEntry, NegotiatingText, Pen, Revision
from drafting.queries import access, amendments, packages, reports, snapshots
from drafting.queries.chronicles import LogEntry
from drafting.queries.reports import LossEntry
from drafting.queries.snapshots import Snapshot

#: What is issued only when whoever issues says that it stands all the same.
_ASK = frozenset({"anomalies", "open-packages"})
#: Seconds without typing after which a text under a pen counts as standing still.
PAUSE = 10


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at before issuing; `blocks` where the revision cannot be issued while it stands.

    Where it `asks`, whoever issues says that it is issued all the same. `places` are (address, sentence) to look at.
    """

    code: str
    message: str
    count: int = 0
    blocks: bool = False
    asks: bool = False
    places: tuple[tuple[str, str], ...] = ()


def listed(seat: Seat, negotiated: NegotiatingText) -> QuerySet[Revision]:
    """Return the revisions of a text that the seat may read, newest first, without their snapshots and reports."""
    if negotiated.conference_id != seat.conference_id or not seat.may(Right.READ_PUBLIC):
        return Revision.objects.none()
    found = negotiated.revisions.defer("snapshot", "change_log", "loss_report").order_by("-number")
    return found if seat.may(Right.READ_FLOOR) else found.exclude(number=0)


def last(negotiated: NegotiatingText) -> Revision | None:
    """Return the revision issued last, snapshot and reports included."""
    return negotiated.revisions.order_by("-number").first()


def snapshot(revision: Revision) -> Snapshot:
    """Return the text as it was issued."""
    return snapshots.decode(revision.snapshot)


def is_intact(revision: Revision) -> bool:
    """Tell whether the snapshot is still the one its digest was taken of."""
    return snapshots.digest(revision.snapshot) == revision.digest


def change_log(seat: Seat, negotiated: NegotiatingText, number: int | None = None) -> list[LogEntry]:
    """Return the change log of a revision, or, without a number, of the floor since the last one."""
    if number is None:
        access.floor(seat, negotiated)
        found = reports.change_log(negotiated)
    else:
        found = reports.log(access.revision(seat, negotiated, number))
    return found if amendments.shows_names(seat, negotiated) else reports.unnamed_log(found)


def loss_report(seat: Seat, negotiated: NegotiatingText, number: int | None = None) -> list[LossEntry]:
    """Return the loss report of a revision, or, without a number, of the floor as it stands.

    The revision is public, the proposals are the floor's: who may not read the floor gets their numbers and fates.
    """
    if number is None:
        access.floor(seat, negotiated)
        found = reports.loss_report(negotiated)
    else:
        found = reports.losses(access.revision(seat, negotiated, number))
    if not seat.may(Right.READ_FLOOR):
        return reports.counted(found)
    return found if amendments.shows_names(seat, negotiated) else reports.unnamed(found)


def _moving(negotiated: NegotiatingText) -> int:
    """Return in how many provisions a pen has typed within the last seconds: longer pauses seal what was typed."""
    held = Pen.objects.filter(provision__text=negotiated, closed__isnull=True).values_list(
        "provision__words", flat=True
    )
    since = (timezone.now() - timedelta(seconds=PAUSE)).astimezone(UTC).isoformat(timespec="microseconds")
    typed = JournalEntry.objects.filter(text__in=list(held), kind="typed", at__gte=since)
    return typed.values("text").distinct().count()


def checks(negotiated: NegotiatingText) -> list[Check]:
    """Return what stands for or against issuing now: moving text blocks, everything else is said."""
    moving = _moving(negotiated)
    anomalies = negotiated.anomalies.filter(mended=False).count()
    undecided = amendments.open_hunks(negotiated)
    flagged = undecided.filter(outcome="flagged").count()
    open_count = undecided.filter(outcome="open").values("version").distinct().count()
    waiting = [package.name for package in packages.of(negotiated) if not package.is_agreed]
    brackets = negotiated.brackets.filter(closed=False).exclude(kind="note").count()
    said = {
        "text-moving": (moving, "provision is being typed in just now", "provisions are being typed in just now"),
        "anomalies": (anomalies, "bracket of the import has no partner", "brackets of the import have no partner"),
        "open-packages": (
            len(waiting),
            f"package is not agreed as a whole ({', '.join(waiting)})",
            f"packages are not agreed as a whole ({', '.join(waiting)})",
        ),
        "flagged": (flagged, "edit waits for its sponsor to confirm it", "edits wait for their sponsors"),
        "open-amendments": (open_count, "proposal is open and goes on", "proposals are open and go on"),
        "open-brackets": (brackets, "bracket is open", "brackets are open"),
    }
    return [
        Check(code, f"{count} {one if count == 1 else many}.", count, blocks=code == "text-moving", asks=code in _ASK)
        for code, (count, one, many) in said.items()
        if count
    ]
