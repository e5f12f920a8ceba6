"""Triage: every open proposal once, clustered by what it does to a provision, sorted for the chair.

What is contested comes first, then what changes the force of the text most, then the order of the document. Support
never sorts; the numbers of delegations are there for who asks for them. Deciding is in `services.bulk`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from delegations.models import Seat
from delegations.roles import Right
from drafting.models import Decision, Hunk, NegotiatingText, Position, Sponsorship
from drafting.queries import access, amendments, mandates
from drafting.text import triage
from drafting.text.triage import Likeness

#: What a filter may ask for, besides a likeness.
WEAKER, STRONGER = "weaker", "stronger"
_FOR = frozenset({"propose", "support", "retain"})
_AGAINST = frozenset({"delete", "oppose", "cannot-accept"})


class Edit(NamedTuple):
    """One open hunk, and the proposal it belongs to."""

    hunk: int
    provision: int
    lo: int
    hi: int
    struck: str
    words: str
    inserts_after: bool
    outcome: str
    version: UUID
    number: int
    strength: int


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a cluster: its hunks, the edits of the first proposal that has it, and all that have it."""

    hunks: tuple[int, ...]
    edits: tuple[Edit, ...]
    numbers: tuple[int, ...]
    sponsors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClusterShown:
    """Proposals to be looked at together; `rivals` counts the clusters that change the same `words` of a provision.

    `strength` is the largest change of force in it (negative weakens); `backing` is (for, against), delegations each
    once, or None where nobody asked.
    """

    provision: int
    address: str
    article: str
    words: str
    likeness: str
    wordings: tuple[Wording, ...]
    rivals: int
    strength: int
    is_new_provision: bool
    is_kept: bool
    is_flagged: bool
    backing: tuple[int, int] | None = None

    @property
    def hunks(self) -> tuple[int, ...]:
        """Return all its hunks, in the order of its wordings."""
        return tuple(pk for wording in self.wordings for pk in wording.hunks)

    @property
    def count(self) -> int:
        """Return how many proposals it holds."""
        return len({number for wording in self.wordings for number in wording.numbers})


@dataclass(frozen=True, slots=True)
class Triage:
    """All clusters that a filter leaves, as of the floor's `seq`, and how many proposals are in them.

    `by_likeness` counts the clusters there would be without the filter.
    """

    seq: int
    clusters: tuple[ClusterShown, ...]
    amendments: int
    by_likeness: Mapping[str, int]


def sorted_out(
    seat: Seat,
    negotiated: NegotiatingText,
    *,
    likeness: str = "",
    address: str = "",
    only_undecided: bool = True,
    counted: bool = False,
) -> Triage:
    """Return the open proposals in clusters, the contested first; refused to who does not decide.

    `likeness` is one of the engine's, or `weaker` or `stronger`; `address` keeps a provision or an article;
    `only_undecided` leaves out what the chair kept for later. Six queries at most, whatever the size.
    """
    access.floor(seat, negotiated)
    access.require(seat, Right.DECIDE)
    negotiated.floor.refresh_from_db(fields=["head"])
    board = _Board(negotiated, counted)
    found = sorted(board.clusters(), key=lambda row: (-row.rivals, -abs(row.strength), board.order[row.provision]))
    own = mandates.limit(seat, negotiated)
    found = [row for row in found if not (only_undecided and row.is_kept) and (own is None or row.provision in own)]
    wanted = [row for row in found if _is_wanted(row, likeness, address)]
    numbers = {number for row in wanted for wording in row.wordings for number in wording.numbers}
    return Triage(negotiated.floor.head, tuple(wanted), len(numbers), Counter(row.likeness for row in found))


def _is_wanted(row: ClusterShown, likeness: str, address: str) -> bool:
    if address and address not in (row.address, row.article):
        return False
    if likeness in (WEAKER, STRONGER):
        return row.strength < 0 if likeness == WEAKER else row.strength > 0
    return not likeness or row.likeness == likeness


class _Board:
    """The rows of one moment, put together provision by provision."""

    def __init__(self, negotiated: NegotiatingText, counted: bool) -> None:
        self._counted = counted
        fields = ("pk", "provision", "lo", "hi", "struck", "words", "inserts_after", "outcome", "version")
        rows = amendments.open_hunks(negotiated).order_by("provision", "lo", "pk")
        edits = [Edit(*row) for row in rows.values_list(*fields, "version__amendment__number", "version__strength")]
        self._at: dict[int, list[Edit]] = defaultdict(list)
        for edit in edits:
            self._at[edit.provision].append(edit)
        places = negotiated.provisions.filter(pk__in=amendments.open_hunks(negotiated).values("provision"))
        self._places = {pk: found for pk, *found in places.values_list("pk", "address", "article", "words__content")}
        self.order = dict(places.values_list("pk", "order"))
        kept = Decision.objects.filter(text=negotiated, act=Decision.Act.KEEP, undone=False, hunks__isnull=False)
        self._kept = set(kept.values_list("hunks", flat=True))
        self._behind = self._read_sponsors(negotiated)
        self._stands = self._read_stands(negotiated) if counted else {}

    def clusters(self) -> Iterator[ClusterShown]:
        """Yield every cluster: changes of a provision's words, then new provisions after it."""
        for provision, edits in self._at.items():
            changes: dict[str, list[Edit]] = defaultdict(list)
            new: dict[str, list[Edit]] = defaultdict(list)
            for edit in edits:
                (new if edit.inserts_after else changes)[str(edit.number)].append(edit)
            yield from self._changing(provision, changes)
            alike: dict[str, dict[str, list[Edit]]] = defaultdict(dict)
            for number, own in new.items():
                alike["\n".join(" ".join(edit.words.split()) for edit in own)][number] = own
            for same in alike.values():
                likeness = Likeness.IDENTICAL if len(same) > 1 else Likeness.ALONE
                yield self._shown(provision, likeness, [list(same.values())], 0)

    def _changing(self, provision: int, changes: Mapping[str, list[Edit]]) -> Iterator[ClusterShown]:
        if len(changes) < 2:  # nothing to compare it with
            for own in changes.values():
                yield self._shown(provision, Likeness.ALONE, [[own]], 0)
            return
        words = self._places[provision][2]
        full = {
            number: amendments.applied(words, [(edit.lo, edit.hi, edit.words) for edit in own])
            for number, own in changes.items()
        }
        for cluster in triage.cluster(words, full):
            wordings = [[changes[number] for number in variant.by] for variant in cluster.variants]
            yield self._shown(provision, cluster.likeness, wordings, len(cluster.rivals))

    def _shown(
        self, provision: int, likeness: str, wordings: Sequence[Sequence[Sequence[Edit]]], rivals: int
    ) -> ClusterShown:
        edits = [edit for wording in wordings for own in wording for edit in own]
        address, article, words = self._places[provision]
        return ClusterShown(
            provision=provision,
            address=address,
            article=article,
            words=words,
            likeness=str(likeness),
            wordings=tuple(self._wording(wording) for wording in wordings),
            rivals=rivals,
            strength=max((edit.strength for edit in edits), key=abs, default=0),
            is_new_provision=edits[0].inserts_after,
            is_kept=all(edit.hunk in self._kept for edit in edits),
            is_flagged=any(edit.outcome == Hunk.Outcome.FLAGGED for edit in edits),
            backing=self._backing({edit.version for edit in edits}) if self._counted else None,
        )

    def _wording(self, wording: Sequence[Sequence[Edit]]) -> Wording:
        codes = dict.fromkeys(code for own in wording for code in self._behind[own[0].version])
        return Wording(
            hunks=tuple(edit.hunk for own in wording for edit in own),
            edits=tuple(wording[0]),
            numbers=tuple(own[0].number for own in wording),
            sponsors=tuple(codes),
        )

    def _backing(self, versions: Iterable[UUID]) -> tuple[int, int]:
        """Return how many delegations are for and against, each once, whatever it says of how many of them."""
        pro = {code for version in versions for code in self._behind[version]}
        pro |= {code for version in versions for code, stance in self._stands.get(version, ()) if stance in _FOR}
        con = {code for version in versions for code, stance in self._stands.get(version, ()) if stance in _AGAINST}
        return len(pro), len(con - pro)

    @staticmethod
    def _read_sponsors(negotiated: NegotiatingText) -> dict[UUID, list[str]]:
        found: dict[UUID, list[str]] = defaultdict(list)
        concerned = Q(version__amendment__text=negotiated, version__amendment__state="open", version__current=True)
        rows = Sponsorship.objects.filter(concerned, withdrawn=False).order_by("delegation__code")
        for version, code in rows.values_list("version", "delegation__code"):
            found[version].append(code)
        return found

    @staticmethod
    def _read_stands(negotiated: NegotiatingText) -> dict[UUID, list[tuple[str, str]]]:
        found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
        rows = Position.objects.filter(version__amendment__text=negotiated, version__current=True)
        for version, code, stance in rows.values_list("version", "delegation__code", "stance"):
            if version is not None:
                found[version].append((code, stance))
        return found
