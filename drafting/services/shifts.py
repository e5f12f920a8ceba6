"""From one shift of the bureau to the next: a note, and the standing order to consolidate overnight."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import EmptyChange, Forbidden
from drafting.models import Consolidation, NegotiatingText, Overnight, Provision, ShiftNote
from drafting.queries import access
from drafting.services import consolidation, journal
from drafting.text.errors import RollingTextError

#: Characters of a note.
LONGEST = 4000


def leave_note(by: Seat, negotiated: NegotiatingText, words: str, about: Provision | None = None) -> ShiftNote:
    """Leave a note to the next shift, for the bureau alone, `about` what stands under a provision or the whole text."""
    access.floor(by, negotiated)
    if not access.reads_bureau(by):
        raise Forbidden("Notes from shift to shift are the bureau's.")
    if not words.strip():
        raise EmptyChange("Write what the next shift should know.")
    with journal.writing(negotiated.bureau, by=by) as bureau:
        note = ShiftNote.objects.create(
            text=negotiated, by=by, about=about, words=words.strip()[:LONGEST], at=timezone.now()
        )
        bureau.append(events.ShiftNoteLeft(note=note.pk, words=note.words, about=about.pk if about else None))
    return note


def order_overnight(by: Seat, negotiated: NegotiatingText, hour: time | None, now: datetime | None = None) -> None:
    """Have the text consolidated every day at an hour of the conference's clock, or no more.

    Where that hour has passed today it begins tomorrow: who orders 02:30 in the evening means the coming night.
    """
    access.floor(by, negotiated)
    access.require(by, Right.DECIDE)
    access.whole(by)
    with journal.writing(negotiated.bureau, by=by) as bureau:
        if hour is None:
            Overnight.objects.filter(text=negotiated).delete()
        else:
            here = (now or timezone.now()).astimezone(ZoneInfo(negotiated.conference.timezone))
            last = here.date() if here.time() >= hour else None
            Overnight.objects.update_or_create(text=negotiated, defaults={"by": by, "hour": hour, "last": last})
        bureau.append(events.OvernightSet(hour=f"{hour:%H:%M}" if hour else ""))


def start_due(now: datetime | None = None) -> list[Consolidation]:
    """Ask for every consolidation whose hour has come today, each once a day, and return their rows.

    One that is under way already counts as today's; an order of a seat that may no longer decide asks for nothing.
    """
    moment = now or timezone.now()
    asked: list[Consolidation] = []
    for order in Overnight.objects.select_related("text__conference", "text__bureau", "by"):
        here = moment.astimezone(ZoneInfo(order.text.conference.timezone))
        if here.time() < order.hour or order.last == here.date():
            continue
        # Whoever changes the row asks: two beats at once give one.
        if not Overnight.objects.filter(pk=order.pk, last=order.last).update(last=here.date()):
            continue
        try:
            asked.append(consolidation.request(order.by, order.text))
        except RollingTextError:
            continue
    return asked
