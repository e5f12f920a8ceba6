"""New versions of an amendment: reworded by its sponsors, carried by hand where the text moved, translated, confirmed.

A version keeps its words for ever; a new one closes the edits of the one before, and whoever stood behind that one is
asked anew. What others offer is in `offers`; lodging is in `amendments`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Max

from delegations.models import Delegation, Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Closed, Forbidden
from drafting.models import Amendment, AmendmentVersion, Hunk, NegotiatingText, Sponsorship
from drafting.queries import access
from drafting.queries.amendments import UNDECIDED
from drafting.services import amendments, anchors, audiences, lodging, outcomes, proposals, records, signoffs, speaking
from drafting.services.amendments import Lodging
from drafting.services.audiences import Audience
from drafting.services.lodging import Lodged
from drafting.services.proposals import Prepared, Proposed

_OPEN = frozenset({Amendment.State.OPEN, Amendment.State.FLAGGED, Amendment.State.AWAITING})


def revise(
    by: Seat, amendment: Amendment, proposed: Sequence[Proposed], on_behalf_of: Delegation | None = None
) -> Amendment:
    """Give an amendment new words, by a seat of a sponsor, and return it; who stood behind the old ones consents anew.

    Where a part of it is decided already that part stays as it is: the new words are an amendment of their own, which
    is returned, and what was undecided of the old is closed. Where all of it stands in brackets the old is withdrawn.
    """
    access.amendment(by, amendment.pk)
    sponsor = speaking.speaker(by, Right.PROPOSE, on_behalf_of)
    if on_behalf_of is None:
        signoffs.require(by)
    with audiences.of_floor(amendment.text, by, [sponsor]) as audience:
        row = _read(amendment)
        if not records.is_in_brackets(row):
            _refuse_ended(row)
        version = row.versions.get(current=True)
        require_sponsor(version, sponsor)
        if row.state == Amendment.State.DECIDED:
            amendments.end(audience, row)
        if _is_decided_in_part(version):
            return _begin_anew(audience, by, row, version, sponsor, proposed)
        ready = prepare(row.text, proposed)
        replace(audience, row, version, Lodged((sponsor,), ready))
    return row


def translate(by: Seat, amendment: Amendment, proposed: Sequence[Proposed]) -> AmendmentVersion:
    """Supply an amendment lodged in another language with words in the text's own: from now on it is consolidated.

    The words are the sponsors' still, so all of them stay; the original is the version before.
    """
    access.amendment(by, amendment.pk)
    access.require(by, Right.RECORD)
    with audiences.of_floor(amendment.text, by) as audience:
        row = open_row(amendment)
        if row.state != Amendment.State.AWAITING:
            raise Closed(f"Proposal {row.number} does not wait for a translation.")
        version = row.versions.get(current=True)
        standing = Sponsorship.objects.filter(version=version, withdrawn=False).select_related("delegation")
        ready = prepare(row.text, proposed)
        return replace(audience, row, version, Lodged(tuple(one.delegation for one in standing), ready))


def confirm(by: Seat, amendment: Amendment) -> None:
    """Confirm, for the delegation it was recorded for, an amendment typed from the floor; unconfirmed it counts too."""
    access.amendment(by, amendment.pk)
    own = speaking.speaker(by, Right.PROPOSE)
    with audiences.of_floor(amendment.text, by, [own]) as audience:
        row = Amendment.objects.get(pk=amendment.pk)
        require_sponsor(row.versions.get(current=True), own)
        if row.confirmed:
            return
        row.confirmed = amendment.confirmed = True
        row.save(update_fields=["confirmed"])
        audience.floor.append(events.RecordConfirmed(amendment=str(row.pk)))


def replace(audience: Audience, row: Amendment, old: AmendmentVersion, lodged: Lodged) -> AmendmentVersion:
    """Make new words those of an amendment, inside an open act: the old version is closed, its edits with it."""
    ordinal = next_ordinal(row)
    old.current = False
    old.save(update_fields=["current"])
    _close(audience, old, f"Superseded by version {ordinal}.")
    row.state, row.confirmed = Amendment.State.OPEN, True
    row.save(update_fields=["state", "confirmed"])
    return lodging.renew(audience, row, lodged, ordinal)


def prepare(negotiated: NegotiatingText, proposed: Iterable[Proposed]) -> Prepared:
    """Prepare words under the floor's lock, as lodging them would."""
    wanted = list(proposed)
    now = proposals.present_words([one.provision.pk for one in wanted])
    for one in wanted:
        if one.provision.pk not in now:
            one.provision.retired = True
            proposals.refuse_retired(one.provision)
    ready = proposals.prepare(negotiated, wanted, now)
    proposals.refuse_agreed([ready])
    proposals.refuse_spacing([ready])
    return ready


def next_ordinal(amendment: Amendment) -> int:
    """Return the number of the next version, those on offer counted."""
    last = amendment.versions.aggregate(last=Max("ordinal"))["last"]
    return int(last or 0) + 1


def require_sponsor(version: AmendmentVersion, sponsor: Delegation) -> None:
    """Refuse who is not among those that lodged the version."""
    mine = Sponsorship.objects.filter(
        version=version, delegation=sponsor, role=Sponsorship.Role.SPONSOR, withdrawn=False
    )
    if not mine.exists():
        raise Forbidden(f"This is for a delegation that lodged the proposal; {sponsor.code} did not.")


def open_row(amendment: Amendment) -> Amendment:
    """Return the amendment as it is under the floor's lock; raises `Closed` once nothing more can be done to it."""
    row = _read(amendment)
    _refuse_ended(row)
    return row


def _read(amendment: Amendment) -> Amendment:
    return Amendment.objects.select_related("text__conference", "text__floor", "text__bureau").get(pk=amendment.pk)


def _refuse_ended(row: Amendment) -> None:
    if row.state not in _OPEN:
        raise Closed(f"Proposal {row.number} is {row.get_state_display()}.")


def _is_decided_in_part(version: AmendmentVersion) -> bool:
    return version.hunks.exclude(outcome__in=UNDECIDED).exists()


def _begin_anew(
    audience: Audience,
    by: Seat,
    row: Amendment,
    version: AmendmentVersion,
    sponsor: Delegation,
    proposed: Sequence[Proposed],
) -> Amendment:
    lodgings = [Lodging((sponsor,), tuple(proposed), row.rationale, amends=row)]
    (fresh,) = amendments.lodge(audience, by, row.text, lodgings)
    touched = _close(audience, version, f"Reworded as proposal {fresh.number}.")
    outcomes.settle_amendments(row.text, [hunk.pk for hunk in touched])
    return fresh


def _close(audience: Audience, version: AmendmentVersion, reason: str) -> list[Hunk]:
    """Close what is undecided of a version, with the reason its readers see."""
    undecided = list(version.hunks.filter(outcome__in=UNDECIDED).order_by("index"))
    for hunk in undecided:
        hunk.outcome, hunk.reason = Hunk.Outcome.DROPPED, reason
    anchors.save_hunks(audience.floor, undecided)
    return undecided
