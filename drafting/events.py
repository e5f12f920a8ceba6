"""What can happen: one frozen struct per kind of journal row. The list is closed; names are in the past tense.

A body holds everything needed to replay it: *state before + events = state after*. It names delegations by code and
never a person. Offsets are code points; `changes` is CodeMirror's JSON, in UTF-16 units, on the text's revision
before. Texts are named by the UUID of their working text, provisions and brackets by id.
"""

from __future__ import annotations

from typing import Any, Union

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """The base of all; `kind` is the tag in the journal and on the wire."""


class SeatGiven(Event, frozen=True, tag="seat-given"):
    seat: int
    role: str
    delegation: str | None


class SeatTaken(Event, frozen=True, tag="seat-taken"):
    seat: int


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
    instruments: list[str] = []


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
    undoes: list[int] = []


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


class StancesStale(Event, frozen=True, tag="stances-stale"):
    """Words inside these brackets changed; whoever stands on them is asked to confirm.

    Delegations in `sparing`, by code, had the words changed themselves: their stances stand. Nobody is named where the
    conference does not show who stands where.
    """

    brackets: list[int]
    sparing: list[str] = []


class StancesFresh(Event, frozen=True, tag="stances-fresh"):
    """Stances on these brackets need no confirmation after all: the act that changed the words was taken back."""

    brackets: list[int]


class StanceTaken(Event, frozen=True, tag="stance-taken"):
    """`delegation` is null where the conference does not show who stands where."""

    delegation: str | None
    stance: str
    bracket: int | None = None
    version: str | None = None
    from_the_floor: bool = False


class StanceLifted(Event, frozen=True, tag="stance-lifted"):
    delegation: str | None
    bracket: int | None = None
    version: str | None = None


class HunkWritten(msgspec.Struct, frozen=True):
    """One hunk as stored: range in code points of the provision's words at that moment."""

    hunk: int
    provision: int
    index: int
    lo: int
    hi: int
    words: str
    struck: str = ""
    atom: int = 0
    inserts_after: bool = False
    verdict: str = ""
    outcome: str = "open"


class WordsProposed(msgspec.Struct, frozen=True):
    provision: int
    words: str
    base: str
    inserts_after: bool = False


class AmendmentSubmitted(Event, frozen=True, tag="amendment-submitted"):
    amendment: str
    number: int
    version: str
    sponsors: list[str]
    proposed: list[WordsProposed]
    hunks: list[HunkWritten]
    from_the_floor: bool = False
    op: str = "replace"
    late: bool = False
    language: str = ""
    remark: str = ""
    about: int | None = None
    amends: str | None = None


class VersionOffered(Event, frozen=True, tag="version-offered"):
    """A delegation that does not sponsor an amendment offers it other words; nothing else changes until it is taken."""

    amendment: str
    version: str
    ordinal: int
    sponsors: list[str]
    proposed: list[WordsProposed]
    note: str = ""


class OfferAnswered(Event, frozen=True, tag="offer-answered"):
    """`answer` is taken, declined, standing (as an amendment of its own) or back (taken back)."""

    amendment: str
    version: str
    answer: str


class VersionMade(Event, frozen=True, tag="version-made"):
    """The amendment has these words now; `sponsors` have consented to them, nobody else has yet."""

    amendment: str
    version: str
    ordinal: int
    sponsors: list[str]
    proposed: list[WordsProposed]
    hunks: list[HunkWritten]


class RecordConfirmed(Event, frozen=True, tag="record-confirmed"):
    """Who spoke confirms the amendment that was recorded for it from the floor."""

    amendment: str


class SponsorListSet(Event, frozen=True, tag="sponsor-list-set"):
    """Whether anybody may join the sponsors of an amendment, or only who is invited."""

    amendment: str
    is_open: bool


class SponsorInvited(Event, frozen=True, tag="sponsor-invited"):
    """Told to the sponsors and to the delegation that is asked, each in its own stream."""

    version: str
    delegation: str


class DeadlineSet(Event, frozen=True, tag="deadline-set"):
    """Until when amendments may be lodged (ISO 8601, UTC), null for no limit; late ones are taken as late or not."""

    deadline: str | None
    takes_late: bool


class ReserveTaken(Event, frozen=True, tag="reserve-taken"):
    """`provision` is what it is on, or the heading of the chapter; null for the whole text."""

    reserve: int
    delegation: str | None
    scope: str
    form: str
    provision: int | None = None
    words: str = ""
    from_the_floor: bool = False


class ReserveLifted(Event, frozen=True, tag="reserve-lifted"):
    reserve: int
    delegation: str | None
    provision: int | None = None


class Endorsed(Event, frozen=True, tag="endorsed"):
    """A member says, in its group's own stream, whether it goes along with the group's stance."""

    group: str
    member: str
    endorses: bool
    bracket: int | None = None
    version: str | None = None


class SignOffRequired(Event, frozen=True, tag="sign-off-required"):
    """Whether the head of a delegation signs its proposals off before they reach the floor."""

    delegation: str
    wanted: bool


class SignOffAsked(Event, frozen=True, tag="sign-off-asked"):
    """A draft waits for the head of delegation, or was given back."""

    draft: str
    asked: bool


class AmendmentWithdrawn(Event, frozen=True, tag="amendment-withdrawn"):
    """`provisions` are those it had proposed words for."""

    amendment: str
    provisions: list[int] = []


class CosponsorJoined(Event, frozen=True, tag="cosponsor-joined"):
    version: str
    delegation: str | None


class CosponsorLeft(Event, frozen=True, tag="cosponsor-left"):
    version: str
    delegation: str | None


class HunksMoved(Event, frozen=True, tag="hunks-moved"):
    """Open hunks carried to new ranges, or flagged, because the words under them changed."""

    hunks: list[tuple[int, int, int, str, str]]


class DraftOpened(Event, frozen=True, tag="draft-opened"):
    draft: str
    provision: int
    content: str
    inserts_after: bool = False


class DraftShared(Event, frozen=True, tag="draft-shared"):
    draft: str
    delegation: str


class DraftUnshared(Event, frozen=True, tag="draft-unshared"):
    draft: str
    delegation: str


class DraftSubmitted(Event, frozen=True, tag="draft-submitted"):
    draft: str
    amendment: str


class DraftDiscarded(Event, frozen=True, tag="draft-discarded"):
    draft: str


class Erased(Event, frozen=True, tag="erased"):
    """Bodies or authors of earlier rows of this stream withheld for good: (first, last) seq, both included."""

    what: str
    ranges: list[tuple[int, int]]
    reason: str


class PenOpened(Event, frozen=True, tag="pen-opened"):
    pen: str
    provision: int
    authority: str
    speakers: list[str]


class PenHanded(Event, frozen=True, tag="pen-handed"):
    provision: int
    delegation: str


class PenTakenBack(Event, frozen=True, tag="pen-taken-back"):
    provision: int
    delegation: str


class PenClosed(Event, frozen=True, tag="pen-closed"):
    pen: str
    amendment: str | None


class ConsolidationRequested(Event, frozen=True, tag="consolidation-requested"):
    consolidation: str


class ConsolidationFinished(Event, frozen=True, tag="consolidation-finished"):
    consolidation: str
    state: str
    slots: int = 0
    failure: str = ""


class Decided(Event, frozen=True, tag="decided"):
    decision: int
    act: str
    authority: str
    reason: str
    hunks: list[tuple[int, str]]
    brackets: list[int]
    provisions: list[int]
    forum: str = ""
    batch: str | None = None


class DecisionUndone(Event, frozen=True, tag="decision-undone"):
    decision: int
    provisions: list[int]
    hunks: list[tuple[int, int, int, str, str]]


class Agreed(Event, frozen=True, tag="agreed"):
    agreement: int
    provision: int
    level: str
    forum: str
    start: int | None = None
    end: int | None = None


class Reopened(Event, frozen=True, tag="reopened"):
    agreement: int
    provision: int
    reason: str


class PreparationChosen(Event, frozen=True, tag="preparation-chosen"):
    """The kind of the revision being prepared, which limits the chair's acts; empty where nothing limits them."""

    form: str


class BasisChosen(Event, frozen=True, tag="basis-chosen"):
    """The revision that is the basis of negotiation from now on."""

    revision: int
    number: int


class ShiftNoteLeft(Event, frozen=True, tag="shift-note-left"):
    note: int
    words: str


class OvernightSet(Event, frozen=True, tag="overnight-set"):
    """When the text is consolidated each night, on the conference's clock (HH:MM); empty for never."""

    hour: str


class RevisionIssued(Event, frozen=True, tag="revision-issued"):
    revision: int
    number: int
    symbol: str
    form: str
    digest: str


_kinds: list[type[Event]] = [*Event.__subclasses__(), Folded]
#: Every kind of row there is; the documentation test and the decoder read this list.
KINDS: dict[str, type[Event]] = {str(kind.__struct_config__.tag): kind for kind in _kinds}

_encoder = msgspec.json.Encoder(order="sorted")
_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Union[tuple(KINDS.values())])  # noqa: UP007  (made at run time)


def encode(event: Event) -> str:
    """Return the canonical JSON of `event`: keys sorted, no spaces, UTF-8 unescaped; this very text is hashed."""
    return _encoder.encode(event).decode()


def decode(body: str) -> Event:
    """Return the event of a stored body; raises msgspec.ValidationError on a kind or shape that is not in the list."""
    return _decoder.decode(body)
