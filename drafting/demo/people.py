"""Who takes part in the demo: the fictional conference, its 195 States, groups, and a person in every seat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from delegations.models import Conference, Delegation, GroupMembership, Seat, User
from delegations.roles import Role
from drafting.demo import states
from drafting.queries.demo import DESK

SLUG = "aquifers"

#: The seats a visitor can take with one click: (role, delegation's code or "", user name, first name, last name).
CAST: tuple[tuple[Role, str, str, str, str], ...] = (
    (Role.CHAIR, "", "chair", "Amara", "Diallo"),
    (Role.SECRETARIAT, "", "secretary", "Ilse", "Brandt"),
    (Role.DELEGATE, "NOR", "nor-delegate", "Kari", "Nilsen"),
    (Role.HEAD, "NOR", "nor-head", "Olav", "Berg"),
    (Role.DELEGATE, "KEN", "ken-delegate", "Wanjiru", "Kamau"),
    (Role.DELEGATE, "JPN", "jpn-delegate", "Haruka", "Mori"),
    (Role.COORDINATOR, "G77", "g77-coordinator", "Lucía", "Rojas"),
    (Role.COORDINATOR, "EU", "eu-coordinator", "Anna", "Lind"),
    (Role.FACILITATOR, "", "facilitator", "Tomás", "Reyes"),
    (Role.OBSERVER, "WATERNET", "observer", "Noor", "Haddad"),
)


@dataclass(frozen=True, slots=True)
class People:
    """The conference as seated: delegations by code, the bureau's seats, and one seat for every delegation."""

    conference: Conference
    delegations: Mapping[str, Delegation]
    chair: Seat
    secretary: Seat
    desks: Mapping[str, Seat]


def seat_everybody() -> People:
    """Create the conference with everybody in it and return them; the caller holds the transaction."""
    conference = Conference.objects.create(
        slug=SLUG,
        name="Conference on Shared Aquifers",
        organ="Intergovernmental Conference on Shared Aquifers",
        session="Third session",
        timezone="Africa/Nairobi",
        is_demo=True,
    )
    delegations = _accredit(conference)
    return _gather(conference, delegations, _seat(conference, delegations))


def seated() -> People | None:
    """Return the demo conference as seated before, or None."""
    conference = Conference.objects.filter(slug=SLUG, is_demo=True).first()
    if conference is None:
        return None
    delegations = {row.code: row for row in conference.delegations.all()}
    return _gather(conference, delegations, list(conference.seats.select_related("delegation").order_by("pk")))


def _gather(conference: Conference, delegations: Mapping[str, Delegation], seats: Sequence[Seat]) -> People:
    desks = {seat.delegation.code: seat for seat in seats if seat.delegation is not None}
    by_role = {seat.role: seat for seat in seats}
    return People(conference, delegations, by_role[Role.CHAIR], by_role[Role.SECRETARIAT], desks)


def _accredit(conference: Conference) -> dict[str, Delegation]:
    kinds = Delegation.Kind
    rows = [
        Delegation(
            conference=conference,
            code=alpha3,
            territory=alpha2,
            kind=kinds.OBSERVER_STATE if alpha2 in states.OBSERVER_STATES else kinds.STATE,
        )
        for alpha3, alpha2 in states.states()
    ]
    for code, (name, _) in states.GROUPS.items():
        rows.append(Delegation(conference=conference, code=code, kind=kinds.GROUP, names={"en": name}))
    code, name, union = states.REGIONAL
    rows.append(Delegation(conference=conference, code=code, kind=kinds.REGIONAL, names={"en": name}))
    rows.append(
        Delegation(conference=conference, code=states.OBSERVER[0], kind=kinds.OTHER, names={"en": states.OBSERVER[1]})
    )
    made = {row.code: row for row in Delegation.objects.bulk_create(rows)}
    groups = {group: members for group, (_, members) in states.GROUPS.items()} | {code: union}
    GroupMembership.objects.bulk_create(
        GroupMembership(group=made[group], member=made[member])
        for group, members in groups.items()
        for member in sorted(members)
    )
    return made


def _seat(conference: Conference, delegations: Mapping[str, Delegation]) -> list[Seat]:
    """Seat a delegate of every delegation, then the cast, whose seats come last and stand for their delegation."""
    cast_users = {username for _, _, username, _, _ in CAST}
    people = [
        (Role.DELEGATE, code, code.lower() + DESK, "Delegate", code)
        for code, delegation in delegations.items()
        if delegation.kind != Delegation.Kind.OTHER and f"{code.lower()}-delegate" not in cast_users
    ]
    everybody = [*people, *CAST]
    users = User.objects.bulk_create(
        User(username=username, first_name=first, last_name=last, password="!", email=f"{username}@example.org")
        for _, _, username, first, last in everybody
    )
    return Seat.objects.bulk_create(
        Seat(user=user, conference=conference, role=role, delegation=delegations.get(code))
        for user, (role, code, *_) in zip(users, everybody, strict=True)
    )
