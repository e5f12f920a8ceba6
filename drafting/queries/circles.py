"""The inner life of groups: what a group says on the floor, and which of its members endorse it or opt out.

Only its members and the group itself read this; the floor learns of neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from delegations.models import Delegation, Seat
from drafting.models import Endorsement, NegotiatingText, Position, Sponsorship
from drafting.queries import access

#: What was said lists at most: the newest first.
MOST = 200


@dataclass(frozen=True, slots=True)
class Said:
    """One thing a group says: on a bracket or an amendment; the members that endorse it and those that opted out."""

    bracket: int | None
    version: UUID | None
    amendment: int | None
    address: str
    stance: str
    endorsed: tuple[str, ...]
    opted_out: tuple[str, ...]
    mine: str


@dataclass(frozen=True, slots=True)
class Circle:
    """A group as one of its own sees it."""

    group: Delegation
    is_member: bool
    said: tuple[Said, ...]


def listed(seat: Seat, negotiated: NegotiatingText) -> list[Circle]:
    """Return the groups the seat's delegation belongs to, or is, with what each says on the text."""
    access.floor(seat, negotiated)
    groups = Delegation.objects.filter(pk__in=access.groups(seat)).order_by("code")
    said = _said(seat, negotiated, [group.pk for group in groups])
    return [Circle(group, group.pk != seat.delegation_id, tuple(said[group.pk])) for group in groups]


def _said(seat: Seat, negotiated: NegotiatingText, groups: list[int]) -> Mapping[int, list[Said]]:
    answers = _answers(groups)
    found: dict[int, list[Said]] = defaultdict(list)
    stances = Position.objects.filter(delegation__in=groups, bracket__text=negotiated, bracket__closed=False)
    for row in stances.select_related("bracket__start_text__provision").order_by("-taken")[:MOST]:
        bracket = row.bracket
        if bracket is not None:
            named = f"{bracket.start_text.provision.address}, bracket {bracket.number}"
            about = row.delegation_id, bracket.pk, None
            found[row.delegation_id].append(
                _one(seat, answers.get(about, []), named, row.get_stance_display(), bracket=bracket.pk)
            )
    behind = Sponsorship.objects.filter(
        delegation__in=groups, version__amendment__text=negotiated, version__current=True, withdrawn=False
    ).select_related("version__amendment")
    on_versions = Position.objects.filter(
        delegation__in=groups, version__amendment__text=negotiated, version__current=True
    ).select_related("version__amendment")
    spoken = [(one.delegation_id, one.version, one.get_role_display()) for one in behind]
    spoken += [(one.delegation_id, one.version, one.get_stance_display()) for one in on_versions if one.version]
    for group, version, stance in spoken[:MOST]:
        named = f"amendment {version.amendment.number}"
        own = answers.get((group, None, version.pk), [])
        found[group].append(_one(seat, own, named, stance, version=version.pk, amendment=version.amendment.number))
    return found


def _answers(groups: list[int]) -> Mapping[tuple[int, int | None, UUID | None], list[Endorsement]]:
    found: dict[tuple[int, int | None, UUID | None], list[Endorsement]] = defaultdict(list)
    for row in Endorsement.objects.filter(group__in=groups).select_related("member").order_by("member__code"):
        found[row.group_id, row.bracket_id, row.version_id].append(row)
    return found


def _one(
    seat: Seat,
    answers: list[Endorsement],
    named: str,
    stance: str,
    *,
    bracket: int | None = None,
    version: UUID | None = None,
    amendment: int | None = None,
) -> Said:
    mine = next((row.endorses for row in answers if row.member_id == seat.delegation_id), None)
    return Said(
        bracket=bracket,
        version=version,
        amendment=amendment,
        address=named,
        stance=stance,
        endorsed=tuple(row.member.code for row in answers if row.endorses),
        opted_out=tuple(row.member.code for row in answers if not row.endorses),
        mine="" if mine is None else "endorse" if mine else "opt-out",
    )
