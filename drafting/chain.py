"""How a journal row is hashed. Pure: the verifier, the writer and an outsider's script share this recipe.

digest = SHA-256 over the length-prefixed fields: previous digest, stream, seq, time, kind, version, text, rev, through
where the row has one, SHA-256(body_salt, body), SHA-256(author_salt, author). The two salts are independent and are
erased with what they cover, so that a body or an author can be withheld and the chain still verifies.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

#: The digest before the first row of every stream.
GENESIS = b"\0" * 32


def _prefixed(*fields: bytes) -> bytes:
    return b"".join(len(field).to_bytes(8, "big") + field for field in fields)


def inner(salt: bytes, content: str) -> bytes:
    """Return the 32-byte digest of one erasable part of a row."""
    return hashlib.sha256(_prefixed(salt, content.encode())).digest()


@dataclass(frozen=True, slots=True)
class Head:
    """The fields of a row that can never be erased; `at` is UTC ISO 8601, `text` a UUID or empty.

    `through` is the last seq of the rows that a folded row stands for; other rows have none, and no field for it.
    """

    stream: str
    seq: int
    at: str
    kind: str
    version: int
    text: str
    rev: int | None
    through: int | None = None


def link(previous: bytes, head: Head, body_digest: bytes, author_digest: bytes) -> bytes:
    """Return the 32-byte digest of a row that follows `previous`."""
    plain = (
        head.stream,
        str(head.seq),
        head.at,
        head.kind,
        str(head.version),
        head.text,
        "" if head.rev is None else str(head.rev),
        *(() if head.through is None else (str(head.through),)),
    )
    fields = _prefixed(previous, *(field.encode() for field in plain), body_digest, author_digest)
    return hashlib.sha256(fields).digest()
