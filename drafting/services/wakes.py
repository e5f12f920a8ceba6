"""What typing leaves in its wake on the floor: hunks, agreed ranges and baselines carried, stances put in doubt.

Called once a batch, with what every text was changed by; most batches find nothing to do.
"""

from __future__ import annotations

from collections.abc import Sequence

from drafting.models import NegotiatingText
from drafting.services import anchors, sheets
from drafting.services.journal import Writer
from drafting.services.sheets import Sheet
from drafting.text.steps import Edit


def carry(floor: Writer, changed: Sequence[Sheet]) -> None:
    """Carry every row anchored in the provisions that were typed in."""
    floors = {sheet.provision: sheet for sheet in changed if sheet.provision is not None}
    for negotiated in {floors[provision].negotiated for provision in _anchored(list(floors))}:
        steps = [
            Edit(provision, changes)
            for provision, sheet in floors.items()
            if sheet.negotiated == negotiated
            for changes in sheet.unwritten
        ]
        anchors.carry(floor, NegotiatingText(pk=negotiated), steps)


def _anchored(provisions: Sequence[int]) -> list[int]:
    """Return those of the provisions in which an open hunk, an agreed range or a baseline stands."""
    if not provisions:
        return []
    listed = sheets.marks(provisions)
    sql = f"""
        SELECT provision_id FROM drafting_hunk WHERE provision_id IN ({listed}) AND outcome IN ('open', 'flagged')
        UNION SELECT provision_id FROM drafting_agreement WHERE provision_id IN ({listed}) AND NOT ended
        UNION SELECT p.id FROM drafting_alternativegroup g JOIN drafting_provision p ON p.words_id = g.baseline_text_id
        WHERE p.id IN ({listed}) AND NOT g.closed"""
    return [row[0] for row in sheets.fetch(sql, [*provisions, *provisions, *provisions])]
