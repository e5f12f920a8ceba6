"""The rows of a negotiation: they hold data and invariants; acts are in `drafting.services`, reads in `queries`."""

from drafting.models.agreements import Agreement, Asking, Ladder, Objection, Parking, Reopening
from drafting.models.amendments import (
    Amendment,
    AmendmentVersion,
    Draft,
    Hunk,
    Invitation,
    ProposedText,
    Sponsorship,
)
from drafting.models.brackets import AlternativeGroup, Bracket, ImportAnomaly
from drafting.models.consolidations import Consolidation, Overnight
from drafting.models.decisions import Decision, ShiftNote
from drafting.models.documents import Instrument, NegotiatingText, Provision
from drafting.models.journal import ClientCursor, JournalEntry, Stream
from drafting.models.notes import DelegationKey, KeyShare, SealedNote
from drafting.models.pens import Handover, Pen
from drafting.models.positions import Endorsement, Position, Reserve, Stance
from drafting.models.revisions import Preparation, Revision
from drafting.models.texts import BaseText, WorkingText
from drafting.models.watches import DigestOrder, ReadMark, Watch

__all__ = [
    "Agreement",
    "AlternativeGroup",
    "Amendment",
    "AmendmentVersion",
    "Asking",
    "BaseText",
    "Bracket",
    "ClientCursor",
    "Consolidation",
    "Decision",
    "DelegationKey",
    "DigestOrder",
    "Draft",
    "Endorsement",
    "Handover",
    "Hunk",
    "ImportAnomaly",
    "Instrument",
    "Invitation",
    "JournalEntry",
    "KeyShare",
    "Ladder",
    "NegotiatingText",
    "Objection",
    "Overnight",
    "Parking",
    "Pen",
    "Position",
    "Preparation",
    "ProposedText",
    "Provision",
    "ReadMark",
    "Reopening",
    "Reserve",
    "Revision",
    "SealedNote",
    "ShiftNote",
    "Sponsorship",
    "Stance",
    "Stream",
    "Watch",
    "WorkingText",
]
