"""Sponsor lists: opened to everybody or closed to all but the invited, by the delegations that lodged the amendment.

Joining and leaving are in `amendments`; how a list prints is in `views.sponsorships`.
"""

from __future__ import annotations

from delegations.models import Delegation, Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Closed, Forbidden
from drafting.models import Amendment, AmendmentVersion, Invitation, Sponsorship, Stream
from drafting.queries import access
from drafting.services import audiences, confidences, journal, speaking


def set_open(by: Seat, amendment: Amendment, *, is_open: bool) -> None:
    """Open the list of sponsors to everybody, or close it to all but the invited; who is on it stays."""
    access.amendment(by, amendment.pk)
    own = speaking.speaker(by, Right.PROPOSE)
    with audiences.of_floor(amendment.text, by, [own]) as audience:
        row = Amendment.objects.get(pk=amendment.pk)
        _require_lodged(row.versions.get(current=True), own)
        row.sponsors_open = amendment.sponsors_open = is_open
        row.save(update_fields=["sponsors_open"])
        audience.floor.append(events.SponsorListSet(amendment=str(row.pk), is_open=is_open))


def invite(by: Seat, version: AmendmentVersion, guest: Delegation) -> None:
    """Ask a delegation to co-sponsor; the sponsors who ask and the delegation asked know of it, nobody else."""
    access.version(by, version.pk)
    own = speaking.speaker(by, Right.PROPOSE)
    _require_lodged(version, own)
    if guest.conference_id != by.conference_id:
        raise Forbidden(f"{guest.code} does not take part in this conference.")
    if not version.current:
        raise Closed("There is a newer version of this proposal: invite to that one.")
    streams = [confidences.stream_of(one, Stream.Kind.DELEGATION) for one in (own, guest)]
    with journal.writing_all(streams, by=by) as writers:
        _, is_new = Invitation.objects.get_or_create(version=version, delegation=guest)
        for writer in writers if is_new else ():
            writer.append(events.SponsorInvited(version=str(version.pk), delegation=guest.code))


def refuse_uninvited(version: AmendmentVersion, joining: Delegation) -> None:
    """Raise `Forbidden` where the list is closed to who was neither invited nor stood behind an earlier version."""
    if Amendment.objects.filter(pk=version.amendment_id, sponsors_open=True).exists():
        return
    if Invitation.objects.filter(version=version, delegation=joining).exists():
        return
    earlier = Sponsorship.objects.filter(
        version__amendment=version.amendment_id, version__answer="", delegation=joining, withdrawn=False
    )
    if not earlier.exists():
        raise Forbidden("The list of sponsors is closed: ask a sponsor to invite your delegation.")


def _require_lodged(version: AmendmentVersion, own: Delegation) -> None:
    lodged = version.sponsorships.filter(delegation=own, role=Sponsorship.Role.SPONSOR, withdrawn=False)
    if not lodged.exists():
        raise Forbidden("The list of sponsors is kept by the delegations that lodged the proposal.")
