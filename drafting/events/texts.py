"""What happens to people and to texts: seats, provisions, words, brackets and their groups, what an import left."""

from __future__ import annotations

from typing import Any

import msgspec

from drafting.events.kinds import Event


class SeatGiven(Event, frozen=True, tag="seat-given"):
    seat: int
    role: str
    delegation: str | None


class SeatTaken(Event, frozen=True, tag="seat-taken"):
    seat: int


class RoomListed(Event, frozen=True, tag="room-listed"):
    """Whether the secretariat sees who is connected, from now on."""

    is_listed: bool


class MembersEnrolled(Event, frozen=True, tag="members-enrolled"):
    """Delegations joined a group, all by code."""

    group: str
    members: list[str]


class TextOpened(Event, frozen=True, tag="text-opened"):
    """A negotiating text begins, by import; its provisions follow in rows of their own."""

    title: str
    provisions: int
    pairs: int
    anomalies: int
    instruments: list[str] = msgspec.field(default_factory=list)


class ProvisionCreated(Event, frozen=True, tag="provision-created"):
    provision: int
    text: str
    order: int
    address: str
    label: str
    part: str
    form: str
    depth: int
    article: str
    content: str
    label_length: int = 0
    instrument: int = 0
    parent: int | None = None


class ProvisionPlaced(Event, frozen=True, tag="provision-placed"):
    """A provision moved: `order` others stand before it now, tombstones counted."""

    provision: int
    order: int
    parent: int | None


class ProvisionRetired(Event, frozen=True, tag="provision-retired"):
    provision: int
    disposition: str


class ProvisionRevived(Event, frozen=True, tag="provision-revived"):
    provision: int


class Edited(Event, frozen=True, tag="edited"):
    """The words of one text changed by an act; the act's own row follows in the same transaction.

    `undoes` are the earlier revisions this one takes back, the last first.
    """

    text: str
    provision: int | None
    rev: int
    changes: list[Any]
    undoes: list[int] = msgspec.field(default_factory=list)


class Typed(Event, frozen=True, tag="typed"):
    """The words of one text changed by typing."""

    text: str
    provision: int | None
    rev: int
    changes: list[Any]
    pen: str | None = None


class Folded(Typed, frozen=True, kw_only=True, tag="folded"):
    """One seat's typing on one text with one pen, composed: `changes` leads from revision `since` to `rev`.

    `ranges` are the rows taken out for it: first and last seq, the digests of the row before the first and of the last
    (hex). The file with SHA-256 `archive` has them; `typed` is when the first and the last were written.
    """

    since: int
    ranges: list[tuple[int, int, str, str]]
    typed: tuple[str, str]
    archive: str


class BracketOpened(Event, frozen=True, tag="bracket-opened"):
    bracket: int
    article: str
    number: int
    form: str
    start: tuple[str, int]
    end: tuple[str, int]
    group: int | None = None
    holders_known: bool = True


class CommentTold(msgspec.Struct, frozen=True):
    """A comment of a file, at a provision or at none, its author as the file has it; for the bureau's stream alone."""

    comment: int
    provision: int | None
    author: str
    when: str
    words: str
    said: str


class CommentsKept(Event, frozen=True, tag="comments-kept"):
    """Comments that stood beside the words of an imported file."""

    file: str
    comments: list[CommentTold]


class HoldersUnknown(Event, frozen=True, tag="holders-unknown"):
    """Brackets that a file brought: who holds them is not known until somebody says so."""

    brackets: list[int]


class BracketClosed(Event, frozen=True, tag="bracket-closed"):
    bracket: int
    how: str


class BracketReopened(Event, frozen=True, tag="bracket-reopened"):
    bracket: int
    start: tuple[str, int]
    end: tuple[str, int]


class GroupFormed(Event, frozen=True, tag="group-formed"):
    group: int
    brackets: list[int]
    confirmed: bool
    sure: str = ""
    baseline: tuple[str, int, int] | None = None
    no_text: bool = False


class GroupConfirmed(Event, frozen=True, tag="group-confirmed"):
    group: int


class GroupClosed(Event, frozen=True, tag="group-closed"):
    group: int


class GroupReopened(Event, frozen=True, tag="group-reopened"):
    """A closed group is open again, with these brackets: an act was taken back."""

    group: int
    brackets: list[int]


class Regrouped(Event, frozen=True, tag="regrouped"):
    """Brackets belong to these groups, or to none: (bracket, group)."""

    brackets: list[tuple[int, int | None]]


class AnomalyFound(Event, frozen=True, tag="anomaly-found"):
    """An imported bracket without its partner, at `offset` of `text`."""

    anomaly: int
    text: str
    offset: int
    form: str
    suggestion: str


class AnomalyMended(Event, frozen=True, tag="anomaly-mended"):
    anomaly: int


class AnomalyReturned(Event, frozen=True, tag="anomaly-returned"):
    """A mended anomaly stands again: the act that mended it was taken back."""

    anomaly: int
    text: str
    offset: int
