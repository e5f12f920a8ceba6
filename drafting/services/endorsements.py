"""What members say, inside their group, of the stances it takes: they endorse them, or opt out.

The floor is told nothing: there an opt-out shows when the member takes a stance of its own.
"""

from __future__ import annotations

from django.utils import timezone

from delegations.models import Delegation, Seat
from delegations.queries import membership
from delegations.roles import Right
from drafting import events
from drafting.errors import Forbidden, NotFound
from drafting.models import AmendmentVersion, Endorsement
from drafting.queries import access
from drafting.services import confidences, speaking, targets
from drafting.services.targets import Target


def say(by: Seat, group: Delegation, target: Target, *, endorses: bool) -> None:
    """Endorse what a group of the seat's delegation says of a bracket, an option or a version, or opt out.

    The last that is said counts, and only for the stance the group has now.
    """
    access.require(by, Right.STAND)
    own = speaking.own_delegation(by)
    if own.pk not in membership(by.conference).get(group.pk, ()):
        raise NotFound("Your delegation belongs to no such group.")
    targets.find(by, target)
    with confidences.of_group(group, by) as told:
        stance = _spoken(group, target)
        if not stance:
            raise Forbidden(f"{group.code} has said nothing here: there is nothing to endorse.")
        Endorsement.objects.update_or_create(
            group=group,
            member=own,
            **targets.columns(target),
            defaults={"endorses": endorses, "stance": stance, "said": timezone.now()},
        )
        told.append(
            events.Endorsed(
                group=group.code, member=own.code, endorses=endorses, stance=stance, **targets.named(target)
            )
        )


def _spoken(group: Delegation, target: Target) -> str:
    """Return the stance a group takes, or its part among the sponsors of a version; empty where it said nothing."""
    if target.pk is None:
        return ""
    stances = target.positions.filter(delegation=group).values_list("stance", flat=True)
    if stances or not isinstance(target, AmendmentVersion):
        return stances.first() or ""
    roles = target.sponsorships.filter(delegation=group, withdrawn=False).values_list("role", flat=True)
    return roles.first() or ""
