"""Own amendments that the text moved under: both texts side by side, and the words they might have in it now.

They wait for the delegation that lodged them. What it does with one (confirm the words suggested, others, withdraw)
is a new version or a withdrawal like any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from delegations.models import Seat
from drafting.models import Amendment, AmendmentVersion, Hunk, NegotiatingText, ProposedText, Sponsorship
from drafting.queries import access, amendments
from drafting.text import rebasing

#: The most that are shown at a time, the oldest first.
MOST = 20


@dataclass(frozen=True, slots=True)
class Side:
    """One provision of such an amendment: what it was written against, its words, what stands now, and a suggestion.

    `suggested` is None where no place is like enough, and what stands where its edits there were carried.
    """

    address: str
    inserts_after: bool
    base: str
    words: str
    now: str
    suggested: str | None
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class Displaced:
    """An amendment that waits, with the reason given; `fits` where every provision has words to suggest."""

    id: UUID
    number: int
    reason: str
    sides: tuple[Side, ...]

    @property
    def fits(self) -> bool:
        """Whether there are words to confirm in every provision."""
        return all(side.suggested is not None for side in self.sides)


def waiting(seat: Seat, negotiated: NegotiatingText) -> list[Displaced]:
    """Return what waits for the seat's own delegation; a fixed number of queries."""
    own = access.own_delegation(seat, negotiated)
    mine = Sponsorship.objects.filter(delegation=own, role=Sponsorship.Role.SPONSOR, withdrawn=False)
    flagged = Hunk.objects.filter(outcome=Hunk.Outcome.FLAGGED)
    texts = ProposedText.objects.select_related("provision__words", "base").order_by("provision__order", "pk")
    rows = AmendmentVersion.objects.filter(
        amendment__text=negotiated,
        amendment__state__in=(Amendment.State.OPEN, Amendment.State.FLAGGED),
        current=True,
        pk__in=mine.values("version"),
    ).filter(pk__in=flagged.values("version"))
    found = rows.select_related("amendment").prefetch_related(
        Prefetch("texts", texts), Prefetch("hunks", Hunk.objects.order_by("index"))
    )
    return [_displaced(row) for row in found.order_by("amendment__number")[:MOST]]


def _displaced(row: AmendmentVersion) -> Displaced:
    flagged = [hunk for hunk in row.hunks.all() if hunk.outcome == Hunk.Outcome.FLAGGED]
    reason = next((hunk.reason for hunk in flagged if hunk.reason), "")
    sides = tuple(_side(text, list(row.hunks.all())) for text in row.texts.all())
    return Displaced(row.amendment_id, row.amendment.number, reason, sides)


def _side(text: ProposedText, hunks: list[Hunk]) -> Side:
    here = [one for one in hunks if one.provision_id == text.provision_id and one.inserts_after == text.inserts_after]
    is_flagged = any(hunk.outcome == Hunk.Outcome.FLAGGED for hunk in here)
    now = "" if text.inserts_after else text.provision.words.content
    suggested: str | None = text.words
    if not text.inserts_after:
        edits = [(hunk.lo, hunk.hi, hunk.words) for hunk in here if hunk.outcome == Hunk.Outcome.OPEN]
        suggested = rebasing.fit(text.base.content, text.words, now) if is_flagged else amendments.applied(now, edits)
    if text.provision.retired:
        suggested = None
    return Side(text.provision.address, text.inserts_after, text.base.content, text.words, now, suggested, is_flagged)
