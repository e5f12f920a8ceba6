"""The shelf of files on their way in: kept for an hour from the report to the confirmation, worked on by who has time.

What is wanted of a file is for `intakes` (the next state of a text) and `arrivals` (a new text) to say. The shelf is
the cache: what is lost there is brought again. A key gives nothing to another seat than the one that brought the file.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import uuid4

from django.core.cache import cache

from delegations.models import Seat
from drafting.errors import NotFound
from drafting.imports import reading
from drafting.imports.lowering import Side
from drafting.imports.reading import Read
from drafting.text.errors import RollingTextError

#: Seconds that a file and what was found in it are kept.
KEPT = 3_600
#: Bytes up to which a file is read at once: about a second's work.
AT_ONCE = 150_000

STOPPED = "This stopped on an error of the program; the log of the worker names it."

WAITING, READING, READY, TAKING, DONE = "waiting", "reading", "ready", "taking", "done"


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A file, who brought it, and whether they saw the report and `confirmed`."""

    seat: int
    name: str
    data: bytes
    side: str
    key: str = field(default_factory=lambda: uuid4().hex)
    confirmed: bool = False

    def read(self) -> Read:
        """Return the file as it is read; raises as `reading.open` does."""
        return reading.open(self.data, self.name, Side(self.side))


@dataclass(frozen=True)
class State:
    """How far a file is; `refusal` is a sentence. Done, it counts what was `made` and lists what was `left` out."""

    step: str
    done: int = 0
    total: int = 0
    refusal: str = ""
    code: str = ""
    status: int = 422
    made: int = 0
    left: tuple[str, ...] = ()


File = TypeVar("File", bound=Brought)
Finding = TypeVar("Finding")


class Shelf(Generic[File, Finding]):
    """Files of one sort, each with how far it is and, once it was looked at, what was found in it."""

    def __init__(self, sort: str) -> None:
        self._sort = sort

    def put(self, file: File) -> File:
        """Keep a file that was just brought; raises `UnreadableImport` for what is none, before anything is kept."""
        reading.admit(file.data, file.name)
        file = dataclasses.replace(file, name=file.name[:255], data=reading.pruned(file.data))
        return self.keep(file, State(WAITING))

    def keep(self, file: File, now: State) -> File:
        """Keep the file as it is wanted from now on, and return it."""
        cache.set(self._at("file", file.key), file, KEPT)
        self.tell(file, now)
        return file

    def fetch(self, seat: Seat, key: str) -> File:
        """Return what this seat brought under a key; raises `NotFound` for anything else."""
        found = self._file(key)
        if found is None or found.seat != seat.pk:
            raise NotFound("This report has run out: choose the file again.")
        return found

    def tell(self, file: File, now: State) -> None:
        """Say how far the file is."""
        cache.set(self._at("state", file.key), now, KEPT)

    def state(self, file: File) -> State:
        """Return how far it is."""
        found: State = cache.get(self._at("state", file.key), State(WAITING))
        return found

    def found(self, file: File) -> Finding | None:
        """Return what was found in the file, None where nobody has looked yet."""
        found: Finding | None = cache.get(self._at("found", file.key))
        return found

    def plan(self, file: File, planned: object) -> None:
        """Keep what is about to be made of a file, for a worker that takes it up where another died."""
        cache.set(self._at("plan", file.key), planned, KEPT)

    def planned(self, file: File) -> Any:
        """Return what was kept of that, None where nothing was, or it has run out."""
        return cache.get(self._at("plan", file.key))

    def work(self, key: str, look: Callable[[File], Finding], take: Callable[[File], State]) -> None:
        """Do what is wanted of a file now: look at it, or take it as a person confirmed. Safe to run twice.

        A refusal is kept for its page; of a file that could not be read nothing else is.
        """
        file = self._file(key)
        if file is None or self.state(file).step in (READY, DONE):
            return
        try:
            self._do(file, look, take)
        except RollingTextError as refused:
            if self.state(file).step != DONE:  # by another worker, meanwhile
                now = State(READY, refusal=refused.message, code=refused.code, status=refused.status)
                self.keep(file if file.confirmed else dataclasses.replace(file, data=b""), now)
        except Exception:
            self.tell(file, State(READY, refusal=STOPPED))
            raise

    def _do(self, file: File, look: Callable[[File], Finding], take: Callable[[File], State]) -> None:
        if file.confirmed:
            self.tell(file, take(file))
            return
        self.tell(file, State(READING))
        cache.set(self._at("found", file.key), look(file), KEPT)
        self.tell(file, State(READY))

    def _file(self, key: str) -> File | None:
        found: File | None = cache.get(self._at("file", key[:32]))
        return found

    def _at(self, what: str, key: str) -> str:
        return f"{self._sort}:{what}:{key}"
