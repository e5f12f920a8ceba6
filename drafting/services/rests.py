"""A pen at rest: what its typist has typed is sealed after a while, and the pen goes on in a session of its own.

Every process looks, and each session is looked at again under the floor's lock: whoever comes second finds it sealed,
and what a process left that ended is sealed by the next. Sealing itself is in `seals`.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from drafting.models import JournalEntry, Pen
from drafting.services import audiences, pen_sessions
from drafting.text.errors import RollingTextError

_log = logging.getLogger(__name__)


def seal() -> int:
    """Seal every session whose typist has rested for `PEN_REST` seconds, and return how many there were."""
    before = timezone.now() - timedelta(seconds=settings.PEN_REST)
    return sum(_seal(pen, before) for pen in _typed_in() if _has_rested(pen, before))


def _typed_in() -> list[Pen]:
    """Return the open sessions on provisions in which anybody typed since they were opened."""
    latest = JournalEntry.objects.filter(text=OuterRef("provision__words"), kind="typed").order_by("-rev")
    pens = Pen.objects.filter(closed__isnull=True).annotate(last=Subquery(latest.values("at")[:1]))
    rows = pens.values_list("pk", "opened", "last")
    wanted = [pk for pk, opened, last in rows if last and last >= opened.isoformat(timespec="microseconds")]
    ends = ("typist", "provision__words", "provision__text__conference", "provision__text__floor")
    return list(Pen.objects.filter(pk__in=wanted).select_related(*ends, "provision__text__bureau")) if wanted else []


def _seal(pen: Pen, before: datetime) -> bool:
    """Seal a session and open the next for the same speakers; False where another process has, or it cannot be."""
    speakers = list(pen.speakers.all())
    try:
        with audiences.of_floor(pen.provision.text, pen.typist, speakers) as audience:
            if not Pen.objects.filter(pk=pen.pk, closed__isnull=True).exists() or not _has_rested(pen, before):
                return False
            pen_sessions.close_all(audience, [pen])
            pen_sessions.open_all(audience, pen.typist, [pen.provision], pen.authority, speakers)
    except RollingTextError as refused:
        _log.warning("pen %s stays open, its words cannot be recorded: %s", pen.pk, refused.message)
        return False
    return True


def _has_rested(pen: Pen, before: datetime) -> bool:
    """Tell whether something was typed in a session, the last of it before a moment; the latest rows are read first."""
    since = pen.opened.isoformat(timespec="microseconds")
    rows = JournalEntry.objects.filter(text=pen.provision.words_id, kind="typed").order_by("-rev")
    for at, body in rows.values_list("at", "body").iterator(chunk_size=20):
        if at < since:
            return False
        if str(pen.pk) in (body or ""):
            return at < before.isoformat(timespec="microseconds")
    return False
