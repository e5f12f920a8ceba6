"""The chair's pictures of a negotiation: numbers in the words of the room, who holds what, brackets over time.

For the chair and whom the chair names, and nobody else: never exported, and in no API. What would happen if somebody
let go is `text.whatif`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right, Role
from drafting import events
from drafting.models import (
    Asking,
    Bilateral,
    Bracket,
    JournalEntry,
    NegotiatingText,
    Pen,
    Position,
    Stance,
    Viewer,
)
from drafting.models.positions import HOLDING
from drafting.queries import access, ladders, revisions, snapshots
from drafting.queries.snapshots import Snapshot
from drafting.text.whatif import Held

_AGAINST = (Stance.DELETE, Stance.OPPOSE, Stance.CANNOT_ACCEPT)
_KINDS = ("bracket-opened", "bracket-closed", "bracket-reopened")


@dataclass(frozen=True, slots=True)
class Cell:
    """A provision in the heat map: its open brackets, and the style and name of the rung it stands on, if any."""

    address: str
    brackets: int
    agreed: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Pictures:
    """All the pictures at one moment; `series` are the open brackets of an article at the end of each of `days`.

    `rungs` are (name, provisions) from the highest down; `sizes` are (symbol, characters, brackets) of each revision;
    `minutes` (address, minutes) that the pen or the question “Agreed?” was on a provision.
    """

    rungs: Sequence[tuple[str, int]]
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


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation that was held between two delegations, by code."""

    id: int
    parties: tuple[str, ...]
    about: str
    held: datetime


def pictures(seat: Seat, negotiated: NegotiatingText) -> Pictures:
    """Return the pictures of a text, for the chair and whom the chair named."""
    access.pictures(seat, negotiated)
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
        rungs=_rungs(negotiated, cells),
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
    levels = {row.provision: (row.style or row.level, row.name) for row in taken.agreements if row.start is None}
    found: dict[str, list[Cell]] = defaultdict(list)
    for row in taken.standing():
        if row.kind not in ("heading", "article", "furniture", "note"):
            found[row.article].append(Cell(row.address, counted[row.id], *levels.get(row.id, ("", ""))))
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


def _minutes(negotiated: NegotiatingText, most: int = 12) -> list[tuple[str, int]]:
    """Return the provisions on which the room spent most, in whole minutes: under a pen, or asked whether agreed."""
    now = timezone.now()
    spent: dict[str, float] = defaultdict(float)
    pens = Pen.objects.filter(provision__text=negotiated).values_list("provision__address", "opened", "closed")
    asked = Asking.objects.filter(provision__text=negotiated).values_list("provision__address", "at", "closes")
    for address, begun, ended in (*pens, *asked):
        spent[address] += (min(ended or now, now) - begun).total_seconds()
    ranked = sorted(spent.items(), key=lambda item: -item[1])[:most]
    return [(address, int(seconds // 60)) for address, seconds in ranked if seconds >= 60]


def _rungs(negotiated: NegotiatingText, cells: Sequence[Cell]) -> list[tuple[str, int]]:
    counted = Counter(cell.said for cell in cells)
    return [(rung.name, counted[rung.name]) for rung in reversed(ladders.of(negotiated.conference))]


def viewers(seat: Seat, negotiated: NegotiatingText) -> list[Seat]:
    """Return the seats that the chair lets see the pictures."""
    access.pictures(seat, negotiated)
    rows = Viewer.objects.filter(text=negotiated).select_related("seat__delegation", "seat__user")
    return [row.seat for row in rows]


def candidates(seat: Seat, negotiated: NegotiatingText) -> list[Seat]:
    """Return the seats on the floor that do not see the pictures yet, offices first."""
    seen = {row.pk for row in viewers(seat, negotiated)}
    rows = Seat.objects.filter(conference=negotiated.conference_id, active=True).exclude(role=Role.CHAIR)
    rows = rows.select_related("delegation", "user").order_by(F("delegation__code").asc(nulls_first=True), "role", "pk")
    return [row for row in rows if row.pk not in seen and row.may(Right.READ_FLOOR)]


def log(seat: Seat, negotiated: NegotiatingText) -> list[Talk]:
    """Return the conversations held, the newest first."""
    access.pictures(seat, negotiated)
    rows = Bilateral.objects.filter(text=negotiated).prefetch_related("parties")
    return [Talk(row.pk, tuple(sorted(party.code for party in row.parties.all())), row.about, row.held) for row in rows]
