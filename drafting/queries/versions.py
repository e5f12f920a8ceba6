"""All the versions of one amendment, those on offer with them: readable for ever, whatever became of them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q

from delegations.models import Seat
from drafting.errors import NotFound
from drafting.models import (
    Amendment,
    AmendmentVersion,
    Hunk,
    Invitation,
    NegotiatingText,
    ProposedText,
    Reserve,
    Sponsorship,
)
from drafting.queries import access, attribution
from drafting.queries.pages import ProvisionShown


@dataclass(frozen=True, slots=True)
class WordsShown:
    """What a version proposes for one provision; `base` is what it was written against, `now` what stands."""

    address: str
    inserts_after: bool
    base: str
    words: str
    now: str


@dataclass(frozen=True, slots=True)
class VersionShown:
    """One version as a reader sees it; `sponsors` as the policy shows them."""

    id: UUID
    ordinal: int
    current: bool
    answer: str
    answer_label: str
    language: str
    note: str
    sponsors: tuple[str, ...]
    is_mine: bool
    is_flagged: bool
    words: tuple[WordsShown, ...]

    @property
    def is_open(self) -> bool:
        """Whether it is offered and not answered."""
        return self.answer == AmendmentVersion.Answer.OFFERED

    @property
    def may_stand(self) -> bool:
        """Whether who offered it may still let it stand as an amendment of its own."""
        answers = AmendmentVersion.Answer
        return self.answer in (answers.OFFERED, answers.DECLINED, answers.OVERTAKEN)


def amendment(seat: Seat, negotiated: NegotiatingText, number: int) -> Amendment:
    """Return the amendment with a floor number."""
    access.floor(seat, negotiated)
    found = Amendment.objects.filter(text=negotiated, number=number).select_related("text__conference").first()
    if found is None:
        raise NotFound(f"There is no proposal {number} on this text.")
    return found


def version(seat: Seat, row: Amendment, ordinal: int) -> AmendmentVersion:
    """Return a version of an amendment by its number."""
    access.floor(seat, row.text)
    found = row.versions.filter(ordinal=ordinal).first()
    if found is None:
        raise NotFound(f"Proposal {row.number} has no version {ordinal}.")
    found.amendment = row
    return found


def invited(seat: Seat, pk: UUID) -> list[str]:
    """Return the codes of who is asked to co-sponsor a version and is not behind it yet.

    All of them for a delegation that lodged it, its own for one that is asked; nobody else learns of any.
    """
    access.version(seat, pk)
    behind = Sponsorship.objects.filter(version=pk, withdrawn=False)
    asked = Invitation.objects.filter(version=pk).exclude(delegation__in=behind.values("delegation"))
    if not behind.filter(delegation=seat.delegation_id, role=Sponsorship.Role.SPONSOR).exists():
        asked = asked.filter(delegation=seat.delegation_id)
    return list(asked.order_by("delegation__code").values_list("delegation__code", flat=True))


def history(seat: Seat, row: Amendment) -> list[VersionShown]:
    """Return the versions of an amendment, the newest first; four queries, however many there are."""
    access.floor(seat, row.text)
    named = attribution.shows_names(seat, row.text)
    texts = ProposedText.objects.select_related("provision__words", "base").order_by("provision__order", "pk")
    rows = row.versions.order_by("-ordinal").prefetch_related(
        Prefetch("texts", texts),
        Prefetch("sponsorships", Sponsorship.objects.select_related("delegation").order_by("delegation__code")),
        Prefetch("hunks", Hunk.objects.filter(outcome=Hunk.Outcome.FLAGGED), to_attr="flagged"),
    )
    return [_shown(seat, one, named=named) for one in rows]


def reserves(seat: Seat, negotiated: NegotiatingText, on: ProvisionShown | None = None) -> list[tuple[Reserve, bool]]:
    """Return the reserves the seat may see, in the order of the text, each with whether its words are gone.

    With `on` those that reach one provision: on it, on its chapter, on the whole text. One query.
    """
    access.floor(seat, negotiated)
    rows = negotiated.reserves.filter(lifted=None)
    if on is not None:
        chapter = Q(scope=Reserve.Scope.CHAPTER, provision__article=on.article) if on.article else Q(pk__in=[])
        rows = rows.filter(Q(provision=on.id) | chapter | Q(scope=Reserve.Scope.TEXT))
    rows = attribution.seen(rows.select_related("delegation", "provision__words"), seat, negotiated)
    return [(row, _is_stale(row)) for row in rows.order_by("provision__order", "delegation__code", "pk")]


def _is_stale(row: Reserve) -> bool:
    if row.provision is None:
        return False
    return row.provision.retired or row.words not in row.provision.words.content


def _shown(seat: Seat, row: AmendmentVersion, *, named: bool) -> VersionShown:
    active = [one for one in row.sponsorships.all() if not one.withdrawn]
    return VersionShown(
        id=row.pk,
        ordinal=row.ordinal,
        current=row.current,
        answer=row.answer,
        answer_label=row.get_answer_display(),
        language=row.language,
        note=row.note,
        sponsors=tuple(one.delegation.code for one in active if attribution.sees(seat, one, named=named)),
        is_mine=any(one.delegation_id == seat.delegation_id for one in active),
        is_flagged=row.current and bool(row.flagged),  # type: ignore[attr-defined]  # prefetched under this name
        words=tuple(_words(one) for one in row.texts.all()),
    )


def _words(row: ProposedText) -> WordsShown:
    now = "" if row.inserts_after else row.provision.words.content
    return WordsShown(row.provision.address, row.inserts_after, row.base.content, row.words, now)
