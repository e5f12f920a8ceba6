"""What typing leaves in its wake on the floor: hunks, agreed ranges and baselines carried, stances put in doubt.

Called once a batch, with what every text was changed by; most batches find nothing to do. Pairs that reach across
provisions cannot be found without reading them all: they are looked at once, when the pen is laid down (`seals`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from drafting.models import NegotiatingText
from drafting.services import anchors, stances, statements
from drafting.services.journal import Writer
from drafting.services.sheets import Sheet
from drafting.text.changes import ChangeSet
from drafting.text.steps import Edit

Range = tuple[int, int]


def carry(floor: Writer, changed: Sequence[Sheet]) -> None:
    """Carry every row anchored in the provisions that were typed in; their texts and brackets are written already."""
    floors = {sheet.provision: sheet for sheet in changed if sheet.provision is not None}
    for negotiated in {sheet.negotiated for sheet in floors.values() if sheet.is_anchored}:
        steps = [
            Edit(provision, changes)
            for provision, sheet in floors.items()
            if sheet.negotiated == negotiated
            for changes in sheet.unwritten
        ]
        anchors.carry(floor, NegotiatingText(pk=negotiated), steps)
    for sheet in floors.values():
        stances.mark(floor, sorted(set(_stood_inside(sheet))), sheet.speakers)


def spans(changes: Iterable[ChangeSet], only: Collection[int] | None = None) -> set[Range]:
    """Return where, in the text after all `changes`, something came or went: by those numbered in `only`, or by any."""
    found: list[Range] = []
    for number, change in enumerate(changes):
        found = [(change.map_pos(start, 1) or 0, change.map_pos(end, -1) or 0) for start, end in found]
        for at, _, words in change.edits() if only is None or number in only else ():
            start = change.map_pos(at, -1) or 0
            found.append((start, start + len(words)))
    return {(min(pair), max(pair)) for pair in found}


def _stood_inside(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Yield (position, bracket) of the stances on pairs of this text round what was typed, save the speakers' own."""
    if "[" not in sheet.content:
        return
    text = statements.key(sheet.id)
    sql = f"""
        SELECT p.id, b.id FROM drafting_bracket b JOIN drafting_position p ON p.bracket_id = b.id
        WHERE b.start_text_id = %s AND b.end_text_id = %s AND b.start_offset < %s AND b.end_offset >= %s
        AND NOT b.closed AND NOT p.stale AND p.delegation_id NOT IN ({statements.marks(sheet.speakers or [0])})"""
    for start, end in spans(sheet.unwritten):
        yield from statements.fetch(sql, [text, text, start, end, *(sheet.speakers or [0])])
