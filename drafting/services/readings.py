"""That somebody of the bureau read the loss report before a revision is issued: recorded, with which one it was."""

from __future__ import annotations

from django.utils import timezone

from delegations.models import Seat
from drafting import events
from drafting.errors import Forbidden, StaleVersion
from drafting.models import LossReading, NegotiatingText
from drafting.queries import access, reports
from drafting.services import journal


def mark(by: Seat, negotiated: NegotiatingText, digest: str = "") -> LossReading:
    """Record that a seat of the bureau read the loss report as it stands; with `digest`, that very one.

    Raises `StaleVersion` where the report has changed since the one that was read.
    """
    access.floor(by, negotiated)
    if not access.reads_bureau(by):
        raise Forbidden("Whoever decides or issues reads the loss report before a revision.")
    now = reports.digest(reports.loss_report(negotiated))
    if digest and digest != now:
        raise StaleVersion("The loss report has changed since you opened it: read it as it is now.")
    with journal.writing(negotiated.bureau, by=by) as bureau:
        row = LossReading.objects.create(text=negotiated, by=by, at=timezone.now(), digest=now)
        bureau.append(events.LossReportRead(digest=now))
    return row
