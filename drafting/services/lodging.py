"""Storing amendments: the rows and the journal's row of each, one or ten thousand at a time.

Inside an open act on the floor; what may be lodged was decided before, in `proposals` and `amendments`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from delegations.models import Delegation, Seat
from drafting import events
from drafting.models import (
    Amendment,
    AmendmentVersion,
    Hunk,
    NegotiatingText,
    ProposedText,
    Sponsorship,
)
from drafting.services import basetexts, planner
from drafting.services.audiences import Audience
from drafting.services.proposals import Prepared
from drafting.text import strength

_BATCH = 500
_FORCE = {"stronger": 1, "weaker": -1}


@dataclass(frozen=True, slots=True)
class Lodged:
    """An amendment about to be stored: whose it is, what it changes, and what its hunks are already (`outcome`)."""

    sponsors: tuple[Delegation, ...]
    prepared: Prepared
    rationale: str = ""
    from_the_floor: bool = False
    outcome: str = Hunk.Outcome.OPEN


def store(audience: Audience, by: Seat, negotiated: NegotiatingText, lodged: Sequence[Lodged]) -> list[Amendment]:
    """Store the amendments under the next floor numbers, in order, and journal each; return them."""
    numbered = NegotiatingText.objects.values_list("amendments_numbered", flat=True).get(pk=negotiated.pk)
    now, seq = timezone.now(), audience.floor.seq
    rows = [_amendment(by, negotiated, one, numbered + 1 + n, now, seq) for n, one in enumerate(lodged)]
    negotiated.amendments_numbered = numbered + len(rows)
    negotiated.save(update_fields=["amendments_numbered"])
    versions = [AmendmentVersion(amendment=row, strength=_strength(one)) for row, one in zip(rows, lodged, strict=True)]
    Amendment.objects.bulk_create(rows, batch_size=_BATCH)
    AmendmentVersion.objects.bulk_create(versions, batch_size=_BATCH)
    pairs = list(zip(versions, lodged, strict=True))
    basetexts.keep(part.base for one in lodged for part in one.prepared.parts)
    ProposedText.objects.bulk_create([row for pair in pairs for row in _texts(*pair)], batch_size=_BATCH)
    Sponsorship.objects.bulk_create([row for pair in pairs for row in _sponsorships(*pair)], batch_size=_BATCH)
    hunks = [list(_hunks(*pair)) for pair in pairs]
    Hunk.objects.bulk_create([hunk for found in hunks for hunk in found], batch_size=_BATCH)
    planner.count_anew(len(rows), Amendment, AmendmentVersion, ProposedText, Sponsorship, Hunk)
    for (version, one), found in zip(pairs, hunks, strict=True):
        _tell(audience, version, one, found)
    return rows


def _amendment(by: Seat, negotiated: NegotiatingText, one: Lodged, number: int, now: datetime, seq: int) -> Amendment:
    is_open = one.outcome == Hunk.Outcome.OPEN
    return Amendment(
        text=negotiated,
        number=number,
        state=Amendment.State.OPEN if is_open else Amendment.State.DECIDED,
        rationale=one.rationale,
        recorder=by,
        from_the_floor=one.from_the_floor,
        lodged=now,
        base_seq=seq,
    )


def _strength(one: Lodged) -> int:
    shifts = (shift.direction for part in one.prepared.parts for shift in strength.shifts(part.base, part.words))
    return sum(_FORCE.get(direction, 0) for direction in shifts)


def _texts(version: AmendmentVersion, one: Lodged) -> Iterator[ProposedText]:
    for part in one.prepared.parts:
        yield ProposedText(
            version=version,
            provision=part.provision,
            inserts_after=part.inserts_after,
            base_id=basetexts.digest(part.base),
            words=part.words,
        )


def _sponsorships(version: AmendmentVersion, one: Lodged) -> Iterator[Sponsorship]:
    for sponsor in one.sponsors:
        yield Sponsorship(version=version, delegation=sponsor, role=Sponsorship.Role.SPONSOR)


def _hunks(version: AmendmentVersion, one: Lodged) -> Iterator[Hunk]:
    bases = {part.provision.pk: part.base for part in one.prepared.parts if not part.inserts_after}
    for hunk in one.prepared.hunks:
        provision = int(hunk.provision or 0)
        yield Hunk(
            version=version,
            provision_id=provision,
            index=hunk.index,
            atom=hunk.atom,
            inserts_after=hunk.inserts_after,
            lo=hunk.lo,
            hi=hunk.hi,
            struck="" if hunk.inserts_after else bases[provision][hunk.lo : hunk.hi],
            words=hunk.words,
            verdict=hunk.verdict,
            outcome=one.outcome,
        )


def _tell(audience: Audience, version: AmendmentVersion, one: Lodged, hunks: Sequence[Hunk]) -> None:
    proposed = [
        events.WordsProposed(
            provision=part.provision.pk,
            words=part.words,
            base=basetexts.digest(part.base),
            inserts_after=part.inserts_after,
        )
        for part in one.prepared.parts
    ]

    def event(sponsors: Sequence[Delegation]) -> events.AmendmentSubmitted:
        return events.AmendmentSubmitted(
            amendment=str(version.amendment_id),
            number=version.amendment.number,
            version=str(version.pk),
            sponsors=sorted(sponsor.code for sponsor in sponsors),
            proposed=proposed,
            hunks=[_written(hunk) for hunk in hunks],
            from_the_floor=one.from_the_floor,
        )

    audience.tell(event(one.sponsors), event(()))


def _written(hunk: Hunk) -> events.HunkWritten:
    return events.HunkWritten(
        hunk=hunk.pk,
        provision=hunk.provision_id,
        index=hunk.index,
        lo=hunk.lo,
        hi=hunk.hi,
        words=hunk.words,
        struck=hunk.struck,
        atom=hunk.atom,
        inserts_after=hunk.inserts_after,
        verdict=hunk.verdict,
        outcome=str(hunk.outcome),
    )
