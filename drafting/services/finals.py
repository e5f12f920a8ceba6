"""Confirming, one by one, what stays in a final text as it is: notes in brackets, blanks somebody will complete later.

A confirmation holds for the very words it was given on. What still wants one is in `queries.finals`.
"""

from __future__ import annotations

from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import NotFound, StaleVersion
from drafting.models import Confirmation, Provision
from drafting.queries import access, finals
from drafting.services import journal


def confirm(by: Seat, provision: Provision, rev: int, lo: int) -> Confirmation:
    """Confirm the note or blank that stands at `lo` of a provision whose words are at `rev`; saying it twice is once.

    Raises `StaleVersion` where the words changed since, or nothing of the kind stands there.
    """
    negotiated = provision.text
    access.provision(by, negotiated, provision.address)
    access.require(by, Right.EDIT)
    with journal.writing(negotiated.floor, by=by) as floor:
        wanted = (provision.pk, rev, lo)
        found = {(one.place.provision, one.rev, one.place.lo): one.place for one in finals.listed(by, negotiated)}
        if wanted not in found:
            raise StaleVersion(f"The words of {provision} changed since you looked: look again.")
        place = found[wanted]
        said = {"hi": place.hi, "form": place.form, "words": place.words[:400], "by": by, "at": timezone.now()}
        row, is_new = Confirmation.objects.get_or_create(provision=provision, rev=rev, lo=lo, defaults=said)
        if is_new:
            floor.append(
                events.PlaceConfirmed(
                    confirmation=row.pk,
                    provision=provision.pk,
                    at=rev,
                    place=(lo, place.hi),
                    form=str(place.form),
                    words=row.words,
                )
            )
    return row


def withdraw(by: Seat, provision: Provision, rev: int, lo: int) -> None:
    """Take the confirmation of what stands there back; raises `NotFound` where nothing is confirmed."""
    negotiated = provision.text
    access.provision(by, negotiated, provision.address)
    access.require(by, Right.EDIT)
    with journal.writing(negotiated.floor, by=by) as floor:
        row = Confirmation.objects.filter(provision=provision, rev=rev, lo=lo).first()
        if row is None:
            raise NotFound("Nothing is confirmed there.")
        floor.append(events.ConfirmationWithdrawn(confirmation=row.pk, provision=row.provision_id))
        row.delete()
