"""What becomes of hunks by a decision, and of their amendments; noted, so that taking it back leaves all as it was.

The words and the pairs change in `texts`; who holds the brackets a decision opens is in `holdings`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from drafting.models import Amendment, Hunk, NegotiatingText, WorkingText
from drafting.queries import amendments, histories
from drafting.services import anchors, columns, reversals
from drafting.text.changes import ChangeSet


def settle_hunks(decided: Mapping[int, str], reason: str, reasons: Mapping[int, str] | None = None) -> list[list[Any]]:
    """Store the outcome of hunks by id, with one reason or their own; return (id, outcome, reason) of each before."""
    rows = list(Hunk.objects.filter(pk__in=decided).order_by("pk")) if decided else []
    before = [[row.pk, row.outcome, row.reason] for row in rows]
    for row in rows:
        row.outcome, row.reason = decided[row.pk], (reasons or {}).get(row.pk, reason)
    columns.save(rows, ["outcome", "reason"])
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
        if row.inserts_after or row.outcome not in amendments.UNDECIDED:
            continue
        since = _since(row.provision.words, seq)
        lo, hi = row.lo, row.hi
        if row.provision_id in acted and row.pk in ranges:
            lo, hi = anchors.map_range(*ranges[row.pk], [_act(acted[row.provision_id])])
        else:
            row.lo, row.hi = anchors.map_range(lo, hi, since)
        for change in since:
            if anchors.overlaps(lo, hi, change):
                result[row.pk] = (Hunk.Outcome.FLAGGED, anchors.FOREIGN)
            lo, hi = anchors.map_range(lo, hi, [change])
    columns.save(rows, ["lo", "hi", "outcome", "reason"])
    return result


def settle_reopened(reopened: Mapping[int, tuple[str, str]]) -> list[Hunk]:
    """Store the outcome of reopened hunks once the words are back, and return them."""
    rows = list(Hunk.objects.filter(pk__in=reopened).order_by("pk"))
    for row in rows:
        row.outcome, row.reason = reopened[row.pk]
    columns.save(rows, ["outcome", "reason"])
    return rows


def _since(words: WorkingText, seq: int) -> list[ChangeSet]:
    """Return the changes of a provision's words after the floor's `seq` that were not taken back themselves."""
    rev = histories.rev_at(words, seq)
    if rev == words.rev:
        return []
    then, _ = histories.words_at(words, seq)
    return [later.changes for later in reversals.since_revision(words.pk, rev, then)]


def _act(text: Mapping[str, Any]) -> ChangeSet:
    """Return what an act did to one text, from the way back that was noted."""
    after = str(text["after"])
    back = ChangeSet.of([(start, end, words) for start, end, words in text["back"]], len(after))
    return back.invert(after)


def settle_amendments(negotiated: NegotiatingText, hunks: Collection[int]) -> None:
    """Call the amendments of these hunks decided where nothing of them is open, open again where something is."""
    if not hunks:
        return
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
    columns.save(moved, ["state"])
