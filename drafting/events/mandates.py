"""What can happen to the mandates of facilitators and co-chairs."""

from __future__ import annotations

from drafting.events.kinds import Event


class MandateGiven(Event, frozen=True, tag="mandate-given"):
    """A facilitator's seat, by id, works on these provisions and all that stands under them."""

    mandate: int
    seat: int
    title: str
    provisions: list[int]


class MandateEnded(Event, frozen=True, tag="mandate-ended"):
    mandate: int
