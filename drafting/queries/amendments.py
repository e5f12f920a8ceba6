"""Reads of amendments: lists, one card, what a version proposes now, and its fate. Writes are in the services.

Who proposes and who stands where is shown as the conference's policy says: a seat always sees its own delegation's
part, the bureau sees all. Every function runs a number of queries that does not grow with the rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from delegations.models import Seat
from drafting.errors import NotFound
from drafting.models import (
    Amendment,
    AmendmentVersion,
    Hunk,
    NegotiatingText,
    Position,
    ProposedText,
    Provision,
    Sponsorship,
)
from drafting.queries import access, attribution
from drafting.queries.attribution import sees
from drafting.text import fates
from drafting.text.document import Mark, Run
from drafting.text.fates import Outcome

#: Outcomes in which a hunk still waits for somebody.
UNDECIDED = frozenset({Hunk.Outcome.OPEN, Hunk.Outcome.FLAGGED})

#: States in which an amendment is on the floor no more.
GONE = frozenset({Amendment.State.WITHDRAWN, Amendment.State.LAPSED, Amendment.State.JOINED})

#: Whether a seat sees who proposes and who stands where: asked for with the cards.
shows_names = attribution.shows_names

#: What a fate is called in print; the keys are the fates of `drafting.text.fates` in their order, and *noted* for a
#: remark, which has no words to decide, and *joined* for a part whose split was taken back.
FATES: dict[str, str] = {
    "withdrawn": "withdrawn",
    "joined": "joined again with the one it was split from",
    "lapsed": "lapsed with its basis",
    "awaiting translation": "awaiting translation",
    "noted": "noted",
    "flagged": "to be confirmed by its sponsor",
    "in text": "in the text",
    "in part": "in the text in part",
    "bracketed": "in brackets",
    "bridged": "replaced by bridging words",
    "open": "open",
    "dropped": "dropped",
}


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


@dataclass(frozen=True, slots=True)
class Page:
    """Some cards of a longer list; `total` counts the whole list."""

    cards: tuple[Card, ...]
    total: int
    page: int
    size: int


def listed(
    seat: Seat,
    negotiated: NegotiatingText,
    *,
    address: str = "",
    states: Collection[str] = (),
    ours: bool = False,
    page: int = 1,
    size: int = 50,
) -> Page:
    """Return a page of the amendments on the floor in the order of their numbers, newest first.

    `address` keeps those that touch one provision, `states` those in these states, `ours` those the seat's delegation
    sponsors.
    """
    access.floor(seat, negotiated)
    found = Amendment.objects.filter(text=negotiated)
    if address:
        versions = ProposedText.objects.filter(provision__text=negotiated, provision__address=address)
        found = found.filter(pk__in=versions.values("version__amendment"))
    if states:
        found = found.filter(state__in=states)
    if ours:
        own = Sponsorship.objects.filter(delegation=seat.delegation_id, withdrawn=False, version__answer="")
        found = found.filter(pk__in=own.values("version__amendment"))
    total = found.count()
    start = max(page - 1, 0) * size
    rows = _with_everything(found.order_by("-number")[start : start + size])
    return Page(tuple(card(seat, row) for row in rows), total, max(page, 1), size)


def one(seat: Seat, pk: UUID) -> Card:
    """Return one amendment's card; raises `NotFound` for a seat that may not read the floor."""
    found = access.amendment(seat, pk)
    return card(seat, _with_everything(Amendment.objects.filter(pk=found.pk)).get())


def numbered(seat: Seat, negotiated: NegotiatingText, number: int) -> Card:
    """Return the card of the amendment with a floor number; raises `NotFound` where there is none."""
    access.floor(seat, negotiated)
    found = _with_everything(Amendment.objects.filter(text=negotiated, number=number)).first()
    if found is None:
        raise NotFound(f"There is no amendment {number} on this text.")
    return card(seat, found)


def on_provisions(seat: Seat, negotiated: NegotiatingText, provisions: Collection[int]) -> dict[int, list[Card]]:
    """Return, per provision id, the cards of the open amendments that touch it, by number."""
    access.floor(seat, negotiated)
    versions = ProposedText.objects.filter(provision__in=provisions, version__current=True).values("version__amendment")
    rows = _with_everything(Amendment.objects.filter(text=negotiated, pk__in=versions, state=Amendment.State.OPEN))
    found: dict[int, list[Card]] = {provision: [] for provision in provisions}
    for row in rows:
        seen = card(seat, row)
        for provision in {hunk.provision for hunk in seen.hunks} & found.keys():
            found[provision].append(seen)
    return found


def counts(negotiated: NegotiatingText) -> dict[int, int]:
    """Return how many open amendments touch each provision, by provision id; provisions without one are left out."""
    pairs = open_hunks(negotiated).values_list("provision", "version").distinct()
    found: dict[int, int] = {}
    for provision, _ in pairs:
        found[provision] = found.get(provision, 0) + 1
    return found


def open_hunks(negotiated: NegotiatingText) -> QuerySet[Hunk]:
    """Return the undecided hunks of the current versions of open amendments."""
    return Hunk.objects.filter(
        version__amendment__text=negotiated,
        version__amendment__state=Amendment.State.OPEN,
        version__current=True,
        outcome__in=UNDECIDED,
    )


def current_words(version: AmendmentVersion, provision: Provision) -> str:
    """Return what the version proposes for the provision now: its open hunks applied to the floor's present words."""
    hunks = version.hunks.filter(provision=provision, outcome=Hunk.Outcome.OPEN, inserts_after=False)
    return applied(provision.words.content, [(hunk.lo, hunk.hi, hunk.words) for hunk in hunks])


def applied(words: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """Return `words` with all `edits` (from, to, new words; code points, not overlapping) made at once."""
    parts: list[str] = []
    at = 0
    for lo, hi, new in sorted(edits):
        parts += (words[at:lo], new)
        at = hi
    return "".join((*parts, words[at:]))


def redline(words: str, edits: Iterable[tuple[int, int, str]], by: tuple[str, ...] = ()) -> tuple[Run, ...]:
    """Return `words` as runs with each edit's old words struck and its new ones inserted."""
    runs: list[Run] = []
    at = 0
    for lo, hi, new in sorted(edits):
        if lo > at:
            runs.append(Run(words[at:lo]))
        if hi > lo:
            runs.append(Run(words[lo:hi], Mark.DELETED, by=by))
        if new:
            runs.append(Run(new, Mark.INSERTED, by=by))
        at = hi
    if at < len(words):
        runs.append(Run(words[at:]))
    return tuple(runs)


def fate(state: str, outcomes: Sequence[str]) -> str:
    """Return what became of a proposal: the first that holds of `FATES` (`semantics.md`, law 6)."""
    if state in (Amendment.State.NOTED, Amendment.State.JOINED):
        return str(state)
    return str(
        fates.fate(
            [Outcome(outcome) for outcome in outcomes],
            withdrawn=state == Amendment.State.WITHDRAWN,
            lapsed=state == Amendment.State.LAPSED,
            awaiting_translation=state == Amendment.State.AWAITING,
        )
    )


def card(seat: Seat, amendment: Amendment) -> Card:
    """Return the card of an amendment fetched with everything on it (`listed` and `one` do)."""
    version = next(version for version in amendment.versions.all() if version.current)
    named = shows_names(seat, amendment.text)
    own = seat.delegation_id
    active = [row for row in version.sponsorships.all() if not row.withdrawn]
    mine = {row.role for row in active if row.delegation_id == own}
    visible = [row for row in active if sees(seat, row, named=named)]
    positions = list(version.positions.all())
    hunks = tuple(_hunk_card(hunk) for hunk in version.hunks.all())
    became = fate(amendment.state, [hunk.outcome for hunk in hunks])
    return Card(
        id=amendment.pk,
        number=amendment.number,
        version=version.pk,
        ordinal=version.ordinal,
        state=amendment.state,
        state_label=amendment.get_state_display(),
        fate=became,
        fate_label=FATES[became],
        lodged=amendment.lodged.isoformat(timespec="seconds"),
        rationale=amendment.rationale,
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


def _with_everything(found: QuerySet[Amendment]) -> QuerySet[Amendment]:
    positions = Position.objects.select_related("delegation").order_by("delegation__code")
    return found.select_related("text__conference", "about", "amends").prefetch_related(
        "versions",
        Prefetch("versions__texts", ProposedText.objects.select_related("provision").order_by("pk")),
        Prefetch("versions__sponsorships", Sponsorship.objects.select_related("delegation")),
        Prefetch("versions__positions", positions),
        Prefetch("versions__hunks", Hunk.objects.select_related("provision").order_by("index")),
    )


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
