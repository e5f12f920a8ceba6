"""The chair's pictures of a negotiation: numbers in the words of the room, who holds what, brackets over time.

For whoever decides, and nobody else: never exported. What would happen if somebody let go is `text.whatif`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Sum
from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.models import Bracket, JournalEntry, NegotiatingText, Pen, Position, Stance
from drafting.models.positions import HOLDING
from drafting.queries import access, revisions, snapshots
from drafting.queries.snapshots import Snapshot
from drafting.text.whatif import Held

_AGAINST = (Stance.DELETE, Stance.OPPOSE, Stance.CANNOT_ACCEPT)
_KINDS = ("bracket-opened", "bracket-closed", "bracket-reopened")


@dataclass(frozen=True, slots=True)
class Cell:
    """A provision in the heat map: its open brackets, and how far it is agreed ("", "ad-ref", "agreed")."""

    address: str
    brackets: int
    agreed: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """All the pictures at one moment; `series` are the open brackets of an article at the end of each of `days`.

    `sizes` are (symbol, characters, brackets) of each revision; `minutes` (address, minutes) under a pen.
    """

    agreed: int
    bracketed: int
    untouched: int
    opened_today: int
    closed_today: int
    held: tuple[Held, ...]
    names: Mapping[int, str]
    stands: Mapping[str, Mapping[int, str]]
    heat: Mapping[str, Sequence[Cell]]
    days: Sequence[date]
    series: Mapping[str, Sequence[int]]
    sizes: Sequence[tuple[str, int, int]]
    minutes: Sequence[tuple[str, int]]


def pictures(seat: Seat, negotiated: NegotiatingText) -> Pictures:
    """Return the pictures of a text; refused to who does not decide."""
    access.floor(seat, negotiated)
    access.require(seat, Right.DECIDE)
    with snapshots.reading():
        taken = snapshots.taken(negotiated)
        stands = _stands(negotiated)
        moves = _moves(negotiated)
    heat = _heat(taken)
    cells = [cell for row in heat.values() for cell in row]
    held = tuple(_held(negotiated, taken, stands))
    days, series = _over_time(moves)
    today = days[-1] if days else None
    return Pictures(
        agreed=sum(bool(cell.agreed) for cell in cells),
        bracketed=sum(not cell.agreed and cell.brackets > 0 for cell in cells),
        untouched=sum(not cell.agreed and not cell.brackets for cell in cells),
        opened_today=sum(change > 0 for day, _, change in moves if day == today),
        closed_today=sum(change < 0 for day, _, change in moves if day == today),
        held=held,
        names={pair.id: f"{pair.article}, {pair.number}" if pair.article else str(pair.number) for pair in taken.pairs},
        stands=stands,
        heat=heat,
        days=days,
        series=series,
        sizes=_sizes(negotiated),
        minutes=_minutes(negotiated),
    )


def _stands(negotiated: NegotiatingText) -> dict[str, dict[int, str]]:
    """Return what each delegation says of each open bracket, by code and bracket."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    rows = Position.objects.filter(bracket__text=negotiated, bracket__closed=False)
    for code, bracket, stance in rows.values_list("delegation__code", "bracket", "stance"):
        if bracket is not None:
            found[code][bracket] = stance
    return dict(found)


def _held(negotiated: NegotiatingText, taken: Snapshot, stands: Mapping[str, Mapping[int, str]]) -> list[Held]:
    document = snapshots.bracketed(taken, negotiated.language)
    sizes = {pair.number: len(document.words(pair.number)) for pair in document.pairs}
    holders: dict[int, set[str]] = defaultdict(set)
    against: dict[int, set[str]] = defaultdict(set)
    for code, said in stands.items():
        for bracket, stance in said.items():
            if stance in HOLDING:
                holders[bracket].add(code)
            elif stance in _AGAINST:
                against[bracket].add(code)
    return [
        Held(
            number=pair.id,
            holders=frozenset(holders[pair.id]),
            against=frozenset(against[pair.id]),
            size=sizes.get(pair.id, 0),
            place=pair.article,
            known=pair.holders_known,
        )
        for pair in taken.pairs
        if pair.kind != Bracket.Kind.NOTE
    ]


def _heat(taken: Snapshot) -> dict[str, list[Cell]]:
    """Return the provisions with words by article, in the order of the text."""
    counted: dict[int, int] = defaultdict(int)
    for pair in taken.pairs:
        counted[pair.start[0]] += pair.kind != Bracket.Kind.NOTE
    levels = {row.provision: (row.style or row.level) for row in taken.agreements if row.start is None}
    found: dict[str, list[Cell]] = defaultdict(list)
    for row in taken.standing():
        if row.kind not in ("heading", "article", "furniture", "note"):
            found[row.article].append(Cell(row.address, counted[row.id], levels.get(row.id, "")))
    return dict(found)


def _moves(negotiated: NegotiatingText) -> list[tuple[date, str, int]]:
    """Return (day on the conference's clock, article, +1 or -1) of each bracket opened or closed, in order."""
    zone = ZoneInfo(negotiated.conference.timezone)
    articles = dict(negotiated.brackets.exclude(kind=Bracket.Kind.NOTE).values_list("pk", "article"))
    rows = JournalEntry.objects.filter(stream=negotiated.floor_id, kind__in=_KINDS, body__isnull=False).order_by("seq")
    found: list[tuple[date, str, int]] = []
    for at, body in rows.values_list("at", "body"):
        event = events.decode(body or "")
        if isinstance(event, events.BracketOpened | events.BracketClosed | events.BracketReopened):
            change = -1 if isinstance(event, events.BracketClosed) else 1
            if event.bracket in articles:
                found.append((datetime.fromisoformat(at).astimezone(zone).date(), articles[event.bracket], change))
    return found


def _over_time(moves: Sequence[tuple[date, str, int]]) -> tuple[list[date], dict[str, list[int]]]:
    if not moves:
        return [], {}
    first, last = moves[0][0], timezone.now().date()
    days = [first + timedelta(days=n) for n in range(max((last - first).days, (moves[-1][0] - first).days) + 1)]
    changes: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for day, article, change in moves:
        changes[article][day] += change
    series: dict[str, list[int]] = {}
    for article, by_day in changes.items():
        open_now, series[article] = 0, []
        for day in days:
            open_now += by_day[day]
            series[article].append(open_now)
    return days, series


def _sizes(negotiated: NegotiatingText) -> list[tuple[str, int, int]]:
    found = []
    for revision in negotiated.revisions.order_by("number"):
        taken = revisions.snapshot(revision)
        found.append((revision.symbol, sum(len(row.text) for row in taken.standing()), len(taken.pairs)))
    return found


def _minutes(negotiated: NegotiatingText, most: int = 8) -> list[tuple[str, int]]:
    """Return the provisions that were longest under a pen, in whole minutes."""
    rows = Pen.objects.filter(provision__text=negotiated, closed__isnull=False).values_list("provision__address")
    spent = rows.annotate(spent=Sum(F("closed") - F("opened"))).order_by("-spent")[:most]
    return [(address, int(time.total_seconds() // 60)) for address, time in spent if time.total_seconds() >= 60]
