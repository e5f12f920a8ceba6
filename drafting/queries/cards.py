"""An amendment as a reader sees it: its card, with the fate, the edits, and who stands where.

Who proposes and who stands where is shown as the conference's policy says: a seat always sees its own delegation's
part, the bureau sees all. Which amendments there are is in `amendments`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from delegations.models import Seat
from drafting.models import Amendment, AmendmentVersion, Hunk, Position, ProposedText, Sponsorship
from drafting.queries import endings
from drafting.queries.attribution import sees, shows_names


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one delegation stands on a version or a bracket."""

    delegation: str
    stance: str
    label: str
    stale: bool = False
    from_the_floor: bool = False


@dataclass(frozen=True, slots=True)
class HunkCard:
    """One edit as a reader sees it: `struck` gives way to `words` at `lo`–`hi` (code points) of the provision."""

    id: int
    index: int
    atom: int
    provision: int
    address: str
    inserts_after: bool
    lo: int
    hi: int
    struck: str
    words: str
    verdict: str
    outcome: str
    outcome_label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Card:
    """An amendment as a list or a page shows it. `sponsors` is empty where the policy hides them from this seat.

    Then `counted` is false: how many stand where would tell what names may not. `my_earlier` is what the seat's
    delegation said of words that are superseded.
    """

    id: UUID
    number: int
    version: UUID
    ordinal: int
    state: str
    state_label: str
    fate: str
    fate_label: str
    lodged: str
    rationale: str
    from_the_floor: bool
    sponsors: tuple[str, ...]
    cosponsors: tuple[str, ...]
    is_mine: bool
    is_cosponsored_by_me: bool
    my_stance: str
    stands: tuple[Stand, ...]
    addresses: tuple[str, ...]
    hunks: tuple[HunkCard, ...]
    op: str = Amendment.Op.REPLACE
    op_label: str = ""
    late: bool = False
    language: str = ""
    confirmed: bool = True
    sponsors_open: bool = True
    amends: int | None = None
    offers: int = 0
    counted: bool = True
    my_earlier: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """One provision as an amendment found it, as it proposes it, and as it stands `now`."""

    base: str
    words: str
    now: str


def grounds(listed: Iterable[Card]) -> dict[tuple[UUID, int], Ground]:
    """Return what each edit of some cards stands on, by version and provision, in one query."""
    rows = ProposedText.objects.filter(version__in=[card.version for card in listed], inserts_after=False)
    fields = ("version", "provision", "base__content", "words", "provision__words__content")
    return {(version, provision): Ground(*said) for version, provision, *said in rows.values_list(*fields)}


def fetched(found: QuerySet[Amendment]) -> QuerySet[Amendment]:
    """Return amendments to be fetched with everything their cards show, in a fixed number of queries."""
    positions = Position.objects.select_related("delegation").order_by("delegation__code")
    return found.select_related("text__conference", "about", "amends").prefetch_related(
        "versions",
        Prefetch("versions__texts", ProposedText.objects.select_related("provision").order_by("pk")),
        Prefetch("versions__sponsorships", Sponsorship.objects.select_related("delegation")),
        Prefetch("versions__positions", positions),
        Prefetch("versions__hunks", Hunk.objects.select_related("provision").order_by("index")),
    )


def card(seat: Seat, amendment: Amendment) -> Card:
    """Return the card of an amendment that was `fetched`."""
    version = next(version for version in amendment.versions.all() if version.current)
    named = shows_names(seat, amendment.text)
    own = seat.delegation_id
    active = [row for row in version.sponsorships.all() if not row.withdrawn]
    mine = {row.role for row in active if row.delegation_id == own}
    visible = [row for row in active if sees(seat, row, named=named)]
    positions = list(version.positions.all())
    hunks = tuple(_hunk_card(hunk) for hunk in version.hunks.all())
    became = endings.fate(amendment.state, [hunk.outcome for hunk in hunks])
    return Card(
        id=amendment.pk,
        number=amendment.number,
        version=version.pk,
        ordinal=version.ordinal,
        state=amendment.state,
        state_label=amendment.get_state_display(),
        fate=became,
        fate_label=endings.FATES[became],
        lodged=amendment.lodged.isoformat(timespec="seconds"),
        rationale=amendment.rationale,
        said=_said(amendment, version),
        from_the_floor=amendment.from_the_floor,
        sponsors=_codes(visible, Sponsorship.Role.SPONSOR),
        cosponsors=_codes(visible, Sponsorship.Role.COSPONSOR),
        is_mine=Sponsorship.Role.SPONSOR in mine,
        is_cosponsored_by_me=Sponsorship.Role.COSPONSOR in mine,
        my_stance=next((row.stance for row in positions if row.delegation_id == own), ""),
        stands=tuple(stand(row) for row in positions if sees(seat, row, named=named)),
        addresses=_addresses(amendment, version, hunks),
        hunks=hunks,
        op=amendment.op,
        op_label=amendment.get_op_display(),
        late=amendment.late,
        language=version.language,
        confirmed=amendment.confirmed,
        sponsors_open=amendment.sponsors_open,
        amends=amendment.amends.number if amendment.amends else None,
        counted=named,
        my_earlier="" if own is None else _earlier(amendment, own),
        offers=sum(one.answer == AmendmentVersion.Answer.OFFERED for one in amendment.versions.all()),
    )


def stand(position: Position) -> Stand:
    """Return a position as a reader sees it."""
    label = position.get_stance_display()
    return Stand(position.delegation.code, position.stance, label, position.stale, position.from_the_floor)


def _earlier(amendment: Amendment, own: int) -> str:
    """Return what a delegation said of superseded words, where it says nothing of the present ones yet."""
    said = [
        (version.current, position.get_stance_display())
        for version in amendment.versions.all()
        for position in version.positions.all()
        if position.delegation_id == own
    ]
    said += [
        (version.current, "co-sponsors")
        for version in amendment.versions.all()
        for row in version.sponsorships.all()
        if row.delegation_id == own and not row.withdrawn and not version.answer
    ]
    return "" if any(current for current, _ in said) or not said else said[-1][1]


def _addresses(amendment: Amendment, version: AmendmentVersion, hunks: Sequence[HunkCard]) -> tuple[str, ...]:
    """Return the provisions it touches, or waits to touch, or is about."""
    found = [hunk.address for hunk in hunks] or [row.provision.address for row in version.texts.all()]
    if amendment.about is not None:
        found.append(amendment.about.address)
    return tuple(dict.fromkeys(found))


def _said(amendment: Amendment, version: AmendmentVersion) -> str:
    """Return what a proposal says that has no edits to show: a remark, or words that wait for their translation."""
    if version.language and (words := " … ".join(row.words for row in version.texts.all() if row.words)):
        return words
    return "" if version.texts.all() else amendment.rationale


def _codes(rows: Iterable[Sponsorship], role: str) -> tuple[str, ...]:
    return tuple(sorted(row.delegation.code for row in rows if row.role == role))


def _hunk_card(hunk: Hunk) -> HunkCard:
    return HunkCard(
        id=hunk.pk,
        index=hunk.index,
        atom=hunk.atom,
        provision=hunk.provision_id,
        address=hunk.provision.address,
        inserts_after=hunk.inserts_after,
        lo=hunk.lo,
        hi=hunk.hi,
        struck=hunk.struck,
        words=hunk.words,
        verdict=hunk.verdict,
        outcome=hunk.outcome,
        outcome_label=Hunk.Outcome(hunk.outcome).label,
        reason=hunk.reason,
    )
