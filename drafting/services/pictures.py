"""Who sees the chair's pictures besides the chair, and the log of conversations held between two delegations.

That somebody was let in, or a conversation noted, is journalled for the bureau; between whom it was held and what it
was about is in no stream, export or archive: the chair's confidence is not the bureau's record.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from delegations.models import Delegation, Seat
from delegations.roles import Right, Role
from drafting import events
from drafting.errors import EmptyChange, Forbidden, NotFound, Taken
from drafting.models import Bilateral, NegotiatingText, Viewer
from drafting.queries import access
from drafting.services import journal


def show_to(by: Seat, negotiated: NegotiatingText, seat: Seat) -> Viewer:
    """Let a seat that reads the floor see the pictures of a text; only a chair does."""
    _require_chair(by, negotiated)
    if seat.conference_id != negotiated.conference_id or not seat.may(Right.READ_FLOOR):
        raise NotFound("There is no such seat on the floor of this conference.")
    if seat.role == Role.CHAIR:
        raise Taken("A chair sees the pictures anyway.")
    with journal.writing(negotiated.bureau, by=by) as bureau:
        row, is_new = Viewer.objects.get_or_create(
            text=negotiated, seat=seat, defaults={"by": by, "at": timezone.now()}
        )
        if not is_new:
            raise Taken("This seat sees the pictures already.")
        bureau.append(events.PicturesShown(seat=seat.pk))
    return row


def hide_from(by: Seat, negotiated: NegotiatingText, seat: Seat) -> None:
    """Let a seat see the pictures no longer; raises `NotFound` where it did not."""
    _require_chair(by, negotiated)
    with journal.writing(negotiated.bureau, by=by) as bureau:
        if not Viewer.objects.filter(text=negotiated, seat=seat).delete()[0]:
            raise NotFound("This seat does not see the pictures.")
        bureau.append(events.PicturesHidden(seat=seat.pk))


def note_bilateral(
    by: Seat,
    negotiated: NegotiatingText,
    parties: tuple[Delegation, Delegation],
    about: str,
    held: datetime | None = None,
) -> Bilateral:
    """Note that two delegations talked, about what, and when (now, where it is not said)."""
    access.pictures(by, negotiated)
    if any(party.conference_id != negotiated.conference_id for party in parties):
        raise NotFound("There is no such delegation in this conference.")
    if parties[0].pk == parties[1].pk:
        raise Forbidden("A conversation is between two.")
    if not about.strip():
        raise EmptyChange("Say what it was about.")
    with journal.writing(negotiated.bureau, by=by) as bureau:
        row = Bilateral.objects.create(text=negotiated, about=about.strip()[:400], held=held or timezone.now(), by=by)
        row.parties.set(parties)
        bureau.append(events.BilateralNoted(bilateral=row.pk))
    return row


def strike_bilateral(by: Seat, negotiated: NegotiatingText, pk: int) -> None:
    """Take a conversation out of the log, where it was noted by mistake."""
    access.pictures(by, negotiated)
    with journal.writing(negotiated.bureau, by=by) as bureau:
        if not Bilateral.objects.filter(text=negotiated, pk=pk).delete()[0]:
            raise NotFound("There is no such conversation in the log.")
        bureau.append(events.BilateralStruck(bilateral=pk))


def _require_chair(by: Seat, negotiated: NegotiatingText) -> None:
    access.floor(by, negotiated)
    if by.role != Role.CHAIR:
        raise Forbidden("The chair says who else sees the pictures.")
