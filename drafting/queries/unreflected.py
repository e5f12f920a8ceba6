"""Proposals that a new basis does not reflect: what the policy says of them, and what it has done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from delegations.models import Seat
from drafting.models import Lapse, NegotiatingText, Revision, Unreflected
from drafting.queries import access
from drafting.queries.reports import LossEntry

#: Fates of proposals of which a text holds nothing, and nobody decided anything.
_NOTHING = frozenset({"open", "flagged"})
_SAID = {
    "stay": "Proposals that the next revision does not reflect stay open and travel on to it.",
    "lapse": "Proposals that the next basis does not reflect lapse with the present one; the chair can revive them.",
    "withdraw": "Proposals that the next basis does not reflect are withdrawn when it is issued.",
}


@dataclass(frozen=True, slots=True)
class Announced:
    """The policy in force and the sentence that tells it to whoever proposes; `forum` adopted it."""

    policy: str
    sentence: str
    forum: str


def announced(seat: Seat, negotiated: NegotiatingText) -> Announced:
    """Return what the policy says will become of proposals not reflected, for a seat that reads the floor."""
    access.floor(seat, negotiated)
    row = Unreflected.objects.filter(text=negotiated).first()
    policy = row.policy if row else str(Unreflected.Policy.STAY)
    return Announced(policy, _SAID[policy], row.forum if row else "")


def of(losses: Iterable[LossEntry]) -> list[str]:
    """Return the amendments, by id, of a loss report of which the text reflects nothing."""
    return [entry.amendment for entry in losses if entry.fate in _NOTHING]


def lapse(seat: Seat, revision: Revision) -> Lapse | None:
    """Return what became of the proposals that a revision did not reflect, where a policy ended them."""
    access.floor(seat, revision.text)
    return Lapse.objects.filter(revision=revision).first()
