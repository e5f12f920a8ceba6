"""Until when amendments may be lodged, set by the chair or the secretariat; late ones are refused, or taken as late."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Forbidden, PastDeadline
from drafting.models import NegotiatingText
from drafting.queries import access, mastheads
from drafting.services import audiences


def set(by: Seat, negotiated: NegotiatingText, deadline: datetime | None, *, takes_late: bool = False) -> None:
    """Set or lift the deadline for amendments; `takes_late` has those that come after it lodged as late."""
    access.floor(by, negotiated)
    if not (by.may(Right.DECIDE) or by.may(Right.ISSUE)):
        raise Forbidden("The deadline for proposals is set by the chair or the secretariat.")
    access.whole(by)
    with audiences.of_floor(negotiated, by) as audience:
        negotiated.deadline, negotiated.takes_late = deadline, takes_late
        negotiated.save(update_fields=["deadline", "takes_late"])
        said = deadline.astimezone(UTC).isoformat(timespec="seconds") if deadline else None
        audience.floor.append(events.DeadlineSet(deadline=said, takes_late=takes_late))


def check(negotiated: NegotiatingText, *, is_lodged: bool = True) -> bool:
    """Tell whether what is lodged now is late; raises `PastDeadline` where the chair takes no late ones.

    What is recorded from the floor (not `is_lodged`) is never refused: the chair gave the floor.
    """
    row = NegotiatingText.objects.values("deadline", "takes_late").get(pk=negotiated.pk)
    if row["deadline"] is None or timezone.now() <= row["deadline"]:
        return False
    if is_lodged and not row["takes_late"]:
        until = mastheads.dated(negotiated, row["deadline"])
        raise PastDeadline(
            f"The deadline for proposals was {until}. Keep your words as a private draft, and ask the chair to take "
            "them as late."
        )
    return True
