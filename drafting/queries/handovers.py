"""Who has the pen of a provision besides those who always may."""

from __future__ import annotations

from delegations.models import Seat
from delegations.roles import Right
from drafting.models import Handover, NegotiatingText, Provision
from drafting.queries import mandates


def codes(provision: int) -> list[str]:
    """Return the codes of the delegations that have the pen of a provision."""
    held = Handover.objects.filter(provision=provision, ended=None)
    return list(held.order_by("delegation__code").values_list("delegation__code", flat=True))


def may_type(seat: Seat, provision: Provision | int) -> bool:
    """Tell whether a seat may take the pen of a provision: by its office or mandate, or because it was handed to it."""
    if seat.may(Right.RECORD):
        return not mandates.is_limited(seat) or _key(provision) in mandates.reach(seat, _text(provision))
    if seat.delegation_id is None or not seat.may(Right.PROPOSE):
        return False
    return Handover.objects.filter(provision=provision, delegation=seat.delegation_id, ended=None).exists()


def _key(provision: Provision | int) -> int:
    return provision if isinstance(provision, int) else provision.pk


def _text(provision: Provision | int) -> NegotiatingText:
    if isinstance(provision, Provision):
        return provision.text
    return NegotiatingText.objects.get(provisions=provision)
