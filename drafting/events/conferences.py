"""What a conference adopts for itself, and whom its chair lets see what."""

from __future__ import annotations

from drafting.events.kinds import Event


class PolicyAdopted(Event, frozen=True, tag="policy-adopted"):
    """A policy is switched on or off; `forum` is the room that adopted it, empty where the chair alone did."""

    policy: str
    value: bool
    forum: str = ""
