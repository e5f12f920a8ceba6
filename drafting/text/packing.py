"""The frozen document as JSON, and back: lossless, without what is empty, checked against its shape when read.

The shape is documented in `document.schema.json` beside this module, which a test keeps true.
"""

from __future__ import annotations

from dataclasses import fields, replace
from enum import Enum
from typing import Any, Literal

import msgspec

from .document import Block, Comment, Document, Footnote, Group, Masthead, Pair, Proposal, Run, Step, Table

FORMAT: Literal["rolling-text/document"] = "rolling-text/document"


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of the body: a block or a table, never both."""

    block: Block | None = None
    table: Table | None = None

    def __post_init__(self) -> None:
        if (self.block is None) == (self.table is None):
            raise ValueError("A part of the body is a block or a table.")


class Packed(msgspec.Struct, frozen=True, omit_defaults=True):
    """A document as a file holds it; `version` is that of the shape."""

    format: Literal["rolling-text/document"]
    version: Literal[1]
    masthead: Masthead
    notes: tuple[str, ...] = ()
    body: tuple[Part, ...] = ()
    pairs: tuple[Pair, ...] = ()
    groups: tuple[Group, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    comments: tuple[Comment, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    steps: tuple[Step, ...] = ()


#: Name and default of every field of the model, by kind; a field without a default is always written.
_FIELDS = {
    kind: tuple((each.name, each.default) for each in fields(kind))
    for kind in (Document, Masthead, Block, Table, Run, Pair, Group, Footnote, Comment, Proposal, Step)
}
_decoder = msgspec.json.Decoder(Packed)


def pack(document: Document) -> bytes:
    """Return the document as compact JSON in UTF-8: equal documents give equal bytes."""
    body = [{"table" if isinstance(part, Table) else "block": plain(part)} for part in document.body]
    rest = plain(replace(document, body=()))
    return msgspec.json.encode({"format": FORMAT, "version": 1, **rest, "body": body})


def unpack(data: bytes | str) -> Document:
    """Return the document that `pack` gave `data` for; raises `msgspec.ValidationError` or `DecodeError`."""
    read = _decoder.decode(data)
    body = tuple(part.block or part.table for part in read.body)
    kept = tuple(part for part in body if part is not None)
    kept_beside = (read.pairs, read.groups, read.footnotes, read.comments, read.proposals, read.steps)
    return Document(read.masthead, read.notes, kept, *kept_beside)


def without_words(document: Document) -> Document:
    """Return what the words of a file do not say: masthead, addresses and ids, pairs and groups, in the same order.

    A file carries it beside its words, which somebody may edit: the words are taken from them, the rest from here.
    """
    body = (replace(part, runs=()) if isinstance(part, Block) else Table("", (), ()) for part in document.body)
    notes = (replace(note, runs=()) for note in document.footnotes)
    return replace(document, body=tuple(body), footnotes=tuple(notes))


def schema() -> dict[str, Any]:
    """Return the JSON schema of the shape."""
    return msgspec.json.schema(Packed)


def plain(value: Any) -> Any:
    """Return a value of the model as dicts, lists and strings, without the fields that hold their default."""
    if names := _FIELDS.get(type(value)):
        return {name: plain(held) for name, default in names if (held := getattr(value, name)) != default}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, Enum) else value
