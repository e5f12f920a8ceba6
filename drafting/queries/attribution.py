"""Who may see whose: names of sponsors, holders and speakers, as the conference's policy says now and said then.

A seat always sees its own delegation's part, the bureau all. What was done while names were hidden stays hidden when
the policy is loosened; what the policy hides now, nobody else sees, whenever it was done.
"""

from __future__ import annotations

from typing import Protocol, TypeVar

from django.db.models import Model, Q, QuerySet

from delegations.models import Seat
from drafting.models import NegotiatingText
from drafting.queries import access

Row = TypeVar("Row", bound=Model)


class Attributed(Protocol):
    """A row that says who did something: a sponsorship, a stance, a reserve."""

    withheld: bool

    @property
    def delegation_id(self) -> int | None:
        """Who did it; None where nobody did yet."""


def shows_names(seat: Seat, negotiated: NegotiatingText) -> bool:
    """Tell whether the seat sees who proposes and who stands where, but for what was done under a stricter policy."""
    return negotiated.conference.attribution_shown or access.reads_bureau(seat)


def sees(seat: Seat, row: Attributed, *, named: bool) -> bool:
    """Tell whether the seat sees whose a row is; `named` is what `shows_names` says."""
    if seat.delegation_id is not None and row.delegation_id == seat.delegation_id:
        return True
    return named and (not row.withheld or access.reads_bureau(seat))


def seen(rows: QuerySet[Row], seat: Seat, negotiated: NegotiatingText) -> QuerySet[Row]:
    """Return the rows of a query whose delegations the seat may see."""
    if access.reads_bureau(seat):
        return rows
    shown = Q(withheld=False) if negotiated.conference.attribution_shown else Q(pk__in=[])
    return rows.filter(shown | Q(delegation=seat.delegation_id))
