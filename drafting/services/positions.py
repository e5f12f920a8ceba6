"""Taking and lifting stances, on brackets, options and versions of amendments. Nothing is inferred from a stance.

To hold a bracket is to propose or to retain it; who lets go takes the stance back. Stances put in doubt because the
words moved are in `stances`, what may be stood on in `targets`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
from django.utils import timezone

from delegations.models import Delegation, Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Forbidden, NotFound
from drafting.models import NegotiatingText, Option, Position
from drafting.queries import access
from drafting.services import audiences, speaking, targets
from drafting.services.audiences import Audience
from drafting.services.targets import Target


@dataclass(frozen=True, slots=True)
class Stand:
    """One delegation's stance on one thing, as it is to be stored; `words` is the print of an option's."""

    delegation: Delegation
    target: Target
    stance: str
    words: str = ""


def take(by: Seat, target: Target, stance: str, on_behalf_of: Delegation | None = None) -> None:
    """Take `stance` for the seat's delegation, or for the one that spoke; it replaces the stance it had.

    Taking the same stance again confirms one that had become stale.
    """
    negotiated = targets.find(by, target)
    access.within(by, negotiated, targets.places(target))
    delegation = speaking.speaker(by, Right.STAND, on_behalf_of, is_inside=True)
    with audiences.of_floor(negotiated, by, [delegation]) as audience:
        if not isinstance(target, Option):
            targets.refuse_settled(target)
        store(audience, by, [Stand(delegation, target, stance)], from_the_floor=on_behalf_of is not None)


def take_all(by: Seat, negotiated: NegotiatingText, stands: Iterable[Stand]) -> None:
    """Record many stances in one act, each in a journal row of its own; for who types in the room."""
    access.floor(by, negotiated)
    access.require(by, Right.RECORD)
    wanted = list(stands)
    for stand in wanted:
        if stand.delegation.conference_id != by.conference_id or targets.text(stand.target) != negotiated.pk:
            raise NotFound("A stance names a delegation or a thing that is not of this text.")
        access.within(by, negotiated, targets.places(stand.target))
    own: dict[Delegation, list[Stand]] = {}
    for stand in wanted:
        own.setdefault(stand.delegation, []).append(stand)
    with audiences.of_floor(negotiated, by) as audience:
        for target in {stand.target for stand in wanted if not isinstance(stand.target, Option)}:
            targets.refuse_settled(target)
        for delegation, taken in own.items():
            audience.speak_for(by, [delegation])
            store(audience, by, taken, from_the_floor=True)


def lift(by: Seat, target: Target, on_behalf_of: Delegation | None = None) -> None:
    """Take the delegation's stance back; whoever has none lets nothing go."""
    negotiated = targets.find(by, target)
    access.within(by, negotiated, targets.places(target))
    delegation = speaking.speaker(by, Right.STAND, on_behalf_of, is_inside=True)
    with audiences.of_floor(negotiated, by, [delegation]) as audience:
        taken = target.positions.filter(delegation=delegation) if target.pk else Position.objects.none()
        if not taken.delete()[0]:
            raise Forbidden(f"{delegation.code} takes no stance here: there is nothing to take back.")
        named = events.StanceLifted(delegation=delegation.code, **targets.named(target))
        audience.tell(named, msgspec.structs.replace(named, delegation=None))


def store(audience: Audience, by: Seat, stands: Sequence[Stand], *, from_the_floor: bool) -> None:
    """Store stances inside an open act, each with a journal row; one on the same thing is replaced."""
    stands = [_anchored(stand) for stand in stands]
    now = timezone.now()
    withheld = audience.bureau is not None
    rows = {(stand.delegation.pk, stand.target): _row(by, stand, now, from_the_floor, withheld) for stand in stands}
    for field in ("bracket", "version", "option"):
        Position.objects.bulk_create(
            [row for row in rows.values() if getattr(row, field) is not None],
            batch_size=500,
            update_conflicts=True,
            unique_fields=["delegation", field],
            update_fields=["stance", "words", "stale", "recorder", "from_the_floor", "taken", "withheld"],
        )
    for stand in stands:
        named = events.StanceTaken(
            delegation=stand.delegation.code,
            stance=stand.stance,
            from_the_floor=from_the_floor,
            words=stand.words,
            **targets.named(stand.target),
        )
        audience.tell(named, msgspec.structs.replace(named, delegation=None))


def _anchored(stand: Stand) -> Stand:
    if not isinstance(stand.target, Option):
        return stand
    option, words = targets.anchor(stand.target)
    return replace(stand, target=option, words=words)


def _row(by: Seat, stand: Stand, now: datetime, from_the_floor: bool, withheld: bool) -> Position:
    targets.check(stand.target, stand.stance)
    return Position(
        delegation=stand.delegation,
        **targets.columns(stand.target),
        stance=stand.stance,
        words=stand.words,
        recorder=by,
        from_the_floor=from_the_floor,
        taken=now,
        withheld=withheld,
    )
