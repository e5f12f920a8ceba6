"""Celery tasks: a few lines each, that call a service. Whoever asked enqueues them; services never do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from celery import shared_task
from celery.signals import worker_ready

from drafting.exports import shelves
from drafting.imports import arrivals, intakes
from drafting.services import consolidation, corrections, digests, folds, proofs, shifts, unreflected


@shared_task(name="drafting.consolidate", ignore_result=True)
def consolidate(pk: str) -> None:
    """Run the consolidation with that id; safe to run twice."""
    consolidation.run(UUID(pk))


@shared_task(name="drafting.write_file", ignore_result=True)
def write_file(key: str) -> None:
    """Write the file that was ordered under that key; safe to run twice."""
    shelves.fill(key)


@shared_task(name="drafting.take_in", ignore_result=True)
def take_in(key: str) -> None:
    """Look at the file kept under that key, or take it over as a person confirmed; safe to run twice."""
    intakes.work(key)


@shared_task(name="drafting.open_file", ignore_result=True)
def open_file(key: str) -> None:
    """Read the file kept under that key, or open a text from it as a person confirmed; safe to run twice."""
    arrivals.work(key)


@shared_task(name="drafting.resume_stalled", ignore_result=True)
def resume_stalled() -> None:
    """Take up again the jobs whose workers have died, or were never told."""
    for pk in consolidation.resume_stalled():
        consolidate.delay(str(pk))
    for revision in unreflected.left():
        settle_unreflected.delay(revision)


@shared_task(name="drafting.settle_unreflected", ignore_result=True)
def settle_unreflected(revision: int) -> None:
    """Apply the policy to the proposals that a revision did not reflect; safe to run twice."""
    unreflected.settle(revision)


@shared_task(name="drafting.fold_journal", ignore_result=True)
def fold_journal() -> None:
    """Fold typing that issued revisions have made history; safe to run twice."""
    folds.fold_all()


@shared_task(name="drafting.send_digests", ignore_result=True)
def send_digests() -> None:
    """Hand out a job for each digest whose hour has come."""
    for pk in digests.due():
        send_digest.delay(pk)


@shared_task(name="drafting.send_digest", ignore_result=True)
def send_digest(pk: int) -> None:
    """Send one seat's digest; safe to run twice."""
    digests.send(pk)


@shared_task(name="drafting.consolidate_overnight", ignore_result=True)
def consolidate_overnight() -> None:
    """Hand out a job for each text whose hour has come; safe to run twice."""
    for asked in shifts.start_due():
        consolidate.delay(str(asked.pk))


@shared_task(name="drafting.prove_journal", ignore_result=True)
def prove_journal(key: str) -> None:
    """Run the proof that was ordered under that key; safe to run twice."""
    proofs.run(key)


@shared_task(name="drafting.make_due_editorials", ignore_result=True)
def make_due_editorials() -> None:
    """Make the editorial changes that nobody objected to in time; safe to run twice."""
    corrections.make_due()


@worker_ready.connect
def take_up_again(**_: Any) -> None:
    """Look for jobs of a worker that died, as soon as another is ready for them."""
    resume_stalled.apply_async(countdown=consolidation.STALLED)
