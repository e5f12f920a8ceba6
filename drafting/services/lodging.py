"""Storing amendments and their versions: the rows and the journal's row of each, one or ten thousand at a time.

Inside an open act on the floor; what may be lodged was decided before, in `proposals`, `amendments` and `versions`.
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
    BaseText,
    Hunk,
    NegotiatingText,
    ProposedText,
    Provision,
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
    """An amendment about to be stored: whose it is, what it changes, and what its hunks are already (`outcome`).

    `language` is set for words that wait for their translation, `about` for a remark without words to decide.
    """

    sponsors: tuple[Delegation, ...]
    prepared: Prepared
    rationale: str = ""
    from_the_floor: bool = False
    outcome: str = Hunk.Outcome.OPEN
    op: str = Amendment.Op.REPLACE
    late: bool = False
    language: str = ""
    about: Provision | None = None
    amends: Amendment | None = None

    @property
    def state(self) -> str:
        """The state of the amendment once it is stored."""
        if self.language and self.prepared.parts:
            return Amendment.State.AWAITING
        if not self.prepared.parts:
            return Amendment.State.NOTED
        return Amendment.State.OPEN if self.outcome == Hunk.Outcome.OPEN else Amendment.State.DECIDED


def store(audience: Audience, by: Seat, negotiated: NegotiatingText, lodged: Sequence[Lodged]) -> list[Amendment]:
    """Store the amendments under the next floor numbers, in order, and journal each; return them."""
    numbered = NegotiatingText.objects.values_list("amendments_numbered", flat=True).get(pk=negotiated.pk)
    now, seq = timezone.now(), audience.floor.seq
    rows = [_amendment(by, negotiated, one, numbered + 1 + n, now, seq) for n, one in enumerate(lodged)]
    negotiated.amendments_numbered = numbered + len(rows)
    negotiated.save(update_fields=["amendments_numbered"])
    versions = [
        AmendmentVersion(amendment=row, strength=_strength(one), language=one.language)
        for row, one in zip(rows, lodged, strict=True)
    ]
    Amendment.objects.bulk_create(rows, batch_size=_BATCH)
    pairs = list(zip(versions, lodged, strict=True))
    written = _write(audience, pairs)
    planner.count_anew(len(rows), Amendment, AmendmentVersion, ProposedText, Sponsorship, Hunk)
    for (version, one), found in zip(pairs, written, strict=True):
        _tell(audience, version, one, found)
    return rows


def offer(audience: Audience, amendment: Amendment, one: Lodged, ordinal: int) -> AmendmentVersion:
    """Store words that `one.sponsors` offer to an amendment; without hunks they change nothing until they are taken."""
    version = AmendmentVersion(
        amendment=amendment,
        ordinal=ordinal,
        current=False,
        strength=_strength(one),
        answer=AmendmentVersion.Answer.OFFERED,
        note=one.rationale,
    )
    _write(audience, [(version, one)], with_hunks=False)

    def event(sponsors: Sequence[Delegation]) -> events.VersionOffered:
        return events.VersionOffered(
            amendment=str(amendment.pk),
            version=str(version.pk),
            ordinal=ordinal,
            sponsors=sorted(sponsor.code for sponsor in sponsors),
            proposed=_proposed(one),
            note=one.rationale,
        )

    audience.tell(event(one.sponsors), event(()))
    return version


def renew(audience: Audience, amendment: Amendment, one: Lodged, ordinal: int) -> AmendmentVersion:
    """Store the words an amendment has from now on; the caller has closed the version before."""
    version = AmendmentVersion(amendment=amendment, ordinal=ordinal, strength=_strength(one))
    (hunks,) = _write(audience, [(version, one)])

    def event(sponsors: Sequence[Delegation]) -> events.VersionMade:
        return events.VersionMade(
            amendment=str(amendment.pk),
            version=str(version.pk),
            ordinal=ordinal,
            sponsors=sorted(sponsor.code for sponsor in sponsors),
            proposed=_proposed(one),
            hunks=[_written(hunk) for hunk in hunks],
            confirmed=amendment.confirmed,
        )

    audience.tell(event(one.sponsors), event(()))
    return version


def _write(
    audience: Audience, pairs: Sequence[tuple[AmendmentVersion, Lodged]], *, with_hunks: bool = True
) -> list[list[Hunk]]:
    """Store versions with their words, sponsors and hunks, and return the hunks of each."""
    AmendmentVersion.objects.bulk_create([version for version, _ in pairs], batch_size=_BATCH)
    basetexts.keep(part.base for _, one in pairs for part in one.prepared.parts)
    ProposedText.objects.bulk_create([row for pair in pairs for row in _texts(*pair)], batch_size=_BATCH)
    withheld = audience.bureau is not None
    Sponsorship.objects.bulk_create(
        [row for pair in pairs for row in _sponsorships(*pair, withheld=withheld)], batch_size=_BATCH
    )
    hunks = [list(_hunks(*pair)) if with_hunks and not pair[1].language else [] for pair in pairs]
    Hunk.objects.bulk_create([hunk for found in hunks for hunk in found], batch_size=_BATCH)
    return hunks


def _amendment(by: Seat, negotiated: NegotiatingText, one: Lodged, number: int, now: datetime, seq: int) -> Amendment:
    return Amendment(
        text=negotiated,
        number=number,
        state=one.state,
        rationale=one.rationale,
        recorder=by,
        from_the_floor=one.from_the_floor,
        confirmed=not one.from_the_floor,
        lodged=now,
        base_seq=seq,
        op=one.op,
        about=one.about,
        late=one.late,
        amends=one.amends,
    )


def _strength(one: Lodged) -> int:
    if one.language:
        return 0
    shifts = (shift.direction for part in one.prepared.parts for shift in strength.shifts(part.base, part.words))
    return sum(_FORCE.get(direction, 0) for direction in shifts)


def _texts(version: AmendmentVersion, one: Lodged) -> Iterator[ProposedText]:
    for part in one.prepared.parts:
        yield ProposedText(
            version=version,
            provision=part.provision,
            inserts_after=part.inserts_after,
            base_id=BaseText.key_of(part.base),
            words=part.words,
        )


def _sponsorships(version: AmendmentVersion, one: Lodged, *, withheld: bool) -> Iterator[Sponsorship]:
    for sponsor in one.sponsors:
        yield Sponsorship(version=version, delegation=sponsor, role=Sponsorship.Role.SPONSOR, withheld=withheld)


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


def _proposed(one: Lodged) -> list[events.WordsProposed]:
    return [
        events.WordsProposed(
            provision=part.provision.pk,
            words=part.words,
            base=BaseText.key_of(part.base),
            inserts_after=part.inserts_after,
        )
        for part in one.prepared.parts
    ]


def _tell(audience: Audience, version: AmendmentVersion, one: Lodged, hunks: Sequence[Hunk]) -> None:
    def event(sponsors: Sequence[Delegation]) -> events.AmendmentSubmitted:
        return events.AmendmentSubmitted(
            amendment=str(version.amendment_id),
            number=version.amendment.number,
            version=str(version.pk),
            sponsors=sorted(sponsor.code for sponsor in sponsors),
            proposed=_proposed(one),
            hunks=[_written(hunk) for hunk in hunks],
            from_the_floor=one.from_the_floor,
            op=str(one.op),
            late=one.late,
            language=one.language,
            remark="" if one.prepared.parts else one.rationale,
            about=one.about.pk if one.about else None,
            amends=str(one.amends.pk) if one.amends else None,
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
