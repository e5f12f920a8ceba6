"""What a decision does to the rows beside the words: hunks decided, stances on brackets, groups, amendments settled.

The words and the pairs change in `texts`; here everything is noted, so that `undo` leaves every row as it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from delegations.models import Delegation, Seat
from drafting import events
from drafting.errors import CannotUndo
from drafting.models import AlternativeGroup, Amendment, Bracket, Hunk, NegotiatingText, Position, Sponsorship, Stance
from drafting.queries import amendments, histories
from drafting.services import anchors, positions
from drafting.services.audiences import Audience
from drafting.services.planning import Plan
from drafting.services.positions import Stand
from drafting.services.texts import Applied
from drafting.text.changes import ChangeSet
from drafting.text.standing import Grouped, PairOpened


def settle_hunks(decided: Mapping[int, str], reason: str) -> list[list[Any]]:
    """Store the outcome of hunks by id; return (id, outcome, reason) of each as it was."""
    rows = list(Hunk.objects.filter(pk__in=decided).order_by("pk"))
    before = [[row.pk, row.outcome, row.reason] for row in rows]
    for row in rows:
        row.outcome, row.reason = decided[row.pk], reason
    Hunk.objects.bulk_update(rows, ["outcome", "reason"], batch_size=200)
    return before


def reopen(seq: int, noted: Mapping[str, Any]) -> dict[int, tuple[str, str]]:
    """Open the hunks that the decision at the floor's `seq` had settled, so that its words, taken back, carry them.

    Those in words it left alone are carried over what happened since. Returns (outcome, reason) by id of those that
    foreign words came into meanwhile.
    """
    before = {pk: (outcome, reason) for pk, outcome, reason in noted["hunks"]}
    acted = {text["provision"]: text for text in noted["act"]["texts"]} if noted["act"] else {}
    ranges = {pk: (lo, hi) for pk, lo, hi, *_ in noted["act"]["hunks"]} if noted["act"] else {}
    result: dict[int, tuple[str, str]] = {}
    rows = list(Hunk.objects.filter(pk__in=before).select_related("provision__words").order_by("pk"))
    for row in rows:
        row.outcome, row.reason = before[row.pk]
        result[row.pk] = before[row.pk]
        if row.inserts_after:
            continue
        since = [change for _, change in histories.words_at(row.provision.words, seq)[1]]
        lo, hi = row.lo, row.hi
        if row.provision_id in acted and row.pk in ranges:
            lo, hi = anchors.map_range(*ranges[row.pk], [_act(acted[row.provision_id])])
        else:
            row.lo, row.hi = anchors.map_range(lo, hi, since)
        for change in since:
            if anchors.overlaps(lo, hi, change):
                result[row.pk] = (Hunk.Outcome.FLAGGED, anchors.FOREIGN)
            lo, hi = anchors.map_range(lo, hi, [change])
    Hunk.objects.bulk_update(rows, ["lo", "hi", "outcome", "reason"], batch_size=200)
    return result


def settle_reopened(reopened: Mapping[int, tuple[str, str]]) -> list[Hunk]:
    """Store the outcome of reopened hunks once the words are back, and return them."""
    rows = list(Hunk.objects.filter(pk__in=reopened).order_by("pk"))
    for row in rows:
        row.outcome, row.reason = reopened[row.pk]
    Hunk.objects.bulk_update(rows, ["outcome", "reason"], batch_size=200)
    return rows


def _act(text: Mapping[str, Any]) -> ChangeSet:
    """Return what an act did to one text, from the way back that was noted."""
    after = str(text["after"])
    back = ChangeSet.of([(start, end, words) for start, end, words in text["back"]], len(after))
    return back.invert(after)


def settle_amendments(negotiated: NegotiatingText, hunks: Collection[int]) -> None:
    """Call the amendments of these hunks decided where nothing of them is open, open again where something is."""
    concerned = Amendment.objects.filter(text=negotiated, versions__hunks__in=hunks).distinct()
    undecided = set(
        Hunk.objects.filter(
            version__amendment__in=concerned, version__current=True, outcome__in=amendments.UNDECIDED
        ).values_list("version__amendment", flat=True)
    )
    moved: list[Amendment] = []
    for row in concerned:
        state = Amendment.State.OPEN if row.pk in undecided else Amendment.State.DECIDED
        if row.state in (Amendment.State.OPEN, Amendment.State.DECIDED) and row.state != state:
            row.state = state
            moved.append(row)
    Amendment.objects.bulk_update(moved, ["state"], batch_size=200)


def stand(audience: Audience, by: Seat, plan: Plan, applied: Applied | None, keys: Sequence[int]) -> list[list[Any]]:
    """Take, for the sponsors of what was bracketed, their stances; return each as it was, for `unstand`.

    A delegation that stands on a bracket twice keeps the first of its stances.
    """
    holding = {pk: list(stances) for pk, stances in plan.verdicts.items()}
    for row in plan.rows if applied else ():
        if isinstance(row, PairOpened) and applied is not None:
            opened = applied.opened[keys[row.start.provision], row.start.offset]
            holding.setdefault(opened.pk, []).extend(row.holders)
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


def _at(negotiated: NegotiatingText, provision: int, offset: int) -> Bracket:
    """Return the open pair with its `[` at a place."""
    rows = negotiated.brackets.filter(closed=False, start_text__provision=provision, start_offset=offset)
    return rows.select_related("group").get()


def ungroup(audience: Audience, moved: Sequence[Sequence[Any]]) -> None:
    """Give brackets the groups they were in before."""
    for bracket, before in moved:
        Bracket.objects.filter(pk=bracket).update(group=before)
    if moved:
        audience.floor.append(events.Regrouped(brackets=[(bracket, before) for bracket, before in moved]))


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
