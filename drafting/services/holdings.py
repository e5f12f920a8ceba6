"""Who holds the brackets a decision opens, and which of them stand for each other; noted, so that it can be taken back.

What becomes of the hunks themselves is in `outcomes`; stances that delegations take are in `positions`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from delegations.models import Delegation, Seat
from drafting import events
from drafting.errors import CannotUndo
from drafting.models import AlternativeGroup, Bracket, NegotiatingText, Position, Sponsorship, Stance
from drafting.services import positions
from drafting.services.audiences import Audience
from drafting.services.nesting import Place
from drafting.services.planning import Plan
from drafting.services.positions import Stand
from drafting.services.texts import Applied
from drafting.text.standing import Grouped, PairOpened

#: (stance, ids of versions) of those who hold a bracket.
Holders = Sequence[tuple[str, Sequence[str]]]
#: Holders by bracket.
Holding = Mapping[int, Holders]


def find(plan: Plan, applied: Applied | None, keys: Sequence[int]) -> Holding:
    """Return what the versions a plan brackets say of brackets: those it opened, and those that stood already."""
    holding = {pk: list(stances) for pk, stances in plan.verdicts.items()}
    for _, bracket, holders in _opened(plan, applied, keys):
        holding.setdefault(bracket, []).extend(holders)
    return holding


def spoken(plan: Plan, applied: Applied | None, keys: Sequence[int]) -> list[list[Any]]:
    """Return (bracket, stance, hunks by id) for each stance: what becomes of the bracket becomes of the hunks."""
    found = [[pk, stance, _of_verdict(plan, versions)] for pk, own in plan.verdicts.items() for stance, versions in own]
    for place, bracket, holders in _opened(plan, applied, keys):
        for stance, versions in holders:
            hunks = [_nearest(plan, applied, place, version) for version in versions]
            found.append([bracket, stance, [pk for pk in hunks if pk is not None]])
    return found


def stand(audience: Audience, by: Seat, holding: Holding) -> list[list[Any]]:
    """Take, for the sponsors of versions, their stances on brackets; return each as it was, for `unstand`.

    A delegation that stands on a bracket twice keeps the first of its stances.
    """
    if not holding:
        return []
    versions = {UUID(version) for stances in holding.values() for _, found in stances for version in found}
    sponsors = _sponsors(versions)
    brackets = Bracket.objects.in_bulk(list(holding))
    wanted: dict[tuple[int, int], Stand] = {}
    for pk, stances in holding.items():
        for stance, found in stances:
            for delegation in (one for version in found for one in sponsors[UUID(version)]):
                wanted.setdefault((pk, delegation.pk), Stand(delegation, brackets[pk], stance))
    before = _positions(holding)
    positions.store(audience, by, list(wanted.values()), from_the_floor=False)
    now = _positions(holding)
    return [[now[place].pk, now[place].taken.isoformat(), _kept(before.get(place))] for place in wanted]


def unstand(audience: Audience, stood: Iterable[Sequence[Any]]) -> None:
    """Give stances back as they were; one that its delegation took anew since is left to it."""
    noted = {pk: (datetime.fromisoformat(taken), before) for pk, taken, before in stood}
    for row in Position.objects.filter(pk__in=noted).select_related("delegation").order_by("pk"):
        taken, before = noted[row.pk]
        if row.taken != taken:
            continue
        if before is None:
            audience.tell(
                events.StanceLifted(delegation=row.delegation.code, bracket=row.bracket_id),
                events.StanceLifted(delegation=None, bracket=row.bracket_id),
            )
            row.delete()
            continue
        row.stance, row.stale, row.recorder_id, row.from_the_floor = before[:4]
        row.taken = datetime.fromisoformat(before[4])
        row.save()
        audience.tell(
            events.StanceTaken(delegation=row.delegation.code, stance=row.stance, bracket=row.bracket_id),
            events.StanceTaken(delegation=None, stance=row.stance, bracket=row.bracket_id),
        )


def refuse_stood_on(opened: Collection[int], stood: Iterable[Sequence[Any]]) -> None:
    """Raise `CannotUndo` where others stand on the brackets a decision opened: taking it back would lose that."""
    own = {pk: datetime.fromisoformat(taken) for pk, taken, _ in stood}
    since = Position.objects.filter(bracket__in=opened).select_related("bracket")
    others = sorted({str(row.bracket) for row in since if own.get(row.pk) != row.taken})
    if others:
        raise CannotUndo(
            f"Delegations have taken a stance since on what this decision opened: {', '.join(others)}.",
            dependents=others,
        )


def group(audience: Audience, negotiated: NegotiatingText, plan: Plan, keys: Sequence[int]) -> list[list[Any]]:
    """Put rivals into groups, joining the base's where it has one; return (bracket, its group before) of each moved.

    `keys` are the provisions' ids in order. Where somebody wants the base deleted, keeping none is a choice too.
    """
    moved: list[list[Any]] = []
    for one in (row for row in plan.rows if isinstance(row, Grouped)):
        places = [one.base, *one.rivals] if one.base else list(one.rivals)
        rows = [_at(negotiated, keys[place.provision], place.offset) for place in places]
        joined = next((row.group for row in rows if row.group is not None and not row.group.closed), None)
        if joined is None:
            wants_none = rows[0].positions.filter(stance=Stance.DELETE).exists()
            joined = AlternativeGroup.objects.create(text=negotiated, confirmed=True, no_text=wants_none)
        moved += [[row.pk, row.group_id] for row in rows if row.group_id != joined.pk]
        Bracket.objects.filter(pk__in=[row.pk for row in rows]).update(group=joined)
        members = Bracket.objects.filter(group=joined, closed=False).order_by("pk").values_list("pk", flat=True)
        audience.floor.append(
            events.GroupFormed(
                group=joined.pk, brackets=list(members), confirmed=joined.confirmed, no_text=joined.no_text
            )
        )
    return moved


def _opened(plan: Plan, applied: Applied | None, keys: Sequence[int]) -> Iterator[tuple[Place, int, Holders]]:
    """Yield each pair a plan opened: the place of its `[`, its id, and for whom it was opened."""
    for row in plan.rows:
        if applied is not None and isinstance(row, PairOpened):
            place = keys[row.start.provision], row.start.offset
            yield place, applied.opened[place].pk, row.holders


def _of_verdict(plan: Plan, versions: Sequence[str]) -> list[int]:
    return [hunk.pk for hunk in plan.hunks if hunk.verdict and str(hunk.version_id) in versions]


def _nearest(plan: Plan, applied: Applied | None, place: Place, version: str) -> int | None:
    """Return the hunk of a version that a bracket opened at `place` stands for: the nearest in the words before."""
    own = [hunk for hunk in plan.hunks if str(hunk.version_id) == version]
    edited = applied.edited if applied else ()
    back = next((text.back for text in edited if text.provision == place[0]), None)
    if back is None or (applied and place[0] in applied.created.values()):
        return next((hunk.pk for hunk in own if hunk.inserts_after), None)
    at = back.map_pos(place[1]) or 0
    near = [hunk for hunk in own if hunk.provision_id == place[0] and not hunk.inserts_after]
    return min(near, key=lambda hunk: max(hunk.lo - at, at - hunk.hi, 0)).pk if near else None


def _at(negotiated: NegotiatingText, provision: int, offset: int) -> Bracket:
    """Return the open pair with its `[` at a place."""
    rows = negotiated.brackets.filter(closed=False, start_text__provision=provision, start_offset=offset)
    return rows.select_related("group").get()


def ungroup(audience: Audience, moved: Sequence[Sequence[Any]]) -> None:
    """Give brackets the groups they were in before; a group that nothing of is left open is closed."""
    if not moved:
        return
    left = AlternativeGroup.objects.filter(brackets__in=[bracket for bracket, _ in moved], closed=False)
    groups = sorted(set(left.values_list("pk", flat=True)))
    for bracket, before in moved:
        Bracket.objects.filter(pk=bracket).update(group=before)
    audience.floor.append(events.Regrouped(brackets=[(bracket, before) for bracket, before in moved]))
    for group in AlternativeGroup.objects.filter(pk__in=groups).exclude(brackets__closed=False):
        AlternativeGroup.objects.filter(pk=group.pk).update(closed=True)
        audience.floor.append(events.GroupClosed(group=group.pk))


def _positions(brackets: Collection[int]) -> dict[tuple[int, int], Position]:
    rows = Position.objects.filter(bracket__in=brackets)
    return {(row.bracket_id or 0, row.delegation_id): row for row in rows}


def _sponsors(versions: Collection[UUID]) -> dict[UUID, list[Delegation]]:
    rows = Sponsorship.objects.filter(version__in=versions, withdrawn=False).select_related("delegation")
    found: dict[UUID, list[Delegation]] = defaultdict(list)
    for row in rows.order_by("role", "delegation__code"):
        found[row.version_id].append(row.delegation)
    return found


def _kept(row: Position | None) -> list[Any] | None:
    if row is None:
        return None
    return [row.stance, row.stale, row.recorder_id, row.from_the_floor, row.taken.isoformat()]
