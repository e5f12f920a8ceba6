"""Packages as they stand: nothing in one is agreed until all of it is. Computed, never stored.

A member is a provision that the chair put in, agreed when the whole of it stands on the highest rung with no delegation
still to confirm; or words agreed as part of the package, agreed when their own rung is the highest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from delegations.models import Seat
from drafting.models import Agreement, NegotiatingText, Package
from drafting.queries import access, ladders

_MEMBER = ("members", "members__address", "members__order")


@dataclass(frozen=True, slots=True)
class Member:
    """A provision, or `words` of it; `name` is the rung it stands on, empty for open; `waits` counts confirmations."""

    at: tuple[int, int | None]
    address: str
    order: int
    words: str = ""
    name: str = ""
    waits: int = 0
    is_agreed: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A package and its members in the order of the text."""

    name: str
    members: tuple[Member, ...]

    @property
    def pending(self) -> tuple[Member, ...]:
        """Return the members that are not agreed."""
        return tuple(member for member in self.members if not member.is_agreed)

    @property
    def agreed(self) -> int:
        """Return how many members are agreed, each for itself."""
        return len(self.members) - len(self.pending)

    @property
    def is_agreed(self) -> bool:
        """Tell whether all of it is."""
        return bool(self.members) and not self.pending


def listed(seat: Seat, negotiated: NegotiatingText) -> list[Shown]:
    """Return the packages of a text whose floor the seat may read."""
    access.floor(seat, negotiated)
    return of(negotiated)


def of(negotiated: NegotiatingText) -> list[Shown]:
    """Return the packages of a text by name, those only agreements name included; one query where there is none."""
    standing = Agreement.objects.filter(provision__text=negotiated, provision__retired=False, ended=False)
    made = Package.objects.filter(text=negotiated)
    named = standing.exclude(package="").order_by()
    if not made.order_by().values("pk").union(named.values("pk"), all=True)[:1]:
        return []
    rows = list(standing.select_related("provision__words").prefetch_related("pending").order_by("pk"))
    top = ladders.of(negotiated.conference)[-1].key
    whole = {row.provision_id: row for row in rows if row.start is None}
    found: dict[str, dict[tuple[int, int | None], Member]] = defaultdict(dict)
    for name, pk, address, order in made.values_list("name", *_MEMBER).filter(members__retired=False):
        found[name][pk, None] = _member((pk, None), address, order, whole.get(pk), top)
    for row in rows:
        if row.package:
            at = row.provision_id, row.start
            found[row.package][at] = _member(at, row.provision.address, row.provision.order, row, top)
    return [
        Shown(name, tuple(sorted(members.values(), key=lambda one: (one.order, one.words))))
        for name, members in sorted(found.items())
    ]


def waiting(packages: Iterable[Shown]) -> dict[tuple[int, int | None], str]:
    """Return the package that each member waits for, by provision and where its words begin, of those not agreed."""
    return {member.at: package.name for package in packages if not package.is_agreed for member in package.members}


def _member(at: tuple[int, int | None], address: str, order: int, row: Agreement | None, top: str) -> Member:
    if row is None:
        return Member(at, address, order)
    waits = len(row.pending.all())
    words = "" if row.start is None or row.end is None else row.provision.words.content[row.start : row.end]
    return Member(at, address, order, words, row.name, waits, row.level == top and not waits)
