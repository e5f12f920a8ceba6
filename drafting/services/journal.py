"""Writing the journal: the one place that assigns `seq`, and the one that publishes.

    with journal.writing(text.floor, by=seat) as floor:
        ... effect ...
        floor.append(events.BracketClosed(...))

The block is one transaction with the stream's row locked; the rows are stored at its end and announced on commit.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.db import connection, transaction

from delegations.models import Delegation, Seat
from drafting import broadcast, chain, events
from drafting.errors import Superseded
from drafting.models import JournalEntry, Stream
from drafting.services import statements

# SQLite has one writer: queueing in the process instead of in its busy handler cut p99 from 385 to 141 ms.
_sqlite_writer = threading.RLock()


#: Rows stored by one statement; SQLite takes 32,766 values, PostgreSQL twice as many.
ROWS_A_STATEMENT = 500


class Row(NamedTuple):
    """One row as the database takes it; the fields are those of `JournalEntry`."""

    stream_id: Any
    seq: int
    at: str
    kind: str
    version: int
    text: Any
    rev: int | None
    through: int | None
    body: str
    body_salt: bytes
    body_digest: bytes
    author: str
    author_salt: bytes
    author_digest: bytes
    digest: bytes


class Writer:
    """Appends to one locked stream; lives inside `writing`."""

    def __init__(self, stream: Stream, head: int, digest: bytes) -> None:
        self.stream = stream
        self._head = head
        self._digest = digest
        self._author = ""
        self._rows: list[Row] = []

    def speak_for(self, by: Seat, on_behalf_of: Iterable[Delegation | str] = ()) -> None:
        """Append what follows as acts of `by`, for the delegations named (or their codes)."""
        codes = sorted(str(delegation) for delegation in on_behalf_of)
        self._author = msgspec.json.encode(
            {"actor": by.user_id, "seat": by.pk, "on_behalf_of": codes}, order="sorted"
        ).decode()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Open a savepoint: what is done and appended in it is undone where it raises, what came before stays."""
        rows, head, digest = len(self._rows), self._head, self._digest
        try:
            with transaction.atomic():
                yield
        except BaseException:
            del self._rows[rows:]
            self._head, self._digest = head, digest
            raise

    @property
    def seq(self) -> int:
        """The seq of the last row appended, or of the stream's head."""
        return self._head

    def append(self, event: events.Event) -> int:
        """Append `event` and return its seq; an edit's row carries the text and the revision it made."""
        edit = event if isinstance(event, events.Edited | events.Typed) else None
        kind = str(event.__struct_config__.tag)
        row = _chain(self.stream.pk, self._head + 1, self._digest, kind, events.encode(event), self._author, edit)
        self._rows.append(row)
        self._head, self._digest = row.seq, row.digest
        return self._head

    def append_as(self, author: str, event: events.Event) -> int:
        """Append `event` as an act of an `author` as another row has it."""
        self._author = author
        return self.append(event)

    def _store(self) -> None:
        if not self._rows:
            return
        _insert(self._rows)
        sql = "UPDATE drafting_stream SET head = %s, digest = %s WHERE id = %s"
        statements.execute(sql, [self._head, self._digest, statements.key(self.stream.pk)])
        broadcast.publish_on_commit(self.stream.pk, [(row.seq, row.kind, row.body) for row in self._rows])


def _insert(rows: Sequence[Row]) -> None:
    """Store rows by plain SQL: every act passes here, and typing a few times a second for each who types."""
    columns = ", ".join(f'"{name}"' for name in Row._fields)
    marks = f"({', '.join(['%s'] * len(Row._fields))})"
    for first in range(0, len(rows), ROWS_A_STATEMENT):
        some = rows[first : first + ROWS_A_STATEMENT]
        sql = f"INSERT INTO drafting_journal ({columns}) VALUES {', '.join([marks] * len(some))}"
        statements.execute(sql, [value for row in some for value in row])


def _lock(chosen: str, values: Iterable[object]) -> dict[UUID, tuple[int, bytes]]:
    """Lock the streams `chosen` in the order of their ids, and return head and digest of each.

    SQLite has locked everything already.
    """
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    sql = f"SELECT id, head, digest FROM drafting_stream WHERE {chosen} ORDER BY id{lock}"
    return {statements.uuid(pk): (head, bytes(digest)) for pk, head, digest in statements.fetch(sql, values)}


def _chain(
    stream: UUID,
    seq: int,
    previous: bytes,
    kind: str,
    body: str,
    author: str,
    edit: events.Edited | events.Typed | None,
) -> Row:
    through = edit.ranges[-1][1] if isinstance(edit, events.Folded) else None
    head = chain.Head(
        stream=str(stream),
        seq=seq,
        at=datetime.now(UTC).isoformat(timespec="microseconds"),
        kind=kind,
        version=1,
        text=edit.text if edit else "",
        rev=edit.rev if edit else None,
        through=through,
    )
    body_salt, author_salt = secrets.token_bytes(16), secrets.token_bytes(16)
    body_digest, author_digest = chain.inner(body_salt, body), chain.inner(author_salt, author)
    return Row(
        stream_id=statements.key(stream),
        seq=head.seq,
        at=head.at,
        kind=kind,
        version=head.version,
        text=statements.key(UUID(edit.text)) if edit else None,
        rev=head.rev,
        through=head.through,
        body=body,
        body_salt=body_salt,
        body_digest=body_digest,
        author=author,
        author_salt=author_salt,
        author_digest=author_digest,
        digest=chain.link(previous, head, body_digest, author_digest),
    )


@contextmanager
def writing(stream: Stream, by: Seat | None, on_behalf_of: Sequence[Delegation] = ()) -> Iterator[Writer]:
    """Open one transaction with `stream` locked, and store and announce what is appended in it.

    `by` is None where the acts of several seats are stored together: `Writer.speak_for` says whose the next rows are.
    """
    with writing_all([stream], by, on_behalf_of) as writers:
        yield writers[0]


@contextmanager
def writing_all(
    streams: Sequence[Stream], by: Seat | None, on_behalf_of: Sequence[Delegation] = ()
) -> Iterator[list[Writer]]:
    """The same over several streams, locked in the order of their ids; writers come in the order asked for.

    A stream that is not stored yet begins with this transaction.
    """
    with _transaction():
        if new := [stream for stream in streams if stream._state.adding]:
            Stream.objects.bulk_create(new)
        chosen = {stream.pk: stream for stream in streams}
        ends = _lock(f"id IN ({statements.marks(chosen)})", map(statements.key, chosen))
        writers = {pk: Writer(stream, *ends[pk]) for pk, stream in chosen.items()}
        if by is not None:
            for writer in writers.values():
                writer.speak_for(by, on_behalf_of)
        yield [writers[stream.pk] for stream in streams]
        _store(writers)
        for stream in streams:
            stream.head, stream.digest = writers[stream.pk]._head, writers[stream.pk]._digest


@contextmanager
def writing_floor(floor: Stream) -> Iterator[list[Writer]]:
    """The same for typing, by whoever `Writer.speak_for` names: over a floor or a draft's stream.

    Where the conference does not show who speaks, the writer of the bureau's stream comes second.
    """
    unshown = """
        SELECT t.bureau_id FROM drafting_negotiatingtext t JOIN delegations_conference c ON c.id = t.conference_id
        WHERE t.floor_id = %s AND NOT c.attribution_shown"""
    with _transaction():
        ends = _lock(f"id IN (%s, ({unshown}))", [statements.key(floor.pk)] * 2)
        writers = {pk: Writer(floor if pk == floor.pk else Stream(pk=pk), *end) for pk, end in ends.items()}
        yield sorted(writers.values(), key=lambda writer: writer.stream is not floor)
        _store(writers)


@contextmanager
def _transaction() -> Iterator[None]:
    with _sqlite_writer if connection.vendor == "sqlite" else nullcontext(), transaction.atomic():
        yield


def _store(writers: Mapping[UUID, Writer]) -> None:
    """Store what was appended, in the order in which the streams were locked."""
    for pk in sorted(writers):
        writers[pk]._store()


def progress(stream: Stream, body: dict[str, Any]) -> None:
    """Tell who follows `stream` how far a job has come; not an act and not in the journal."""
    broadcast.publish_progress(stream.pk, body)


def erase(stream: Stream, by: Seat, kind: str, reason: str) -> int:
    """Erase the bodies of all rows of `kind` in `stream`, journal that, and return how many there were.

    The rows stay with their digests, so the chain verifies; the words are gone from the journal for good.
    """
    with writing(stream, by) as writer:
        return erase_in(writer, kind, reason)


def erase_in(writer: Writer, kind: str, reason: str, text: UUID | None = None) -> int:
    """The same inside an open act, over the rows stored before it; with `text` those that changed that text."""
    rows = JournalEntry.objects.filter(stream=writer.stream, kind=kind, body__isnull=False)
    rows = rows if text is None else rows.filter(text=text)
    seqs = list(rows.order_by("seq").values_list("seq", flat=True))
    if seqs:
        rows.update(body=None, body_salt=None)
        writer.append(events.Erased(what="body", ranges=_ranges(seqs), reason=reason))
        transaction.on_commit(_forget)
    return len(seqs)


def fold(stream: Stream, folded: Sequence[tuple[events.Folded, str]]) -> None:
    """Take out the rows that each event stands for, and append it in the name of their author (as they store it).

    Raises `Superseded`, and nothing happens, where one of those rows is gone already.
    """
    seqs = [seq for event, _ in folded for first, last, *_ in event.ranges for seq in range(first, last + 1)]
    with writing(stream, by=None) as writer:
        typed = JournalEntry.objects.filter(stream=stream, kind="typed")
        chunks = (seqs[first : first + ROWS_A_STATEMENT] for first in range(0, len(seqs), ROWS_A_STATEMENT))
        if sum(typed.filter(seq__in=chunk).delete()[0] for chunk in chunks) != len(seqs):
            raise Superseded("These rows of the journal have been folded meanwhile.")
        for event, author in folded:
            writer.append_as(author, event)
        transaction.on_commit(_forget)


def _forget() -> None:
    """Empty SQLite's write-ahead log, which still holds the pages as they were; others overwrite them in time.

    Where a reader holds it up for 200 ms it is left to the next erasure or checkpoint.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout=200")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={patience}")


def _ranges(seqs: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for seq in seqs:
        if found and found[-1][1] == seq - 1:
            found[-1] = (found[-1][0], seq)
        else:
            found.append((seq, seq))
    return found
