"""Decisions as the bureau and the floor read them: the last ones, newest first, and whether they were taken back."""

from __future__ import annotations

from dataclasses import dataclass

from delegations.models import Seat
from drafting.models import Decision, NegotiatingText
from drafting.queries import access


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """A decision in words: `where` lists the addresses it touched."""

    id: int
    act: str
    authority: str
    reason: str
    at: str
    where: str
    undone: bool


def recent(seat: Seat, negotiated: NegotiatingText, size: int = 8) -> list[DecisionShown]:
    """Return the last decisions on a text whose floor the seat may read; three queries."""
    access.floor(seat, negotiated)
    rows = Decision.objects.filter(text=negotiated).order_by("-seq", "-pk")
    rows = rows.prefetch_related("hunks__provision", "brackets__start_text__provision")[:size]
    return [_shown(row) for row in rows]


def _shown(row: Decision) -> DecisionShown:
    places = [hunk.provision.address for hunk in row.hunks.all()]
    places += [bracket.start_text.provision.address for bracket in row.brackets.all()]
    return DecisionShown(
        row.pk,
        row.get_act_display(),
        row.get_authority_display(),
        row.reason,
        row.at.isoformat(timespec="minutes"),
        ", ".join(dict.fromkeys(places)),
        row.undone,
    )
