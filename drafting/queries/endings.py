"""What became of proposals, in a word each: the fates and what they are called. The whole story is in `fates`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from delegations.models import Seat
from drafting.models import Amendment, AmendmentVersion, NegotiatingText
from drafting.queries import access
from drafting.text import fates
from drafting.text.fates import Outcome

#: What a fate is called in print; the keys are the fates of `drafting.text.fates` in their order, and *noted* for a
#: remark, which has no words to decide, and *joined* for a part whose split was taken back.
FATES: dict[str, str] = {
    "withdrawn": "withdrawn",
    "joined": "joined again with the one it was split from",
    "lapsed": "lapsed with its basis",
    "awaiting translation": "awaiting translation",
    "noted": "noted",
    "flagged": "to be confirmed by its sponsor",
    "in text": "in the text",
    "in part": "in the text in part",
    "bracketed": "in brackets",
    "bridged": "replaced by bridging words",
    "open": "open",
    "dropped": "dropped",
}


@dataclass(frozen=True, slots=True)
class Ending:
    """What became of one proposal: its number on the floor, its current version, its fate."""

    number: int
    version: UUID
    fate: str

    @property
    def label(self) -> str:
        """The fate in print."""
        return FATES[self.fate]


def fate(state: str, outcomes: Sequence[str]) -> str:
    """Return what became of a proposal: the first that holds of `FATES` (`semantics.md`, law 6)."""
    if state in (Amendment.State.NOTED, Amendment.State.JOINED):
        return str(state)
    return str(
        fates.fate(
            [Outcome(outcome) for outcome in outcomes],
            withdrawn=state == Amendment.State.WITHDRAWN,
            lapsed=state == Amendment.State.LAPSED,
            awaiting_translation=state == Amendment.State.AWAITING,
        )
    )


def own(seat: Seat, negotiated: NegotiatingText) -> list[Ending]:
    """Return what became of each proposal of the seat's delegation, by number; two queries, at any size."""
    access.floor(seat, negotiated)
    ours = {"sponsorships__delegation": seat.delegation_id, "sponsorships__withdrawn": False}
    versions = AmendmentVersion.objects.filter(amendment__text=negotiated, current=True, answer="", **ours)
    outcomes: dict[int, list[str]] = defaultdict(list)
    for number, outcome in versions.filter(hunks__isnull=False).values_list("amendment__number", "hunks__outcome"):
        outcomes[number].append(outcome)
    rows = versions.order_by("amendment__number").values_list("amendment__number", "pk", "amendment__state")
    return [Ending(number, version, fate(state, outcomes[number])) for number, version, state in rows]
