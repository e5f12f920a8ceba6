"""Carries the rows anchored in words across an act: open hunks, agreed ranges, baselines. Pairs are in `pairs`.

An open hunk that a foreign change overlaps is flagged, with a sentence; agreed words refuse the change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from drafting import events
from drafting.errors import Locked
from drafting.models import Agreement, Hunk, NegotiatingText
from drafting.queries import amendments
from drafting.services import columns
from drafting.services.journal import Writer
from drafting.text.changes import ChangeSet
from drafting.text.steps import Edit, Key, Place, Retire, Step

FOREIGN = "Other words were decided here after the proposal was made; its sponsor is asked to confirm or reword it."
GONE = "The provision this proposal changes was taken out."


class HunkBefore(NamedTuple):
    """A hunk as it was before an act, for taking the act back."""

    hunk: int
    lo: int
    hi: int
    outcome: str
    reason: str


class BaselineBefore(NamedTuple):
    """The bare words that compete in a group, as they stood before an act."""

    group: int
    provision: int
    start: int
    end: int


class Carried(NamedTuple):
    """Hunks and baselines of the touched provisions, as they were before an act."""

    hunks: tuple[HunkBefore, ...]
    baselines: tuple[BaselineBefore, ...]


def refuse_agreed(negotiated: NegotiatingText, steps: Sequence[Step]) -> None:
    """Raise `Locked` where a step changes, moves or takes out agreed words."""
    keys = {key for step in steps if isinstance(key := _provision(step), int)}
    agreed = Agreement.objects.filter(provision__text=negotiated, provision__in=keys, ended=False, locks=True)
    for agreement in agreed.select_related("provision"):
        for step in steps:
            if _provision(step) == agreement.provision_id:
                _refuse(agreement, step)


def _refuse(agreement: Agreement, step: Step) -> None:
    ranged = agreement.start is not None and agreement.end is not None
    if ranged and isinstance(step, Edit) and not overlaps(agreement.start or 0, agreement.end or 0, step.changes):
        return
    raise Locked(
        f"{agreement.provision} is agreed ({agreement.name}): it is reopened before it changes.",
        provision=agreement.provision.address,
        agreement=agreement.pk,
    )


def overlaps(lo: int, hi: int, changes: ChangeSet) -> bool:
    """Tell whether a change reaches into the range (deletes the place, where it is empty); touching is not enough."""
    return any(_reaches_into(lo, hi, start, end) for start, end, _ in changes.edits())


def _reaches_into(lo: int, hi: int, start: int, end: int) -> bool:
    if start == end:
        return lo < start < hi
    if lo == hi:
        return start < lo < end
    return start < hi and lo < end


def carry(floor: Writer, negotiated: NegotiatingText, steps: Sequence[Step], sparing: Collection[int] = ()) -> Carried:
    """Carry hunks, agreements and baselines over `steps`; return hunks and baselines as they were.

    Hunks in `sparing` are carried without being flagged: they were written against the same base as what was decided.
    """
    changes = _by_provision(steps)
    _carry_agreements(negotiated, changes)
    baselines = _carry_baselines(negotiated, changes)
    return Carried(_carry_hunks(floor, negotiated, steps, changes, sparing), baselines)


def _by_provision(steps: Iterable[Step]) -> dict[int, list[ChangeSet]]:
    found: dict[int, list[ChangeSet]] = {}
    for step in steps:
        if isinstance(step, Edit):
            found.setdefault(int(step.text), []).append(step.changes)
    return found


def _provision(step: Step) -> Key | None:
    """Return the standing provision a step changes, moves or takes out."""
    match step:
        case Edit(key) | Retire(key) | Place(key):
            return key
    return None


def map_range(lo: int, hi: int, changes: Iterable[ChangeSet]) -> tuple[int, int]:
    """Return where the range stands after the changes: text put in at either of its ends stays outside it."""
    for change in changes:
        empty = lo == hi
        lo = change.map_pos(lo, 1) or 0
        hi = lo if empty else max(lo, change.map_pos(hi, -1) or 0)
    return lo, hi


def _carry_agreements(negotiated: NegotiatingText, changes: Mapping[int, Sequence[ChangeSet]]) -> None:
    ranged = Agreement.objects.filter(
        provision__text=negotiated, provision__in=changes, ended=False, start__isnull=False, end__isnull=False
    )
    moved = list(ranged)
    for agreement in moved:
        agreement.start, agreement.end = map_range(
            agreement.start or 0, agreement.end or 0, changes[agreement.provision_id]
        )
    columns.save(moved, ["start", "end"])


def _carry_baselines(
    negotiated: NegotiatingText, changes: Mapping[int, Sequence[ChangeSet]]
) -> tuple[BaselineBefore, ...]:
    groups = negotiated.groups.filter(baseline_text__provision__in=changes)
    moved = list(groups.select_related("baseline_text__provision"))
    before: list[BaselineBefore] = []
    for group in moved:
        if group.baseline_text is None:
            continue
        provision, start, end = group.baseline_text.provision.pk, group.baseline_start or 0, group.baseline_end or 0
        before.append(BaselineBefore(group.pk, provision, start, end))
        group.baseline_start, group.baseline_end = map_range(start, end, changes[provision])
    columns.save(moved, ["baseline_start", "baseline_end"])
    return tuple(before)


def _carry_hunks(
    floor: Writer,
    negotiated: NegotiatingText,
    steps: Sequence[Step],
    changes: Mapping[int, Sequence[ChangeSet]],
    sparing: Collection[int],
) -> tuple[HunkBefore, ...]:
    retired = {int(step.provision) for step in steps if isinstance(step, Retire)}
    hunks = list(_open(negotiated, {*changes, *retired}))
    before = tuple(HunkBefore(hunk.pk, hunk.lo, hunk.hi, hunk.outcome, hunk.reason) for hunk in hunks)
    for hunk in hunks:
        if hunk.inserts_after:
            continue
        _carry_hunk(hunk, changes.get(hunk.provision_id, ()), hunk.pk in sparing)
        if hunk.provision_id in retired:
            hunk.outcome, hunk.reason = Hunk.Outcome.FLAGGED, GONE
    moved = [
        hunk
        for hunk, was in zip(hunks, before, strict=True)
        if (hunk.lo, hunk.hi, hunk.outcome) != (was.lo, was.hi, was.outcome)
    ]
    save_hunks(floor, moved)
    return before


def _carry_hunk(hunk: Hunk, changes: Sequence[ChangeSet], is_spared: bool) -> None:
    for change in changes:
        if not is_spared and hunk.outcome == Hunk.Outcome.OPEN and overlaps(hunk.lo, hunk.hi, change):
            hunk.outcome, hunk.reason = Hunk.Outcome.FLAGGED, FOREIGN
        hunk.lo, hunk.hi = map_range(hunk.lo, hunk.hi, [change])


def save_hunks(floor: Writer, hunks: Sequence[Hunk]) -> None:
    """Store the ranges and outcomes of `hunks` and journal them in one row."""
    if not hunks:
        return
    columns.save(hunks, ["lo", "hi", "outcome", "reason"])
    floor.append(events.HunksMoved(hunks=[(h.pk, h.lo, h.hi, str(h.outcome), h.reason) for h in hunks]))


def _open(negotiated: NegotiatingText, provisions: Collection[int]) -> QuerySet[Hunk]:
    rows = Hunk.objects.filter(provision__in=provisions, provision__text=negotiated)
    return rows.filter(outcome__in=amendments.UNDECIDED)
