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
    conference = Conference.objects.create(slug="rivers", name="Conference on Rivers")
    elsewhere = Conference.objects.create(slug="lakes", name="Conference on Lakes")
    norway = Delegation.objects.create(conference=conference, code="NOR", territory="NO")
    kenya = Delegation.objects.create(conference=conference, code="KEN", territory="KE")
    group = Delegation.objects.create(conference=conference, code="G2", kind=Delegation.Kind.GROUP)
    network = Delegation.objects.create(conference=conference, code="NET", kind=Delegation.Kind.OTHER)
    abroad = Delegation.objects.create(conference=elsewhere, code="NOR", territory="NO")
    services.enrol(group, [norway, kenya])
    unseated = _seat("unseated", conference, Role.DELEGATE, norway)
    services.unseat(unseated)
    return Cast(
        conference=conference,
        chair=_seat("chair", conference, Role.CHAIR),
        facilitator=_seat("facilitator", conference, Role.FACILITATOR),
        secretary=_seat("secretary", conference, Role.SECRETARIAT),
        norway=_seat("norway", conference, Role.DELEGATE, norway),
        norway_head=_seat("norway_head", conference, Role.HEAD, norway),
        kenya=_seat("kenya", conference, Role.DELEGATE, kenya),
        group=_seat("group", conference, Role.COORDINATOR, group),
        capital=_seat("capital", conference, Role.CAPITAL, norway),
        observer=_seat("observer", conference, Role.OBSERVER, network),
        unseated=unseated,
        stranger=_seat("stranger", elsewhere, Role.DELEGATE, abroad),
        other_chair=_seat("other_chair", elsewhere, Role.CHAIR),
        other_secretary=_seat("other_secretary", elsewhere, Role.SECRETARIAT),
    )


def _seat(name: str, conference: Conference, role: Role, delegation: Delegation | None = None) -> Seat:
    user = User.objects.create(username=name)
    return services.seat(user, conference, role, delegation)
