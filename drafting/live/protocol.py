"""The messages of the live socket: one closed, versioned list, decoded here and nowhere else.

Every message is one JSON object in a text frame, with `v` (the version) and `t` (its name). What a message does is in
`browsers` and `hub`; the schema for outsiders is written by `schema` and lies beside this file. Version 1 is the first,
so no older one is served yet: a page of any other is told to reload. A field a reader does not know is to be ignored.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, Union
from uuid import UUID

import msgspec
from msgspec import Meta

from drafting.text.errors import RollingTextError

#: The version spoken here.
VERSION = 1
#: Frames a browser sends are at most this many bytes; the largest in use is an op that pastes a provision.
LARGEST = 64 * 1024
#: A sign of life is shorter than this many bytes, however it is spaced; a longer one is read like other messages.
LARGEST_SIGN = 160

#: What one message may ask for at once.
MOST_TEXTS = 64
MOST_PARTS = 32

Number = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Count = Annotated[int, Meta(ge=1, le=2**53 - 1)]
Name = Annotated[str, Meta(min_length=1, max_length=64)]


class UnknownMessage(RollingTextError):
    """Something that is not one of our messages; nothing was done."""

    code = "unknown-message"


class OtherVersion(RollingTextError):
    """A message of another version of the protocol, older or newer; nothing was done."""

    code = "other-version"


class Message(msgspec.Struct, frozen=True, kw_only=True, tag_field="t"):
    """The base of all: `v` is the version of the protocol, `t` the name of the message."""

    v: Literal[1] = 1


class Request(Message, frozen=True):
    """What a browser sends; here `v` may not be left out."""

    v: Literal[1]


class Hello(Request, frozen=True, tag="hello"):
    """Says which build of our scripts runs; answered by the server's own. Not needed before anything else."""

    build: Annotated[str, Meta(max_length=64)] = ""


class Sub(Request, frozen=True, tag="sub"):
    """Follow a stream from after `since` (null: from now on); answered by a tick, even an empty one."""

    stream: UUID
    since: Number | None


class Unsub(Request, frozen=True, tag="unsub"):
    """Follow a stream no longer."""

    stream: UUID


class Known(msgspec.Struct, frozen=True):
    """A text the browser has at revision `rev`: it gets what came after, where that is still at hand."""

    text: UUID
    rev: Number


class Watch(Request, frozen=True, tag="watch"):
    """Watch these texts too; each is answered by its content, and from then on every change comes in ticks."""

    texts: Annotated[list[UUID | Known], Meta(max_length=MOST_TEXTS)]


class Unwatch(Request, frozen=True, tag="unwatch"):
    """Watch these texts no longer."""

    texts: Annotated[list[UUID], Meta(max_length=MOST_TEXTS)]


class TakePen(Request, frozen=True, tag="pen"):
    """Take the pen for a text, `for` "chair", "room", "editorial" or the codes of those who speak; null lays it by."""

    text: UUID
    for_: Annotated[str, Meta(max_length=400)] | Annotated[list[Name], Meta(max_length=40)] | None = msgspec.field(
        name="for"
    )


class Part(msgspec.Struct, frozen=True):
    """One text's share of an op: CodeMirror's `ChangeSet` JSON in UTF-16 units, on revision `base_rev`."""

    text: UUID
    base_rev: Number
    changes: list[Any]


class Op(Request, frozen=True, tag="op"):
    """Change texts, all or none. `client` is random, `n` counts its ops from 1, `epoch` is the server's, 0 at first."""

    client: Name
    epoch: Number
    n: Count
    parts: Annotated[list[Part], Meta(min_length=1, max_length=MOST_PARTS)]


class Seen(Request, frozen=True, tag="seen"):
    """A sign of life, at least every five seconds: the last seq shown, of the stream it names if it names one."""

    seq: Number
    stream: UUID | None = None


class At(Request, frozen=True, tag="at"):
    """Where this browser's caret stands in a text it may type in: `anchor` and `head` in UTF-16 units of `rev`."""

    text: UUID
    rev: Number
    anchor: Number
    head: Number


class Answer(Message, frozen=True):
    """What the server sends."""


class Welcome(Answer, frozen=True, tag="hello"):
    """The server's build of our scripts; a page of another build still works and offers to reload."""

    build: str


class Tick(Answer, frozen=True, tag="tick"):
    """What happened on `stream`, complete up to `seq`.

    An item `{seq, text, rev, changes}` is one revision of a watched text, `rev` rising by one. Any other item has null
    for `text`, its `kind` and what it is about; whoever does not know the kind reads those objects again. `progress`
    has no seq.
    """

    stream: UUID
    seq: int
    items: list[dict[str, Any]]


class Content(Answer, frozen=True, tag="text"):
    """A watched text as it stands."""

    text: UUID
    content: str
    rev: int


class PenTaken(Answer, frozen=True, tag="pen_ok"):
    """The pen session now open on the text, or null once it is laid down."""

    pen: UUID | None
    text: UUID


class Ack(Answer, frozen=True, tag="ack"):
    """Op `n` is stored: `revs` is the revision it made of each text, `seq` the last row it wrote."""

    client: str
    n: int
    revs: dict[str, int]
    seq: int


class Nack(Answer, frozen=True, tag="nack"):
    """Op `n` is refused and changed nothing; the next one carries `epoch`. `place`, if any, is the text and offset."""

    client: str
    n: int
    epoch: int
    code: str
    message: str
    place: dict[str, Any] | None = None


class Presence(Answer, frozen=True, tag="presence"):
    """Who else types in a watched text, and where; whoever only reads is never in it."""

    text: UUID
    people: list[dict[str, Any]]


class Problem(Answer, frozen=True, tag="error"):
    """A message could not be answered: a code for programs, a sentence for people, and the stream or text it named."""

    code: str
    message: str
    stream: UUID | None = None
    text: UUID | None = None


class Resync(Answer, frozen=True, tag="resync"):
    """This place is lost: come back as new, at a random moment within so many seconds."""

    within: float
    stream: UUID | None = None


REQUESTS: tuple[type[Request], ...] = (Hello, Sub, Unsub, Watch, Unwatch, TakePen, Op, Seen, At)
ANSWERS: tuple[type[Answer], ...] = (
    Welcome, Tick, Content, PenTaken, Ack, Nack, Presence, Problem, Resync,
)  # fmt: skip


class _Versioned(msgspec.Struct):
    """As much of a message as every version has."""

    v: int
    t: str


_signs = msgspec.json.Decoder(Seen)
_versioned = msgspec.json.Decoder(_Versioned)
_decoder: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Union[REQUESTS])  # noqa: UP007  (a union of a list)
_encoder = msgspec.json.Encoder()


def decode(frame: str) -> Request:
    """Return the request in a text frame; raises `UnknownMessage` saying what is wrong with it, `OtherVersion`."""
    if len(frame) > LARGEST or len(frame.encode()) > LARGEST:
        raise UnknownMessage(f"A message holds at most {LARGEST} bytes.")
    try:
        return _decoder.decode(frame)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        if _is_of_another_version(frame):
            sentence = "This page is of another version than the site: reload it. What you typed is kept."
            raise OtherVersion(sentence) from None
        raise UnknownMessage(f"This is not a message of the protocol: {error}.") from None


def _is_of_another_version(frame: str) -> bool:
    try:
        return _versioned.decode(frame).v != VERSION
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return False


def is_sign(frame: bytes) -> bool:
    """Tell whether a text frame is a `seen` that `decode` would take; most of what browsers send is.

    Bytes beyond ASCII are left to `decode`: the decoder does not look at what stands in fields it does not know.
    """
    if len(frame) > LARGEST_SIGN or b"seen" not in frame or not frame.isascii():
        return False
    try:
        _signs.decode(frame)
    except msgspec.MsgspecError:
        return False
    return True


def encode(answer: Answer) -> str:
    """Return an answer as the JSON of one text frame."""
    return _encoder.encode(answer).decode()


def schema() -> str:
    """Return the JSON Schema (2020-12) of every message, as it lies in protocol.schema.json."""
    _, parts = msgspec.json.schema_components([*REQUESTS, *ANSWERS], ref_template="#/$defs/{name}")
    for name in (kind.__name__ for kind in ANSWERS):
        parts[name]["required"] = ["v", *parts[name]["required"]]
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The live socket of Rolling Text",
        "description": "Each message is one JSON object in a text frame.",
        "$defs": parts,
        "oneOf": [
            {"title": "from the browser", "oneOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in REQUESTS]},
            {"title": "from the server", "oneOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in ANSWERS]},
        ],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
