"""What a journal row says on the wire: which objects it touched, and the change itself for whoever watches the text.

Words do not travel here: a page reads the objects named through its own door, where access is decided. So an item may
carry what names an object and nothing that quotes it; a field this module does not know stays behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

#: Fields of an event that name an object, and the name under which an item carries them, always as a list.
NAMES: dict[str, str] = {
    "provision": "provision",
    "provisions": "provision",
    "bracket": "bracket",
    "brackets": "bracket",
    "group": "group",
    "amendment": "amendment",
    "version": "version",
    "draft": "draft",
    "decision": "decision",
    "agreement": "agreement",
    "revision": "revision",
    "consolidation": "consolidation",
    "pen": "pen",
}

#: Fields of an event that say in a word what happened; a delegation's code is only in rows whose readers may see it.
WORDS = (
    *("number", "stance", "delegation", "act", "state", "level", "symbol", "how", "address", "from_the_floor"),
    *("authority", "speakers"),
)


class Row(NamedTuple):
    """One journal row as it was announced or read: `body` is None once erased."""

    seq: int
    kind: str
    body: str | None


class Item(NamedTuple):
    """One row ready for the wire: `told` for the stream's followers, `change` for the watchers of `text`, both JSON.

    An item that `is_old` is news only to those who were away: it stands for rows that were told when they came.
    """

    seq: int
    text: UUID | None
    rev: int
    told: bytes
    change: bytes
    is_old: bool = False


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode


def of(row: Row) -> Item:
    """Return what `row` says; an erased row says only that it is there."""
    body = _decode(row.body) if row.body is not None else {}
    if "changes" not in body:
        return Item(row.seq, None, 0, _encode(_told(row, body)), b"")
    text, rev = str(body["text"]), int(body["rev"])
    told = _named(row.seq, "moved") | {"provision": _listed(body.get("provision")), "moved": text, "at": rev}
    told["pen"] = _listed(body.get("pen"))
    if row.kind == "folded":
        return Item(row.seq, None, 0, _encode(told), b"", is_old=True)
    change = {"seq": row.seq, "text": text, "rev": rev, "changes": body["changes"], "pen": body.get("pen")}
    return Item(row.seq, UUID(text), rev, _encode(told), _encode(change))


def progress(body: Mapping[str, Any]) -> bytes:
    """Return a sign of progress as an item: it has no seq, and whoever misses it misses nothing."""
    return _encode({**body, **_named(None, "progress")})


def _told(row: Row, body: Mapping[str, Any]) -> dict[str, Any]:
    told = _named(row.seq, row.kind)
    for field, value in body.items():
        if field in NAMES and value is not None:
            told[NAMES[field]] = _listed(value)
        elif field in WORDS:
            told[field] = value
        elif field == "hunks":
            told["hunk"] = [_number(hunk) for hunk in value]
        elif field == "proposed":
            told["provision"] = list(dict.fromkeys(words["provision"] for words in value))
    return told


def _named(seq: int | None, kind: str) -> dict[str, Any]:
    """Return the head of an item that is no change of a watched text: there it has null."""
    return {"seq": seq, "text": None, "kind": kind}


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _number(hunk: Any) -> object:
    """Return the id of a hunk, written as {"hunk": id, …} or as [id, …]."""
    return hunk["hunk"] if isinstance(hunk, dict) else hunk[0]
