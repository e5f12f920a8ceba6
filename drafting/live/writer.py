"""Everything typed in this process goes through here: a few threads with connections of their own share the streams.

Ops that arrive while a batch is being stored form the next one. An answer is given only once its op is committed; where
the database was away the batch is offered again, since an op that was stored after all is recognised by its number.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import NamedTuple
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection

from drafting.models import Stream
from drafting.queries import live
from drafting.services import typing
from drafting.services.typing import Ack, Nack, Op

#: The most ops stored in one transaction, and the threads that store them: those of floors, those of private drafts.
LARGEST_BATCH, FLOORS, DRAFTS = 64, 2, 2
#: How long a batch is offered to a database that is away, and the longest wait between two offers, in seconds.
PATIENCE, LONGEST_WAIT = 20.0, 1.0

AWAY = "The server cannot store anything just now; your words are kept and will be sent again."
BROKEN = "This could not be stored; the fault is ours and has been noted. Your words are kept."

Answer = Callable[[Ack | Nack], None]

_log = logging.getLogger(__name__)


class Job(NamedTuple):
    """An op on its way, and who is told what became of it."""

    stream: UUID
    op: Op
    loop: asyncio.AbstractEventLoop
    answer: Answer

    def close(self, outcome: Ack | Nack) -> None:
        """Tell the outcome on the loop the op came from, if that still runs."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.answer, outcome)


class Writer:
    """The threads of one hub; `stop` waits until everything handed over is stored."""

    def __init__(self) -> None:
        self._lanes: dict[int, Lane] = {}

    def store(self, stream: UUID, op: Op, answer: Answer, *, is_private: bool = False) -> None:
        """Store an op after those before it; `answer` is called on the running loop with what became of it.

        A private draft has another thread than a floor: whoever types there must not wait for it, and wonder why.
        """
        number = FLOORS + stream.int % DRAFTS if is_private else stream.int % FLOORS
        if number not in self._lanes:
            self._lanes[number] = Lane(f"writer-{number}")
        self._lanes[number].jobs.put(Job(stream, op, asyncio.get_running_loop(), answer))

    def stop(self) -> None:
        """End the threads after what they have in hand."""
        lanes, self._lanes = self._lanes, {}
        for lane in lanes.values():
            lane.jobs.put(None)
        for lane in lanes.values():
            lane.thread.join()


class Lane:
    """One thread and what waits for it."""

    def __init__(self, name: str) -> None:
        self.jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._waiting: deque[Job] = deque()
        self._streams: dict[UUID, Stream] = {}
        self._ended = False
        self.thread = threading.Thread(target=self._run, name=name, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            while batch := self._next():
                self._store(batch)
        finally:
            connection.close()

    def _next(self) -> list[Job]:
        """Wait for an op and return it with those of its stream that came meanwhile; none at the end."""
        if not self._waiting and not self._ended:
            self._take(self.jobs.get())
        while not self._ended and not self.jobs.empty():
            self._take(self.jobs.get())
        if not self._waiting:
            return []
        stream = self._waiting[0].stream
        batch = [job for job in self._waiting if job.stream == stream][:LARGEST_BATCH]
        chosen = set(map(id, batch))
        self._waiting = deque(job for job in self._waiting if id(job) not in chosen)
        return batch

    def _take(self, job: Job | None) -> None:
        if job is None:
            self._ended = True
        else:
            self._waiting.append(job)

    def _store(self, batch: Sequence[Job]) -> None:
        try:
            for job, outcome in zip(batch, self._offer(batch), strict=True):
                job.close(outcome)
        except (OperationalError, InterfaceError):
            _log.exception("%d ops were not stored: the database is away", len(batch))
            for job in batch:
                job.close(Nack(job.op.n, job.op.epoch, "not-stored", AWAY))
        except Exception:  # noqa: BLE001  (one op's fault must not take its batch along: it is logged and answered)
            _log.exception("a batch of %d ops failed", len(batch))
            self._store_singly(batch)

    def _store_singly(self, batch: Sequence[Job]) -> None:
        """Store the ops of a batch one by one, so that the one we cannot store takes none with it."""
        if len(batch) == 1:
            batch[0].close(Nack(batch[0].op.n, batch[0].op.epoch, "fault", BROKEN))
            return
        for job in batch:
            self._store([job])

    def _offer(self, batch: Sequence[Job]) -> list[Ack | Nack]:
        """Store a batch, again and again where the connection is lost."""
        end = time.monotonic() + PATIENCE
        wait = LONGEST_WAIT / 32
        while True:
            try:
                return typing.apply(self._stream(batch[0].stream), [job.op for job in batch])
            except (OperationalError, InterfaceError):
                connection.close()
                if time.monotonic() > end:
                    raise
                time.sleep(wait)
                wait = min(LONGEST_WAIT, wait * 2)

    def _stream(self, pk: UUID) -> Stream:
        if pk not in self._streams:
            self._streams[pk] = live.stream(pk)
        return self._streams[pk]
