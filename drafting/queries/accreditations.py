"""Who sits where, for the secretariat: the seats of a conference, its delegations, the members of its groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from delegations.models import Delegation, GroupMembership, Seat
from delegations.roles import Right
from drafting.errors import NotFound
from drafting.queries import access

#: Kinds of delegation in the order in which documents name them.
_ORDER = tuple(map(str, ("group", "regional", "state", "observer-state", "intergovernmental", "other")))


@dataclass(frozen=True, slots=True)
class Accredited:
    """One delegation with its seats, and the codes of its direct members where it is a group."""

    delegation: Delegation
    name: str
    seats: list[Seat]
    members: list[str]

    @property
    def is_group(self) -> bool:
        """Whether it has members."""
        return self.delegation.kind in (Delegation.Kind.GROUP, Delegation.Kind.REGIONAL)


@dataclass(frozen=True, slots=True)
class Register:
    """The offices, and the delegations in the field's fixed order; `total` counts active seats of all."""

    offices: list[Seat]
    delegations: list[Accredited]
    total: int


def register(seat: Seat, sought: str = "") -> Register:
    """Return who is accredited, or those whose code, name, user name or address holds `sought`; three queries.

    Seats taken away are left out. Raises `Forbidden` for who does not accredit.
    """
    access.require(seat, Right.ACCREDIT)
    found = Seat.objects.filter(conference=seat.conference, active=True).select_related("user", "delegation")
    by_delegation: dict[int | None, list[Seat]] = defaultdict(list)
    for row in found.order_by("role", "user__username"):
        by_delegation[row.delegation_id].append(row)
    rows = [*_accredited(seat, by_delegation)]
    total = sum(map(len, by_delegation.values()))
    if sought := sought.strip().lower():
        rows = [kept for row in rows if (kept := _narrow(row, sought)) is not None]
        return Register([row for row in by_delegation[None] if _is_called(row, sought)], rows, total)
    return Register(by_delegation[None], rows, total)


def one(seat: Seat, pk: int) -> Seat:
    """Return an active seat of the conference, for who accredits."""
    access.require(seat, Right.ACCREDIT)
    found = Seat.objects.filter(pk=pk, conference=seat.conference_id, active=True).select_related("user", "delegation")
    row = found.first()
    if row is None:
        raise NotFound("There is no such seat in this conference.")
    return row


def delegation(seat: Seat, code: str) -> Delegation:
    """Return a delegation of the conference by its code, for who accredits."""
    access.require(seat, Right.ACCREDIT)
    row = Delegation.objects.filter(conference=seat.conference_id, code=code).first()
    if row is None:
        raise NotFound(f"No delegation here has the code {code}.")
    return row


def _accredited(seat: Seat, seats: dict[int | None, list[Seat]]) -> Iterable[Accredited]:
    members: dict[int, list[str]] = defaultdict(list)
    rows = GroupMembership.objects.filter(group__conference=seat.conference_id).order_by("member__code")
    for group, code in rows.values_list("group", "member__code"):
        members[group].append(code)
    delegations = Delegation.objects.filter(conference=seat.conference_id)
    ordered = sorted(delegations, key=lambda row: (_ORDER.index(row.kind), row.name(), row.code))
    for delegation in ordered:
        yield Accredited(delegation, delegation.name(), seats[delegation.pk], members[delegation.pk])


def _narrow(row: Accredited, sought: str) -> Accredited | None:
    """Return a delegation if it is sought, with the seats that are sought if only these are."""
    if sought in row.delegation.code.lower() or sought in row.name.lower():
        return row
    seats = [seat for seat in row.seats if _is_called(seat, sought)]
    return Accredited(row.delegation, row.name, seats, row.members) if seats else None


def _is_called(seat: Seat, sought: str) -> bool:
    user = seat.user
    return any(sought in words.lower() for words in (user.username, user.email, user.get_full_name(), seat.role))
