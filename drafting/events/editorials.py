"""What can happen to an editorial change; what is confirmed for a final text; what corrects an issued one."""

from __future__ import annotations

from drafting.events.kinds import Event


class EditorialProposed(Event, frozen=True, tag="editorial-proposed"):
    """The secretariat means to correct words; who objects says so until `closes` (ISO 8601).

    `places` are (provision, from, to, the words struck, the words put in), on the words as they stand.
    """

    editorial: int
    form: str
    reason: str
    closes: str
    places: list[tuple[int, int, int, str, str]]


class EditorialObjected(Event, frozen=True, tag="editorial-objected"):
    """A delegation objects, and the change is substance; `delegation` is null where that is not shown.

    `amendment` is what it returned as, null where the words are agreed and stand.
    """

    editorial: int
    delegation: str | None
    reason: str
    amendment: str | None


class EditorialApplied(Event, frozen=True, tag="editorial-applied"):
    """The words were corrected, nobody having objected; `labels` are (provision, its label from now on)."""

    editorial: int
    form: str
    reason: str
    provisions: list[int]
    labels: list[tuple[int, str]]


class EditorialEnded(Event, frozen=True, tag="editorial-ended"):
    """It will not be made: `state` is withdrawn, or overtaken where its words changed meanwhile."""

    editorial: int
    state: str


class EditorialUndone(Event, frozen=True, tag="editorial-undone"):
    """It was taken back; `labels` are (provision, its label from now on)."""

    editorial: int
    provisions: list[int]
    labels: list[tuple[int, str]]


class EditorialTimeSet(Event, frozen=True, tag="editorial-time-set"):
    """How many hours delegations have to object."""

    hours: int


class PlaceConfirmed(Event, frozen=True, tag="place-confirmed"):
    """A note in brackets, or a blank, stays in a final text as it is: from and to in the provision's words at `at`."""

    confirmation: int
    provision: int
    at: int
    place: tuple[int, int]
    form: str
    words: str


class ConfirmationWithdrawn(Event, frozen=True, tag="confirmation-withdrawn"):
    confirmation: int
    provision: int


class RectificationIssued(Event, frozen=True, tag="rectification-issued"):
    """An issued text is corrected beside itself; `digest` (SHA-256) is of the correction's body, `of` of the text."""

    rectification: int
    revision: int
    number: int
    form: str
    symbol: str
    digest: str
    of: str
