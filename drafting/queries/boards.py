"""A delegation's board: the open provisions, the most urgent for it first, and why.

Urgency is told by reasons a reader can check, not by a score. Eleven queries at most, whatever the rows; what of the
delegation is sealed (`access.notes`) is not read here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum

from delegations.models import Seat
from drafting.models import Agreement, Hunk, NegotiatingText, Pen, Position, Sponsorship, Stance
from drafting.models.positions import HOLDING
from drafting.queries import access, amendments, attribution, digests, moments
from drafting.queries.watches import Watched

#: Characters of a provision's words a row shows.
SHOWN = 110

_AGAINST = (Stance.OPPOSE, Stance.CANNOT_ACCEPT, Stance.DELETE)


class Urgency(IntEnum):
    """Why a provision needs a delegation, the most urgent first."""

    WAITS = 1
    PEN = 2
    OPPOSED = 3
    MOVED = 4
    OURS = 5
    WATCHED = 6
    CHANGED = 7
    OPEN = 8


#: What each is called.
LABELS = {
    Urgency.WAITS: "waits for us",
    Urgency.PEN: "under the pen now",
    Urgency.OPPOSED: "our words are opposed",
    Urgency.MOVED: "ours, and changed since you read",
    Urgency.OURS: "we have words in it",
    Urgency.WATCHED: "you watch it",
    Urgency.CHANGED: "changed since you read",
    Urgency.OPEN: "open",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One open provision; `reasons` are told in order, the first decides its place."""

    address: str
    words: str
    reasons: tuple[str, ...]
    urgency: Urgency
    brackets: int
    amendments: int
    ours: int
    against: int


@dataclass(frozen=True, slots=True)
class Board:
    """Some rows of the whole board; `counts` says how many there are of each urgency."""

    rows: tuple[Row, ...]
    total: int
    counts: tuple[tuple[str, int], ...]


@dataclass
class _Stake:
    """What a delegation has in one provision."""

    ours: int = 0
    holds: int = 0
    waits: bool = False
    against: int = 0


def board(seat: Seat, negotiated: NegotiatingText, *, page: int = 1, size: int = 100) -> Board:
    """Return the open provisions of a text by their urgency for the seat's own delegation."""
    delegation = access.own_delegation(seat, negotiated)
    stakes: dict[int, _Stake] = defaultdict(_Stake)
    _note_proposals(stakes, seat, negotiated, delegation.pk)
    _note_brackets(stakes, seat, negotiated, delegation.pk)
    rows = _rows(seat, negotiated, stakes)
    rows.sort(key=lambda row: (row.urgency, -row.against))
    counts = tuple((LABELS[urgency], sum(row.urgency is urgency for row in rows)) for urgency in Urgency)
    start = (max(page, 1) - 1) * size
    return Board(tuple(rows[start : start + size]), len(rows), tuple(pair for pair in counts if pair[1]))


def _rows(seat: Seat, negotiated: NegotiatingText, stakes: dict[int, _Stake]) -> list[Row]:
    began = moments.began(seat, negotiated)
    changed = {row.id for row in digests.changed(negotiated, began.seq)}
    pens = set(Pen.objects.filter(provision__text=negotiated, closed=None).values_list("provision", flat=True))
    proposed = amendments.counts(negotiated)
    brackets = _brackets(negotiated)
    agreed = _agreed(negotiated)
    watched = Watched(seat, negotiated)
    rows: list[Row] = []
    fields = ("pk", "address", "article", "words__content")
    for pk, address, article, words in (
        negotiated.provisions.filter(retired=False).order_by("order").values_list(*fields)
    ):
        stake = stakes.get(pk, _Stake())
        is_open = brackets.get(pk) or proposed.get(pk) or stake.waits
        if not is_open or (pk in agreed and not stake.waits):
            continue
        found = _urgencies(stake, pk in changed, pk in pens, watched.holds(address, article, words))
        rows.append(
            Row(
                address,
                words[:SHOWN].rsplit(" ", 1)[0] + " …" if len(words) > SHOWN else words,
                tuple(LABELS[urgency] for urgency in found),
                found[0],
                brackets.get(pk, 0),
                proposed.get(pk, 0),
                stake.ours + stake.holds,
                stake.against,
            )
        )
    return rows


def _urgencies(stake: _Stake, changed: bool, pen: bool, watched: bool) -> list[Urgency]:
    ours = bool(stake.ours or stake.holds)
    holds = {
        Urgency.WAITS: stake.waits,
        Urgency.PEN: pen,
        Urgency.OPPOSED: bool(stake.against),
        Urgency.MOVED: changed and ours,
        Urgency.OURS: ours and not changed,
        Urgency.WATCHED: watched,
        Urgency.CHANGED: changed and not ours,
    }
    return [urgency for urgency, is_so in holds.items() if is_so] or [Urgency.OPEN]


def _note_proposals(stakes: dict[int, _Stake], seat: Seat, negotiated: NegotiatingText, delegation: int) -> None:
    """Note where own open proposals stand, which of them wait, and how many oppose them."""
    stood = Sponsorship.objects.filter(delegation=delegation, withdrawn=False, version__answer="")
    own = stood.values("version")
    rows = amendments.open_hunks(negotiated).filter(version__in=own).values_list("provision", "version", "outcome")
    seen = set(rows)
    for provision, version in {(provision, version) for provision, version, _ in seen}:
        stakes[provision].ours += 1
        stakes[provision].waits |= (provision, version, Hunk.Outcome.FLAGGED.value) in seen
    against: dict[object, int] = defaultdict(int)
    taken = Position.objects.filter(version__in=own, version__amendment__text=negotiated, stance__in=_AGAINST)
    for version in attribution.seen(taken, seat, negotiated).values_list("version", flat=True):
        against[version] += 1
    for provision, version in {(provision, version) for provision, version, _ in seen}:
        stakes[provision].against = max(stakes[provision].against, against[version])


def _note_brackets(stakes: dict[int, _Stake], seat: Seat, negotiated: NegotiatingText, delegation: int) -> None:
    """Note which open brackets the delegation holds, which of its stances wait, and how many want them deleted."""
    taken = Position.objects.filter(bracket__text=negotiated, bracket__closed=False)
    own = taken.filter(delegation=delegation)
    for provision, stance, stale in own.values_list("bracket__start_text__provision", "stance", "stale"):
        if provision is not None:
            stakes[provision].waits |= stale
            stakes[provision].holds += stance in HOLDING
    held = own.filter(stance__in=HOLDING).values("bracket")
    against: dict[tuple[int, int | None], int] = defaultdict(int)
    opposed = taken.filter(bracket__in=held, stance__in=_AGAINST)
    for provision, bracket in attribution.seen(opposed, seat, negotiated).values_list(
        "bracket__start_text__provision", "bracket"
    ):
        if provision is not None:
            against[provision, bracket] += 1
            stakes[provision].against = max(stakes[provision].against, against[provision, bracket])


def _brackets(negotiated: NegotiatingText) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    rows = negotiated.brackets.filter(closed=False).exclude(kind="note")
    for provision in rows.values_list("start_text__provision", flat=True):
        if provision is not None:
            found[provision] += 1
    return found


def _agreed(negotiated: NegotiatingText) -> set[int]:
    whole = Agreement.objects.filter(provision__text=negotiated, ended=False, start=None)
    return set(whole.values_list("provision", flat=True))
