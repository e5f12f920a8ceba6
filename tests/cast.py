"""The standing cast of the tests: who is in the room, and one stranger who must see nothing.

`cast.chair`, `cast.norway` … are seats; the delegations are `cast.norway.delegation`. Norway has a head and a
delegate, Kenya a delegate; Kenya and Norway are members of the group whose coordinator sits as `cast.group`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from delegations import services
from delegations.models import Conference, Delegation, Seat, User
from delegations.roles import Role


@dataclass(frozen=True)
class Cast:
    """One seat each; `other_chair` and `stranger` sit in another conference."""

    conference: Conference
    chair: Seat
    facilitator: Seat
    secretary: Seat
    norway: Seat
    norway_head: Seat
    kenya: Seat
    group: Seat
    capital: Seat
    observer: Seat
    unseated: Seat
    stranger: Seat
    other_chair: Seat
    other_secretary: Seat

    def everybody(self) -> Iterator[tuple[str, Seat]]:
        """Yield (name, seat) of the whole cast: the columns of the access matrix."""
        return ((name, seat) for name, seat in vars(self).items() if isinstance(seat, Seat))


def assemble() -> Cast:
    """Seat the cast in a conference of its own, and two strangers in another."""
    rivers = Conference(slug="rivers", name="Conference on Rivers")
    lakes = Conference(slug="lakes", name="Conference on Lakes")
    Conference.objects.bulk_create([rivers, lakes])
    norway = Delegation(conference=rivers, code="NOR", territory="NO")
    kenya = Delegation(conference=rivers, code="KEN", territory="KE")
    group = Delegation(conference=rivers, code="G2", kind=Delegation.Kind.GROUP)
    network = Delegation(conference=rivers, code="NET", kind=Delegation.Kind.OTHER)
    abroad = Delegation(conference=lakes, code="NOR", territory="NO")
    Delegation.objects.bulk_create([norway, kenya, group, network, abroad])
    services.enrol(group, [norway, kenya])
    return Cast(conference=rivers, **_seat(rivers, lakes, norway, kenya, group, network, abroad))


def _seat(rivers: Conference, lakes: Conference, *delegations: Delegation) -> dict[str, Seat]:
    """Return everybody's seat by name; rows are made by the table, since nearly every test begins with this."""
    norway, kenya, group, network, abroad = delegations
    places = {
        "unseated": (rivers, Role.DELEGATE, norway),
        "chair": (rivers, Role.CHAIR, None),
        "facilitator": (rivers, Role.FACILITATOR, None),
        "secretary": (rivers, Role.SECRETARIAT, None),
        "norway": (rivers, Role.DELEGATE, norway),
        "norway_head": (rivers, Role.HEAD, norway),
        "kenya": (rivers, Role.DELEGATE, kenya),
        "group": (rivers, Role.COORDINATOR, group),
        "capital": (rivers, Role.CAPITAL, norway),
        "observer": (rivers, Role.OBSERVER, network),
        "stranger": (lakes, Role.DELEGATE, abroad),
        "other_chair": (lakes, Role.CHAIR, None),
        "other_secretary": (lakes, Role.SECRETARIAT, None),
    }
    users = User.objects.bulk_create([User(username=name) for name in places])
    seats = [
        Seat(user=user, conference=conference, role=role, delegation=delegation, active=user.username != "unseated")
        for user, (conference, role, delegation) in zip(users, places.values(), strict=True)
    ]
    return dict(zip(places, Seat.objects.bulk_create(seats), strict=True))
