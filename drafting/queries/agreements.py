"""What is agreed on a provision, as its page shows it: whole or in some of its words, and whether it is parked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from delegations.models import Seat
from drafting.errors import NotFound
from drafting.models import Agreement, NegotiatingText, Parking, Provision, Reopening
from drafting.queries import access, attribution, ladders, packages


@dataclass(frozen=True, slots=True)
class Shown:
    """One agreement that stands: `words` are those agreed, empty for the whole provision.

    `pending` are the codes of delegations still to confirm, where the policy shows them to the reader; `is_final` on
    the highest rung; `waits_for` are the addresses in its package that are not agreed yet.
    """

    id: int
    words: str
    level: str
    name: str
    forum: str
    reached: datetime
    pending: tuple[str, ...]
    package: str
    is_final: bool
    waits_for: tuple[str, ...] = ()


def on_provision(seat: Seat, provision: Provision) -> tuple[Shown, ...]:
    """Return the agreements that stand on a provision: the one over the whole first, then by place."""
    access.floor(seat, provision.text)
    rows = Agreement.objects.filter(provision=provision, ended=False).prefetch_related("pending")
    found = sorted(rows, key=lambda row: (-1 if row.start is None else row.start, row.pk))
    named = attribution.shows_names(seat, provision.text)
    top = ladders.of(provision.text.conference)[-1].key if found else ""
    packaged = packages.of(provision.text) if found else []
    within = {member.at: package for package in packaged for member in package.members}
    return tuple(
        _shown(row, provision.words.content, seat, top, within.get((provision.pk, row.start)), named=named)
        for row in found
    )


def one(seat: Seat, provision: Provision, pk: int | None) -> Agreement:
    """Return the standing agreement `pk` of a provision, or the one over the whole of it; raises `NotFound`."""
    access.floor(seat, provision.text)
    rows = Agreement.objects.filter(provision=provision, ended=False).select_related("provision__text__floor")
    found = rows.filter(start=None).order_by("-pk").first() if pk is None else rows.filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no agreement on this provision to take back.")
    return found


def locking(seat: Seat, provision: Provision) -> str:
    """Return what the rung is called on which the whole provision is agreed and locked, or nothing."""
    access.floor(seat, provision.text)
    whole = Agreement.objects.filter(provision=provision, ended=False, start=None, locks=True)
    return whole.order_by("-pk").values_list("name", flat=True).first() or ""


def reopened(seat: Seat, provision: Provision) -> str:
    """Return who reopened the last agreement on a provision and why, where nothing stands on its words since.

    A delegation and its reason are told as the policy shows names to the seat.
    """
    rows = Reopening.objects.filter(agreement__provision=provision).select_related("by__delegation", "agreement")
    last = rows.order_by("-pk").first()
    if last is None or Agreement.objects.filter(provision=provision, pk__gt=last.agreement_id, ended=False).exists():
        return ""
    delegation = last.by.delegation
    if delegation is None:
        return f"Reopened by the chair: {last.reason}"
    if attribution.shows_names(seat, provision.text) or delegation.pk == seat.delegation_id:
        return f"Reopened, asked by {delegation.code}: {last.reason}"
    return "Reopened: a delegation asked for it."


def parked(negotiated: NegotiatingText) -> dict[int, str]:
    """Return until when or what provisions are parked, by id."""
    return dict(Parking.objects.filter(provision__text=negotiated, lifted=False).values_list("provision", "until"))


def parking(provision: int) -> Parking | None:
    """Return how a provision is parked, or None."""
    return Parking.objects.filter(provision=provision, lifted=False).first()


def _shown(row: Agreement, content: str, seat: Seat, top: str, package: packages.Shown | None, *, named: bool) -> Shown:
    codes = [delegation.code for delegation in row.pending.all() if named or delegation.pk == seat.delegation_id]
    words = "" if row.start is None or row.end is None else content[row.start : row.end]
    return Shown(
        id=row.pk,
        words=words,
        level=row.level,
        name=row.name,
        forum=row.forum,
        reached=row.reached,
        pending=tuple(sorted(codes)),
        package=package.name if package else "",
        is_final=row.level == top,
        waits_for=tuple(member.address for member in package.pending) if package else (),
    )
