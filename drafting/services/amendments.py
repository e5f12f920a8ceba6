"""Amendments on the floor: lodged, recorded from the floor, co-sponsored, withdrawn.

What becomes of their hunks is in `decisions`; a delegation's private draft before all this is in `drafts`. Words are
checked and compared in `proposals`, stored in `lodging`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from delegations.models import Delegation, Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Closed, Forbidden, Retired
from drafting.models import Amendment, AmendmentVersion, Hunk, NegotiatingText, Provision, Sponsorship
from drafting.queries import access
from drafting.queries.amendments import GONE, redline
from drafting.services import audiences, deadlines, lodging, proposals, records, signoffs, speaking, sponsors
from drafting.services.audiences import Audience
from drafting.services.lodging import Lodged
from drafting.services.proposals import Prepared, Proposed
from drafting.text import merging, rendering
from drafting.text.document import Run

#: States in which nobody joins an amendment or leaves it, and nobody withdraws it.
_ENDED = GONE | {Amendment.State.DECIDED}


@dataclass(frozen=True, slots=True)
class Lodging:
    """An amendment to lodge for its sponsors, who are named in the order they were given."""

    sponsors: tuple[Delegation, ...]
    proposed: tuple[Proposed, ...]
    rationale: str = ""
    from_the_floor: bool = False
    op: str = Amendment.Op.REPLACE
    is_one: bool = False
    language: str = ""
    amends: Amendment | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a proposal would be: its changes on the words that stand now, and the form it takes once bracketed."""

    redline: tuple[Run, ...]
    bracketed: str
    words: str
    was_carried: bool


def preview(by: Seat, negotiated: NegotiatingText, proposed: Proposed) -> Preview:
    """Return how the proposal reads before it is submitted; refuses what `submit` would refuse."""
    access.floor(by, negotiated)
    ready = proposals.prepare(negotiated, [proposed], _present_words([Lodging((), (proposed,))]))
    proposals.refuse_agreed([ready])
    proposals.refuse_spacing([ready])
    part = ready.parts[0]
    edits = [(hunk.lo, hunk.hi, hunk.words) for hunk in ready.hunks] if part.base else [(0, 0, part.words)]
    code = by.delegation.code if by.delegation else "text"
    tree = merging.consolidate_one(part.base, {code: part.words})
    was_carried = proposed.base is not None and not proposed.inserts_after and proposed.base != part.base
    return Preview(redline(part.base, edits), rendering.bracketed(tree), part.words, was_carried)


def submit(
    by: Seat,
    negotiated: NegotiatingText,
    proposed: Sequence[Proposed],
    rationale: str = "",
    *,
    op: str = Amendment.Op.REPLACE,
    is_one: bool = False,
    language: str = "",
) -> Amendment:
    """Lodge one amendment of the seat's delegation and return it; raises what `proposals.prepare` raises.

    With `is_one` all its hunks are decided together. In another `language` than the text's it is listed until the
    secretariat supplies the words. Raises `SignOffNeeded` and `PastDeadline`.
    """
    access.floor(by, negotiated)
    access.require(by, Right.PROPOSE)
    signoffs.require(by)
    spoken = "" if language == negotiated.language else language
    own = speaking.own_delegation(by)
    lodgings = [Lodging((own,), tuple(proposed), rationale, op=op, is_one=is_one, language=spoken)]
    prepared = _prepare(negotiated, lodgings)
    with audiences.of_floor(negotiated, by) as audience:
        return lodge(audience, by, negotiated, lodgings, prepared)[0]


def submit_all(by: Seat, negotiated: NegotiatingText, lodgings: Iterable[Lodging]) -> list[Amendment]:
    """Lodge amendments for their delegations in one act, each in a journal row of its own; for who types in the room.

    All or none: the first that is refused refuses them all.
    """
    access.floor(by, negotiated)
    access.require(by, Right.RECORD)
    wanted = list(lodgings)
    access.within(by, negotiated, {one.provision.pk for lodging_ in wanted for one in lodging_.proposed})
    prepared = _prepare(negotiated, wanted)
    named = {sponsor.pk: sponsor for lodging_ in wanted for sponsor in lodging_.sponsors}
    _refuse_strangers(negotiated, named.values())
    with audiences.of_floor(negotiated, by, on_behalf_of=list(named.values())) as audience:
        return lodge(audience, by, negotiated, wanted, prepared)


def lodge(
    audience: Audience,
    by: Seat,
    negotiated: NegotiatingText,
    lodgings: Sequence[Lodging],
    prepared: Sequence[Prepared] = (),
) -> list[Amendment]:
    """Lodge inside an act that holds the floor; what was `prepared` on words that moved since is prepared again."""
    now = _present_words(lodgings)
    settled = [
        ready if ready and ready.stands_on(now) else _prepare_one(negotiated, wanted, now)
        for wanted, ready in zip_longest(lodgings, prepared)
    ]
    proposals.refuse_agreed(settled)
    # An editorial change that was objected to is nobody's, and may be about spaces.
    proposals.refuse_spacing(ready for wanted, ready in zip(lodgings, settled, strict=True) if wanted.sponsors)
    late = deadlines.check(negotiated, is_lodged=not all(wanted.from_the_floor for wanted in lodgings))
    rows = [
        Lodged(
            wanted.sponsors,
            ready,
            wanted.rationale,
            wanted.from_the_floor,
            op=wanted.op,
            late=late,
            language=wanted.language,
            amends=wanted.amends,
        )
        for wanted, ready in zip(lodgings, settled, strict=True)
    ]
    return lodging.store(audience, by, negotiated, rows)


def record(
    audience: Audience, by: Seat, negotiated: NegotiatingText, speakers: Sequence[Delegation], proposed: Proposed
) -> Amendment:
    """Record, inside an open act, what a pen-holder typed in brackets for `speakers`: one amendment, bracketed already.

    `proposed.base` are the provision's words before the pen, `proposed.words` what the speakers would have it say.
    """
    base = proposed.provision.words.content if proposed.base is None else proposed.base
    ready = proposals.prepare(negotiated, [proposed], {proposed.provision.pk: base})
    row = Lodged(tuple(speakers), ready, from_the_floor=True, outcome=Hunk.Outcome.BRACKETED)
    return lodging.store(audience, by, negotiated, [row])[0]


def withdraw(by: Seat, amendment: Amendment, on_behalf_of: Delegation | None = None) -> None:
    """Withdraw an amendment: by a seat of a sponsor, or typed in the room for one. Its words stay in the record.

    Of what stands in brackets already the sponsors let go; the words stay, for the chair to decide.
    """
    access.amendment(by, amendment.pk)
    sponsor = speaking.speaker(by, Right.PROPOSE, on_behalf_of)
    with audiences.of_floor(amendment.text, by, [sponsor]) as audience:
        row = _standing(amendment)
        lodged = Sponsorship.objects.filter(
            version__amendment=row,
            version__current=True,
            delegation=sponsor,
            role=Sponsorship.Role.SPONSOR,
            withdrawn=False,
        )
        if not lodged.exists():
            raise Forbidden("A proposal is withdrawn by a delegation that lodged it.")
        end(audience, row)
        amendment.state = row.state


def end(audience: Audience, row: Amendment) -> None:
    """Withdraw an amendment inside an open act."""
    records.let_go(audience, row)
    row.state = Amendment.State.WITHDRAWN
    row.save(update_fields=["state"])
    touched = Provision.objects.filter(proposed__version__amendment=row).order_by("pk").distinct()
    named = list(touched.values_list("pk", flat=True))
    audience.floor.append(events.AmendmentWithdrawn(amendment=str(row.pk), provisions=named))


def co_sponsor(by: Seat, version: AmendmentVersion, on_behalf_of: Delegation | None = None) -> None:
    """Join the sponsors of a version; who is among them already, stays."""
    access.version(by, version.pk)
    joining = speaking.speaker(by, Right.PROPOSE, on_behalf_of)
    with audiences.of_floor(version.amendment.text, by, [joining]) as audience:
        _open(version.amendment)
        _refuse_superseded(version)
        sponsors.refuse_uninvited(version, joining)
        withheld = audience.bureau is not None
        row, created = Sponsorship.objects.get_or_create(
            version=version,
            delegation=joining,
            defaults={"role": Sponsorship.Role.COSPONSOR, "withheld": withheld},
        )
        if not created and not row.withdrawn:
            return
        row.withdrawn, row.withheld = False, withheld
        row.save(update_fields=["withdrawn", "withheld"])
        key = str(version.pk)
        audience.tell(
            events.CosponsorJoined(version=key, delegation=joining.code),
            events.CosponsorJoined(version=key, delegation=None),
        )


def leave(by: Seat, version: AmendmentVersion, on_behalf_of: Delegation | None = None) -> None:
    """Leave the sponsors of a version; its only sponsor withdraws the amendment instead."""
    access.version(by, version.pk)
    leaving = speaking.speaker(by, Right.PROPOSE, on_behalf_of)
    with audiences.of_floor(version.amendment.text, by, [leaving]) as audience:
        _open(version.amendment)
        active = version.sponsorships.filter(withdrawn=False)
        own = active.filter(delegation=leaving).first()
        if own is None:
            raise Forbidden(f"{leaving.code} is not among the sponsors.")
        if not active.exclude(pk=own.pk).exists():
            raise Forbidden("Yours is its only sponsor: withdraw the proposal instead.")
        own.withdrawn = True
        own.save(update_fields=["withdrawn"])
        key = str(version.pk)
        audience.tell(
            events.CosponsorLeft(version=key, delegation=leaving.code),
            events.CosponsorLeft(version=key, delegation=None),
        )


def _prepare(negotiated: NegotiatingText, lodgings: Iterable[Lodging]) -> list[Prepared]:
    """Prepare outside any lock, on the words as they were loaded."""
    return [
        _prepare_one(negotiated, wanted, {one.provision.pk: one.provision.words.content for one in wanted.proposed})
        for wanted in lodgings
    ]


def _prepare_one(negotiated: NegotiatingText, wanted: Lodging, now: Mapping[int, str]) -> Prepared:
    if wanted.language:
        return proposals.in_translation(negotiated, wanted.proposed, now)
    return proposals.prepare(negotiated, wanted.proposed, now, is_one=wanted.is_one)


def _present_words(lodgings: Iterable[Lodging]) -> dict[int, str]:
    """Return the words of all provisions concerned, under the lock; raises `Retired` where one was taken out."""
    wanted = {one.provision.pk: one.provision for lodging_ in lodgings for one in lodging_.proposed}
    now = proposals.present_words(wanted)
    for pk in wanted.keys() - now.keys():
        raise Retired(f"{wanted[pk]} was taken out of the text while you were writing.")
    return now


def _refuse_strangers(negotiated: NegotiatingText, named: Iterable[Delegation]) -> None:
    for sponsor in named:
        if sponsor.conference_id != negotiated.conference_id:
            raise Forbidden(f"{sponsor.code} does not take part in this conference.")


def _refuse_superseded(version: AmendmentVersion) -> None:
    if not version.current:
        raise Closed("There is a newer version of this proposal: stand on that one.")


def _standing(amendment: Amendment) -> Amendment:
    """Return the row as `_open` does, and where all of it stands in brackets too."""
    row = Amendment.objects.get(pk=amendment.pk)
    return row if records.is_in_brackets(row) else _open(amendment)


def _open(amendment: Amendment) -> Amendment:
    """Return the row as it is under the floor's lock; raises `Closed` once it is withdrawn, lapsed or decided."""
    row = Amendment.objects.get(pk=amendment.pk)
    if row.state in _ENDED:
        raise Closed(f"Proposal {row.number} is {row.get_state_display()}.")
    return row
