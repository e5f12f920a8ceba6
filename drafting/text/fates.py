"""Fates: what became of a proposal, told from what became of its hunks."""

from collections.abc import Collection
from enum import StrEnum


class Outcome(StrEnum):
    """What became of one hunk."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DONE = "done"
    BRACKETED = "bracketed"
    BRIDGED = "bridged"
    DROPPED = "dropped"
    FLAGGED = "flagged"


class Fate(StrEnum):
    """What became of one proposal, in the order in which the first that holds is told."""

    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    AWAITING_TRANSLATION = "awaiting translation"
    FLAGGED = "flagged"
    IN_TEXT = "in text"
    IN_PART = "in part"
    BRACKETED = "bracketed"
    BRIDGED = "bridged"
    OPEN = "open"
    DROPPED = "dropped"


_IN_TEXT = frozenset({Outcome.ACCEPTED, Outcome.DONE})


def fate(
    outcomes: Collection[Outcome],
    *,
    withdrawn: bool = False,
    lapsed: bool = False,
    awaiting_translation: bool = False,
) -> Fate:
    """Return the fate of a proposal whose hunks have these outcomes; one that changes nothing is in the text."""
    found = frozenset(outcomes)
    holds = {
        Fate.WITHDRAWN: withdrawn,
        Fate.LAPSED: lapsed,
        Fate.AWAITING_TRANSLATION: awaiting_translation,
        Fate.FLAGGED: Outcome.FLAGGED in found,
        Fate.IN_TEXT: found <= _IN_TEXT,
        Fate.IN_PART: not found.isdisjoint(_IN_TEXT),
        Fate.BRACKETED: Outcome.BRACKETED in found,
        Fate.BRIDGED: Outcome.BRIDGED in found,
        Fate.OPEN: Outcome.OPEN in found,
    }
    return next((name for name, is_so in holds.items() if is_so), Fate.DROPPED)
