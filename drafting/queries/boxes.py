"""Notes and explanatory boxes by officers: as pages list them, and as documents print them round the provisions.

Which of them a seat may read follows from the floor and from what is issued; what may be done is in
`drafting.services.boxes`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from delegations.models import Seat
from delegations.roles import Right
from drafting.models import Annotation, NegotiatingText, Revision
from drafting.queries import access, mandates
from drafting.queries.snapshots import AnnotationSnapshot, ProvisionSnapshot, Snapshot
from drafting.queries.sources import Source
from drafting.text import addresses
from drafting.text.document import OFFICERS, Block, Form, Mark, Run, Table

#: How a note and a box are called in print, with whose it is and without.
_SAID = {"note": ("Note by {}", "Note"), "box": ("Explanatory box by {}", "Explanatory box")}


@dataclass(frozen=True, slots=True)
class Shown:
    """A note or box as its page lists it: `words` as they stand, `revisions` the symbols of those it is printed in."""

    row: Annotation
    address: str
    words: str
    revisions: tuple[str, ...]
    may_choose: bool
    is_own: bool


def listed(seat: Seat, negotiated: NegotiatingText) -> list[Shown]:
    """Return the notes of a text in its order, those taken back last; in a few queries."""
    access.floor(seat, negotiated)
    issued = Prefetch("kept_in", Revision.objects.only("pk", "symbol", "number").order_by("number"))
    rows = Annotation.objects.filter(provision__text=negotiated, provision__retired=False)
    rows = rows.select_related("provision__words").prefetch_related(issued)
    is_officer, own = seat.may(Right.RECORD), mandates.limit(seat, negotiated)
    presides = seat.may(Right.DECIDE) and own is None
    return [
        Shown(
            row,
            row.provision.address,
            row.words or row.provision.words.content,
            tuple(revision.symbol for revision in row.kept_in.all() if revision.number),
            reaches := is_officer and (own is None or row.provision_id in own),
            reaches and (row.by_id == seat.pk or presides),
        )
        for row in sorted(rows, key=lambda row: (row.struck, row.provision.order, row.pk))
    ]


def beside(negotiated: NegotiatingText, provisions: Collection[int] | None = None) -> dict[int, list[Annotation]]:
    """Return the notes that stand, of the whole floor or of some provisions, by the id of the provision."""
    rows = Annotation.objects.filter(provision__text=negotiated, struck=False)
    found: dict[int, list[Annotation]] = defaultdict(list)
    for row in (rows if provisions is None else rows.filter(provision__in=provisions)).order_by("pk"):
        found[row.provision_id].append(row)
    return found


def left_out(taken: Snapshot) -> frozenset[int]:
    """Return the provisions, by id, that are notes and are not printed in a text; nor is what refers to them."""
    return frozenset(row.provision for row in taken.annotations if row.place == "here" and not row.kept)


def woven(
    src: Source, printed: Iterable[tuple[ProvisionSnapshot, Block]], base: Source | None = None
) -> Iterator[Block]:
    """Yield the blocks of provisions with the notes before and after each; in a comparison they came or went as well.

    What is left out (`left_out`) is passed over, but for its going in a comparison.
    """
    out = left_out(src.snapshot)
    notes = [(note, Mark.PLAIN) for note in src.snapshot.annotations]
    if base is not None:
        then = {note.id: note for note in base.snapshot.annotations}
        now = {note.id: note for note in src.snapshot.annotations}
        notes = [(note, _since(note, then.get(key))) for key, note in now.items()]
        notes += [(note, Mark.DELETED) for key, note in then.items() if now.get(key) != note]
    found: dict[tuple[int, str], list[Block]] = defaultdict(list)
    at = {row.id: row for row in src.snapshot.provisions}
    for note, mark in notes:
        if note.provision in at:
            found[note.provision, note.place].append(_block(src, at[note.provision], note, mark))
    for row, block in printed:
        yield from found[row.id, "before"]
        if row.id not in out or block.change is not None:
            yield block
        yield from found[row.id, "after"]


def table(src: Source) -> list[Table]:
    """Return the notes of a text with what was chosen, as its change log lists them; none where there is none."""
    at = {row.id: row for row in src.snapshot.provisions}
    rows = [
        (addresses.say(row.address), caption(src, note), note.words or row.text, _chosen(note))
        for note in src.snapshot.annotations
        if (row := at.get(note.provision))
    ]
    return [Table("Notes and boxes", ("Provision", "By", "Words", "In this text"), tuple(rows))] if rows else []


def caption(src: Source, note: AnnotationSnapshot) -> str:
    """Return what a note is headed with, in the language of the document."""
    by, alone = _SAID[note.form]
    return src.say(by, src.say(note.officer)) if note.officer else src.say(alone)


def _chosen(note: AnnotationSnapshot) -> str:
    return "printed" if note.kept else "left out"


def _since(note: AnnotationSnapshot, then: AnnotationSnapshot | None) -> Mark:
    return Mark.PLAIN if then == note else Mark.INSERTED


def _block(src: Source, row: ProvisionSnapshot, note: AnnotationSnapshot, mark: Mark) -> Block:
    return Block(
        (Run(f"{caption(src, note)}: {note.words}", mark),),
        Form.NOTE,
        depth=row.depth,
        kind=OFFICERS[note.form],
        part=row.part,
        article=row.article,
        language=src.negotiated.language if src.is_translated else "",
    )


def of_provision(rows: Sequence[Annotation], place: str) -> list[tuple[str, Annotation]]:
    """Return (caption, note) of those of a provision's notes that stand at that place, as the floor shows them."""
    return [
        (_SAID[row.form][0].format(row.officer) if row.officer else _SAID[row.form][1], row)
        for row in rows
        if row.place == place
    ]
