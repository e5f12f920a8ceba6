"""Files that are to be the next state of a text: looked at, corrected by a person, confirmed and taken over.

How they are kept meanwhile, and worked on, is `shelves`; what a file would do is `prospects`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from delegations.models import Seat
from drafting.errors import NotFound
from drafting.imports import prospects, successions
from drafting.imports.prospects import Prospect
from drafting.imports.shelves import DONE, TAKING, WAITING, Brought, Shelf, State
from drafting.models import Decision, NegotiatingText
from drafting.services import comments
from drafting.services import successions as acts

#: Differences up to which they are made at once.
FEW = 30


@dataclass(frozen=True, kw_only=True)
class Intake(Brought):
    """A file and what is wanted of it: `said` are a person's corrections, the rest what they confirmed."""

    text: int
    said: Mapping[int, int] = field(default_factory=dict)
    shown: str = ""
    authority: str = ""
    reason: str = ""
    forum: str = ""


_SHELF: Shelf[Intake, Prospect] = Shelf("intake")


def begin(seat: Seat, negotiated: NegotiatingText, name: str, data: bytes, side: str) -> Intake:
    """Keep a file; raises `UnreadableImport` for what is none, before anything is kept."""
    return _SHELF.put(Intake(seat=seat.pk, text=negotiated.pk, name=name, data=data, side=side))


def fetch(seat: Seat, negotiated: NegotiatingText, key: str) -> Intake:
    """Return what is kept under a key for this seat and text; raises `NotFound` for anything else."""
    found = _SHELF.fetch(seat, key)
    if found.text != negotiated.pk:
        raise NotFound("This file was brought to another text: choose it again.")
    return found


def correct(intake: Intake, said: Mapping[int, int]) -> Intake:
    """Return the intake with a person's corrections; it is looked at anew."""
    corrected = dataclasses.replace(intake, said={**intake.said, **said}, confirmed=False)
    return _SHELF.keep(corrected, State(WAITING))


def confirm(intake: Intake, shown: str, authority: str, reason: str, forum: str) -> Intake:
    """Return the intake with what a person confirmed of it, to be taken over."""
    confirmed = dataclasses.replace(
        intake, confirmed=True, shown=shown, authority=authority, reason=reason, forum=forum
    )
    return _SHELF.keep(confirmed, State(TAKING))


def state(intake: Intake) -> State:
    """Return how far it is."""
    return _SHELF.state(intake)


def prospect(intake: Intake) -> Prospect | None:
    """Return what was found in the file, None where nobody has looked yet."""
    return _SHELF.found(intake)


def work(key: str) -> None:
    """Do what is wanted of an intake now: look at it, or take it over. Safe to run twice."""
    _SHELF.work(key, _look, _take_over)


def _look(intake: Intake) -> Prospect:
    _, negotiated = _who(intake)
    return prospects.make(negotiated, intake.read(), intake.said)


def _take_over(intake: Intake) -> State:
    seat, negotiated = _who(intake)
    batch = UUID(intake.key)
    made = Decision.objects.filter(text=negotiated, batch=batch).count()
    planned = _SHELF.planned(intake) if made else None
    if made and planned is None:  # all of it in one act, by a worker that died before it could say so
        return State(DONE, made=made)
    found = successions.Finder(negotiated, intake.read(), intake.said)
    done = acts.take_over(
        seat,
        negotiated,
        found.target,
        shown=intake.shown,
        authority=intake.authority,
        reason=f"{intake.reason} (from {intake.name})".strip(),
        forum=intake.forum,
        batch=batch,
        report=lambda now, total: _SHELF.tell(intake, State(TAKING, now, total)),
        planned=planned,
        keep=lambda plan: _SHELF.plan(intake, plan),
    )
    comments.keep(seat, negotiated, intake.name, found.comments(done.provisions))
    return State(DONE, made=done.made, left=tuple(one.why for one in done.left))


def _who(intake: Intake) -> tuple[Seat, NegotiatingText]:
    seat = Seat.objects.select_related("conference", "delegation").get(pk=intake.seat)
    texts = NegotiatingText.objects.select_related("conference", "floor", "public", "bureau")
    return seat, texts.get(pk=intake.text)
