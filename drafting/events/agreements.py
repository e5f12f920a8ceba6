"""What can happen to agreement on words: gavelled, reopened, parked."""

from __future__ import annotations

from drafting.events.kinds import Event


class Agreed(Event, frozen=True, tag="agreed"):
    """Words are agreed; `pending` are delegations still to confirm, and empty where names are not shown."""

    agreement: int
    provision: int
    level: str
    forum: str
    start: int | None = None
    end: int | None = None
    pending: tuple[str, ...] = ()
    name: str = ""
    package: str = ""


class Reopened(Event, frozen=True, tag="reopened"):
    """An agreement ended; `delegation` asked for it, and is null where that is not shown or the chair reopened it."""

    agreement: int
    provision: int
    reason: str
    delegation: str | None = None
    for_brackets: bool = False


class AgreementAsked(Event, frozen=True, tag="agreement-asked"):
    """The chair asks the room whether words are agreed; who objects says so until `closes` (ISO 8601)."""

    asking: int
    provision: int
    level: str
    forum: str
    closes: str
    start: int | None = None
    end: int | None = None


class AskingEnded(Event, frozen=True, tag="asking-ended"):
    """The chair is done with the question; what came of it, if anything, is an `agreed` of its own."""

    asking: int
    provision: int


class Objected(Event, frozen=True, tag="objected"):
    """A delegation objects to what was asked; told to the bureau alone."""

    asking: int
    provision: int
    delegation: str
    reason: str


class Parked(Event, frozen=True, tag="parked"):
    """A provision was put aside, which is no agreement."""

    parking: int
    provision: int
    until: str
    reason: str


class ParkingLifted(Event, frozen=True, tag="parking-lifted"):
    parking: int
    provision: int


class LadderSet(Event, frozen=True, tag="ladder-set"):
    """The rungs of agreement, the lowest first: (key, name, style, whether it locks)."""

    rungs: tuple[tuple[str, str, str, bool], ...]


class PackageSet(Event, frozen=True, tag="package-set"):
    """The provisions of a package, of which nothing is agreed until all are; none where it is dissolved."""

    name: str
    provisions: list[int]
