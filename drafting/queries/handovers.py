"""Who has the pen of a provision besides those who always may."""

from __future__ import annotations

from delegations.models import Seat
from delegations.roles import Right
from drafting.models import Handover, Provision


def codes(provision: int) -> list[str]:
    """Return the codes of the delegations that have the pen of a provision."""
    held = Handover.objects.filter(provision=provision, ended=None)
    return list(held.order_by("delegation__code").values_list("delegation__code", flat=True))


def may_type(seat: Seat, provision: Provision | int) -> bool:
    """Tell whether a seat may take the pen of a provision: by its office, or because the pen was handed to it."""
    if seat.may(Right.RECORD):
        return True
    if seat.delegation_id is None or not seat.may(Right.PROPOSE):
        return False
    return Handover.objects.filter(provision=provision, delegation=seat.delegation_id, ended=None).exists()
