"""The archives that folded rows went into: how such a file is written down, read, and proved to hold what it must.

An archive is the rows' columns as JSON, one row a line, in gzip; it is named by the SHA-256 of its bytes and never
changes. Which rows go into one is decided in `drafting.services.folds`.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Sequence
from functools import reduce
from pathlib import Path
from uuid import UUID

import msgspec
from django.conf import settings

from drafting import chain, events
from drafting.models import JournalEntry
from drafting.text import wire
from drafting.text.changes import ChangeSet


class Kept(msgspec.Struct, frozen=True):
    """One row as an archive has it; bytes in hex."""

    stream: UUID
    seq: int
    at: str
    kind: str
    version: int
    text: UUID | None
    rev: int | None
    body: str | None
    body_salt: str | None
    body_digest: str
    author: str | None
    author_salt: str | None
    author_digest: str
    digest: str


_COLUMNS = ("seq", "at", "kind", "version", "text", "rev", "body", "author")
_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(Kept).decode


def path(digest: str) -> Path:
    """Return where the archive with this SHA-256 (hex) is kept."""
    return Path(settings.ARCHIVES) / f"{digest}.jsonl.gz"


def pack(rows: Iterable[JournalEntry]) -> bytes:
    """Return an archive of `rows`; equal rows give equal bytes."""
    lines = b"".join(_encode(_kept(row)) + b"\n" for row in rows)
    return gzip.compress(lines, mtime=0)


def read(digest: str) -> list[Kept] | None:
    """Return the rows of an archive, None where it is not here, nothing where it is not the file it was."""
    file = path(digest)
    if not file.exists():
        return None
    packed = file.read_bytes()
    if hashlib.sha256(packed).hexdigest() != digest:
        return []
    return [_decode(line) for line in gzip.decompress(packed).splitlines()]


def proves(event: events.Folded, kept: Sequence[Kept]) -> bool:
    """Tell whether archived rows fill every gap of a folded row, link to both ends, and compose to its change."""
    rows = {row.seq: row for row in kept}
    composed: list[ChangeSet] = []
    for first, last, before, after in event.ranges:
        digest = before
        for seq in range(first, last + 1):
            row = rows.get(seq)
            if row is None or row.text != UUID(event.text) or _link(digest, row) != row.digest or not _is_whole(row):
                return False
            digest = row.digest
            composed.append(wire.read(msgspec.json.decode(row.body or "")["changes"]))
        if digest != after:
            return False
    return wire.write(reduce(ChangeSet.compose, composed)) == wire.write(wire.read(event.changes))


def _kept(row: JournalEntry) -> Kept:
    digests = {
        name: None if value is None else bytes(value).hex()
        for name in ("body_salt", "body_digest", "author_salt", "author_digest", "digest")
        for value in (getattr(row, name),)
    }
    plain = {name: getattr(row, name) for name in _COLUMNS}
    return msgspec.convert({"stream": row.stream_id, **plain, **digests}, Kept)


def _link(previous: str, row: Kept) -> str:
    head = chain.Head(
        stream=str(row.stream),
        seq=row.seq,
        at=row.at,
        kind=row.kind,
        version=row.version,
        text=str(row.text) if row.text else "",
        rev=row.rev,
    )
    return chain.link(
        bytes.fromhex(previous), head, bytes.fromhex(row.body_digest), bytes.fromhex(row.author_digest)
    ).hex()


def _is_whole(row: Kept) -> bool:
    parts = ((row.body, row.body_salt, row.body_digest), (row.author, row.author_salt, row.author_digest))
    return all(
        content is not None and salt is not None and chain.inner(bytes.fromhex(salt), content).hex() == digest
        for content, salt, digest in parts
    )
