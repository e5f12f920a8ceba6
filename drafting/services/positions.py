"""Taking and lifting stances, on brackets and on versions of amendments. Nothing is inferred from a stance.

To hold a bracket is to propose or to retain it; who lets go takes the stance back. Stances put in doubt because the
words moved are in `stances`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.utils import timezone

from delegations.models import Delegation, Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Closed, Forbidden, NotFound
from drafting.models import AmendmentVersion, Bracket, NegotiatingText, Position, Stance
from drafting.queries import access
from drafting.queries.amendments import GONE
from drafting.services import audiences, speaking
from drafting.services.audiences import Audience

#: What may be stood on.
Target = Bracket | AmendmentVersion

#: What can be said of a bracket, and of an amendment's version, in the floor's words.
ON_BRACKETS = frozenset(Stance) - {Stance.SUPPORT, Stance.OPPOSE}
ON_VERSIONS = frozenset(Stance) - {Stance.PROPOSE, Stance.RETAIN, Stance.DELETE}


@dataclass(frozen=True, slots=True)
class Stand:
    """One delegation's stance on one thing, as it is to be stored."""

    delegation: Delegation
    target: Target
    stance: str


def take(by: Seat, target: Target, stance: str, on_behalf_of: Delegation | None = None) -> None:
    """Take `stance` for the seat's delegation, or for the one that spoke; it replaces the stance it had.

    Taking the same stance again confirms one that had become stale.
    """
    negotiated = _find(by, target)
    access.within(by, negotiated, _places(target))
    delegation = speaking.speaker(by, Right.STAND, on_behalf_of, is_inside=True)
    with audiences.of_floor(negotiated, by, [delegation]) as audience:
        _refuse_settled(target)
        store(audience, by, [Stand(delegation, target, stance)], from_the_floor=on_behalf_of is not None)


def take_all(by: Seat, negotiated: NegotiatingText, stands: Iterable[Stand]) -> None:
    """Record many stances in one act, each in a journal row of its own; for who types in the room."""
    access.floor(by, negotiated)
    access.require(by, Right.RECORD)
    wanted = list(stands)
    for stand in wanted:
        if stand.delegation.conference_id != by.conference_id or _text(stand.target) != negotiated.pk:
            raise NotFound("A stance names a delegation or a thing that is not of this text.")
        access.within(by, negotiated, _places(stand.target))
    own: dict[Delegation, list[Stand]] = {}
    for stand in wanted:
        own.setdefault(stand.delegation, []).append(stand)
    with audiences.of_floor(negotiated, by) as audience:
        for delegation, taken in own.items():
            audience.speak_for(by, [delegation])
            store(audience, by, taken, from_the_floor=True)


def lift(by: Seat, target: Target, on_behalf_of: Delegation | None = None) -> None:
    """Take the delegation's stance back; whoever has none lets nothing go."""
    negotiated = _find(by, target)
    access.within(by, negotiated, _places(target))
    delegation = speaking.speaker(by, Right.STAND, on_behalf_of, is_inside=True)
    with audiences.of_floor(negotiated, by, [delegation]) as audience:
        deleted, _ = target.positions.filter(delegation=delegation).delete()
        if not deleted:
            raise Forbidden(f"{delegation.code} takes no stance here: there is nothing to take back.")
        bracket, version = _names(target)
        named = events.StanceLifted(delegation=delegation.code, bracket=bracket, version=version)
        audience.tell(named, msgspec.structs.replace(named, delegation=None))


def _find(by: Seat, target: Target) -> NegotiatingText:
    """Return the text of a target the seat may see."""
    if isinstance(target, Bracket):
        return access.bracket(by, target.pk).text
    return access.version(by, target.pk).amendment.text


def _text(target: Target) -> int:
    return target.text_id if isinstance(target, Bracket) else target.amendment.text_id


def _places(target: Target) -> set[int]:
    """Return the provisions, by id, that a thing stands in."""
    if isinstance(target, Bracket):
        return {target.start_text.provision.pk, target.end_text.provision.pk}
    return set(target.hunks.values_list("provision", flat=True))


def _refuse_settled(target: Target) -> None:
    """Refuse a stance on what is closed already, read under the lock."""
    if isinstance(target, Bracket):
        row = Bracket.objects.get(pk=target.pk)
        if row.closed:
            raise Closed(f"{str(row).capitalize()} is closed: its words stand or fell without it.")
        if row.kind == Bracket.Kind.NOTE:
            raise Forbidden("These are the brackets of a note: they are not negotiated.")
        return
    version = AmendmentVersion.objects.select_related("amendment").get(pk=target.pk)
    if version.amendment.state in GONE:
        raise Closed(f"Amendment {version.amendment.number} is {version.amendment.get_state_display()}.")
    if not version.current:
        raise Closed("There is a newer version of this amendment: stand on that one.")


def store(audience: Audience, by: Seat, stands: Sequence[Stand], *, from_the_floor: bool) -> None:
    """Store stances inside an open act, each with a journal row; one on the same thing is replaced."""
    now = timezone.now()
    withheld = audience.bureau is not None
    rows = {(stand.delegation.pk, stand.target.pk): _row(by, stand, now, from_the_floor, withheld) for stand in stands}
    for field in ("bracket", "version"):
        Position.objects.bulk_create(
            [row for row in rows.values() if getattr(row, field) is not None],
            batch_size=500,
            update_conflicts=True,
            unique_fields=["delegation", field],
            update_fields=["stance", "stale", "recorder", "from_the_floor", "taken", "withheld"],
        )
    for stand in stands:
        bracket, version = _names(stand.target)
        named = events.StanceTaken(
            delegation=stand.delegation.code,
            stance=stand.stance,
            bracket=bracket,
            version=version,
            from_the_floor=from_the_floor,
        )
        audience.tell(named, msgspec.structs.replace(named, delegation=None))


def _row(by: Seat, stand: Stand, now: datetime, from_the_floor: bool, withheld: bool) -> Position:
    is_bracket = isinstance(stand.target, Bracket)
    if stand.stance not in (ON_BRACKETS if is_bracket else ON_VERSIONS):
        thing = "a bracket" if is_bracket else "an amendment"
        raise Forbidden(f"“{stand.stance}” cannot be said of {thing}.")
    return Position(
        delegation=stand.delegation,
        bracket=stand.target if isinstance(stand.target, Bracket) else None,
        version=stand.target if isinstance(stand.target, AmendmentVersion) else None,
        stance=stand.stance,
        recorder=by,
        from_the_floor=from_the_floor,
        taken=now,
        withheld=withheld,
    )


def _names(target: Target) -> tuple[int | None, str | None]:
    """Return (bracket, version) as events name them, one of them null."""
    return (target.pk, None) if isinstance(target, Bracket) else (None, str(target.pk))
