"""Texts under a stream's lock while a batch of typing is stored: read at once, changed in memory, written at once.

What a change must keep is decided in `typing`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from drafting.errors import StaleVersion
from drafting.services import statements
from drafting.services.statements import key, marks
from drafting.text import wire
from drafting.text.changes import ChangeSet

#: How many revisions behind an op may be; further back the words go through a comparison instead.
MOST_BEHIND = 2000

#: Whether an open hunk, an agreed range or the words a group's rivals stand against lie in a provision `p`.
ANCHORED = """(
    EXISTS (SELECT 1 FROM drafting_hunk h WHERE h.provision_id = p.id AND h.outcome IN ('open', 'flagged'))
    OR EXISTS (SELECT 1 FROM drafting_agreement a WHERE a.provision_id = p.id AND NOT a.ended)
    OR EXISTS (SELECT 1 FROM drafting_alternativegroup g WHERE g.baseline_text_id = p.words_id AND NOT g.closed))"""


@dataclass(slots=True)
class Sheet:
    """One text: its words, its revision, and the changes of this batch in code points, `written` of them written.

    `rows` are the changes by the revision they made, in UTF-16 units; the unwritten ones were typed for `speakers`.
    Where it `is_anchored`, rows that point into its words move along with them.
    """

    id: UUID
    content: str
    rev: int
    provision: int | None
    negotiated: int | None
    label_length: int
    is_retired: bool
    is_anchored: bool
    draft: UUID | None
    delegation: int | None
    changes: list[ChangeSet] = field(default_factory=list)
    written: int = 0
    speakers: set[int] = field(default_factory=set)
    rows: dict[int, ChangeSet] = field(default_factory=dict)

    @property
    def unwritten(self) -> list[ChangeSet]:
        """The changes of this batch that are not in the database yet."""
        return self.changes[self.written :]

    def carry(self, json: object, base_rev: int) -> ChangeSet:
        """Return a change made on `base_rev` as it reads on the text as it stands.

        Raises `StaleVersion` where the rows since are not at hand, `ChangeMismatch` where the change does not fit.
        """
        if base_rev > self.rev or any(rev not in self.rows for rev in range(base_rev + 1, self.rev + 1)):
            raise StaleVersion("The text has moved too far since you read it; your words are kept beside it.")
        if base_rev < self.rev:
            json = wire.carry(json, (self.rows[rev] for rev in range(base_rev + 1, self.rev + 1)))
        return ChangeSet.from_json(json, self.content)

    def write(self, changes: ChangeSet) -> list[object]:
        """Change the words; return the change as a row tells it."""
        told = changes.to_json(self.content)
        self.content = changes.apply(self.content)
        self.rev += 1
        self.rows[self.rev] = wire.read(told)
        self.changes.append(changes)
        return told


def read(stream: UUID, bases: Mapping[UUID, int]) -> dict[UUID, Sheet]:
    """Return the texts of `stream`, each with the rows that came after the revision in `bases`."""
    sql = f"""
        SELECT w.id, w.content, w.rev, p.id, p.text_id, p.label_length, p.retired, {ANCHORED}, d.id, d.delegation_id
        FROM drafting_workingtext w LEFT JOIN drafting_provision p ON p.words_id = w.id
        LEFT JOIN drafting_draftpart dp ON dp.words_id = w.id
        LEFT JOIN drafting_draft d ON d.id = dp.draft_id AND NOT d.submitted
        WHERE w.stream_id = %s AND w.id IN ({marks(bases)})"""
    sheets = {}
    for row in statements.fetch(sql, [key(stream), *map(key, bases)]):
        text, content, rev, provision, negotiated, label_length, is_retired, is_anchored, draft, delegation = row
        sheet = Sheet(
            statements.uuid(text),
            content,
            rev,
            provision,
            negotiated,
            label_length=label_length or 0,
            is_retired=bool(is_retired),
            is_anchored=bool(is_anchored),
            draft=None if draft is None else statements.uuid(draft),
            delegation=delegation,
        )
        sheets[sheet.id] = sheet
        if bases[sheet.id] < sheet.rev:
            sheet.rows = _rows(sheet, max(bases[sheet.id], sheet.rev - MOST_BEHIND))
    return sheets


def _rows(sheet: Sheet, after: int) -> dict[int, ChangeSet]:
    """Return the stored changes of a text after a revision, in units, by the revision each made.

    Folded rows are left out: a change is mapped over rows one by one, so one from before a fold is too far behind.
    """
    sql = (
        "SELECT rev, body FROM drafting_journal WHERE text = %s AND rev > %s AND kind <> 'folded' AND body IS NOT NULL"
    )
    return {rev: wire.read(json.loads(body)["changes"]) for rev, body in statements.fetch(sql, [key(sheet.id), after])}


def write(sheets: Iterable[Sheet]) -> None:
    """Write what changed: words and revisions, the spans of labels, and every bracket's place.

    No bracket came or went in `unwritten`, so each stands on one side of every edit and moves with it.
    """
    changed = [sheet for sheet in sheets if sheet.unwritten]
    statements.execute_many(
        "UPDATE drafting_workingtext SET content = %s, rev = %s WHERE id = %s",
        [(sheet.content, sheet.rev, key(sheet.id)) for sheet in changed],
    )
    for sheet in changed:
        length = sheet.label_length
        for changes in sheet.unwritten:
            length = changes.map_pos(length) or 0
            _shift_brackets(sheet, changes)
        if length != sheet.label_length:
            sheet.label_length = length
            statements.execute(
                "UPDATE drafting_provision SET label_length = %s WHERE id = %s", [length, sheet.provision]
            )


def _shift_brackets(sheet: Sheet, changes: ChangeSet) -> None:
    text = key(sheet.id)
    for start, end, words in reversed(list(changes.edits())):
        by = len(words) - (end - start)
        if by and ("[" in sheet.content or "]" in sheet.content):
            for table, column, offset in (
                ("drafting_bracket", "start_text_id", "start_offset"),
                ("drafting_bracket", "end_text_id", "end_offset"),
                ("drafting_importanomaly", "words_id", "offset"),
            ):
                sql = f'UPDATE {table} SET "{offset}" = "{offset}" + %s WHERE {column} = %s AND "{offset}" >= %s'
                statements.execute(f"{sql} AND NOT {'mended' if offset == 'offset' else 'closed'}", [by, text, end])


def refresh(sheets: Iterable[Sheet]) -> None:
    """Read anew what an act may have changed besides the words: the labels of provisions, what is anchored in them."""
    floors = {sheet.provision: sheet for sheet in sheets if sheet.provision is not None}
    sql = f"SELECT p.id, p.label_length, {ANCHORED} FROM drafting_provision p WHERE p.id IN ({marks(floors)})"
    for provision, label_length, is_anchored in statements.fetch(sql, floors):
        floors[provision].label_length = label_length
        floors[provision].is_anchored = bool(is_anchored)
