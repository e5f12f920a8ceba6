"""Packages made and dissolved: nothing in one is agreed until all of it is. What stands is in `queries.packages`."""

from __future__ import annotations

from collections.abc import Sequence

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import EmptyChange, NotFound
from drafting.models import Agreement, NegotiatingText, Package, Provision
from drafting.queries import access
from drafting.services import journal

#: Characters of a name.
LONGEST = 120


def set(by: Seat, negotiated: NegotiatingText, name: str, members: Sequence[Provision]) -> None:
    """Make the members of a package these provisions and no others; with none the package is dissolved.

    Agreements that name a package stay in it; where it is dissolved they stand by themselves.
    """
    access.floor(by, negotiated)
    access.require(by, Right.DECIDE)
    access.whole(by)
    called = name.strip()[:LONGEST]
    if not called:
        raise EmptyChange("Give the package a name.")
    if any(member.text_id != negotiated.pk or member.retired for member in members):
        raise NotFound("A provision of these is not in the text.")
    with journal.writing(negotiated.floor, by=by) as floor:
        if members:
            row, _ = Package.objects.get_or_create(text=negotiated, name=called)
            row.members.set(members)
        else:
            named = Agreement.objects.filter(provision__text=negotiated, ended=False, package=called).update(package="")
            if not Package.objects.filter(text=negotiated, name=called).delete()[0] and not named:
                raise NotFound(f"There is no package “{called}”.")
        floor.append(events.PackageSet(name=called, provisions=sorted(member.pk for member in members)))
