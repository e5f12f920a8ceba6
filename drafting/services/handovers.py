"""Handing the pen of one provision to a delegation, and taking it back; the typing itself is in `pen_sessions`."""

from __future__ import annotations

from django.utils import timezone

from delegations.models import Delegation, Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Forbidden, NotFound, Taken
from drafting.models import Handover, Pen, Provision
from drafting.queries import access
from drafting.services import audiences, pen_sessions, proposals


def hand(by: Seat, provision: Provision, to: Delegation) -> Handover:
    """Hand the pen of a provision to a delegation: its seats may take it until it is taken back. Everybody sees it."""
    access.floor(by, provision.text)
    access.require(by, Right.DECIDE)
    access.within(by, provision.text, [provision.pk])
    if to.conference_id != by.conference_id:
        raise Forbidden(f"{to.code} does not take part in this conference.")
    proposals.refuse_retired(provision)
    with audiences.of_floor(provision.text, by) as audience:
        row, is_new = Handover.objects.get_or_create(
            provision=provision, delegation=to, ended=None, defaults={"by": by, "given": timezone.now()}
        )
        if not is_new:
            raise Taken(f"{to.code} has the pen of {provision} already.")
        audience.floor.append(events.PenHanded(provision=provision.pk, delegation=to.code))
    return row


def take_back(by: Seat, provision: Provision, of: Delegation) -> None:
    """Take the pen back: what the delegation typed is sealed, and no word of its comes in any more.

    Whoever has it may lay it down for good in the same way.
    """
    access.floor(by, provision.text)
    if of.pk != by.delegation_id:
        access.require(by, Right.DECIDE)
        access.within(by, provision.text, [provision.pk])
    with audiences.of_floor(provision.text, by) as audience:
        ended = Handover.objects.filter(provision=provision, delegation=of, ended=None).update(ended=timezone.now())
        if not ended:
            raise NotFound(f"{of.code} does not have the pen of {provision}.")
        held = Pen.objects.filter(provision=provision, typist__delegation=of, closed=None)
        held = held.select_related("typist", "provision__words", "provision__text__conference")
        pen_sessions.close_all(audience, list(held))
        audience.floor.append(events.PenTakenBack(provision=provision.pk, delegation=of.code))
