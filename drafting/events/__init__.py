"""What can happen: one frozen struct per kind of journal row. The list is closed; names are in the past tense.

A body holds everything needed to replay it: *state before + events = state after*. It names delegations by code and
never a person. Offsets are code points; `changes` is CodeMirror's JSON, in UTF-16 units, on the text's revision
before. Texts are named by the UUID of their working text, provisions and brackets by id.
"""

from __future__ import annotations

from typing import Union

import msgspec

from drafting.events.agreements import Agreed as Agreed
from drafting.events.agreements import AgreementAsked as AgreementAsked
from drafting.events.agreements import AskingEnded as AskingEnded
from drafting.events.agreements import LadderSet as LadderSet
from drafting.events.agreements import Objected as Objected
from drafting.events.agreements import PackageSet as PackageSet
from drafting.events.agreements import Parked as Parked
from drafting.events.agreements import ParkingLifted as ParkingLifted
from drafting.events.agreements import Reopened as Reopened
from drafting.events.annotations import AnnotationChosen as AnnotationChosen
from drafting.events.annotations import AnnotationMade as AnnotationMade
from drafting.events.annotations import AnnotationRestored as AnnotationRestored
from drafting.events.annotations import AnnotationReworded as AnnotationReworded
from drafting.events.annotations import AnnotationStruck as AnnotationStruck
from drafting.events.conferences import BilateralNoted as BilateralNoted
from drafting.events.conferences import BilateralStruck as BilateralStruck
from drafting.events.conferences import PicturesHidden as PicturesHidden
from drafting.events.conferences import PicturesShown as PicturesShown
from drafting.events.conferences import PolicyAdopted as PolicyAdopted
from drafting.events.editorials import ConfirmationWithdrawn as ConfirmationWithdrawn
from drafting.events.editorials import EditorialApplied as EditorialApplied
from drafting.events.editorials import EditorialEnded as EditorialEnded
from drafting.events.editorials import EditorialObjected as EditorialObjected
from drafting.events.editorials import EditorialProposed as EditorialProposed
from drafting.events.editorials import EditorialTimeSet as EditorialTimeSet
from drafting.events.editorials import EditorialUndone as EditorialUndone
from drafting.events.editorials import PlaceConfirmed as PlaceConfirmed
from drafting.events.editorials import RectificationIssued as RectificationIssued
from drafting.events.issuing import AmendmentsLapsed as AmendmentsLapsed
from drafting.events.issuing import AmendmentsRevived as AmendmentsRevived
from drafting.events.issuing import LossReportRead as LossReportRead
from drafting.events.issuing import UnreflectedChosen as UnreflectedChosen
from drafting.events.kinds import Event as Event
from drafting.events.languages import LanguageIssued as LanguageIssued
from drafting.events.languages import LanguageOpened as LanguageOpened
from drafting.events.languages import Translated as Translated
from drafting.events.mandates import MandateEnded as MandateEnded
from drafting.events.mandates import MandateGiven as MandateGiven
from drafting.events.proposals import AmendmentSubmitted as AmendmentSubmitted
from drafting.events.proposals import AmendmentWithdrawn as AmendmentWithdrawn
from drafting.events.proposals import CosponsorJoined as CosponsorJoined
from drafting.events.proposals import CosponsorLeft as CosponsorLeft
from drafting.events.proposals import DeadlineSet as DeadlineSet
from drafting.events.proposals import DraftDiscarded as DraftDiscarded
from drafting.events.proposals import DraftNarrowed as DraftNarrowed
from drafting.events.proposals import DraftOpened as DraftOpened
from drafting.events.proposals import DraftShared as DraftShared
from drafting.events.proposals import DraftSubmitted as DraftSubmitted
from drafting.events.proposals import DraftUnshared as DraftUnshared
from drafting.events.proposals import DraftWidened as DraftWidened
from drafting.events.proposals import Endorsed as Endorsed
from drafting.events.proposals import HunksMoved as HunksMoved
from drafting.events.proposals import HunkWritten as HunkWritten
from drafting.events.proposals import OfferAnswered as OfferAnswered
from drafting.events.proposals import RecordConfirmed as RecordConfirmed
from drafting.events.proposals import ReserveLifted as ReserveLifted
from drafting.events.proposals import ReserveTaken as ReserveTaken
from drafting.events.proposals import SignOffAsked as SignOffAsked
from drafting.events.proposals import SignOffRequired as SignOffRequired
from drafting.events.proposals import SplitJoined as SplitJoined
from drafting.events.proposals import SponsorInvited as SponsorInvited
from drafting.events.proposals import SponsorListSet as SponsorListSet
from drafting.events.proposals import StanceLifted as StanceLifted
from drafting.events.proposals import StancesFresh as StancesFresh
from drafting.events.proposals import StancesStale as StancesStale
from drafting.events.proposals import StanceTaken as StanceTaken
from drafting.events.proposals import VersionMade as VersionMade
from drafting.events.proposals import VersionOffered as VersionOffered
from drafting.events.proposals import WordsProposed as WordsProposed
from drafting.events.texts import AnomalyFound as AnomalyFound
from drafting.events.texts import AnomalyMended as AnomalyMended
from drafting.events.texts import AnomalyReturned as AnomalyReturned
from drafting.events.texts import BracketClosed as BracketClosed
from drafting.events.texts import BracketOpened as BracketOpened
from drafting.events.texts import BracketReopened as BracketReopened
from drafting.events.texts import CommentsKept as CommentsKept
from drafting.events.texts import CommentTold as CommentTold
from drafting.events.texts import Edited as Edited
from drafting.events.texts import Folded as Folded
from drafting.events.texts import GroupClosed as GroupClosed
from drafting.events.texts import GroupConfirmed as GroupConfirmed
from drafting.events.texts import GroupFormed as GroupFormed
from drafting.events.texts import GroupReopened as GroupReopened
from drafting.events.texts import HoldersUnknown as HoldersUnknown
from drafting.events.texts import MembersEnrolled as MembersEnrolled
from drafting.events.texts import ProvisionCreated as ProvisionCreated
from drafting.events.texts import ProvisionPlaced as ProvisionPlaced
from drafting.events.texts import ProvisionRetired as ProvisionRetired
from drafting.events.texts import ProvisionRevived as ProvisionRevived
from drafting.events.texts import Regrouped as Regrouped
from drafting.events.texts import RoomListed as RoomListed
from drafting.events.texts import SeatGiven as SeatGiven
from drafting.events.texts import SeatTaken as SeatTaken
from drafting.events.texts import TextOpened as TextOpened
from drafting.events.texts import Typed as Typed


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
    into: int = 0


class DecisionUndone(Event, frozen=True, tag="decision-undone"):
    decision: int
    provisions: list[int]
    hunks: list[tuple[int, int, int, str, str]]


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
    about: int | None = None


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
