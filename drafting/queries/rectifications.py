"""Corrections of issued texts as they are read: what each changes, and the document it is handed out as.

The issued text stays untouched: a corrigendum lists its changes, a re-issue prints the text with them under the same
symbol and an asterisk, a procès-verbal of rectification records them after adoption.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import msgspec
from django.db.models import QuerySet

from delegations.models import Seat
from drafting.errors import NotFound
from drafting.models import Rectification, Revision
from drafting.queries import access, documents, mastheads, sources
from drafting.queries.snapshots import Snapshot
from drafting.queries.sources import Source
from drafting.text import addresses, excerpts
from drafting.text.changes import ChangeSet
from drafting.text.document import Block, Document, Form, Mark, Run, Table


class Change(msgspec.Struct, frozen=True):
    """Words of an issued text, `struck` from offset `at` (code points) of a provision, that are to read `words`."""

    provision: int
    address: str
    at: int
    struck: str
    words: str


class Body(msgspec.Struct, frozen=True):
    """A correction, as its digest is taken of it; `of` is the digest of the text it corrects, `issued` ISO 8601."""

    form: str
    number: int
    symbol: str
    revision: int
    of: str
    issued: str
    note: str
    changes: list[Change]


_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(Body).decode


def encode(body: Body) -> str:
    """Return the canonical JSON that a correction keeps: keys sorted, no spaces."""
    return _encode(body).decode()


def digest(stored: str) -> str:
    """Return the SHA-256 of a stored body, 64 hex digits."""
    return hashlib.sha256(stored.encode()).hexdigest()


def body(row: Rectification) -> Body:
    """Return what a correction says."""
    return _decode(row.body)


def listed(seat: Seat, revision: Revision) -> QuerySet[Rectification]:
    """Return the corrections of an issued text the seat may read, the oldest first."""
    access.revision(seat, revision.text, revision.number)
    return Rectification.objects.filter(revision=revision).order_by("pk")


def one(seat: Seat, revision: Revision, pk: int) -> Rectification:
    """Return one of them; raises `NotFound`."""
    found = listed(seat, revision).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such correction of this text.")
    return found


def document(seat: Seat, row: Rectification) -> Document:
    """Return a correction as the document it is handed out as."""
    src = sources.source(seat, row.revision.text, row.revision.number)
    said = body(row)
    if row.form == Rectification.Form.REISSUE:
        return _reissued(src, row, said)
    made = _minutes(src, row, said) if row.form == Rectification.Form.PROCES_VERBAL else _corrigendum(src, said)
    head = mastheads.masthead(src, row.get_form_display().capitalize())
    dated = mastheads.dated(src.negotiated, row.issued)
    return replace(made, masthead=replace(head, symbol=row.symbol, date=dated, moment=sources.moment(row.issued)))


def corrected(snapshot: Snapshot, changes: Sequence[Change]) -> Snapshot:
    """Return an issued text with corrections in it, its brackets and agreements where they stood."""
    edits: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for one in changes:
        edits[one.provision].append((one.at, one.at + len(one.struck), one.words))
    texts = {row.id: row.text for row in snapshot.provisions}
    sets = {key: ChangeSet.of(sorted(own), len(texts[key])) for key, own in edits.items()}

    def moved(key: int, offset: int) -> int:
        return (sets[key].map_pos(offset, 1) or 0) if key in sets else offset

    rows = [
        msgspec.structs.replace(row, text=sets[row.id].apply(row.text)) if row.id in sets else row
        for row in snapshot.provisions
    ]
    pairs = [
        msgspec.structs.replace(pair, start=(pair.start[0], moved(*pair.start)), end=(pair.end[0], moved(*pair.end)))
        for pair in snapshot.pairs
    ]
    agreed = [
        row
        if row.start is None or row.end is None
        else msgspec.structs.replace(row, start=moved(row.provision, row.start), end=moved(row.provision, row.end))
        for row in snapshot.agreements
    ]
    return msgspec.structs.replace(snapshot, provisions=rows, pairs=pairs, agreements=agreed)


def _reissued(src: Source, row: Rectification, said: Body) -> Document:
    made = documents.in_brackets(replace(src, snapshot=corrected(src.snapshot, said.changes)), documents.titled(src))
    when = mastheads.dated(src.negotiated, row.issued)
    stars = "*" * said.number
    footnote = f"{stars} Re-issued for technical reasons on {when}."
    notes = (" ".join(part for part in (footnote, said.note) if part), *made.notes)
    return replace(made, masthead=replace(made.masthead, symbol=row.symbol), notes=notes)


def _corrigendum(src: Source, said: Body) -> Document:
    texts = {row.id: row.text for row in src.snapshot.provisions}
    blocks: list[Block] = []
    for n, change in enumerate(said.changes, 1):
        text = texts[change.provision]
        before, after = excerpts.around(text, change.at, change.at + len(change.struck))
        runs = (Run(before), Run(change.struck, Mark.DELETED), Run(change.words, Mark.INSERTED), Run(after))
        blocks.append(Block((Run(f"{n}. {addresses.say(change.address)}"),), Form.HEADING, anchor=f"change-{n}"))
        blocks.append(Block((Run(_for_read(change)),)))
        blocks.append(Block(tuple(run for run in runs if run.text), depth=1))
    notes = (f"Corrects {src.revision.symbol if src.revision else ''}, which stays as it was issued.", said.note)
    return Document(mastheads.masthead(src, ""), tuple(note for note in notes if note), tuple(blocks))


def _minutes(src: Source, row: Rectification, said: Body) -> Document:
    revision = row.revision
    adopted = mastheads.dated(src.negotiated, revision.issued)
    several = len(said.changes) > 1
    errors, corrections = ("errors", "corrections") if several else ("an error", "correction")
    lines = (
        f"The text of {src.negotiated.title} ({revision.symbol}), adopted on {adopted}, was found to contain {errors}.",
        f"Those entitled were notified of the {corrections}, and raised no objection in the time given. {said.note}",
        f"The secretariat has therefore caused the {corrections} below to be made in the original of the text.",
    )
    blocks = tuple(Block((Run(line.strip()),)) for line in lines)
    rows = tuple((change.address, change.struck, change.words) for change in said.changes)
    table = Table("Corrections", ("Provision", "For", "Read"), rows)
    notes = (f"{revision.symbol} stays as it was adopted; SHA-256 {revision.digest}.",)
    return Document(mastheads.masthead(src, ""), notes, (*blocks, table))


def _for_read(change: Change) -> str:
    if change.struck and change.words:
        return f"For “{change.struck}” read “{change.words}”."
    return f"Delete “{change.struck}”." if change.struck else f"Insert “{change.words}”."
