"""The question "Agreed?" as it stands before the room: until when one may object and, for the bureau, who does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from delegations.models import Seat
from drafting.errors import NotFound
from drafting.models import Asking, NegotiatingText, Objection
from drafting.queries import access, ladders


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked; `objections` are (code, reason): all for the bureau, to a delegation its own."""

    id: int
    address: str
    words: str
    name: str
    forum: str
    closes: datetime
    objections: tuple[tuple[str, str], ...]

    @property
    def is_over(self) -> bool:
        """Whether the moment to object is over."""
        return self.closes <= timezone.now()


def one(seat: Seat, negotiated: NegotiatingText, pk: int) -> Asking:
    """Return a question put on a text; raises `NotFound`."""
    access.floor(seat, negotiated)
    rows = Asking.objects.filter(provision__text=negotiated)
    found = rows.select_related("provision__text__floor", "provision__text__bureau").filter(pk=pk).first()
    if found is None:
        raise NotFound("No such question was put.")
    return found


def standing(seat: Seat, negotiated: NegotiatingText) -> Asked | None:
    """Return the question before the room, or None."""
    access.floor(seat, negotiated)
    rows = Asking.objects.filter(provision__text=negotiated, ended=False).select_related("provision__words")
    row = rows.order_by("-pk").first()
    if row is None:
        return None
    said = Objection.objects.filter(asking=row).select_related("delegation").order_by("at")
    if not access.reads_bureau(seat):
        said = said.filter(delegation=seat.delegation_id)
    whole = row.start is None or row.end is None
    return Asked(
        id=row.pk,
        address=row.provision.address,
        words="" if whole else row.provision.words.content[row.start : row.end],
        name=next((rung.name for rung in ladders.of(negotiated.conference) if rung.key == row.level), row.level),
        forum=row.forum,
        closes=row.closes,
        objections=tuple((objection.delegation.code, objection.reason) for objection in said),
    )
