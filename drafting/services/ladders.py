"""Setting the ladder of agreement: what stands follows it, and no rung goes on which an agreement stands."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Forbidden, Taken
from drafting.models import Agreement, Ladder
from drafting.queries import access
from drafting.queries.ladders import Rung
from drafting.services import journal, seats


def set(by: Seat, rungs: Sequence[Rung]) -> None:
    """Set the rungs of the conference, the lowest first; agreements that stand take their new names, styles and locks.

    Raises `Taken` for a key or a name given twice, `Forbidden` for no rung at all, or where a rung is left out on which
    an agreement stands.
    """
    access.require(by, Right.ISSUE)
    if not rungs:
        raise Forbidden("A ladder has one rung at least.")
    for what in ({rung.key for rung in rungs}, {rung.name.casefold() for rung in rungs}):
        if len(what) < len(rungs):
            raise Taken("Two rungs have the same name.")
    with journal.writing(seats.stream(by.conference), by=by) as bureau:
        standing = Agreement.objects.filter(provision__text__conference=by.conference, ended=False)
        if lost := standing.exclude(level__in=[rung.key for rung in rungs]).order_by("pk").first():
            raise Forbidden(f"{lost.provision} is {lost.name}: a rung on which an agreement stands is kept.")
        for rung in rungs:
            standing.filter(level=rung.key).update(name=rung.name, style=rung.style, locks=rung.locks)
        Ladder.objects.update_or_create(conference=by.conference, defaults={"rungs": msgspec.to_builtins(rungs)})
        bureau.append(events.LadderSet(rungs=tuple((r.key, r.name, r.style, r.locks) for r in rungs)))
