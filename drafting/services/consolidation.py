"""The life of a consolidation: asked for, run by a worker under a fencing token, saved whole or not at all.

What a run computes is in `drafting.services.consolidating`; a worker calls `run` with the id alone. Every start
raises the row's `fence`, and only the holder of the last one may save: a worker that was given up for dead and comes
back finds `Superseded`, so two runs of one job give one result.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import AlreadyRunning, Superseded
from drafting.models import Consolidation, NegotiatingText
from drafting.queries import access
from drafting.services import consolidating, journal
from drafting.text.errors import RollingTextError

#: A worker without a sign of life for this long (seconds) is taken for dead; it beats at least once a second.
STALLED = 10
#: A job whose workers died this often is given up: something in it kills them.
MOST_STARTS = 3
_WORKERS_DIED = f"Its worker stopped without a word {MOST_STARTS} times. Ask again, and tell the secretariat."

_State = Consolidation.State
_UNDER_WAY = (_State.QUEUED, _State.RUNNING)


def request(by: Seat, negotiated: NegotiatingText) -> Consolidation:
    """Ask for a consolidation and return its row; the caller enqueues `tasks.consolidate` after this returns.

    Raises `AlreadyRunning` while another of the same text is under way.
    """
    access.floor(by, negotiated)
    access.require(by, Right.DECIDE)
    access.whole(by)
    with journal.writing(negotiated.bureau, by=by) as bureau:
        if under_way := negotiated.consolidations.filter(state__in=_UNDER_WAY).first():
            raise AlreadyRunning("A consolidation of this text is under way.", consolidation=str(under_way.pk))
        asked = Consolidation.objects.create(text=negotiated, by=by, requested=timezone.now())
        bureau.append(events.ConsolidationRequested(consolidation=str(asked.pk)))
    return asked


def cancel(by: Seat, asked: Consolidation) -> None:
    """Cancel a consolidation that has not ended; its worker notices before it saves anything."""
    access.require(by, Right.DECIDE)
    access.whole(by)
    access.consolidation(by, asked.pk)
    with journal.writing(asked.text.bureau, by=by) as bureau:
        row = Consolidation.objects.select_for_update().get(pk=asked.pk)
        if row.state in _UNDER_WAY:
            _end(bureau, row, _State.CANCELLED)
            asked.state = row.state


def run(pk: UUID) -> None:
    """Run a consolidation to its end: DONE, or FAILED with a sentence; a job that another worker runs is left alone."""
    started = _start(pk)
    if started is None:
        return
    try:
        result = consolidating.compute(started.text, _reporter(started))
        _save(started, result)
    except Superseded:
        return
    except RollingTextError as refused:
        _fail(started, refused.message)
    except Exception:
        _fail(started, "The consolidation stopped on an error of the program; the log of the worker names it.")
        raise


def resume_stalled() -> list[UUID]:
    """Return the consolidations that a worker should take up again; those whose workers died too often now say so.

    Called when a worker starts and by the beat; the caller enqueues `tasks.consolidate` for each.
    """
    dead = timezone.now() - timedelta(seconds=STALLED)
    waiting = Consolidation.objects.filter(state=_State.QUEUED, requested__lt=dead)
    silent = Consolidation.objects.filter(state=_State.RUNNING, beat__lt=dead).select_related("text__bureau", "by")
    found = list(waiting.values_list("pk", flat=True))
    for row in silent:
        if row.fence < MOST_STARTS:
            found.append(row.pk)
        else:
            _fail(row, _WORKERS_DIED)
    return found


def _start(pk: UUID) -> Consolidation | None:
    """Take the job: raise its fence and return it, or None where it has ended or a living worker has it."""
    asked = Consolidation.objects.select_related("text__bureau", "by").filter(pk=pk).first()
    if asked is None:
        return None
    now = timezone.now()
    with journal.writing(asked.text.bureau, by=asked.by) as bureau:
        row = Consolidation.objects.select_for_update(of=("self",)).select_related("text__bureau", "by").get(pk=pk)
        if row.state not in _UNDER_WAY or (row.state == _State.RUNNING and not _is_stalled(row, now)):
            return None
        if row.fence >= MOST_STARTS:
            _end(bureau, row, _State.FAILED, failure=_WORKERS_DIED)
            return None
        row.state, row.fence, row.beat, row.done = _State.RUNNING, row.fence + 1, now, 0
        row.save(update_fields=["state", "fence", "beat", "done"])
        return row


def _is_stalled(row: Consolidation, now: datetime) -> bool:
    return row.beat is None or row.beat < now - timedelta(seconds=STALLED)


def _reporter(started: Consolidation) -> Callable[[int, int], None]:
    """Return what the computation calls at least once a second: a sign of life, and how far it has come."""

    def report(done: int, total: int) -> None:
        held = Consolidation.objects.filter(pk=started.pk, fence=started.fence, state=_State.RUNNING)
        if not held.update(beat=timezone.now(), done=done, total=total):
            raise Superseded("This run was cancelled, or another worker has taken it over.")
        body = {"consolidation": str(started.pk), "done": done, "total": total}
        journal.progress(started.text.bureau, body)

    return report


def _save(started: Consolidation, result: consolidating.Result) -> None:
    """Save all results in one transaction, if this run still holds the fence."""
    with journal.writing(started.text.bureau, by=started.by) as bureau:
        row = _held(started)
        row.results, row.at_seq, row.input_hash = result.as_json(), result.at_seq, result.input_hash
        row.done = row.total = result.provisions
        _end(bureau, row, _State.DONE, slots=result.slots)


def _fail(started: Consolidation, why: str) -> None:
    with journal.writing(started.text.bureau, by=started.by) as bureau:
        try:
            row = _held(started)
        except Superseded:
            return
        _end(bureau, row, _State.FAILED, failure=why)


def _held(started: Consolidation) -> Consolidation:
    row = Consolidation.objects.select_for_update().get(pk=started.pk)
    if row.fence != started.fence or row.state != _State.RUNNING:
        raise Superseded("This run was cancelled, or another worker has taken it over.")
    return row


def _end(bureau: journal.Writer, row: Consolidation, state: str, slots: int = 0, failure: str = "") -> None:
    row.state, row.failure, row.beat = state, failure, timezone.now()
    row.save()
    bureau.append(events.ConsolidationFinished(consolidation=str(row.pk), state=state, slots=slots, failure=failure))
