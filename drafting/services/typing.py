"""Typing: the one way words change by keystrokes, a batch of ops of many people at a time.

Each op is answered by an `Ack` once everything is committed, or by a `Nack` that says why nothing of it was done; a
refused op never fails its batch, and an op sent again gets its old answer. A change that touches no bracket is stored
by plain SQL (`sheets`); one that does goes the way of every other act (`texts.apply_steps`), under the same rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import UUID

from drafting import events
from drafting.errors import NotFound
from drafting.models import NegotiatingText, Stream
from drafting.services import cursors, dictation, journal, sheets, texts, typists, wakes
from drafting.services.audiences import Audience
from drafting.services.cursors import Cursor
from drafting.services.sheets import Sheet
from drafting.services.typists import Hold
from drafting.text import pair_rule, tokens
from drafting.text.bodies import Body
from drafting.text.changes import ChangeSet
from drafting.text.errors import RollingTextError, TextError
from drafting.text.steps import Edit
from drafting.text.units import Units

#: The longest a text grows by typing, in code points.
LONGEST = 100_000


class Part(NamedTuple):
    """One text's share of an op: CodeMirror's JSON on revision `base_rev`."""

    text: UUID
    base_rev: int
    changes: object


class Op(NamedTuple):
    """What one browser typed: op `n` of `client`, all parts or none, by the seat `seat`."""

    seat: int
    client: str
    epoch: int
    n: int
    parts: Sequence[Part]


class Ack(NamedTuple):
    """Op `n` is stored: the revision it made of each text, the seq of its last row."""

    n: int
    revs: dict[str, int]
    seq: int


class Nack(NamedTuple):
    """Op `n` changed nothing; the next one names `epoch`. `place` is where in which text, in UTF-16 units."""

    n: int
    epoch: int
    code: str
    message: str
    place: dict[str, Any] | None = None


class _Change(NamedTuple):
    """A part as it reads on the text as it stands."""

    sheet: Sheet
    changes: ChangeSet
    hold: Hold | None


def apply(stream: Stream, ops: Sequence[Op]) -> list[Ack | Nack]:
    """Store a batch of ops of one stream, in order, and answer each; what is acknowledged is committed."""
    with _writing(stream) as audience:
        batch = _Batch(audience, ops)
        answers = [batch.answer(op) for op in ops]
        batch.write()
    return answers


@contextmanager
def _writing(stream: Stream) -> Iterator[Audience]:
    """Lock the stream, and the bureau's where the floor may not see who speaks."""
    with journal.writing_floor(stream) as writers:
        yield Audience(*writers)


class _Batch:
    """One batch under the lock of its stream."""

    def __init__(self, audience: Audience, ops: Sequence[Op]) -> None:
        self.audience = audience
        self.writer = audience.floor
        self.stream = self.writer.stream.pk
        bases: dict[UUID, int] = {}
        for part in (part for op in ops for part in op.parts):
            bases[part.text] = min(part.base_rev, bases.get(part.text, part.base_rev))
        self.bases = bases
        self.cursors = cursors.read(self.stream, {op.client: op.seat for op in ops})
        self.sheets = sheets.read(self.stream, bases)
        self.typists = typists.read({op.seat for op in ops}, self.sheets.values())

    def answer(self, op: Op) -> Ack | Nack:
        """Do one op, or say why not."""
        cursor = self.cursors[op.client]
        if cursor.seat != op.seat:
            return Nack(op.n, cursor.epoch, "foreign-client", "This name of a browser belongs to another seat.")
        if op.n <= cursor.n or (op.n in cursor.acks and op.epoch < cursor.epoch):
            return _repeat(op, cursor)
        if cursor.is_known and op.epoch != cursor.epoch:
            return Nack(op.n, cursor.epoch, "old-epoch", "It was written before an earlier change was refused.")
        try:
            revs = self._do(op)
        except RollingTextError as refusal:
            why: dict[str, Any] = {"code": refusal.code, "message": refusal.message, "place": self._place(refusal)}
            cursor.refuse(op.n, op.epoch, why)
            return Nack(op.n, cursor.epoch, **why)
        cursor.accept(op.n, op.epoch, revs, self.writer.seq)
        return Ack(op.n, revs, self.writer.seq)

    def write(self) -> None:
        """Write what the batch changed."""
        self._flush()
        cursors.write(self.stream, self.cursors.values())

    def _do(self, op: Op) -> dict[str, int]:
        changes = [self._prepare(op.seat, part) for part in op.parts]
        if len({change.sheet.id for change in changes}) < len(changes):
            raise TextError("An op names each text once.")
        if len({(change.sheet.negotiated, change.sheet.draft) for change in changes}) > 1:
            raise TextError("An op changes the texts of one document.")
        hold = changes[0].hold
        if hold is not None and hold.marks:
            self._dictate(op.seat, hold, changes)
        elif any(map(_touches_brackets, changes)):
            self._act(op.seat, changes)
        else:
            for change in changes:
                self._type(op.seat, change)
        return {str(change.sheet.id): change.sheet.rev for change in changes}

    def _prepare(self, seat: int, part: Part) -> _Change:
        """Return a part as it reads now; raises whatever forbids it."""
        sheet = self.sheets.get(part.text)
        if sheet is None:
            raise NotFound("There is no such text, or it is not open to your seat.")
        hold = self.typists.hold(seat, sheet)
        changes = sheet.carry(part.changes, part.base_rev)
        for _, _, words in changes.edits():
            if tokens.normalise(words) != words:
                raise TextError("The words are not in the form texts are kept in (Unicode NFC, line feeds).")
        if changes.new_length > LONGEST:
            raise TextError(f"A provision holds at most {LONGEST} characters.")
        self.typists.refuse_agreed(sheet, changes)
        return _Change(sheet, changes, hold)

    def _type(self, seat: int, change: _Change) -> None:
        """Store a change that touches no bracket."""
        sheet, changes, hold = change
        speakers = {delegation for delegation, _ in hold.speakers} if hold else set()
        if sheet.unwritten and sheet.speakers != speakers:
            self._flush()
        sheet.speakers = speakers
        self.audience.speak_for(self.typists.seats[seat], hold.codes if hold else ())
        told = sheet.write(changes)
        self._tell(sheet, told, hold)

    def _act(self, seat: int, changes: Sequence[_Change]) -> None:
        """Store changes that put in or take away brackets, as an act on the document."""
        if changes[0].sheet.draft is not None:
            for change in changes:
                _keep_pairs(change)
                self._type(seat, change)
            return
        hold = changes[0].hold
        negotiated = self._open_act(seat, changes)
        with self.audience.attempt():
            edits = [Edit(change.sheet.provision or 0, change.changes) for change in changes]
            texts.apply_steps(self.writer, negotiated, edits, pen=hold.pen if hold else None)
        self._close_act(seat, changes)

    def _dictate(self, seat: int, hold: Hold, changes: Sequence[_Change]) -> None:
        """Store what is typed for delegations: in their own pairs as it is, elsewhere in new ones."""
        self._flush()
        dictated = [dictation.mark(hold, change.sheet, change.changes) for change in changes]
        marked = [_Change(one.sheet, one.marked.changes, hold) for one in dictated]
        if not any(one.marked.opened or one.marked.struck for one in dictated) and not any(
            map(_touches_brackets, marked)
        ):
            for change in marked:
                self._type(seat, change)
            return
        negotiated = self._open_act(seat, marked)
        with self.audience.attempt():
            dictation.store(self.audience, negotiated, self.typists.seats[seat], hold, dictated)
        self._close_act(seat, marked)

    def _open_act(self, seat: int, changes: Sequence[_Change]) -> NegotiatingText:
        """Write all that came before, and say whose act follows."""
        self._flush()
        hold = changes[0].hold
        self.audience.speak_for(self.typists.seats[seat], hold.codes if hold else ())
        pk = changes[0].sheet.negotiated or 0
        return NegotiatingText.objects.select_related("conference").get(pk=pk)

    def _close_act(self, seat: int, changes: Sequence[_Change]) -> None:
        """Take note of what an act has stored; a text it did not change gets its revision all the same."""
        edited = [change for change in changes if not change.changes.is_empty]
        for change in edited:
            change.sheet.write(change.changes)
            change.sheet.written = len(change.sheet.changes)
        sheets.refresh(self.sheets.values())
        for change in changes:
            if change.changes.is_empty:
                self._type(seat, change)

    def _tell(self, sheet: Sheet, told: list[object], hold: Hold | None) -> None:
        pen = hold.pen if hold else None
        row = events.Typed(text=str(sheet.id), provision=sheet.provision, rev=sheet.rev, changes=told, pen=pen)
        self.writer.append(row)

    def _flush(self) -> None:
        """Write what was typed so far, and carry the rows anchored in it."""
        changed = [sheet for sheet in self.sheets.values() if sheet.unwritten]
        sheets.write(changed)
        wakes.carry(self.writer, changed)
        for sheet in changed:
            sheet.written = len(sheet.changes)

    def _place(self, refusal: RollingTextError) -> dict[str, Any] | None:
        """Return where a refusal points to, as far as it does: a text and an offset in UTF-16 units."""
        offset = refusal.data.get("offset")
        for sheet in self.sheets.values():
            if sheet.provision == refusal.data.get("provision") and isinstance(offset, int):
                at = Units(sheet.content).to_units(min(offset, len(sheet.content)))
                return {"text": str(sheet.id), "offset": at}
        return None


def _repeat(op: Op, cursor: Cursor) -> Ack | Nack:
    """Answer an op that came before, as it was answered then."""
    answer = cursor.answer(op.n)
    if answer is None:
        return Nack(op.n, cursor.epoch, "answered", "This was answered before; later changes have come since.")
    if "code" in answer:
        return Nack(op.n, cursor.epoch, **answer)
    return Ack(op.n, answer["revs"], answer["seq"])


def _touches_brackets(change: _Change) -> bool:
    content = change.sheet.content
    return any(mark in words or mark in content[lo:hi] for lo, hi, words in change.changes.edits() for mark in "[]")


def _keep_pairs(change: _Change) -> None:
    """Raise `UnpairedBrackets` where a change of a draft breaks the pair rule; a draft is one text by itself."""
    pair_rule.check(Body.of([change.sheet.content]), [Edit(0, change.changes)])
