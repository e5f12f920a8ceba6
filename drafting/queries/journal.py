"""Reading the journal: rows since a seq, and the proof that nothing was changed or dropped but what was folded.

A folded row is written at the head and stands for rows that went; where it stood among the others its `through` says.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from drafting import chain, events
from drafting.errors import BrokenChain
from drafting.models import JournalEntry, Stream
from drafting.queries import archives

#: Rows read at a time while a chain is verified.
_PAGE = 5000


def since(stream: Stream | UUID, seq: int, limit: int = 2000) -> list[JournalEntry]:
    """Return up to `limit` rows of `stream` after `seq`, in order."""
    return list(JournalEntry.objects.filter(stream=stream, seq__gt=seq).order_by("seq")[:limit])


def happened(after: int | None = None, until: int | None = None) -> Q:
    """Return the condition that a row happened after one seq and up to another; a folded one when its last row did."""
    own, folded = Q(through__isnull=True), Q(through__isnull=False)
    if after is not None:
        own, folded = own & Q(seq__gt=after), folded & Q(through__gt=after)
    if until is not None:
        own, folded = own & Q(seq__lte=until), folded & Q(through__lte=until)
    return own | folded


def verify() -> int:
    """Verify every stream from its genesis to its stored head and return the number of rows; raises `BrokenChain`."""
    return sum(verify_stream(stream) for stream in Stream.objects.order_by("pk"))


def verify_archives(streams: Collection[UUID] | None = None) -> int:
    """Verify that the archive of every folded row is here and proves it; return their number; raises `BrokenChain`.

    Of all streams, or of those named.
    """
    read: dict[str, list[archives.Kept]] = {}
    folded = Stream.objects.filter(entries__through__isnull=False).distinct().order_by("pk")
    for stream in folded if streams is None else folded.filter(pk__in=streams):
        for row in JournalEntry.objects.filter(stream=stream, through__isnull=False).order_by("seq"):
            event = _folded(row)
            kept = read.get(event.archive) or archives.read(event.archive)
            if kept is None:
                raise _broken(stream, row.seq, f"the archive {event.archive} of the folded rows is not here")
            if not archives.proves(event, kept):
                raise _broken(stream, row.seq, f"the archive {event.archive} does not hold the rows that were folded")
            read[event.archive] = kept
    return len(read)


def verify_stream(stream: Stream, tell: Callable[[int], None] | None = None) -> int:
    """Verify one stream and return its number of rows; raises `BrokenChain` naming the first seq that fails.

    Rows may be wanting where a folded row names exactly them and the digests of both ends, and nowhere else. `tell`
    hears now and then up to which seq it has come.
    """
    digest, seq, rows = chain.GENESIS, 0, 0
    gaps = _Gaps.of(stream)
    erased: set[tuple[str, int]] = set()
    missing: set[tuple[str, int]] = set()
    for row in _rows(stream):
        if tell is not None and rows % _PAGE == 0:
            tell(row.seq)
        digest = gaps.cross(seq, row.seq, digest)
        seq, rows = row.seq, rows + 1
        if bytes(row.digest) != _expected(digest, row):
            raise _broken(stream, seq, "the row is not the one that was written")
        digest = bytes(row.digest)
        missing.update((part, seq) for part in _check_parts(stream, row))
        if row.kind == "erased" and row.body is not None:
            erased.update(_named_by(row.body))
    gaps.refuse_uncrossed()
    if unnamed := missing - erased:
        raise _broken(stream, min(seq for _, seq in unnamed), "words are gone that no erasure names")
    if (stream.head, bytes(stream.digest)) != (seq, digest):
        raise _broken(stream, seq + 1, "the stream's head is not the end of its chain")
    return rows


@dataclass
class _Gaps:
    """Where rows of a stream were folded away: (last, digest before, digest after, seq of the folded row) by first."""

    stream: Stream
    named: dict[int, tuple[int, bytes, bytes, int]] = field(default_factory=dict)

    @staticmethod
    def of(stream: Stream) -> _Gaps:
        """Return the gaps that the folded rows of a stream name; raises `BrokenChain` where two name the same."""
        gaps = _Gaps(stream)
        for row in JournalEntry.objects.filter(stream=stream, through__isnull=False).order_by("seq"):
            for first, last, before, after in _folded(row).ranges:
                if first in gaps.named:
                    raise _broken(stream, row.seq, "another row stands for the same folded rows")
                gaps.named[first] = (last, bytes.fromhex(before), bytes.fromhex(after), row.seq)
        return gaps

    def cross(self, seq: int, upto: int, digest: bytes) -> bytes:
        """Return the digest before row `upto`, from that of row `seq`, over the gaps between them."""
        while seq + 1 < upto:
            last, before, after, _ = self.named.pop(seq + 1, (0, b"", b"", 0))
            if not seq < last < upto:
                raise _broken(self.stream, seq + 1, "the row is missing")
            if before != digest:
                raise _broken(self.stream, seq + 1, "the folded rows do not go on from the row before them")
            seq, digest = last, after
        return digest

    def refuse_uncrossed(self) -> None:
        """Raise `BrokenChain` where a folded row names rows that stand."""
        if self.named:
            first, (_, _, _, seq) = min(self.named.items())
            raise _broken(self.stream, seq, f"it stands for row {first}, which is not wanting")


def _folded(row: JournalEntry) -> events.Folded:
    event = _decoded(row)
    if not isinstance(event, events.Folded) or row.through != event.ranges[-1][1]:
        raise _broken(row.stream, row.seq, "the row is not the one that was written")
    return event


def _decoded(row: JournalEntry) -> events.Event | None:
    try:
        return events.decode(row.body or "")
    except ValueError:
        return None


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
        if seq and digest != _digest_at(stream, seq):
            raise _broken(stream, seq, "the row is not the one at which the chain ended when its head was kept")


def _digest_at(stream: Stream, seq: int) -> str | None:
    """Return the digest (hex) of a row; of one that was folded from the folded row or its archive."""
    row = JournalEntry.objects.filter(stream=stream, seq=seq).first()
    if row is not None:
        return bytes(row.digest).hex()
    for folded in JournalEntry.objects.filter(stream=stream, through__gte=seq).order_by("through"):
        event = _folded(folded)
        ends = {last: after for _, last, _, after in event.ranges}
        if seq in ends:
            return ends[seq]
        if any(first <= seq < last for first, last, *_ in event.ranges):
            return next((kept.digest for kept in archives.read(event.archive) or () if kept.seq == seq), None)
    return None


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
        through=row.through,
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
