"""The loss report as it is read: proposals by their fate, what was lost first, each once with its edits beneath.

What became of each proposal comes from `reports`; the document that is printed of it is in `listings`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from delegations.models import Seat
from drafting.models import LossReading, NegotiatingText
from drafting.queries import access, amendments, endings, reports
from drafting.queries.reports import HunkFate, LossEntry

#: The fates in the order they are read in: what was lost, what is in doubt, what goes on, what was taken.
ORDER = (
    *("dropped", "bridged", "in part", "lapsed", "withdrawn", "flagged", "awaiting translation"),
    *("open", "joined", "noted", "bracketed", "in text"),
)
#: The outcome of an edit that goes without saying beneath a proposal with this fate.
_PLAIN = {
    "dropped": {"dropped"},
    "bridged": {"bridged"},
    "bracketed": {"bracketed"},
    "in text": {"accepted", "done"},
    "open": {"open"},
    "flagged": {"flagged"},
    "lapsed": {"open", "flagged"},
    "withdrawn": {"open", "flagged"},
    "awaiting translation": {"open"},
}
_OUTCOMES = {
    "accepted": "in the text",
    "done": "in the text already",
    "bracketed": "in brackets",
    "bridged": "replaced by bridging words",
    "flagged": "to be confirmed by its sponsor",
}
#: What a proposal that only puts a pair of brackets, or only takes one off, is said to do.
_PAIRS: dict[tuple[tuple[str, str], ...], str] = {
    (("", "["), ("", "]")): "brackets put round words",
    (("[", ""), ("]", "")): "brackets taken off, the words stay",
}


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit of a proposal; `said` tells it where its words do not, `became` where the proposal's fate does not."""

    address: str
    struck: str
    words: str
    said: str
    became: str
    reason: str

    @property
    def change(self) -> str:
        """The edit in words."""
        if self.said or not (self.struck and self.words):
            return self.said or (f"delete “{self.struck}”" if self.struck else f"insert “{self.words}”")
        return f"“{self.struck}” → “{self.words}”"


@dataclass(frozen=True, slots=True)
class Lost:
    """A proposal by its number, who sponsors it, its edits in order."""

    number: int
    sponsors: tuple[str, ...]
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """All proposals with one fate, by number; `label` is the fate in print."""

    fate: str
    label: str
    rows: tuple[Lost, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Whether the loss report that is shown was read: its digest, who read one last and when, and that it was this."""

    digest: str
    by: str = ""
    at: datetime | None = None
    is_current: bool = False


def shares(entries: Sequence[LossEntry]) -> tuple[Share, ...]:
    """Return the proposals by their fate, in `ORDER`; every entry is in exactly one share."""
    found: dict[str, list[Lost]] = defaultdict(list)
    for entry in entries:
        found[entry.fate].append(Lost(entry.number, tuple(entry.sponsors), tuple(edits(entry))))
    return tuple(Share(fate, endings.FATES[fate], tuple(found[fate])) for fate in ORDER if found[fate])


def counted(found: Sequence[Share]) -> str:
    """Return how many proposals there are and how many of each fate, in one sentence."""
    total = sum(len(share.rows) for share in found)
    said = ", ".join(f"{len(share.rows)} {share.label}" for share in found)
    named = "1 proposal" if total == 1 else f"{total} proposals"
    return f"{named}, each listed once: {said}." if said else "No proposal is to be accounted for."


def reading(seat: Seat, negotiated: NegotiatingText, entries: Sequence[LossEntry]) -> Reading | None:
    """Return whether the floor's loss report, as the seat reads it, was read; null for who is not of the bureau."""
    if not access.reads_bureau(seat):
        return None
    whole = entries if amendments.shows_names(seat, negotiated) else reports.loss_report(negotiated)
    digest = reports.digest(whole)
    last = LossReading.objects.filter(text=negotiated).select_related("by").first()
    if last is None:
        return Reading(digest)
    return Reading(digest, last.by.get_role_display(), last.at, last.digest == digest)


def edits(entry: LossEntry) -> Iterator[Edit]:
    """Yield the edits of a proposal in order, each with what became of it where its fate does not say so."""
    plain = _PLAIN.get(entry.fate, set())
    alike = groupby(entry.hunks, key=lambda hunk: (hunk.address, hunk.outcome, hunk.reason))
    for (address, outcome, reason), hunks in alike:
        became = "" if outcome in plain else _OUTCOMES.get(outcome, outcome)
        for change in _changes(list(hunks)):
            yield Edit(address, *change, became, reason)


def _changes(hunks: Sequence[HunkFate]) -> Iterator[tuple[str, str, str]]:
    """Yield (struck, words, what is said instead) of each change, two that put or take the ends of a pair as one."""
    at = 0
    while at < len(hunks):
        ends = tuple((hunk.struck.strip(), hunk.words.strip()) for hunk in hunks[at : at + 2])
        said = _PAIRS.get(ends, "")
        yield (*(("", "") if said else ends[0]), said)
        at += 2 if said else 1
