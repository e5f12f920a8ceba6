"""What a visitor of the demo conference is offered: its text, and the seats to take with one click."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from delegations import queries
from drafting.models import NegotiatingText

#: The user names of delegates who only fill their delegation's seat end in this; the cast's do not.
DESK = "-desk"


def ready(address: str) -> dict[str, Any]:
    """Return what a program needs to try the demo at `address`: {"ready", "text", "seats"}, all addresses absolute.

    `seats` has the whole cast, offices first: [{"role", "delegation" (a code, null for an office), "sign_in"}].
    """
    site = address.rstrip("/")
    text = NegotiatingText.objects.filter(conference__is_demo=True).select_related("conference").order_by("pk").first()
    cast = queries.demo_seats().exclude(user__username__endswith=DESK).order_by("pk")
    seats = [
        {
            "role": seat.role,
            "delegation": seat.delegation.code if seat.delegation else None,
            "sign_in": site + reverse("demo-seat", args=[seat.pk]),
        }
        for seat in cast
    ]
    return {
        "ready": site + "/",
        "text": site + text.get_absolute_url() if text else None,
        "seats": sorted(seats, key=lambda seat: seat["delegation"] is not None),
    }
