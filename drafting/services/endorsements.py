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
from drafting.models import AmendmentVersion, Bracket, Endorsement
from drafting.queries import access
from drafting.services import confidences, speaking

#: What a group says that its members endorse or opt out of.
Spoken = Bracket | AmendmentVersion


def say(by: Seat, group: Delegation, target: Spoken, *, endorses: bool) -> None:
    """Endorse what a group of the seat's delegation says of a bracket or a version, or opt out; the last counts."""
    access.require(by, Right.STAND)
    own = speaking.own_delegation(by)
    if own.pk not in membership(by.conference).get(group.pk, ()):
        raise NotFound("Your delegation belongs to no such group.")
    bracket = access.bracket(by, target.pk) if isinstance(target, Bracket) else None
    version = access.version(by, target.pk) if isinstance(target, AmendmentVersion) else None
    with confidences.of_group(group, by) as told:
        if not _has_spoken(group, target):
            raise Forbidden(f"{group.code} has said nothing here: there is nothing to endorse.")
        Endorsement.objects.update_or_create(
            group=group,
            member=own,
            bracket=bracket,
            version=version,
            defaults={"endorses": endorses, "said": timezone.now()},
        )
        told.append(
            events.Endorsed(
                group=group.code,
                member=own.code,
                endorses=endorses,
                bracket=bracket.pk if bracket else None,
                version=str(version.pk) if version else None,
            )
        )


def _has_spoken(group: Delegation, target: Spoken) -> bool:
    """Tell whether the group takes a stance there, or is among the sponsors of the version."""
    if target.positions.filter(delegation=group).exists():
        return True
    if isinstance(target, Bracket):
        return False
    return target.sponsorships.filter(delegation=group, withdrawn=False).exists()
