"""A translator's file: which provision of the text each of its paragraphs is, and which brackets stand in it.

Our own files say so themselves; in others provisions are known by their addresses, or by their order where there are as
many. Nothing is written here: `drafting.services.languages` does that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from drafting.errors import UnreadableImport
from drafting.imports.reading import Read
from drafting.models import LanguageVersion, Provision
from drafting.queries.languages import Row
from drafting.services.languages import Wording
from drafting.text import translations
from drafting.text.document import Document, Mark


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file puts into a language: rows with what they would read, and what of it has no provision here."""

    wordings: tuple[tuple[Row, Wording], ...]
    unplaced: tuple[str, ...]
    unchanged: int


def plan(version: LanguageVersion, rows: Sequence[Row], read: Read) -> Plan:
    """Return what the file would change of the rows as they stand; raises `UnreadableImport` where nothing fits."""
    by_id = {row.id: row for row in rows}
    placed = list(_placed(rows, read))
    if not any(row is not None for row, _ in placed):
        raise UnreadableImport(
            f"The file has {len(placed)} provisions, the text {len(rows)}, and their addresses differ: nothing fits."
        )
    provisions = {row.pk: row for row in version.text.provisions.filter(pk__in=by_id)}
    orders = _orders(read.document, by_id) if read.document else {}
    found: list[tuple[Row, Wording]] = []
    unchanged = 0
    for row, words in placed:
        if row is None or (row.state == "same in all" and words == row.original):
            continue
        if words == row.words and row.state == "fresh":
            unchanged += 1
            continue
        found.append((row, _wording(provisions[row.id], row, words, orders.get(row.id))))
    return Plan(tuple(found), tuple(words for row, words in placed if row is None), unchanged)


def _wording(provision: Provision, row: Row, words: str, order: tuple[int, ...] | None) -> Wording:
    """Return the wording; where the file does not tell which bracket is which, the last translation's order is kept."""
    count = len(translations.pairs(words))
    if order is None or len(order) != count:
        order = tuple(row.brackets.index(number) + 1 for number in row.order)
        order = order if count and len(order) == count else None
    return Wording(provision, row.source, words, order, row.translation)


def _placed(rows: Sequence[Row], read: Read) -> Iterator[tuple[Row | None, str]]:
    entries = read.structure.entries
    if read.is_own:
        by_id = {row.id: row for row in rows}
        yield from (
            (by_id.get(pk) if pk is not None else None, entry.words)
            for pk, entry in zip(read.provisions, entries, strict=True)
        )
        return
    by_address = {row.address: row for row in rows}
    known = [by_address.get(entry.address) for entry in entries]
    if not all(known) and len(entries) == len(rows):
        known = list(rows)
    yield from ((row, entry.words) for row, entry in zip(known, entries, strict=True))


def _orders(document: Document, rows: Mapping[int, Row]) -> dict[int, tuple[int, ...]]:
    """Return, per provision id, the brackets of the original in the order in which our own file has them."""
    numbers = {pair.id: pair.number for pair in document.pairs}
    found: dict[int, tuple[int, ...]] = {}
    for block in document.blocks:
        row = rows.get(block.provision or 0)
        if row is None:
            continue
        closed = {run.pair for run in block.runs if run.mark is Mark.CLOSE}
        opened = [run.pair for run in block.runs if run.mark is Mark.OPEN and run.pair in closed]
        said = [numbers.get(pair) if pair is not None else None for pair in opened]
        if all(number in row.brackets for number in said):
            found[row.id] = tuple(row.brackets.index(number) + 1 for number in said if number is not None)
    return found
