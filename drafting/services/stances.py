"""Stances in doubt: where words inside a bracket changed, whoever stands on it is asked to confirm.

Taking and lifting a stance is in `positions`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from delegations.models import Delegation
from drafting import events
from drafting.models import Position
from drafting.services import nesting
from drafting.services.journal import Writer
from drafting.services.nesting import Place
from drafting.services.pairs import Turn
from drafting.text.steps import Edit

_WORDS = re.compile(r"[^\s\[\]]")


def doubt(floor: Writer, turn: Turn, speakers: Collection[int] = ()) -> tuple[int, ...]:
    """Mark the stances on pairs whose words an act changed as stale; return those that were not stale before.

    Brackets put in or taken away are no change of words. Delegations in `speakers` had the words changed themselves.
    """
    ranges = list(_changed(turn))
    if not ranges:
        return ()
    order = {key: index for index, key in enumerate(turn.after)}
    texts = {turn.provisions[key].words_id for (key, _), _ in ranges}
    stood_on = nesting.read_stood_on(turn.negotiated, texts)
    inside = {pair.row.pk for pair in stood_on if any(nesting.holds(order, pair, *place) for place in ranges)}
    doubtful = Position.objects.filter(bracket__in=inside, stale=False).exclude(delegation__in=speakers)
    rows = list(doubtful.values_list("pk", "bracket_id"))
    if not rows:
        return ()
    mark(floor, [(pk, bracket) for pk, bracket in rows if bracket is not None], speakers)
    return tuple(pk for pk, _ in rows)


def mark(floor: Writer, stood: Collection[tuple[int, int]], speakers: Collection[int] = ()) -> None:
    """Put stances in doubt, given as (position, bracket); those of `speakers` on the same brackets are spared."""
    if not stood:
        return
    brackets = sorted({bracket for _, bracket in stood})
    Position.objects.filter(pk__in=[position for position, _ in stood]).update(stale=True)
    spared = Delegation.objects.filter(
        pk__in=speakers, conference__attribution_shown=True, positions__bracket__in=brackets
    )
    codes = spared.order_by("code").values_list("code", flat=True).distinct()
    floor.append(events.StancesStale(brackets=brackets, sparing=list(codes) if speakers else []))


def restore(floor: Writer, positions: Collection[int]) -> None:
    """Take the doubt back from stances an act now undone had put in doubt, where no later act doubts them too."""
    doubted = Position.objects.filter(pk__in=positions, stale=True, bracket__isnull=False)
    brackets = set(doubted.values_list("bracket_id", flat=True))
    others = Position.objects.filter(bracket__in=brackets, stale=True).exclude(pk__in=positions)
    brackets -= set(others.values_list("bracket_id", flat=True))
    if brackets:
        Position.objects.filter(bracket__in=brackets).update(stale=False)
        floor.append(events.StancesFresh(brackets=sorted(pk for pk in brackets if pk is not None)))


def _changed(turn: Turn) -> Iterator[tuple[Place, Place]]:
    """Yield where, after the act, words came or went."""
    for step in turn.steps:
        if not isinstance(step, Edit) or step.text not in turn.after:
            continue
        key = int(step.text)
        for start, end, words in step.changes.edits():
            struck = turn.before.get(key, "")
            if _WORDS.search(words) or _WORDS.search(struck[start:end]):
                at = step.changes.map_pos(start, -1) or 0
                yield (key, at), (key, at + len(words))
