"""The chair's desk: what there is to decide, provision by provision, and how the consolidation runs.

Slots are read from the floor as it stands (open hunks that overlap or insert at one point), so that a proposal that
came after the consolidation is on the desk too. Names are shown: the desk is the bureau's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from delegations.models import Seat
from delegations.roles import Right
from drafting.models import Bracket, Consolidation, Hunk, NegotiatingText, Position, Sponsorship
from drafting.queries import access, amendments, cards, documents, mandates, snapshots
from drafting.queries.cards import Stand
from drafting.queries.snapshots import PairSnapshot, Snapshot
from drafting.text.document import Run


@dataclass(frozen=True, slots=True)
class DeskProposal:
    """A proposal behind a choice: `linked` are the hunks of its atom elsewhere, decided together with this one."""

    amendment: UUID
    number: int
    version: UUID
    sponsors: tuple[str, ...]
    stands: tuple[Stand, ...]
    strength: int
    flagged: bool
    reason: str
    linked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DeskChoice:
    """One wording for a slot and everybody who proposes it: `struck` at `lo`–`hi` gives way to `words`.

    `hunks` are decided together, all of them the same edit; `verdict` is set where it only acts on brackets.
    """

    hunks: tuple[int, ...]
    lo: int
    hi: int
    struck: str
    words: str
    verdict: str
    inserts_after: bool
    proposals: tuple[DeskProposal, ...]


@dataclass(frozen=True, slots=True)
class DeskSlot:
    """A place to decide: the words that stand there and the rival choices in the order of the text."""

    lo: int
    hi: int
    words: str
    choices: tuple[DeskChoice, ...]


@dataclass(frozen=True, slots=True)
class DeskBracket:
    """An open bracket whose `[` stands in the provision, with its words and who stands where."""

    id: int
    article: str
    number: int
    kind: str
    words: str
    group: int | None
    group_confirmed: bool
    rivals: tuple[int, ...]
    holders_known: bool
    stands: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class DeskProvision:
    """One provision with all there is to decide in it; `runs` are its words with their bracket marks."""

    id: int
    address: str
    label: str
    words: str
    runs: tuple[Run, ...]
    slots: tuple[DeskSlot, ...]
    brackets: tuple[DeskBracket, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk as of the floor's `seq`, which a decision sends back as what was seen; counted over all its pages.

    `at` is the index on the page of the provision that was asked for, or of the next after it.
    """

    seq: int
    consolidation: Consolidation | None
    provisions: tuple[DeskProvision, ...]
    open_hunks: int
    open_brackets: int
    total: int
    page: int
    size: int
    at: int = 0


def runs(seat: Seat, negotiated: NegotiatingText) -> QuerySet[Consolidation]:
    """Return the consolidations of a text, newest first, without their results; none for who is not of the bureau."""
    if negotiated.conference_id != seat.conference_id or not access.reads_bureau(seat):
        return Consolidation.objects.none()
    return negotiated.consolidations.defer("results").order_by("-requested")


def latest(seat: Seat, negotiated: NegotiatingText) -> Consolidation | None:
    """Return the consolidation asked for last, whatever its state."""
    return runs(seat, negotiated).first()


def desk(
    seat: Seat,
    negotiated: NegotiatingText,
    *,
    address: str = "",
    only_proposals: bool = False,
    page: int = 0,
    size: int = 25,
    at: str = "",
) -> Desk:
    """Return a page of the provisions that still need a decision, in the order of the document.

    `address` keeps one provision or the whole article of that address; `only_proposals` leaves out provisions with
    nothing but brackets; page 0 is the one on which the provision `at` an address is. Refused to who does not decide.
    A dozen queries, whatever the size.
    """
    access.floor(seat, negotiated)
    access.require(seat, Right.DECIDE)
    with snapshots.reading():
        negotiated.floor.refresh_from_db(fields=["head"])
        taken = snapshots.taken(negotiated)
        hunks = list(_hunks(negotiated).values_list("pk", "provision", "version", "atom"))
        desk_ = _Desk(negotiated, taken, hunks)
        own = mandates.limit(seat, negotiated)
        rows = [row for row in taken.standing() if not address or address in (row.address, row.article)]
        work = {row.id: desk_.work(row.id) for row in rows if own is None or row.id in own}
        wanted = [pk for pk, (edits, brackets) in work.items() if edits or (brackets and not only_proposals)]
        near = _index(taken, wanted, at)
        page = page or near // size + 1
        start = (page - 1) * size
        shown = desk_.provisions(wanted[start : start + size])
    return Desk(
        seq=negotiated.floor.head,
        consolidation=latest(seat, negotiated),
        provisions=tuple(shown),
        open_hunks=sum(work[pk][0] for pk in wanted),
        open_brackets=sum(work[pk][1] for pk in wanted),
        total=len(wanted),
        page=page,
        size=size,
        at=near - start if start <= near < start + size else 0,
    )


def _index(taken: Snapshot, wanted: Sequence[int], address: str) -> int:
    """Return which of the provisions `wanted` has an address, or is the first after it; the first for none."""
    order = {row.id: at for at, row in enumerate(taken.provisions)}
    place = next((at for at, row in enumerate(taken.provisions) if row.address == address), 0)
    return next((at for at, pk in enumerate(wanted) if order[pk] >= place), 0)


def slots(hunks: Sequence[Hunk]) -> list[tuple[int, int, list[Hunk]]]:
    """Return (lo, hi, hunks) of each place where hunks overlap or insert at one point, in the order of the text."""
    found: list[tuple[int, int, list[Hunk]]] = []
    for hunk in sorted(hunks, key=lambda hunk: (hunk.inserts_after, hunk.lo, hunk.hi, hunk.pk)):
        if found and _rivals(found[-1], hunk):
            lo, hi, members = found[-1]
            found[-1] = (lo, max(hi, hunk.hi), [*members, hunk])
        else:
            found.append((hunk.lo, hunk.hi, [hunk]))
    return found


def _rivals(slot: tuple[int, int, list[Hunk]], hunk: Hunk) -> bool:
    lo, hi, members = slot
    if members[0].inserts_after or hunk.inserts_after:
        return members[0].inserts_after and hunk.inserts_after
    return hunk.lo < hi or hunk.lo == hunk.hi == lo == hi


def _hunks(negotiated: NegotiatingText) -> QuerySet[Hunk]:
    return amendments.open_hunks(negotiated).order_by("provision", "lo", "pk")


class _Desk:
    """Puts the rows of one moment together."""

    def __init__(
        self, negotiated: NegotiatingText, taken: Snapshot, hunks: Sequence[tuple[int, int, UUID, int]]
    ) -> None:
        self._negotiated = negotiated
        self._taken = taken
        self._rows = {row.id: row for row in taken.provisions}
        self._proposed = Counter(provision for _, provision, _, _ in hunks)
        self._hunks: dict[int, list[Hunk]] = defaultdict(list)
        self._atoms: dict[tuple[UUID, int], list[int]] = defaultdict(list)
        for pk, _, version, atom in hunks:
            if atom:
                self._atoms[version, atom].append(pk)
        self._pairs: dict[int, list[PairSnapshot]] = defaultdict(list)
        for pair in taken.pairs:
            if pair.kind != Bracket.Kind.NOTE:
                self._pairs[pair.start[0]].append(pair)

    def work(self, provision: int) -> tuple[int, int]:
        """Return how many edits and how many brackets of a provision wait for a decision."""
        return self._proposed[provision], len(self._pairs.get(provision, ()))

    def provisions(self, wanted: Sequence[int]) -> Iterator[DeskProvision]:
        """Yield the wanted provisions with what there is to decide in them."""
        self._read(wanted)
        document = snapshots.bracketed(self._taken, self._negotiated.language)
        marks = documents.marks(self._taken)
        for provision in wanted:
            row = self._rows[provision]
            yield DeskProvision(
                id=provision,
                address=row.address,
                label=row.label,
                words=row.text,
                runs=documents.bracket_runs(row.text, marks[provision]),
                slots=tuple(self._slots(row.text, self._hunks[provision])),
                brackets=tuple(self._bracket(pair, document.words(pair.id)) for pair in self._pairs[provision]),
            )

    def _read(self, wanted: Collection[int]) -> None:
        for hunk in _hunks(self._negotiated).filter(provision__in=wanted).select_related("version__amendment"):
            self._hunks[hunk.provision_id].append(hunk)
        versions = {hunk.version_id for provision in wanted for hunk in self._hunks[provision]}
        brackets = {pair.id for provision in wanted for pair in self._pairs[provision]}
        self._sponsors: dict[UUID, list[str]] = defaultdict(list)
        active = Sponsorship.objects.filter(version__in=versions, withdrawn=False).order_by("delegation__code")
        for version, code in active.values_list("version", "delegation__code"):
            self._sponsors[version].append(code)
        positions = Position.objects.select_related("delegation").order_by("delegation__code")
        self._on_versions: dict[UUID, list[Stand]] = defaultdict(list)
        for position in positions.filter(version__in=versions):
            if position.version_id is not None:
                self._on_versions[position.version_id].append(cards.stand(position))
        self._on_brackets: dict[int, list[Stand]] = defaultdict(list)
        for position in positions.filter(bracket__in=brackets):
            if position.bracket_id is not None:
                self._on_brackets[position.bracket_id].append(cards.stand(position))
        self._confirmed = {group.id for group in self._taken.groups if group.confirmed}
        self._groups: dict[int, list[int]] = defaultdict(list)
        for pair in self._taken.pairs:
            if pair.group is not None:
                self._groups[pair.group].append(pair.id)

    def _slots(self, words: str, hunks: Sequence[Hunk]) -> Iterator[DeskSlot]:
        for lo, hi, members in slots(hunks):
            yield DeskSlot(lo, hi, words[lo:hi], tuple(self._choices(words, members)))

    def _choices(self, words: str, hunks: Iterable[Hunk]) -> Iterator[DeskChoice]:
        alike: dict[tuple[int, int, str, bool], list[Hunk]] = defaultdict(list)
        for hunk in hunks:
            alike[hunk.lo, hunk.hi, hunk.words, hunk.inserts_after].append(hunk)
        for (lo, hi, new, inserts_after), members in alike.items():
            yield DeskChoice(
                hunks=tuple(hunk.pk for hunk in members),
                lo=lo,
                hi=hi,
                struck="" if inserts_after else words[lo:hi],
                words=new,
                verdict=members[0].verdict,
                inserts_after=inserts_after,
                proposals=tuple(self._proposal(hunk) for hunk in members),
            )

    def _proposal(self, hunk: Hunk) -> DeskProposal:
        linked = self._atoms[hunk.version_id, hunk.atom] if hunk.atom else ()
        return DeskProposal(
            amendment=hunk.version.amendment_id,
            number=hunk.version.amendment.number,
            version=hunk.version_id,
            sponsors=tuple(self._sponsors[hunk.version_id]),
            stands=tuple(self._on_versions[hunk.version_id]),
            strength=hunk.version.strength,
            flagged=hunk.outcome == Hunk.Outcome.FLAGGED,
            reason=hunk.reason,
            linked=tuple(pk for pk in linked if pk != hunk.pk),
        )

    def _bracket(self, pair: PairSnapshot, words: str) -> DeskBracket:
        rivals = self._groups[pair.group] if pair.group is not None else []
        return DeskBracket(
            id=pair.id,
            article=pair.article,
            number=pair.number,
            kind=pair.kind,
            words=words,
            group=pair.group,
            group_confirmed=pair.group in self._confirmed,
            rivals=tuple(pk for pk in rivals if pk != pair.id),
            holders_known=pair.holders_known,
            stands=tuple(self._on_brackets[pair.id]),
        )
