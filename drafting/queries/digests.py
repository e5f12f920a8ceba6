"""What happened on a floor since one seat last read it, in counts: the digest, and what its watches caught.

A digest names no words and no positions. Seven queries at most, whatever the rows; sending one is in
`drafting.services.digests`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from delegations.models import Seat
from drafting import events
from drafting.models import Hunk, JournalEntry, NegotiatingText, Sponsorship, Watch
from drafting.queries import access, amendments, moments
from drafting.queries.moments import Moment

#: The kinds of row a digest looks into; of all others it counts how many there are.
_READ = ("amendment-submitted", "decided", "agreed", "reopened", "provision-created")


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
    """The acts since a seq, read once; `then` has the words of before where a word is watched."""

    changed: tuple[Changed, ...]
    acts: tuple[events.Event, ...]
    addresses: Mapping[int, tuple[str, str]]
    then: Mapping[int, str]


def since(seat: Seat, negotiated: NegotiatingText) -> Digest:
    """Return what happened since the seat last read, or since the last revision where it never said that it read."""
    began = moments.began(seat, negotiated)
    negotiated.floor.refresh_from_db(fields=["head"])
    watched = list(access.watches(seat, negotiated))
    found = _read(negotiated, began.seq, watched)
    kinds = _count_kinds(negotiated, began.seq)
    decided, waiting = _ours(seat, negotiated, found.acts)
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
    read = (*_READ, "stance-taken") if Watch.Kind.DELEGATION in kinds else _READ
    rows = JournalEntry.objects.filter(
        stream=negotiated.floor_id, seq__gt=seq, kind__in=read, body__isnull=False
    ).order_by("seq")
    bodies = rows.values_list("body", flat=True).iterator(chunk_size=5000)
    acts = tuple(events.decode(body) for body in bodies if body)
    before = moments.snapshot(negotiated, seq).provisions if Watch.Kind.WORD in kinds else ()
    words = {row.id: row.text for row in before}
    rows_of_text = negotiated.provisions.values_list("pk", "address", "article") if watched else ()
    addresses = {pk: (address, article) for pk, address, article in rows_of_text}
    return _Since(changed(negotiated, seq), acts, addresses, words)


def _ours(seat: Seat, negotiated: NegotiatingText, acts: Sequence[events.Event]) -> tuple[int, int]:
    """Return how many proposals of the seat's delegation were decided on since, and how many wait for it."""
    if seat.delegation_id is None:
        return 0, 0
    own = Sponsorship.objects.filter(delegation=seat.delegation_id, withdrawn=False, version__current=True)
    hunks = Hunk.objects.filter(version__in=own.values("version"), version__amendment__text=negotiated)
    rows = list(hunks.values_list("pk", "version", "outcome"))
    decided = {pk for act in acts if isinstance(act, events.Decided) for pk, _ in act.hunks}
    moved: set[UUID] = {version for pk, version, _ in rows if pk in decided}
    return len(moved), len({version for _, version, outcome in rows if outcome == Hunk.Outcome.FLAGGED})


def _catch(watch: Watch, found: _Since, named: bool) -> Caught:
    match Watch.Kind(watch.kind):
        case Watch.Kind.WORD:
            return _catch_word(watch, found)
        case Watch.Kind.DELEGATION:
            return _catch_delegation(watch, found) if named else Caught(watch)
        case kind:
            return _catch_place(watch, found, at=0 if kind is Watch.Kind.PROVISION else 1)


def _catch_place(watch: Watch, found: _Since, at: int) -> Caught:
    """Return what happened at a provision (`at` 0) or in an article (`at` 1)."""
    here = {pk for pk, names in found.addresses.items() if names[at] == watch.value}
    acts = [act for act in found.acts if here.intersection(_provisions(act))]
    proposals = tuple(act.number for act in acts if isinstance(act, events.AmendmentSubmitted))
    words = tuple(row.address for row in found.changed if row.id in here)
    decisions = sum(isinstance(act, events.Decided | events.Agreed | events.Reopened) for act in acts)
    return Caught(watch, words, proposals, decisions)


def _catch_word(watch: Watch, found: _Since) -> Caught:
    """Return the changed provisions in which the word stands or stood, and the proposals that touch it."""
    word = watch.value.casefold()
    words = tuple(
        row.address
        for row in found.changed
        if word in row.words.casefold() or word in found.then.get(row.id, "").casefold()
    )
    proposals = tuple(
        act.number
        for act in found.acts
        if isinstance(act, events.AmendmentSubmitted)
        and any(word in hunk.words.casefold() or word in hunk.struck.casefold() for hunk in act.hunks)
    )
    return Caught(watch, words, proposals)


def _catch_delegation(watch: Watch, found: _Since) -> Caught:
    proposals = tuple(
        act.number for act in found.acts if isinstance(act, events.AmendmentSubmitted) and watch.value in act.sponsors
    )
    taken = sum(isinstance(act, events.StanceTaken) and act.delegation == watch.value for act in found.acts)
    return Caught(watch, (), proposals, 0, taken)


def _provisions(act: events.Event) -> Iterable[int]:
    """Return the provisions an act is about."""
    match act:
        case events.AmendmentSubmitted(hunks=hunks):
            return {hunk.provision for hunk in hunks}
        case events.Decided(provisions=provisions):
            return provisions
        case events.Agreed(provision=provision) | events.Reopened(provision=provision):
            return (provision,)
    return ()
