"""The pen as it is held: taken for a provision, always for someone, and laid down. What is typed with it is `typing`.

What a pen-holder records in one act, without typing live, is in `pens`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils import timezone

from delegations.models import Delegation, Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Locked, NotFound
from drafting.models import Pen, Provision
from drafting.queries import access, handovers
from drafting.services import audiences, columns, seals
from drafting.services.audiences import Audience
from drafting.text.errors import TextError

#: Whom the pen may be held for besides delegations, in one word each.
OFFICES = {"chair": Pen.For.CHAIR, "room": Pen.For.ROOM, "editorial": Pen.For.EDITORIAL}

MOST_SPEAKERS = 40


def take(by: Seat, words: UUID, on_behalf_of: str | Sequence[str]) -> Pen:
    """Open a pen session on the provision with these words and return it; one that `by` holds there is sealed first.

    `on_behalf_of` is "chair", "room", "editorial", or the code or codes of those who speak. Raises `Forbidden` for a
    seat that may not record and has not been handed the pen, `Locked` for a provision that was taken out.
    """
    provision = _provision(by, words)
    if not handovers.may_type(by, provision):
        access.require(by, Right.RECORD)
        access.within(by, provision.text, [provision.pk])
    if provision.retired:
        raise Locked(f"{provision} has been taken out of the text.")
    authority, speakers = _read(by, on_behalf_of)
    with audiences.of_floor(provision.text, by, speakers) as audience:
        close_all(audience, _held(by, provision))
        return open_all(audience, by, [provision], authority, speakers)[0]


def lay_down(by: Seat, words: UUID) -> None:
    """Seal and close what pen `by` holds on the provision with these words; nothing happens where it holds none."""
    provision = _provision(by, words)
    if not _held(by, provision):
        return
    with audiences.of_floor(provision.text, by) as audience:
        close_all(audience, _held(by, provision))


def open_all(
    audience: Audience, by: Seat, provisions: Iterable[Provision], authority: str, speakers: Sequence[Delegation]
) -> list[Pen]:
    """Open a session on each provision inside an act on the floor, and return them."""
    now, codes = timezone.now(), [speaker.code for speaker in speakers]
    held = [Pen(provision=provision, typist=by, authority=authority, opened=now) for provision in provisions]
    Pen.objects.bulk_create(held)
    spoken_for = Pen.speakers.through
    spoken_for.objects.bulk_create(
        spoken_for(pen=pen, delegation=speaker) for pen in held for speaker in dict.fromkeys(speakers)
    )
    for pen in held:
        audience.tell(_opened(pen, codes), _opened(pen, []))
    return held


def close_all(audience: Audience, held: Sequence[Pen]) -> None:
    """Seal sessions and close them, inside an act on the floor; one whose amendment is recorded is sealed already."""
    for pen in held:
        if pen.amendment_id is None:
            pen.amendment = seals.seal(audience, pen)
            seals.doubt(audience, pen)
        pen.closed = timezone.now()
    columns.save(held, ["closed", "amendment"])
    for pen in held:
        closed = events.PenClosed(pen=str(pen.pk), amendment=str(pen.amendment_id) if pen.amendment_id else None)
        audience.tell(closed, closed)


def _provision(by: Seat, words: UUID) -> Provision:
    found = Provision.objects.select_related("text__conference", "text__floor", "text__bureau", "words")
    provision = found.filter(words=words).first()
    if provision is None:
        raise NotFound("There is no such text, or it is not open to your seat.")
    access.floor(by, provision.text)
    return provision


def _read(by: Seat, on_behalf_of: str | Sequence[str]) -> tuple[str, list[Delegation]]:
    names = on_behalf_of.replace(",", " ").split() if isinstance(on_behalf_of, str) else list(on_behalf_of)
    if len(names) == 1 and names[0].strip().lower() in OFFICES:
        return OFFICES[names[0].strip().lower()], []
    codes = sorted({name.strip().upper() for name in names} - {""})
    found = list(Delegation.objects.filter(conference=by.conference_id, code__in=codes))
    if unknown := sorted(set(codes) - {delegation.code for delegation in found}):
        raise TextError(f"There is no delegation called {', '.join(unknown)} in this conference.")
    if not 1 <= len(found) <= MOST_SPEAKERS:
        raise TextError("Say for whom the pen is taken: a delegation, several, the chair, the room, or editorial.")
    return Pen.For.DELEGATION, found


def _held(by: Seat, provision: Provision) -> list[Pen]:
    held = Pen.objects.filter(provision=provision, typist=by, closed__isnull=True)
    return list(held.select_related("typist", "provision__words", "provision__text__conference"))


def _opened(pen: Pen, speakers: Sequence[str]) -> events.PenOpened:
    return events.PenOpened(
        pen=str(pen.pk), provision=pen.provision_id, authority=pen.authority, speakers=list(speakers)
    )
