"""Asking the room "Agreed?": a moment in which any delegation may object, then the chair's gavel.

Objections are the bureau's to read. Nothing is kept of who said nothing: silence is nobody's consent by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from math import ceil
from zoneinfo import ZoneInfo

from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Closed, Forbidden, StaleVersion, TooEarly
from drafting.models import Agreement, Asking, Objection, Provision
from drafting.queries import access
from drafting.services import agreements, journal
from drafting.services.journal import Writer
from drafting.text.errors import ActRefused

#: Seconds a moment to object may last.
SHORTEST, LONGEST = 5, 3600


def ask(
    by: Seat, provision: Provision, level: str, forum: str, seconds: int, *, words: tuple[int, int] | None = None
) -> Asking:
    """Ask the room whether a provision, or the run `words` of it, is agreed; whoever objects has `seconds` to say so.

    A question already put on this text is over with it. Raises what the gavel would raise on these words.
    """
    negotiated = provision.text
    access.provision(by, negotiated, provision.address)
    access.require(by, Right.DECIDE)
    access.within(by, negotiated, [provision.pk])
    if not SHORTEST <= seconds <= LONGEST:
        raise ActRefused(f"Give the room between {SHORTEST} and {LONGEST} seconds to object.")
    with journal.writing(negotiated.floor, by=by) as floor:
        current, rung = agreements.check(provision, level, words)
        for earlier in Asking.objects.filter(provision__text=negotiated, ended=False):
            _end(floor, earlier)
        start, end = words or (None, None)
        now = timezone.now()
        closes = now + timedelta(seconds=seconds)
        row = Asking.objects.create(
            provision=current,
            start=start,
            end=end,
            rev=current.words.rev,
            level=rung.key,
            forum=forum,
            by=by,
            at=now,
            closes=closes,
        )
        floor.append(
            events.AgreementAsked(
                asking=row.pk,
                provision=current.pk,
                level=rung.key,
                forum=forum,
                closes=closes.isoformat(),
                start=start,
                end=end,
            )
        )
    return row


def object(by: Seat, asking: Asking, reason: str = "") -> Objection:
    """Have a delegation object, with a reason or without; saying it again changes the reason.

    Raises `Closed` when the moment is over.
    """
    provision = asking.provision
    access.provision(by, provision.text, provision.address)
    access.require(by, Right.STAND)
    if by.delegation is None:
        raise Forbidden("Delegations object.")
    with journal.writing(provision.text.bureau, by=by, on_behalf_of=[by.delegation]) as bureau:
        row = Asking.objects.get(pk=asking.pk)
        now = timezone.now()
        if row.ended or now > row.closes:
            raise Closed("The moment to object is over: ask the chair for the floor.")
        why = reason.strip()[:400]
        said = {"by": by, "reason": why, "at": now}
        made, _ = Objection.objects.update_or_create(asking=row, delegation=by.delegation, defaults=said)
        bureau.append(events.Objected(asking=row.pk, provision=provision.pk, delegation=by.delegation.code, reason=why))
    return made


def gavel(by: Seat, asking: Asking) -> Agreement:
    """Gavel what was asked, once the moment is over and nobody objected.

    Raises `TooEarly` before, `ActRefused` where there are objections, `StaleVersion` where the words changed meanwhile.
    """
    with _ending(by, asking) as row:
        if (left := (row.closes - timezone.now()).total_seconds()) > 0:
            raise TooEarly(_wait(row, ceil(left)), closes=row.closes)
        if row.objections.exists():
            raise ActRefused("There are objections: hear them, and ask again.")
        if row.provision.words.rev != row.rev:
            raise StaleVersion("The words changed since the room was asked: ask again.")
    words = None if row.start is None or row.end is None else (row.start, row.end)
    return agreements.gavel(by, row.provision, row.level, row.forum, words=words)


def _wait(row: Asking, seconds: int) -> str:
    """Return what is missing to the gavel: until when the room may object, on the clock of its rooms."""
    zone = row.provision.text.conference.timezone
    until = f"{row.closes.astimezone(ZoneInfo(zone)):%H:%M:%S} ({zone})"
    noun = "second" if seconds == 1 else "seconds"
    return (
        f"The room may object until {until}, {seconds} {noun} more. Nothing is gavelled yet, and the question stands."
    )


def withdraw(by: Seat, asking: Asking) -> None:
    """Let the question go without a gavel."""
    with _ending(by, asking):
        pass


@contextmanager
def _ending(by: Seat, asking: Asking) -> Iterator[Asking]:
    """End a question, unless the body refuses. The bureau's stream is locked too: no objection comes in between."""
    provision = asking.provision
    access.provision(by, provision.text, provision.address)
    access.require(by, Right.DECIDE)
    access.within(by, provision.text, [provision.pk])
    with journal.writing_all([provision.text.floor, provision.text.bureau], by) as (floor, _):
        rows = Asking.objects.select_related(
            "provision__words", "provision__text__floor", "provision__text__conference"
        )
        row = rows.get(pk=asking.pk)
        if row.ended:
            raise Closed("This question is over.")
        yield row
        _end(floor, row)


def _end(floor: Writer, row: Asking) -> None:
    row.ended = True
    row.save(update_fields=["ended"])
    floor.append(events.AskingEnded(asking=row.pk, provision=row.provision_id))
