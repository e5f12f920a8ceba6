"""One act on many places: bulk acts of triage, and linked brackets settled once.

Each place is a decision of its own, all under one batch, so that one can be taken back alone or all together. A place
where the act is refused is left as it stands and listed.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from delegations.models import Seat
from delegations.roles import Right
from drafting.errors import NotFound, ReasonNeeded
from drafting.models import Decision, NegotiatingText
from drafting.queries import access
from drafting.services import decisions, kinds
from drafting.text.errors import RollingTextError


@dataclass(frozen=True, slots=True)
class Place:
    """Hunks or brackets, by id, to decide together; `name` is how a refusal calls them.

    Merged, all go into the proposal of the first hunk.
    """

    name: str
    hunks: tuple[int, ...] = ()
    brackets: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """A place that was left as it stands, and why."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What one act on many places did: its batch, the decisions made, the places left."""

    batch: UUID
    made: tuple[Decision, ...]
    left: tuple[Left, ...]


def decide(
    by: Seat,
    negotiated: NegotiatingText,
    act: str,
    authority: str,
    places: Iterable[Place],
    *,
    words: str = "",
    reason: str = "",
    forum: str = "",
    seen: int | None = None,
) -> Settled:
    """Decide the same at each place, with one reason for all, and return what was done and what was left.

    Raises `ReasonNeeded` or `NotOfThisKind` before anything is decided.
    """
    access.floor(by, negotiated)
    access.require(by, Right.DECIDE)
    kinds.refuse(negotiated, act, authority)
    if act in decisions.REASONED and not reason.strip():
        raise ReasonNeeded("Say why, once for all of them: whoever proposed or holds these words will read it.")
    batch, made, left = uuid.uuid4(), [], []
    for place in places:
        try:
            made.append(
                decisions.decide(
                    by,
                    negotiated,
                    act,
                    authority,
                    hunks=place.hunks,
                    brackets=place.brackets,
                    words=words,
                    into=place.hunks[0] if act == Decision.Act.MERGE and place.hunks else 0,
                    reason=reason,
                    forum=forum,
                    seen=seen,
                    batch=batch,
                )
            )
        except RollingTextError as refused:
            left.append(Left(place.name, refused.message))
    return Settled(batch, tuple(made), tuple(left))


def undo(by: Seat, negotiated: NegotiatingText, batch: UUID) -> int:
    """Take back all decisions of a batch that still stand, the last first, and return how many.

    Raises `CannotUndo` at the first that something else hangs on; those taken back before it stay taken back.
    """
    access.floor(by, negotiated)
    access.require(by, Right.DECIDE)
    rows = list(Decision.objects.filter(text=negotiated, batch=batch, undone=False).order_by("-seq"))
    if not rows:
        raise NotFound("There is nothing of this act left to take back.")
    for row in rows:
        decisions.undo(by, row)
    return len(rows)
