"""A pen at rest: what its typist has typed is sealed after a while, and the pen goes on in a session of its own.

Every process looks, and each session is looked at again under the floor's lock: whoever comes second finds it sealed,
and what a process left that ended is sealed by the next. Sealing itself is in `seals`.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from drafting.models import JournalEntry, Pen
from drafting.services import audiences, pen_sessions, statements
from drafting.text.errors import RollingTextError

_log = logging.getLogger(__name__)


def rested() -> list[UUID]:
    """Return the open sessions whose typist has rested for `PEN_REST` seconds; asked every second, mostly for none."""
    sql = """
        SELECT p.id, p.opened, v.words_id, j.at, j.body FROM drafting_pen p
        JOIN drafting_provision v ON v.id = p.provision_id JOIN drafting_journal j ON j.text = v.words_id
        WHERE p.closed IS NULL AND j.rev = (
            SELECT l.rev FROM drafting_journal l WHERE l.text = v.words_id AND l.kind = 'typed'
            ORDER BY l.rev DESC LIMIT 1)"""
    return [
        statements.uuid(pen)
        for pen, opened, words, at, body in statements.fetch(sql, [])
        if _has_rested(statements.uuid(pen), statements.moment(opened), statements.uuid(words), [(at, body)])
    ]


def seal(pens: Collection[UUID]) -> int:
    """Seal those of the sessions whose typist has rested still, and return how many there were."""
    ends = ("typist", "provision__words", "provision__text__conference", "provision__text__floor")
    found = Pen.objects.filter(pk__in=pens).select_related(*ends, "provision__text__bureau")
    return sum(map(_seal, found))


def _seal(pen: Pen) -> bool:
    """Seal a session and open the next for the same speakers; False where another process has, or it cannot be."""
    speakers = list(pen.speakers.all())
    try:
        with audiences.of_floor(pen.provision.text, pen.typist, speakers) as audience:
            is_open = Pen.objects.filter(pk=pen.pk, closed__isnull=True).exists()
            if not is_open or not _has_rested(pen.pk, pen.opened, pen.provision.words_id):
                return False
            pen_sessions.close_all(audience, [pen])
            pen_sessions.open_all(audience, pen.typist, [pen.provision], pen.authority, speakers)
    except RollingTextError as refused:
        _log.warning("pen %s stays open, its words cannot be recorded: %s", pen.pk, refused.message)
        return False
    return True


def _has_rested(pen: UUID, opened: datetime, words: UUID, known: Sequence[tuple[str, str | None]] = ()) -> bool:
    """Tell whether something was typed in a session, the last of it long enough ago; `known` is the text's latest row.

    Rows are read from the latest back, as far as another session wrote them.
    """
    rows = JournalEntry.objects.filter(text=words, kind="typed").order_by("-rev").values_list("at", "body")
    for at, body in chain(known, rows.iterator(chunk_size=20)):
        if at < _spelled(opened):
            return False
        if str(pen) in (body or ""):
            return at < _spelled(timezone.now() - timedelta(seconds=settings.PEN_REST))
    return False


def _spelled(moment: datetime) -> str:
    """Return a moment as the journal has it."""
    return moment.isoformat(timespec="microseconds")
