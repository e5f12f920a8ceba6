"""Who works on which part of a text for the chair, and how far that reaches. What it opens is decided in `access`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from delegations.models import Seat
from delegations.roles import Role
from drafting.errors import NotFound
from drafting.models import Mandate, NegotiatingText, Provision

#: The provisions that stand right under each, by id.
Children = Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A mandate that stands: who has it, as what, and the addresses it is over."""

    id: int
    name: str
    title: str
    addresses: tuple[str, ...]
    is_own: bool


def is_limited(seat: Seat) -> bool:
    """Tell whether a seat works on parts of a text only: those it has a mandate for."""
    return bool(seat.role == Role.FACILITATOR)


def limit(seat: Seat, negotiated: NegotiatingText) -> frozenset[int] | None:
    """Return the provisions, by id, that a seat works on; None for a seat that is not limited to parts."""
    return reach(seat, negotiated) if is_limited(seat) else None


def reach(seat: Seat, negotiated: NegotiatingText) -> frozenset[int]:
    """Return the provisions, by id, that the mandates of a seat are over, all that stands under them included."""
    own = Mandate.objects.filter(text=negotiated, seat=seat, ended=None)
    roots = set(Provision.objects.filter(mandates__in=own).values_list("pk", flat=True))
    return _under(_children(negotiated), roots) if roots else frozenset()


def standing(seat: Seat, negotiated: NegotiatingText, provision: int | None = None) -> list[Shown]:
    """Return the mandates of a text, or those that are over a provision; in a few queries."""
    rows = Mandate.objects.filter(text=negotiated, ended=None).select_related("seat__user").prefetch_related("places")
    children = _children(negotiated) if rows and provision is not None else {}
    return [
        Shown(
            row.pk,
            row.seat.user.get_full_name() or row.seat.user.username,
            row.get_title_display(),
            tuple(place.address for place in sorted(row.places.all(), key=lambda place: place.order)),
            row.seat_id == seat.pk,
        )
        for row in rows
        if provision is None or provision in _under(children, {place.pk for place in row.places.all()})
    ]


def offices(seat: Seat) -> list[Seat]:
    """Return the facilitators' seats of the seat's conference, who may be named."""
    rows = Seat.objects.filter(conference=seat.conference_id, role=Role.FACILITATOR, active=True)
    return list(rows.select_related("user").order_by("user__last_name", "pk"))


def one(negotiated: NegotiatingText, pk: int) -> Mandate:
    """Return a mandate over a text."""
    row = Mandate.objects.select_related("text").filter(pk=pk, text=negotiated).first()
    if row is None:
        raise NotFound("There is no such mandate over this text.")
    return row


def _children(negotiated: NegotiatingText) -> Children:
    found: dict[int, list[int]] = defaultdict(list)
    for pk, parent in negotiated.provisions.values_list("pk", "parent"):
        if parent is not None:
            found[parent].append(pk)
    return found


def _under(children: Children, roots: Collection[int]) -> frozenset[int]:
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        pk = waiting.pop()
        if pk not in found:
            found.add(pk)
            waiting += children.get(pk, ())
    return frozenset(found)
