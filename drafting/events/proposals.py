"""What happens to stances and proposals: drafts, amendments with their versions and sponsors, reserves, deadlines."""

from __future__ import annotations

import msgspec

from drafting.events.kinds import Event


class StancesStale(Event, frozen=True, tag="stances-stale"):
    """Words inside these brackets changed; whoever stands on them is asked to confirm.

    Delegations in `sparing`, by code, had the words changed themselves: their stances stand. Nobody is named where the
    conference does not show who stands where.
    """

    brackets: list[int]
    sparing: list[str] = msgspec.field(default_factory=list)


class StancesFresh(Event, frozen=True, tag="stances-fresh"):
    """Stances on these brackets need no confirmation after all: the act that changed the words was taken back."""

    brackets: list[int]


class StanceTaken(Event, frozen=True, tag="stance-taken"):
    """On a bracket, on a version, or on the `option` so named that `provision` opens, whose words had this print.

    `delegation` is null where the conference does not show who stands where.
    """

    delegation: str | None
    stance: str
    bracket: int | None = None
    version: str | None = None
    from_the_floor: bool = False
    provision: int | None = None
    option: str = ""
    words: str = ""


class StanceLifted(Event, frozen=True, tag="stance-lifted"):
    delegation: str | None
    bracket: int | None = None
    version: str | None = None
    provision: int | None = None
    option: str = ""


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
    """`answer` is taken, declined, standing (as an amendment of its own), back (taken back) or overtaken.

    An offer is overtaken when its makers have come to sponsor the amendment by other words of theirs.
    """

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
    confirmed: bool = True


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
    """A member says, in its group's own stream, whether it goes along with the group's stance.

    An option is named by the provision it begins in and what the text calls it.
    """

    group: str
    member: str
    endorses: bool
    bracket: int | None = None
    version: str | None = None
    provision: int | None = None
    option: str = ""
    stance: str = ""


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
    provisions: list[int] = msgspec.field(default_factory=list)


class SplitJoined(Event, frozen=True, tag="split-joined"):
    """A split was taken back: `amendment` is one with `into` again, whose `version` of before is its current one."""

    amendment: str
    into: str
    version: str


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


class DraftWidened(Event, frozen=True, tag="draft-widened"):
    draft: str
    text: str
    provision: int
    content: str
    inserts_after: bool = False


class DraftNarrowed(Event, frozen=True, tag="draft-narrowed"):
    draft: str
    text: str
    provision: int


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
