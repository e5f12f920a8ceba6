"""The checks of a text before it is final, on the words of the floor: the legal scrub, and what a renumbering changes.

For the bureau. Each finding names the very words it is about, so that one press sends the correction round.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from delegations.models import Seat
from delegations.roles import Right
from drafting.models import NegotiatingText
from drafting.queries import access, editorials, snapshots
from drafting.text import excerpts, renumberings, scrubbing
from drafting.text.findings import Check
from drafting.text.renumberings import Way


@dataclass(frozen=True, slots=True)
class Spot:
    """Words of the floor: `struck`, from `lo` on of a provision at `rev`, with a little of what stands around them."""

    provision: int
    address: str
    rev: int
    lo: int
    before: str
    struck: str
    after: str


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: why a reader should look, and the words that would mend it, None where none is sure.

    `is_sent` where an editorial change of these words is on its way.
    """

    check: Check
    spot: Spot
    sentence: str
    remedy: str | None
    is_sent: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """One place of a renumbering: `words` replace those of the spot; `target` is the address of what is renumbered."""

    spot: Spot
    words: str
    target: str
    is_label: bool


class Standing:
    """The floor at one moment, as the engine's checks read it."""

    def __init__(self, negotiated: NegotiatingText) -> None:
        with snapshots.reading():
            self.rows = list(negotiated.provisions.select_related("words").order_by("order", "pk"))

    @cached_property
    def texts(self) -> list[str]:
        """The words of every provision, tombstones included."""
        return [row.words.content for row in self.rows]

    @cached_property
    def retired(self) -> frozenset[int]:
        """The indices of the tombstones."""
        return frozenset(at for at, row in enumerate(self.rows) if row.retired)

    @cached_property
    def instruments(self) -> frozenset[int]:
        """The indices at which an instrument begins."""
        first: dict[int, int] = {}
        for at, row in enumerate(self.rows):
            first.setdefault(row.instrument_id, at)
        return frozenset(first.values())

    def spot(self, at: int, start: int, end: int) -> Spot:
        """Return the words from `start` to `end` of the provision at an index."""
        row, words = self.rows[at], self.texts[at]
        before, after = excerpts.around(words, start, end)
        return Spot(row.pk, row.address, row.words.rev, start, before, words[start:end], after)


def scrub(seat: Seat, negotiated: NegotiatingText) -> list[Found]:
    """Return all findings in the order of the document, for who issues."""
    access.floor(seat, negotiated)
    access.require(seat, Right.ISSUE)
    floor = Standing(negotiated)
    found = scrubbing.scrub(floor.texts, floor.retired, negotiated.language, floor.instruments)
    sent = list(editorials.pending(negotiated))
    shown = ((one, floor.spot(one.provision, one.start, one.end)) for one in found)
    return [Found(one.check, spot, one.sentence, one.remedy, _is_sent(spot, sent)) for one, spot in shown]


def count(found: list[Found]) -> Counter[Check]:
    """Return how many findings there are of each check."""
    return Counter(one.check for one in found)


def renumber(seat: Seat, negotiated: NegotiatingText, way: Way) -> list[Numbered]:
    """Return every label and every mention that a renumbering would change, in the order of the document."""
    access.floor(seat, negotiated)
    access.require(seat, Right.ISSUE)
    floor = Standing(negotiated)
    return [
        Numbered(
            floor.spot(one.provision, one.start, one.start + len(one.old)),
            one.new,
            floor.rows[one.target].address,
            one.is_label,
        )
        for one in renumberings.plan(floor.texts, floor.retired, way, floor.instruments)
    ]


def dangling(seat: Seat, negotiated: NegotiatingText) -> int:
    """Return how many mentions name no provision: a renumbering may give them one that nobody meant."""
    return count(scrub(seat, negotiated))[Check.REFERENCE]


def _is_sent(spot: Spot, sent: Sequence[tuple[int, int, int]]) -> bool:
    end = spot.lo + len(spot.struck)
    return any(pk == spot.provision and low <= end and spot.lo <= high for pk, low, high in sent)
