"""Files on their way in: kept for an hour from the report to the confirmation, worked on by whoever has the time.

A small file is read where it arrived, a large one by a worker, with a sign of how far it is. The shelf is the cache:
what is lost there is brought again. A key gives nothing to another seat than the one that brought the file.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.core.cache import cache

from delegations.models import Seat
from drafting.errors import NotFound
from drafting.imports import prospects, reading, successions
from drafting.imports.lowering import Side
from drafting.imports.prospects import Prospect
from drafting.models import Decision, NegotiatingText
from drafting.services import comments
from drafting.services import successions as acts
from drafting.text.errors import RollingTextError

#: Seconds that a file and what was found in it are kept.
KEPT = 3_600
#: Bytes up to which a file is read at once: about a second's work.
AT_ONCE = 150_000
#: Differences up to which they are made at once.
FEW = 30

STOPPED = "This stopped on an error of the program; the log of the worker names it."

WAITING, READING, READY, TAKING, DONE = "waiting", "reading", "ready", "taking", "done"


@dataclass(frozen=True)
class Intake:
    """A file and what is wanted of it: `said` are a person's corrections, the rest what they confirmed."""

    key: str
    seat: int
    text: int
    name: str
    data: bytes
    side: str
    said: Mapping[int, int] = field(default_factory=dict)
    shown: str = ""
    authority: str = ""
    reason: str = ""
    forum: str = ""


@dataclass(frozen=True)
class State:
    """How far an intake is; `refusal` is a sentence. Done, it counts what was `made` and lists what was `left` out."""

    step: str
    done: int = 0
    total: int = 0
    refusal: str = ""
    code: str = ""
    status: int = 422
    made: int = 0
    left: tuple[str, ...] = ()


def begin(seat: Seat, negotiated: NegotiatingText, name: str, data: bytes, side: str) -> Intake:
    """Keep a file; raises `UnreadableImport` for what is none, before anything is kept."""
    reading.admit(data, name)
    intake = Intake(uuid4().hex, seat.pk, negotiated.pk, name[:255], reading.pruned(data), side)
    _keep(intake, State(WAITING))
    return intake


def fetch(seat: Seat, negotiated: NegotiatingText, key: str) -> Intake:
    """Return what is kept under a key for this seat and text; raises `NotFound` for anything else."""
    found: Intake | None = cache.get(f"intake:file:{key[:32]}")
    if found is None or (found.seat, found.text) != (seat.pk, negotiated.pk):
        raise NotFound("This report has run out: choose the file again.")
    return found


def correct(intake: Intake, said: Mapping[int, int]) -> Intake:
    """Return the intake with a person's corrections; it is looked at anew."""
    corrected = dataclasses.replace(intake, said={**intake.said, **said})
    _keep(corrected, State(WAITING))
    return corrected


def confirm(intake: Intake, shown: str, authority: str, reason: str, forum: str) -> Intake:
    """Return the intake with what a person confirmed of it, to be taken over."""
    confirmed = dataclasses.replace(intake, shown=shown, authority=authority, reason=reason, forum=forum)
    _keep(confirmed, State(TAKING))
    return confirmed


def state(intake: Intake) -> State:
    """Return how far it is."""
    found: State = cache.get(f"intake:state:{intake.key}", State(WAITING))
    return found


def prospect(intake: Intake) -> Prospect | None:
    """Return what was found in the file, None where nobody has looked yet."""
    found: Prospect | None = cache.get(f"intake:prospect:{intake.key}")
    return found


def work(key: str) -> None:
    """Do what is wanted of an intake now: look at it, or take it over. Safe to run twice.

    A refusal is kept for its page; of a file that could not be read nothing else is.
    """
    intake: Intake | None = cache.get(f"intake:file:{key}")
    if intake is None or state(intake).step in (READY, DONE):
        return
    try:
        if intake.shown:
            _take_over(intake)
        else:
            _look(intake)
    except RollingTextError as refused:
        if not intake.shown:
            _keep(dataclasses.replace(intake, data=b""), State(READY))
        _tell(intake, State(READY, refusal=refused.message, code=refused.code, status=refused.status))
    except Exception:
        _tell(intake, State(READY, refusal=STOPPED))
        raise


def _look(intake: Intake) -> None:
    _tell(intake, State(READING))
    _, negotiated = _who(intake)
    read = reading.open(intake.data, intake.name, Side(intake.side))
    cache.set(f"intake:prospect:{intake.key}", prospects.make(negotiated, read, intake.said), KEPT)
    _tell(intake, State(READY))


def _take_over(intake: Intake) -> None:
    seat, negotiated = _who(intake)
    batch = UUID(intake.key)
    made = Decision.objects.filter(text=negotiated, batch=batch).count()
    if made:  # by a worker that died before it could say so
        _tell(intake, State(DONE, made=made))
        return
    read = reading.open(intake.data, intake.name, Side(intake.side))
    found = successions.Finder(negotiated, read, intake.said)
    done = acts.take_over(
        seat,
        negotiated,
        found.target,
        shown=intake.shown,
        authority=intake.authority,
        reason=f"{intake.reason} (from {intake.name})".strip(),
        forum=intake.forum,
        batch=batch,
        report=lambda now, total: _tell(intake, State(TAKING, now, total)) if now % 10 == 0 else None,
    )
    comments.keep(seat, negotiated, intake.name, found.comments(done.provisions))
    _tell(intake, State(DONE, made=done.made, left=tuple(one.why for one in done.left)))


def _who(intake: Intake) -> tuple[Seat, NegotiatingText]:
    seat = Seat.objects.select_related("conference", "delegation").get(pk=intake.seat)
    texts = NegotiatingText.objects.select_related("conference", "floor", "public", "bureau")
    return seat, texts.get(pk=intake.text)


def _keep(intake: Intake, now: State) -> None:
    cache.set(f"intake:file:{intake.key}", intake, KEPT)
    _tell(intake, now)


def _tell(intake: Intake, now: State) -> None:
    cache.set(f"intake:state:{intake.key}", now, KEPT)
