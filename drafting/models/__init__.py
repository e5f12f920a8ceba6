"""The rows of a negotiation: they hold data and invariants; acts are in `drafting.services`, reads in `queries`."""

from drafting.models.agreements import Agreement, Asking, Ladder, Objection, Parking, Reopening
from drafting.models.amendments import (
    Amendment,
    AmendmentVersion,
    Draft,
    DraftPart,
    Hunk,
    Invitation,
    ProposedText,
    Sponsorship,
)
from drafting.models.annotations import Annotation
from drafting.models.brackets import AlternativeGroup, Bracket, ImportAnomaly
from drafting.models.comments import FileComment
from drafting.models.consolidations import Consolidation, Overnight
from drafting.models.decisions import Decision, ShiftNote
from drafting.models.documents import Instrument, NegotiatingText, Provision
from drafting.models.editorials import EditorialChange, EditorialPlace, EditorialTime
from drafting.models.issuing import Lapse, LossReading, Unreflected
from drafting.models.journal import ClientCursor, JournalEntry, Stream
from drafting.models.languages import LanguageIssue, LanguageVersion, Translation
from drafting.models.mandates import Mandate
from drafting.models.notes import DelegationKey, KeyShare, ResealedNote, SealedNote
from drafting.models.packages import Package
from drafting.models.pens import Handover, Pen
from drafting.models.pictures import Bilateral, Viewer
from drafting.models.policies import Adoption
from drafting.models.positions import Endorsement, Option, Position, Reserve, Stance
from drafting.models.revisions import FINAL, Confirmation, Preparation, Rectification, Revision
from drafting.models.texts import BaseText, WorkingText
from drafting.models.watches import DigestOrder, ReadMark, Watch

__all__ = [
    "FINAL",
    "Adoption",
    "Agreement",
    "AlternativeGroup",
    "Amendment",
    "AmendmentVersion",
    "Annotation",
    "Asking",
    "BaseText",
    "Bilateral",
    "Bracket",
    "ClientCursor",
    "Confirmation",
    "Consolidation",
    "Decision",
    "DelegationKey",
    "DigestOrder",
    "Draft",
    "DraftPart",
    "EditorialChange",
    "EditorialPlace",
    "EditorialTime",
    "Endorsement",
    "FileComment",
    "Handover",
    "Hunk",
    "ImportAnomaly",
    "Instrument",
    "Invitation",
    "JournalEntry",
    "KeyShare",
    "Ladder",
    "LanguageIssue",
    "LanguageVersion",
    "Lapse",
    "LossReading",
    "Mandate",
    "NegotiatingText",
    "Objection",
    "Option",
    "Overnight",
    "Package",
    "Parking",
    "Pen",
    "Position",
    "Preparation",
    "ProposedText",
    "Provision",
    "ReadMark",
    "Rectification",
    "Reopening",
    "ResealedNote",
    "Reserve",
    "Revision",
    "SealedNote",
    "ShiftNote",
    "Sponsorship",
    "Stance",
    "Stream",
    "Translation",
    "Unreflected",
    "Viewer",
    "Watch",
    "WorkingText",
]
