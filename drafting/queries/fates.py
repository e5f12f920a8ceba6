"""What became of a delegation's proposals: each with its fate, the bracket its words stand in, who proposed the same.

After a revision the fates are those it was issued with; before the next one, those of the floor as it stands. A number
of queries that does not grow with the rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from delegations.models import Seat
from drafting.models import (
    Amendment,
    AmendmentVersion,
    Bracket,
    Decision,
    Hunk,
    NegotiatingText,
    Position,
    ProposedText,
    Provision,
    Revision,
    Sponsorship,
)
from drafting.models.positions import HOLDING
from drafting.queries import access, amendments, endings, homes, losses, reports, selections, snapshots
from drafting.queries.cards import Card
from drafting.queries.losses import Edit
from drafting.queries.reports import LossEntry

#: Outcomes with which an edit stands in the text.
_TAKEN = frozenset({Hunk.Outcome.ACCEPTED, Hunk.Outcome.DONE})


@dataclass(frozen=True, slots=True)
class Place:
    """A bracket in which own words stand, as the floor calls it."""

    address: str
    article: str
    number: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision on a proposal: the act and its authority in words, when it was, and the reason given."""

    act: str
    authority: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Became:
    """One own proposal and what became of it; `same` are the numbers of proposals with the same wording.

    `landed` are the addresses at which provisions it brought into the text stand now.
    """

    card: Card
    places: tuple[Place, ...]
    landed: tuple[str, ...]
    rulings: tuple[Ruling, ...]
    same: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """One own proposal as a revision was issued with it; `landed` as in `Became`, in the text of that revision."""

    entry: LossEntry
    landed: tuple[str, ...]

    @property
    def label(self) -> str:
        """The fate in print."""
        return endings.FATES[self.entry.fate]

    @property
    def addresses(self) -> tuple[str, ...]:
        """The provisions it touched, each once."""
        return tuple(dict.fromkeys(hunk.address for hunk in self.entry.hunks))

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Its edits, as the loss report reads."""
        return tuple(losses.edits(self.entry))


@dataclass(frozen=True, slots=True)
class Fates:
    """A page of own proposals, newest first; `counts` are over all of them, in the order of `endings.FATES`."""

    rows: tuple[Became, ...]
    total: int
    counts: tuple[tuple[str, str, int], ...]


def now(seat: Seat, negotiated: NegotiatingText, *, page: int = 1, size: int = 50) -> Fates:
    """Return what became of the proposals of the seat's own delegation, as the floor stands."""
    access.own_delegation(seat, negotiated)
    found = amendments.listed(seat, negotiated, selections.OURS, page=page, size=size)
    decisions = _decisions(found.cards)
    places = _places(seat, decisions)
    landed = _landed(decisions)
    same = _same(negotiated, found.cards)
    rows = [
        Became(
            card,
            tuple(dict.fromkeys(place for row in _of(card, decisions) for place in places.get(row.pk, ()))),
            tuple(landed[hunk.id] for hunk in card.hunks if hunk.id in landed),
            tuple(_ruling(row) for row in _of(card, decisions)),
            same.get(card.version, ()),
        )
        for card in found.cards
    ]
    return Fates(tuple(rows), found.total, _counted(homes.fates(seat, negotiated)))


def at_revision(
    seat: Seat, negotiated: NegotiatingText, number: int
) -> tuple[tuple[Ended, ...], tuple[tuple[str, str, int], ...]]:
    """Return what had become of own proposals when revision `number` was issued, each once, and the counts."""
    delegation = access.own_delegation(seat, negotiated)
    revision = access.revision(seat, negotiated, number)
    own = Sponsorship.objects.filter(
        delegation=delegation, version__amendment__text=negotiated, version__answer="", withdrawn=False
    )
    ours = {str(pk) for pk in own.values_list("version__amendment", flat=True)}
    entries = reports.losses(revision)
    entries = entries if amendments.shows_names(seat, negotiated) else reports.unnamed(entries)
    kept = [entry for entry in entries if entry.amendment in ours]
    landed = _landed_in(revision, kept)
    told = tuple(
        Ended(entry, tuple(landed[at] for hunk in entry.hunks if (at := (entry.amendment, hunk.index)) in landed))
        for entry in kept
    )
    return told, _counted(Counter(entry.fate for entry in kept))


def _counted(found: Counter[str]) -> tuple[tuple[str, str, int], ...]:
    return tuple((key, label, found[key]) for key, label in endings.FATES.items() if found[key])


def _decisions(cards: Sequence[Card]) -> dict[int, list[Decision]]:
    """Return the standing decisions on each hunk of `cards`, by hunk, in their order."""
    wanted = [hunk.id for card in cards for hunk in card.hunks]
    through = Decision.hunks.through.objects.filter(hunk__in=wanted, decision__undone=False)
    found: dict[int, list[Decision]] = defaultdict(list)
    for row in through.select_related("decision").order_by("decision__seq"):
        found[row.hunk_id].append(row.decision)
    return found


def _of(card: Card, decisions: dict[int, list[Decision]]) -> list[Decision]:
    rows = {row.pk: row for hunk in card.hunks for row in decisions.get(hunk.id, ())}
    return list(rows.values())


def _places(seat: Seat, decisions: dict[int, list[Decision]]) -> dict[int, list[Place]]:
    """Return, by decision, the brackets it gave the delegation to hold, or to want deleted."""
    rows = {row.pk for found in decisions.values() for row in found if row.act == Decision.Act.BRACKET}
    through = Decision.brackets.through.objects.filter(decision__in=rows)
    pairs = list(through.values_list("decision", "bracket"))
    own = Position.objects.filter(delegation=seat.delegation_id, bracket__in={bracket for _, bracket in pairs})
    held = {row.bracket_id: row for row in own.select_related("bracket__start_text__provision")}
    found: dict[int, list[Place]] = defaultdict(list)
    for decision, bracket in pairs:
        row = held.get(bracket)
        if row is not None and row.bracket is not None and (row.stance in HOLDING or row.stance == "delete"):
            found[decision].append(_place(row.bracket))
    return found


def _landed(decisions: Mapping[int, Sequence[Decision]]) -> dict[int, str]:
    """Return, by hunk, where the new provision that it became stands; none where that was taken out since."""
    rows = {row.pk: row for found in decisions.values() for row in found}.values()
    became = {int(hunk): created for row in rows for hunk, created in row.undo.get("landed", {}).items()}
    live = Provision.objects.filter(pk__in=became.values(), retired=False)
    addresses = dict(live.values_list("pk", "address"))
    return {hunk: addresses[pk] for hunk, pk in became.items() if pk in addresses}


def _landed_in(revision: Revision, entries: Iterable[LossEntry]) -> dict[tuple[str, int], str]:
    """Return, by proposal and index of the edit, the address a new provision that went in has in an issued revision.

    What was taken out before it was issued stands in it no more; where more than one place is left, none is named.
    """
    taken = {(one.amendment, edit.index) for one in entries for edit in one.hunks if edit.outcome in _TAKEN}
    wanted = {UUID(amendment) for amendment, _ in taken}
    through = Decision.hunks.through.objects.filter(
        hunk__version__amendment__in=wanted,
        hunk__inserts_after=True,
        decision__act=Decision.Act.ACCEPT,
        decision__seq__lte=revision.at_seq,
    )
    fields = ("hunk", "hunk__version__amendment", "hunk__index", "decision__undo")
    standing = {row.id: row.address for row in snapshots.provisions(revision.snapshot) if not row.retired}
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for hunk, amendment, index, undo in through.values_list(*fields):
        created = undo.get("landed", {}).get(str(hunk))
        if created in standing and (str(amendment), index) in taken:
            found[str(amendment), index].add(standing[created])
    return {edit: next(iter(places)) for edit, places in found.items() if len(places) == 1}


def _place(row: Bracket) -> Place:
    return Place(row.start_text.provision.address, row.article, row.number, row.closed)


def _ruling(row: Decision) -> Ruling:
    return Ruling(
        row.get_act_display(), row.get_authority_display(), f"{timezone.localtime(row.at):%-d %b, %H:%M}", row.reason
    )


def _same(negotiated: NegotiatingText, cards: Sequence[Card]) -> dict[UUID, tuple[int, ...]]:
    """Return, by version, the numbers of other proposals on the floor that propose the very same.

    The same is the same full words for the same provisions, or the same edits of the same ranges.
    """
    provisions = {hunk.provision for card in cards for hunk in card.hunks}
    rivals = AmendmentVersion.objects.filter(current=True, amendment__text=negotiated, hunks__provision__in=provisions)
    rivals = rivals.exclude(amendment__state=Amendment.State.WITHDRAWN)
    hunks = Hunk.objects.filter(version__in=rivals.values("pk"))
    texts = ProposedText.objects.filter(version__in=rivals.values("pk"))
    fields = ("version", "version__amendment__number", "provision", "inserts_after")
    edits = _gathered(hunks.values_list(*fields, "lo", "struck", "words").order_by("index"))
    words = _gathered(texts.values_list(*fields, "words").order_by("pk"))
    wanted = {card.version: card.number for card in cards}
    found: dict[UUID, set[int]] = defaultdict(set)
    for alike in (*edits.values(), *words.values()):
        for version, number in alike:
            if version in wanted:
                found[version] |= {other for _, other in alike} - {number}
    return {version: tuple(sorted(numbers)) for version, numbers in found.items()}


def _gathered(rows: Iterable[tuple[Any, ...]]) -> dict[object, list[tuple[UUID, int]]]:
    """Return the (version, number) of those that have all their rows in common, by these rows."""
    parts: dict[tuple[UUID, int], list[object]] = defaultdict(list)
    for version, number, *rest in rows:
        parts[version, number].append(tuple(rest))
    found: dict[object, list[tuple[UUID, int]]] = defaultdict(list)
    for key, part in parts.items():
        found[tuple(part)].append(key)
    return found
