"""The comments of imported files, for who imports and for who decides; nobody else knows of them."""

from __future__ import annotations

from delegations.models import Seat
from delegations.roles import Right
from drafting.errors import Forbidden
from drafting.models import FileComment, NegotiatingText
from drafting.queries import access


def listed(seat: Seat, negotiated: NegotiatingText) -> list[FileComment]:
    """Return the comments in the order of the text, those at no provision first."""
    access.floor(seat, negotiated)
    if not (seat.may(Right.IMPORT) or seat.may(Right.DECIDE)):
        raise Forbidden("Comments of files are for the secretariat and for who decides.")
    rows = FileComment.objects.filter(text=negotiated).select_related("provision")
    return list(rows.order_by("provision__order", "pk"))
