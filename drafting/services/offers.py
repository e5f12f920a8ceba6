"""Amending another's amendment: words offered to its sponsors, taken as friendly, or standing as a rival of their own.

An offer is a version with no effect until a sponsor takes it; what is taken is a new version that names both. What was
declined may stand as an amendment of its own, which consolidation shows as brackets inside the words proposed.
"""

from __future__ import annotations

from collections.abc import Sequence

from delegations.models import Delegation, Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Closed, EmptyChange, Forbidden
from drafting.models import Amendment, AmendmentVersion, Sponsorship
from drafting.queries import access
from drafting.queries.amendments import UNDECIDED
from drafting.services import amendments, audiences, lodging, signoffs, speaking, versions
from drafting.services.amendments import Lodging
from drafting.services.audiences import Audience
from drafting.services.lodging import Lodged
from drafting.services.proposals import Proposed

Answer = AmendmentVersion.Answer

#: Answers after which the words may still become an amendment of their own.
_MAY_STAND = frozenset({Answer.OFFERED, Answer.DECLINED, Answer.OVERTAKEN})


def offer(by: Seat, amendment: Amendment, proposed: Sequence[Proposed], note: str = "") -> AmendmentVersion:
    """Offer an amendment other words, as they would stand in the text; its sponsors answer, nothing changes yet."""
    access.amendment(by, amendment.pk)
    access.require(by, Right.PROPOSE)
    signoffs.require(by)
    own = speaking.own_delegation(by)
    with audiences.of_floor(amendment.text, by, [own]) as audience:
        row = versions.open_row(amendment)
        version = row.versions.get(current=True)
        _refuse_decided(row, version)
        if version.sponsorships.filter(delegation=own, role=Sponsorship.Role.SPONSOR, withdrawn=False).exists():
            raise Forbidden("It is your own proposal: reword it instead.")
        ready = versions.prepare(row.text, proposed)
        said = {(one.provision.pk, one.inserts_after, one.words) for one in ready.parts}
        if said == _wordings(version):
            raise EmptyChange("These are the words of the proposal already: there is nothing to offer.")
        mine = row.versions.filter(answer=Answer.OFFERED, sponsorships__delegation=own)
        if any(said == _wordings(earlier) for earlier in mine):
            raise EmptyChange("You have offered these words already: they wait for the sponsors.")
        return lodging.offer(audience, row, Lodged((own,), ready, note), versions.next_ordinal(row))


def take(by: Seat, offered: AmendmentVersion) -> AmendmentVersion:
    """Take offered words as friendly: a new version of the amendment, by the sponsor that takes it and who offered it.

    Its other sponsors and co-sponsors stand on the version before until they consent to this one. What else those who
    offered it have on offer, with nobody else, is overtaken: they sponsor the amendment now, and sponsors reword it.
    """
    sponsor, row = _door(by, offered)
    with audiences.of_floor(row.text, by, [sponsor]) as audience:
        row = versions.open_row(row)
        version = row.versions.get(current=True)
        versions.require_sponsor(version, sponsor)
        asked = _waiting(offered, Answer.OFFERED)
        _refuse_decided(row, version)
        ready = versions.prepare(row.text, _words(asked))
        overtaken = _offered_besides(asked)
        for answered, answer in ((asked, Answer.TAKEN), *((other, Answer.OVERTAKEN) for other in overtaken)):
            _answer(audience, answered, answer)
        both = tuple(dict.fromkeys([sponsor, *_delegations(asked)]))
        return versions.replace(audience, row, version, Lodged(both, ready))


def decline(by: Seat, offered: AmendmentVersion) -> None:
    """Decline offered words; whoever offered them may let them stand as an amendment of its own."""
    sponsor, row = _door(by, offered)
    with audiences.of_floor(row.text, by, [sponsor]) as audience:
        row = versions.open_row(row)
        versions.require_sponsor(row.versions.get(current=True), sponsor)
        _answer(audience, _waiting(offered, Answer.OFFERED), Answer.DECLINED)


def take_back(by: Seat, offered: AmendmentVersion) -> None:
    """Take an offer back, by who made it; its words stay in the record."""
    own, row = _door(by, offered)
    with audiences.of_floor(row.text, by, [own]) as audience:
        _require_own(offered, own)
        _answer(audience, _waiting(offered, Answer.OFFERED), Answer.BACK)


def let_stand(by: Seat, offered: AmendmentVersion) -> Amendment:
    """Lodge offered words as an amendment of its own, by who offered them: a rival of the one they were offered to."""
    own, row = _door(by, offered)
    with audiences.of_floor(row.text, by, [own]) as audience:
        _require_own(offered, own)
        asked = _waiting(offered, *_MAY_STAND)
        lodgings = [Lodging((own,), tuple(_words(asked)), asked.note, amends=row)]
        (rival,) = amendments.lodge(audience, by, row.text, lodgings)
        _answer(audience, asked, Answer.STANDING)
    return rival


def _door(by: Seat, offered: AmendmentVersion) -> tuple[Delegation, Amendment]:
    """Return for whom the seat acts, and the amendment that something was offered to."""
    row = access.version(by, offered.pk).amendment
    own = speaking.speaker(by, Right.PROPOSE)
    signoffs.require(by)
    return own, row


def _waiting(offered: AmendmentVersion, *answers: str) -> AmendmentVersion:
    """Return the offer as it is under the lock; raises `Closed` once it is answered."""
    row = AmendmentVersion.objects.select_related("amendment").get(pk=offered.pk)
    if row.answer not in answers:
        raise Closed(f"These words are {row.get_answer_display()}: nothing waits for an answer here.")
    return row


def _offered_besides(asked: AmendmentVersion) -> list[AmendmentVersion]:
    """Return what else waits that nobody but the makers of an offer has offered.

    None of it where a maker's name is hidden: that one goes with the other would tell whose both are.
    """
    made = set(asked.sponsorships.filter(withdrawn=False).values_list("delegation", "withheld"))
    if not asked.amendment.text.conference.attribution_shown or any(withheld for _, withheld in made):
        return []
    waiting = asked.amendment.versions.filter(answer=Answer.OFFERED).exclude(pk=asked.pk)
    return [
        other
        for other in waiting.order_by("ordinal")
        if made.issuperset(other.sponsorships.filter(withdrawn=False).values_list("delegation", "withheld"))
    ]


def _answer(audience: Audience, offered: AmendmentVersion, answer: str) -> None:
    offered.answer = answer
    offered.save(update_fields=["answer"])
    audience.floor.append(
        events.OfferAnswered(amendment=str(offered.amendment_id), version=str(offered.pk), answer=str(answer))
    )


def _words(version: AmendmentVersion) -> list[Proposed]:
    rows = version.texts.select_related("provision__words", "provision__text", "base").order_by("pk")
    return [Proposed(row.provision, row.words, row.base.content, row.inserts_after) for row in rows]


def _wordings(version: AmendmentVersion) -> set[tuple[int, bool, str]]:
    return set(version.texts.values_list("provision", "inserts_after", "words"))


def _delegations(version: AmendmentVersion) -> list[Delegation]:
    rows = version.sponsorships.filter(withdrawn=False).select_related("delegation").order_by("delegation__code")
    return [row.delegation for row in rows]


def _require_own(offered: AmendmentVersion, own: Delegation) -> None:
    if not offered.sponsorships.filter(delegation=own).exists():
        raise Forbidden("These words were offered by another delegation.")


def _refuse_decided(row: Amendment, version: AmendmentVersion) -> None:
    if version.hunks.exclude(outcome__in=UNDECIDED).exists():
        raise Closed(f"A part of proposal {row.number} is decided: propose a change to the text as it stands now.")
    if version.language:
        raise Closed(f"Proposal {row.number} waits for its translation: there are no words to amend yet.")
