"""A chair's file is made a few differences at a time: the floor is free between, and a dead worker costs nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from drafting.errors import Superseded
from drafting.imports import reading
from drafting.imports import successions as files
from drafting.models import Decision, NegotiatingText, Pen
from drafting.queries import takeovers
from drafting.services import bulk, instalments, pens, successions
from drafting.services.instalments import Planned
from drafting.services.proposals import Proposed
from drafting.services.successions import TakenOver
from tests import factories, replay
from tests.cast import Cast

pytestmark = pytest.mark.django_db

WORDS = tuple(f"{number}. Parties [shall] report every year on matter {number}." for number in range(1, 14))
NEXT = (
    *(row.replace("year", "month") for row in WORDS[:12]),
    "13. Wholly new words on the finances of the programme [and its staff].",
)


class Died(Exception):
    """A worker's death, as a test has it."""


class Job:
    """A file on its way: what is planned is kept, as the shelf keeps it; it may die after some differences."""

    def __init__(self, cast: Cast, negotiated: NegotiatingText) -> None:
        self.cast, self.negotiated, self.batch = cast, negotiated, uuid4()
        self.kept: list[Planned] = []
        read = reading.open("\n\n".join(NEXT).encode())
        self.find = lambda stood: files.find(negotiated, read, stood).target
        stood = successions.standing(negotiated)
        self.shown = successions.digest(successions.differences(negotiated, stood, self.find(stood)))

    def run(self, between: Any = lambda done, total: None) -> TakenOver:
        """Take the file over, or what is left of it; `between` is called after each instalment."""
        return successions.take_over(
            self.cast.chair, self.negotiated, self.find, shown=self.shown, authority="chair", reason="",
            batch=self.batch, report=between, planned=self.kept[-1] if self.kept else None, keep=self.kept.append,
        )  # fmt: skip


def die(done: int, total: int) -> None:
    raise Died


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, *WORDS)


def made(batch: UUID) -> int:
    return Decision.objects.filter(batch=batch).count()


def test_between_instalments_it_is_all_committed_and_told_and_one_batch(cast: Cast, text: NegotiatingText) -> None:
    job, told = Job(cast, text), []
    with replay.verified(text):
        done = job.run(lambda now, total: told.append((now, made(job.batch))))
    assert told[:2] == [(instalments.AT_ONCE, instalments.AT_ONCE), (2 * instalments.AT_ONCE, 2 * instalments.AT_ONCE)]
    assert factories.words(text) == list(NEXT)
    assert bulk.undo(cast.chair, text, job.batch) == done.made
    assert factories.words(text) == list(WORDS)


def test_what_a_dead_worker_left_is_made_by_the_next_and_nothing_twice(cast: Cast, text: NegotiatingText) -> None:
    job = Job(cast, text)
    for _ in range(2):
        with pytest.raises(Died):
            job.run(die)
    assert made(job.batch) == 2 * instalments.AT_ONCE
    done = job.run()
    assert factories.words(text) == list(NEXT)
    assert (done.made, done.left) == (made(job.batch), ())
    assert job.run().made == done.made
    assert len(takeovers.of(cast.chair, text, job.batch).decisions) == done.made


@pytest.mark.parametrize("dies", [False, True])
def test_words_typed_between_instalments_stay_and_are_listed(cast: Cast, text: NegotiatingText, dies: bool) -> None:
    def type_on(done: int, total: int) -> None:
        if done == instalments.AT_ONCE:
            words = WORDS[8].replace("report", "tell")
            pens.write(cast.chair, Proposed(factories.provision(text, "9"), words), Pen.For.ROOM)
            if dies:
                raise Died

    job = Job(cast, text)
    if dies:
        with pytest.raises(Died):
            job.run(type_on)
    done = job.run(type_on)
    stands = factories.words(text)
    assert stands[8] == WORDS[8].replace("report", "tell")
    assert [stands[at] for at in (0, 7, 9, 11)] == [NEXT[at] for at in (0, 7, 9, 11)]
    assert [one.why for one in done.left] == [instalments.MOVED]


def test_of_two_workers_with_the_same_file_one_goes_on(cast: Cast, text: NegotiatingText) -> None:
    job = Job(cast, text)

    def other(done: int, total: int) -> None:
        if done == instalments.AT_ONCE:
            job.run()

    with pytest.raises(Superseded):
        job.run(other)
    assert factories.words(text) == list(NEXT)
    assert made(job.batch) == job.run().made
