"""From a document that was read to the structure of a text: changes settled one way, footnotes words again.

Addresses, kinds and ids that the file itself says are kept; everything else is found in `outlining`, as for any text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from drafting.imports import outlining
from drafting.imports.blocks import Block as Found
from drafting.imports.blocks import Form as Look
from drafting.text import footnotes, tokens
from drafting.text.document import OFFICERS, Block, Document, Footnote, Form, Mark, Run
from drafting.text.structures import Entry, KnownGroup, KnownPair, Structure

_BESIDE = frozenset(OFFICERS.values())
_LOOKS = {Form.TITLE: Look.HEADING, Form.HEADING: Look.HEADING, Form.NOTE: Look.NOTE, Form.TOMBSTONE: Look.NOTE}


class Side(StrEnum):
    """Which text a file with tracked changes is read as: with all of them accepted, or all rejected."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change: `kind` is inserted, deleted, moved-to or moved-from; author and time as the file has them."""

    kind: str
    author: str
    when: str
    text: str
    anchor: str = ""


def lower(document: Document, side: Side = Side.ACCEPTED) -> tuple[Structure, tuple[int | None, ...]]:
    """Return the structure of the document's words, and for each entry the id of the provision it was exported from."""
    placed = [(found, block) for found, block, _ in _placed(document, side)]
    structure = outlining.build([found for found, _ in placed])
    blocks = [block for _, block in placed]
    pairs = _pairs(document, blocks, side)
    entries = tuple(_told(entry, block) for entry, (_, block) in zip(structure.entries, placed, strict=True))
    if len({entry.address for entry in entries}) < len(entries):
        entries = structure.entries
    title = document.masthead.title or structure.title
    ids = tuple(block.provision if block else None for block in blocks)
    groups = tuple(_groups(document, {pair.id: pair.at for pair in pairs}, ids))
    return replace(structure, entries=entries, title=title, pairs=pairs, groups=groups), ids


def entries(document: Document, side: Side) -> dict[int, int]:
    """Return, by the index of a part of the body, the entry its words are in."""
    placed = enumerate(_placed(document, side))
    return {part: entry for entry, (_, _, parts) in placed for part in parts}


def changes(document: Document) -> tuple[Change, ...]:
    """Return every tracked change of the document in order; a deletion inside an insertion is both."""
    found: list[Change] = []
    for part in document.texts:
        for run in part.runs:
            if run.mark in (Mark.INSERTED, Mark.DELETED):
                if run.within is not None:
                    found.append(Change("inserted", *run.within, run.text, part.anchor))
                found.append(_change(run, part.anchor))
        if isinstance(part, Block) and part.ends is not None:
            found.append(replace(_change(part.ends, part.anchor), text="¶"))
    return tuple(found)


def words(runs: Sequence[Run], side: Side) -> str:
    """Return the words of one paragraph's runs, changes settled to that side, without white space at its edges."""
    return _clean(_words(runs, side))


def _change(run: Run, anchor: str) -> Change:
    kinds = {Mark.INSERTED: ("inserted", "moved-to"), Mark.DELETED: ("deleted", "moved-from")}
    return Change(kinds[run.mark][run.moved], ", ".join(run.by), run.when, run.text, anchor)


def _placed(document: Document, side: Side) -> Iterator[tuple[Found, Block | None, tuple[int, ...]]]:
    """Yield what each provision is to be, with the block it was and the parts of the body whose words it has.

    A footnote follows the first that refers to it.
    """
    notes = {note.name: note for note in document.footnotes}
    for block, parts in _joined(document, side):
        words = _clean(_words(block.runs, side))
        if not words:
            continue
        yield Found(words, _look(block), min(block.depth, 6)), block if block.anchor else None, parts
        for run in block.runs:
            note = notes.pop(run.text, None) if run.mark is Mark.FOOTNOTE else None
            if note is not None:
                yield _note(note, side)
    for note in notes.values():
        yield _note(note, side)


def _note(note: Footnote, side: Side) -> tuple[Found, Block | None, tuple[int, ...]]:
    """Return the provision a footnote is to be, its sign before its words, and the block it would be as one."""
    runs = (Run(f"{footnotes.sign(note.name)}: "), *note.runs)
    block = Block(runs, Form.NOTE, note.anchor, provision=note.provision) if note.anchor else None
    return Found(_clean(_words(runs, side)), Look.NOTE), block, ()


def _look(block: Block) -> Look:
    if block.kind == "furniture":
        return Look.FURNITURE
    return _LOOKS.get(block.form, Look.PROSE)


def _joined(document: Document, side: Side) -> Iterator[tuple[Block, tuple[int, ...]]]:
    """Yield the blocks with paragraphs made one whose end between them is gone on this side, and their places."""
    gone = Mark.DELETED if side is Side.ACCEPTED else Mark.INSERTED
    held: Block | None = None
    parts: tuple[int, ...] = ()
    for at, block in enumerate(document.body):
        # What is proposed, and what officers say beside the text, is no part of it.
        if not isinstance(block, Block) or block.proposal is not None or block.kind in _BESIDE:
            continue
        now = block if held is None else replace(held, runs=(*held.runs, *block.runs), ends=block.ends)
        parts = (*parts, at)
        held = now if block.ends is not None and block.ends.mark is gone else None
        if held is None:
            yield now, parts
            parts = ()
    if held is not None:
        yield held, parts


def _pairs(document: Document, blocks: Sequence[Block | None], side: Side) -> tuple[KnownPair, ...]:
    """Return the pairs that the document knows, each by where its `[` stands; one that is gone is none of them."""
    places: dict[int, tuple[int, int]] = {}
    for entry, block in enumerate(blocks):
        for at, run in enumerate(block.runs if block else ()):
            if block is not None and run.mark is Mark.OPEN and run.pair is not None:
                places[run.pair] = entry, len(_words(block.runs[:at], side).lstrip())
    return tuple(
        KnownPair(places[one.id], one.id, one.article, one.number, one.kind, one.holders, one.holders_known)
        for one in document.pairs
        if one.id in places
    )


def _groups(
    document: Document, places: Mapping[int, tuple[int, int]], ids: Sequence[int | None]
) -> Iterator[KnownGroup]:
    """Yield the groups that the document knows; one of whose pairs is gone is left to be asked."""
    entry_of = {provision: entry for entry, provision in enumerate(ids) if provision is not None}
    for group in document.groups:
        members = [pair.id for pair in document.pairs if pair.group == group.id]
        if not members or any(pair not in places for pair in members):
            continue
        base = group.baseline
        is_kept = base is not None and base[0] in entry_of
        baseline = (entry_of[base[0]], base[1], base[2]) if base and is_kept else None
        yield KnownGroup(frozenset(places[pair] for pair in members), group.confirmed, baseline, group.no_text)


def _words(runs: Sequence[Run], side: Side) -> str:
    """Return the words of one side; what was both put in and taken out stands in neither."""
    if side is Side.ACCEPTED:
        return footnotes.lower(runs)
    kept = (run for run in runs if run.mark is not Mark.INSERTED and run.within is None)
    return footnotes.lower(replace(run, mark=Mark.PLAIN) if run.mark is Mark.DELETED else run for run in kept)


def _clean(words: str) -> str:
    return tokens.normalise(words).strip()


def _told(entry: Entry, block: Block | None) -> Entry:
    """Return the entry with the address and kind the file says; its label is what is printed now."""
    if block is None:
        return entry
    return replace(
        entry,
        address=block.anchor or entry.address,
        kind=block.kind or entry.kind,
        part=block.part or entry.part,
        article=block.article or entry.article,
        depth=block.depth if block.kind else entry.depth,
    )
