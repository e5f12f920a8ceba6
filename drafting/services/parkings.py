"""Parking: a provision is put aside until something happens. It is no agreement, and nothing is locked by it."""

from __future__ import annotations

from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Closed, ReasonNeeded
from drafting.models import Parking, Provision
from drafting.queries import access
from drafting.services import journal
from drafting.services.journal import Writer


def park(by: Seat, provision: Provision, until: str, reason: str) -> Parking:
    """Put a provision aside until when or what `until` says; what it said earlier is replaced.

    Raises `ReasonNeeded` without either, `Closed` for a provision taken out.
    """
    access.provision(by, provision.text, provision.address)
    access.require(by, Right.DECIDE)
    access.within(by, provision.text, [provision.pk])
    until, reason = until.strip(), reason.strip()
    if not until or not reason:
        raise ReasonNeeded("Say until when or what it is parked, and why.")
    with journal.writing(provision.text.floor, by=by) as floor:
        current = Provision.objects.get(pk=provision.pk)
        if current.retired:
            raise Closed(f"{provision} was taken out: there is nothing to park.")
        end(floor, current)
        row = Parking.objects.create(provision=current, until=until, reason=reason, by=by, at=timezone.now())
        floor.append(events.Parked(parking=row.pk, provision=current.pk, until=until, reason=reason))
    return row


def lift(by: Seat, provision: Provision) -> None:
    """Take a parked provision up again; raises `Closed` where it is not parked."""
    access.provision(by, provision.text, provision.address)
    access.require(by, Right.DECIDE)
    access.within(by, provision.text, [provision.pk])
    with journal.writing(provision.text.floor, by=by) as floor:
        if not end(floor, provision):
            raise Closed(f"{provision} is not parked.")


def end(floor: Writer, provision: Provision) -> bool:
    """Lift what is parked, under the floor's lock, and tell whether it was."""
    found = list(Parking.objects.filter(provision=provision, lifted=False))
    for row in found:
        row.lifted = True
        row.save(update_fields=["lifted"])
        floor.append(events.ParkingLifted(parking=row.pk, provision=provision.pk))
    return bool(found)
