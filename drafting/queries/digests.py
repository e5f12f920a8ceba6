"""What happened on a floor since one seat last read it, in counts: the digest, and what its watches caught.

A digest names no words and no positions. Seven queries at most, whatever the rows; sending one is in
`drafting.services.digests`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count

from delegations.models import Seat
from drafting import events
from drafting.models import Hunk, JournalEntry, NegotiatingText, Sponsorship, Watch
from drafting.queries import access, amendments, moments
from drafting.queries.moments import Moment
from drafting.queries.snapshots import ProvisionSnapshot

#: The kinds of row a digest looks into; of all others it counts how many there are.
_READ = ("amendment-submitted", "decided", "agreed", "reopened")


@dataclass(frozen=True, slots=True)
class Changed:
    """A provision whose words changed, as it stands now."""

    id: int
    address: str
    article: str
    words: str


@dataclass(frozen=True, slots=True)
class Caught:
    """What one watch caught: changed provisions, proposals, decisions and agreements, stances taken."""

    watch: Watch
    changed: tuple[str, ...] = ()
    proposals: tuple[int, ...] = ()
    acts: int = 0
    stances: int = 0

    @property
    def total(self) -> int:
        """How much that is."""
        return len(self.changed) + len(self.proposals) + self.acts + self.stances


@dataclass(frozen=True, slots=True)
class Digest:
    """One text since `began`, up to the floor's `seq`, in counts; `ours_decided` are proposals of one's own."""

    began: Moment
    seq: int
    changed: tuple[Changed, ...]
    proposals: int
    opened: int
    closed: int
    agreed: int
    issued: int
    ours_decided: int
    ours_waiting: int
    caught: tuple[Caught, ...]

    @property
    def watched(self) -> int:
        """How much of it the seat watches."""
        return sum(caught.total for caught in self.caught)

    def __bool__(self) -> bool:
        return bool(self.changed or self.proposals or self.opened or self.closed or self.agreed or self.issued)


@dataclass(frozen=True, slots=True)
class _Since:
    """The acts since a seq, read once and gone through once, whatever is watched.

    `words` are those of each provision before, `wordings` those of each proposal by its number, both without case;
    `by` has numbers by sponsor, `proposals` and `acts` are by provision, `stances` by delegation, `decided` hunks.
    """

    changed: tuple[Changed, ...]
    addresses: Mapping[int, tuple[str, str]]
    words: Mapping[int, str]
    decided: set[int] = field(default_factory=set)
    wordings: dict[int, str] = field(default_factory=dict)
    by: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    proposals: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    acts: Counter[int] = field(default_factory=Counter)
    stances: Counter[str] = field(default_factory=Counter)


def since(seat: Seat, negotiated: NegotiatingText) -> Digest:
    """Return what happened since the seat last read, or since the last revision where it never said that it read."""
    began = moments.began(seat, negotiated)
    negotiated.floor.refresh_from_db(fields=["head"])
    watched = list(access.watches(seat, negotiated))
    found = _read(negotiated, began.seq, watched)
    kinds = _count_kinds(negotiated, began.seq)
    decided, waiting = _ours(seat, negotiated, found.decided)
    named = amendments.shows_names(seat, negotiated)
    return Digest(
        began=began,
        seq=negotiated.floor.head,
        changed=found.changed,
        proposals=kinds["amendment-submitted"],
        opened=kinds["bracket-opened"],
        closed=kinds["bracket-closed"],
        agreed=kinds["agreed"],
        issued=kinds["revision-issued"] - bool(began.symbol),  # its own row follows the seq it was taken at
        ours_decided=decided,
        ours_waiting=waiting,
        caught=tuple(_catch(watch, found, named) for watch in watched),
    )


def changed(negotiated: NegotiatingText, seq: int) -> tuple[Changed, ...]:
    """Return the provisions whose words changed after the floor's `seq`, in the order of the text."""
    edited = JournalEntry.objects.filter(stream=negotiated.floor_id, seq__gt=seq, text__isnull=False)
    rows = negotiated.provisions.filter(words__in=edited.values("text")).order_by("order")
    return tuple(Changed(*row) for row in rows.values_list("pk", "address", "article", "words__content"))


def _count_kinds(negotiated: NegotiatingText, seq: int) -> Counter[str]:
    rows = JournalEntry.objects.filter(stream=negotiated.floor_id, seq__gt=seq).order_by()
    return Counter(dict(rows.values("kind").annotate(n=Count("seq")).values_list("kind", "n")))


def _read(negotiated: NegotiatingText, seq: int, watched: Sequence[Watch]) -> _Since:
    kinds = {watch.kind for watch in watched}
    found = _Since(
        changed(negotiated, seq),
        {pk: (address, article) for pk, address, article in _called(negotiated)} if watched else {},
        {row.id: row.text.casefold() for row in _before(negotiated, seq)} if Watch.Kind.WORD in kinds else {},
    )
    read = (*_READ, "stance-taken") if Watch.Kind.DELEGATION in kinds else _READ
    rows = JournalEntry.objects.filter(
        stream=negotiated.floor_id, seq__gt=seq, kind__in=read, body__isnull=False
    ).order_by("seq")
    for body in rows.values_list("body", flat=True).iterator(chunk_size=5000):
        _note(found, events.decode(body or ""))
    return found


def _called(negotiated: NegotiatingText) -> Iterable[tuple[int, str, str]]:
    return negotiated.provisions.values_list("pk", "address", "article")


def _before(negotiated: NegotiatingText, seq: int) -> Iterable[ProvisionSnapshot]:
    return moments.snapshot(negotiated, seq).provisions


def _note(found: _Since, act: events.Event) -> None:
    """Note one act under all by which it may be watched."""
    match act:
        case events.AmendmentSubmitted(number=number, hunks=hunks, sponsors=sponsors):
            found.wordings[number] = "\n".join(f"{hunk.struck}\n{hunk.words}" for hunk in hunks).casefold()
            for provision in {hunk.provision for hunk in hunks}:
                found.proposals[provision].append(number)
            for code in sponsors:
                found.by[code].append(number)
        case events.Decided(provisions=provisions, hunks=decided):
            found.acts.update(provisions)
            found.decided.update(pk for pk, _ in decided)
        case events.Agreed(provision=provision) | events.Reopened(provision=provision):
            found.acts[provision] += 1
        case events.StanceTaken(delegation=str(delegation)):
            found.stances[delegation] += 1


def _ours(seat: Seat, negotiated: NegotiatingText, decided: Collection[int]) -> tuple[int, int]:
    """Return how many proposals of the seat's delegation were decided on since, and how many wait for it."""
    if seat.delegation_id is None:
        return 0, 0
    own = Sponsorship.objects.filter(delegation=seat.delegation_id, withdrawn=False, version__current=True)
    own = own.filter(version__answer="")
    hunks = Hunk.objects.filter(version__in=own.values("version"), version__amendment__text=negotiated)
    rows = list(hunks.values_list("pk", "version", "outcome"))
    moved: set[UUID] = {version for pk, version, _ in rows if pk in decided}
    return len(moved), len({version for _, version, outcome in rows if outcome == Hunk.Outcome.FLAGGED})


def _catch(watch: Watch, found: _Since, named: bool) -> Caught:
    match Watch.Kind(watch.kind):
        case Watch.Kind.WORD:
            return _catch_word(watch, found)
        case Watch.Kind.DELEGATION if named:
            return Caught(watch, (), tuple(found.by.get(watch.value, ())), 0, found.stances[watch.value])
        case Watch.Kind.PROVISION:
            return _catch_place(watch, found, at=0)
        case Watch.Kind.ARTICLE:
            return _catch_place(watch, found, at=1)
    return Caught(watch)


def _catch_place(watch: Watch, found: _Since, at: int) -> Caught:
    """Return what happened at a provision (`at` 0) or in an article (`at` 1)."""
    here = {pk for pk, names in found.addresses.items() if names[at] == watch.value}
    words = tuple(row.address for row in found.changed if row.id in here)
    proposals = sorted({number for pk in here for number in found.proposals.get(pk, ())})
    return Caught(watch, words, tuple(proposals), sum(found.acts[pk] for pk in here))


def _catch_word(watch: Watch, found: _Since) -> Caught:
    """Return the changed provisions in which the word stands or stood, and the proposals that touch it."""
    word = watch.value.casefold()
    words = tuple(
        row.address for row in found.changed if word in row.words.casefold() or word in found.words.get(row.id, "")
    )
    return Caught(watch, words, tuple(number for number, said in found.wordings.items() if word in said))
