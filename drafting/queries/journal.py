"""Reading the journal: rows since a seq, and the proof that nothing was changed or dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from drafting import chain, events
from drafting.errors import BrokenChain
from drafting.models import JournalEntry, Stream

#: Rows read at a time while a chain is verified.
_PAGE = 5000


def since(stream: Stream | UUID, seq: int, limit: int = 2000) -> list[JournalEntry]:
    """Return up to `limit` rows of `stream` after `seq`, in order."""
    return list(JournalEntry.objects.filter(stream=stream, seq__gt=seq).order_by("seq")[:limit])


def verify() -> int:
    """Verify every stream from its genesis to its stored head and return the number of rows; raises `BrokenChain`."""
    return sum(verify_stream(stream) for stream in Stream.objects.order_by("pk"))


def verify_stream(stream: Stream) -> int:
    """Verify one stream and return its number of rows; raises `BrokenChain` naming the first seq that fails."""
    digest, seq = chain.GENESIS, 0
    erased: set[tuple[str, int]] = set()
    missing: set[tuple[str, int]] = set()
    for row in _rows(stream):
        if row.seq != seq + 1:
            raise _broken(stream, seq + 1, "the row is missing")
        seq = row.seq
        if bytes(row.digest) != _expected(digest, row):
            raise _broken(stream, seq, "the row is not the one that was written")
        digest = bytes(row.digest)
        missing.update((part, seq) for part in _check_parts(stream, row))
        if row.kind == "erased" and row.body is not None:
            erased.update(_named_by(row.body))
    if unnamed := missing - erased:
        raise _broken(stream, min(seq for _, seq in unnamed), "words are gone that no erasure names")
    if (stream.head, bytes(stream.digest)) != (seq, digest):
        raise _broken(stream, seq + 1, "the stream's head is not the end of its chain")
    return seq


def heads() -> dict[str, tuple[int, str]]:
    """Return (seq, digest in hex) of the end of every chain by stream, to be kept where nobody can change it."""
    rows = Stream.objects.order_by("pk").values_list("pk", "head", "digest")
    return {str(pk): (head, bytes(digest).hex()) for pk, head, digest in rows}


def verify_heads(kept: Mapping[str, tuple[int, str]]) -> None:
    """Verify that every chain still holds the row at which it ended when `kept` was taken; raises `BrokenChain`."""
    for pk, (seq, digest) in kept.items():
        stream = Stream.objects.filter(pk=pk).first()
        if stream is None:
            raise BrokenChain(f"Stream {pk}, seq {seq}: the stream is gone.", stream=pk, seq=seq)
        row = JournalEntry.objects.filter(stream=stream, seq=seq).first()
        if seq and (row is None or bytes(row.digest).hex() != digest):
            raise _broken(stream, seq, "the row is not the one at which the chain ended when its head was kept")


def _rows(stream: Stream) -> Iterator[JournalEntry]:
    """Yield the rows in order, page by page: a database cursor would outlive whoever stops at the first fault."""
    last = 0
    while page := since(stream, last, limit=_PAGE):
        yield from page
        last = page[-1].seq


def _expected(previous: bytes, row: JournalEntry) -> bytes:
    head = chain.Head(
        stream=str(row.stream_id),
        seq=row.seq,
        at=row.at,
        kind=row.kind,
        version=row.version,
        text=str(row.text) if row.text else "",
        rev=row.rev,
    )
    return chain.link(previous, head, bytes(row.body_digest), bytes(row.author_digest))


def _check_parts(stream: Stream, row: JournalEntry) -> Iterator[str]:
    """Yield the parts of `row` that are gone; raise where one is there and is not what was hashed."""
    parts = (
        ("body", row.body, row.body_salt, row.body_digest),
        ("author", row.author, row.author_salt, row.author_digest),
    )
    for name, content, salt, digest in parts:
        if content is None and salt is None:
            yield name
        elif content is None or salt is None or chain.inner(bytes(salt), content) != bytes(digest):
            raise _broken(stream, row.seq, f"its {name} is not the one that was written")


def _named_by(body: str) -> Iterator[tuple[str, int]]:
    event = events.decode(body)
    if isinstance(event, events.Erased):
        for first, last in event.ranges:
            yield from ((event.what, seq) for seq in range(first, last + 1))


def _broken(stream: Stream, seq: int, why: str) -> BrokenChain:
    return BrokenChain(f"Stream {stream.pk}, seq {seq}: {why}.", stream=str(stream.pk), seq=seq)
