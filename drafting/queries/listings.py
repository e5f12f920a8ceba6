"""The change log and the loss report as documents, and the list of all documents there are.

The texts themselves are in `documents`; what the entries say comes from `reports`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from delegations.models import Seat
from drafting.errors import NotFound
from drafting.models import NegotiatingText
from drafting.queries import boxes, certificates, compilations, documents, losses, mastheads, revisions
from drafting.queries.losses import Lost, Share
from drafting.queries.reports import LossEntry
from drafting.text import addresses
from drafting.text.document import Block, Document, Form, Mark, Run, Table


def change_log(seat: Seat, negotiated: NegotiatingText, number: int | None = None) -> Document:
    """Return the acts that made revision `number` of the one before, or the floor of the last revision."""
    src = documents.source(seat, negotiated, number)
    blocks: list[Block] = []
    zone = negotiated.conference.timezone
    for entry in revisions.change_log(seat, negotiated, number):
        at = f"{mastheads.clocked(entry.at, zone)} ({zone})" if entry.at else ""
        said = " · ".join(filter(None, (at, entry.what, entry.authority, entry.reason)))
        by = ", ".join(entry.for_whom)
        blocks.append(Block((Run(f"{said} ({by})" if by else said),), Form.NOTE, anchor=f"entry-{entry.seq}"))
        for change in entry.changes:
            runs = (Run(f"{addresses.say(change.address)}  "), *_runs(change.runs))
            blocks.append(Block(runs, depth=1))
    said = "Every change of the text since the revision before, in order, with the authority it was made on."
    notes = (said if blocks else "Not one act changed the text since the revision before.",)
    return Document(documents.masthead(src, "Change log"), notes, (*blocks, *boxes.table(src)))


def loss_report(
    seat: Seat, negotiated: NegotiatingText, number: int | None = None, entries: Sequence[LossEntry] | None = None
) -> Document:
    """Return what became of every proposal: counts, then a table for each fate, each proposal once, its edits beneath.

    `entries` are those of the report where they have been read already.
    """
    src = documents.source(seat, negotiated, number)
    found = losses.shares(revisions.loss_report(seat, negotiated, number) if entries is None else entries)
    tables = tuple(_table(share) for share in found)
    return Document(documents.masthead(src, "Loss report"), (losses.counted(found),), tables)


def _table(share: Share) -> Table:
    """Return the proposals of one fate as a table; columns in which nothing is said are left out."""
    rows = [row for lost in share.rows for row in _lines(lost)]
    columns = ("Proposal", "Sponsors", "Provision", "Change", "What became of it", "Reason")
    said = [at for at in range(len(columns)) if at == 0 or any(row[at] for row in rows)]
    title = f"{share.label.capitalize()}: {len(share.rows)}"
    return Table(title, tuple(columns[at] for at in said), tuple(tuple(row[at] for at in said) for row in rows))


def _lines(lost: Lost) -> Iterator[tuple[str, ...]]:
    """Yield the first edit of a proposal beside its number and its sponsors, the others beneath."""
    head = str(lost.number), ", ".join(lost.sponsors)
    if not lost.edits:
        yield (*head, "", "", "", "")
    for at, edit in enumerate(lost.edits):
        yield (*(("", "") if at else head), addresses.say(edit.address), edit.change, edit.became, edit.reason)


def _runs(parts: Iterable[tuple[str, str]]) -> tuple[Run, ...]:
    marks = {"inserted": Mark.INSERTED, "deleted": Mark.DELETED}
    return tuple(Run(text, marks.get(kind, Mark.PLAIN)) for kind, text in parts)


Make = Callable[[Seat, NegotiatingText, int | None, str], Document]


@dataclass(frozen=True, slots=True)
class Variant:
    """One document there is of every text: what it is called, what it is for, and what makes it.

    `make` takes (seat, text, revision number or None, language); `translated` says that it is there in other languages,
    `is_of_issued` that there is none of the floor.
    """

    title: str
    said: str
    make: Make
    translated: bool = True
    is_of_issued: bool = False


def _log(seat: Seat, negotiated: NegotiatingText, number: int | None, language: str) -> Document:
    return change_log(seat, negotiated, number)


def _losses(seat: Seat, negotiated: NegotiatingText, number: int | None, language: str) -> Document:
    return loss_report(seat, negotiated, number)


def _certificate(seat: Seat, negotiated: NegotiatingText, number: int | None, language: str) -> Document:
    if number is None:
        raise NotFound("A certificate is of an issued text.")
    return certificates.document(seat, negotiated, number)


#: The documents there are, by the name they have in an address.
VARIANTS: dict[str, Variant] = {
    "bracketed": Variant(
        "Bracketed text", "what is not agreed in numbered brackets, with who holds them", documents.bracketed
    ),
    "unattributed": Variant("Without names", "the same, and no name in it", documents.unattributed),
    "clean": Variant("Clean text", "without undecided words, every gap numbered and listed", documents.clean),
    "compilation": Variant("Compilation", "each provision followed by the proposals on it", compilations.compilation),
    "log": Variant("Change log", "every change since the text before, with its authority", _log, translated=False),
    "loss": Variant("Loss report", "what became of every proposal", _losses, translated=False),
    "certificate": Variant(
        "Certificate", "its hash, and what every change rests on", _certificate, translated=False, is_of_issued=True
    ),
}


def make(seat: Seat, negotiated: NegotiatingText, kind: str, number: int | None = None, language: str = "") -> Document:
    """Return the document of that kind; raises `NotFound` for what there is none of, or not in that language."""
    variant = VARIANTS.get(kind)
    if variant is None:
        raise NotFound("There is no such document.")
    if language and language != negotiated.language and not variant.translated:
        raise NotFound(f"The {variant.title.lower()} quotes the original: it is written in its language alone.")
    return variant.make(seat, negotiated, number, language)
