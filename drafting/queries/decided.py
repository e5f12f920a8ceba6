"""Decisions as the bureau and the floor read them: the last ones, newest first, and whether they were taken back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from delegations.models import Seat
from drafting.models import Decision, NegotiatingText, Overnight, ShiftNote
from drafting.queries import access


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """A decision in words: `where` lists the addresses it touched, `together` counts the standing ones of its act."""

    id: int
    act: str
    authority: str
    reason: str
    at: str
    when: datetime
    where: str
    undone: bool
    forum: str
    batch: UUID | None
    together: int
    can_redo: bool
    is_file: bool = False


def recent(seat: Seat, negotiated: NegotiatingText, size: int = 8) -> list[DecisionShown]:
    """Return the last decisions on a text whose floor the seat may read; four queries."""
    access.floor(seat, negotiated)
    rows = Decision.objects.filter(text=negotiated).order_by("-seq", "-pk")
    rows = rows.prefetch_related("hunks__provision", "brackets__start_text__provision")[:size]
    acts = Decision.objects.filter(text=negotiated, undone=False, batch__in=[row.batch for row in rows if row.batch])
    together = dict(acts.order_by().values_list("batch").annotate(Count("pk")))
    return [_shown(row, together.get(row.batch, 0)) for row in rows]


def by_policy(seat: Seat, negotiated: NegotiatingText) -> list[DecisionShown]:
    """Return the decisions that a policy took, newest first, those taken back included."""
    access.floor(seat, negotiated)
    rows = Decision.objects.filter(text=negotiated, authority=Decision.Authority.POLICY).order_by("-seq", "-pk")
    rows = rows.prefetch_related("hunks__provision", "brackets__start_text__provision")
    together = Counter(row.batch for row in rows if not row.undone)
    return [_shown(row, together[row.batch] if row.batch else 0) for row in rows]


def notes(seat: Seat, negotiated: NegotiatingText, size: int = 3) -> list[ShiftNote]:
    """Return the last notes from shift to shift, newest first; none for who is not of the bureau."""
    if negotiated.conference_id != seat.conference_id or not access.reads_bureau(seat):
        return []
    return list(negotiated.shift_notes.select_related("by__delegation", "about")[:size])


def overnight(negotiated: NegotiatingText) -> Overnight | None:
    """Return the standing order to consolidate a text overnight, if there is one."""
    return Overnight.objects.filter(text=negotiated).first()


def _shown(row: Decision, together: int) -> DecisionShown:
    places = [hunk.provision.address for hunk in row.hunks.all()]
    places += [bracket.start_text.provision.address for bracket in row.brackets.all()]
    return DecisionShown(
        row.pk,
        row.get_act_display(),
        row.get_authority_display(),
        row.reason,
        row.at.isoformat(timespec="minutes"),
        row.at,
        ", ".join(dict.fromkeys(places)),
        row.undone,
        row.forum,
        row.batch,
        together,
        row.undone and "wish" in row.undo,
        row.act == Decision.Act.TAKE_OVER,
    )
