"""Files that were taken over: each difference as the decision it became, with its words before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from delegations.models import Seat
from drafting.errors import NotFound
from drafting.models import Decision, NegotiatingText
from drafting.queries import access
from drafting.text.changes import ChangeSet

#: What the way back of a step says of the step.
_DONE = {"revive": "taken out", "place": "moved", "retire": "new"}


@dataclass(frozen=True, slots=True)
class Worded:
    """One provision by its address: what the act did to it, and its words before and after where they changed."""

    address: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Taken:
    """One decision of a file; undone, it is as if it had not been taken."""

    id: int
    undone: bool
    pieces: tuple[Worded, ...]


@dataclass(frozen=True, slots=True)
class TakeOver:
    """A whole file: on whose authority it was taken over, why, and its decisions in their order."""

    batch: UUID
    authority: str
    reason: str
    forum: str
    decisions: tuple[Taken, ...]


def of(seat: Seat, negotiated: NegotiatingText, batch: UUID) -> TakeOver:
    """Return what was taken over together; raises `NotFound` where that was no file of this text."""
    access.floor(seat, negotiated)
    rows = list(Decision.objects.filter(text=negotiated, batch=batch, act=Decision.Act.TAKE_OVER).order_by("seq", "pk"))
    if not rows:
        raise NotFound("There is no file taken over at this address.")
    first = rows[0]
    called = {row.pk: row.undo["act"] for row in rows}
    places = addresses(negotiated, rows)
    taken = tuple(Taken(row.pk, row.undone, tuple(_pieces(called[row.pk], places))) for row in rows)
    return TakeOver(batch, first.get_authority_display(), first.reason, first.forum, taken)


def addresses(negotiated: NegotiatingText, rows: Sequence[Decision]) -> dict[int, str]:
    """Return the addresses of the provisions that decisions changed, moved, made or took out; one query."""
    touched = {pk for row in rows for pk in provisions(row)}
    return dict(negotiated.provisions.filter(pk__in=touched).values_list("pk", "address"))


def provisions(row: Decision) -> list[int]:
    """Return the provisions that a decision changed, moved, made or took out, by id."""
    act: Mapping[str, Any] = row.undo.get("act") or {"texts": (), "steps": ()}
    found = [text["provision"] for text in act["texts"]] + [step[1] for step in act["steps"]]
    return list(dict.fromkeys(found))


def _pieces(act: Mapping[str, Any], places: Mapping[int, str]) -> list[Worded]:
    what = {step[1]: _DONE[step[0]] for step in sorted(act["steps"])}
    found: dict[int, Worded] = {}
    for text in act["texts"]:
        pk, after = text["provision"], str(text["after"])
        back = ChangeSet.of([(start, end, words) for start, end, words in text["back"]], len(after))
        found[pk] = Worded(places.get(pk, ""), what.get(pk, "words changed"), back.apply(after), after)
    rest = {pk: Worded(places.get(pk, ""), said, "", "") for pk, said in what.items() if pk not in found}
    return [*found.values(), *rest.values()]
