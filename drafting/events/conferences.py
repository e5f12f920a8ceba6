"""What a conference adopts for itself, and whom its chair lets see what."""

from __future__ import annotations

from drafting.events.kinds import Event


class PolicyAdopted(Event, frozen=True, tag="policy-adopted"):
    """A policy is switched on or off; `forum` is the room that adopted it, empty where the chair alone did."""

    policy: str
    value: bool
    forum: str = ""


class PicturesShown(Event, frozen=True, tag="pictures-shown"):
    """A seat, by id, sees the chair's pictures from now on."""

    seat: int


class PicturesHidden(Event, frozen=True, tag="pictures-hidden"):
    seat: int


class BilateralNoted(Event, frozen=True, tag="bilateral-noted"):
    """A conversation was noted; between whom, and about what, is not in the journal."""

    bilateral: int


class BilateralStruck(Event, frozen=True, tag="bilateral-struck"):
    bilateral: int
