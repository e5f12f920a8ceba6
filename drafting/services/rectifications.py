"""Correcting an issued text beside itself: corrigendum, re-issue for technical reasons, procès-verbal of rectification.

The issued text, its snapshot and its hash stay untouched, and so does the floor: what is to change there is decided or
corrected there. How a correction reads is in `queries.rectifications`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import EmptyChange, Forbidden, NotFound, ReasonNeeded
from drafting.models import Rectification, Revision
from drafting.queries import access, rectifications, revisions
from drafting.queries.rectifications import Body, Change
from drafting.queries.snapshots import Snapshot
from drafting.services import journal, proposals
from drafting.text import addresses, strength

Form = Rectification.Form


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words of an issued text to correct, found where they stand in a provision, which they do once."""

    address: str
    struck: str
    words: str


def issue(by: Seat, revision: Revision, form: str, wanted: Sequence[Wanted], note: str = "") -> Rectification:
    """Issue a correction of an issued text and return it.

    Raises `NotFound` for words that stand nowhere or twice, `Forbidden` for a form that is not for this kind of text
    and for a change that is none of the secretariat's, `ReasonNeeded` for a procès-verbal that does not say how those
    entitled were notified.
    """
    negotiated = revision.text
    found = access.revision(by, negotiated, revision.number)
    access.require(by, Right.EDIT)
    _refuse_form(found, form, wanted, note)
    changes = _changes(revisions.snapshot(found), wanted)
    if form != Form.PROCES_VERBAL:
        _refuse_force(revisions.snapshot(found), changes, negotiated.language)
    with journal.writing_all([negotiated.floor, negotiated.public], by=by) as writers:
        number = Rectification.objects.filter(revision=found, form=form).count() + 1
        row = Rectification(revision=found, form=Form(form), number=number, by=by, issued=timezone.now())
        row.symbol = _symbol(found, form, number)
        said = Body(
            form=str(row.form),
            number=number,
            symbol=row.symbol,
            revision=found.number,
            of=found.digest,
            issued=row.issued.isoformat(),
            note=note.strip()[:2000],
            changes=changes,
        )
        row.body = rectifications.encode(said)
        row.digest = rectifications.digest(row.body)
        row.save(force_insert=True)
        for writer in writers:
            writer.append(_event(row))
    return row


def _event(row: Rectification) -> events.RectificationIssued:
    return events.RectificationIssued(
        rectification=row.pk,
        revision=row.revision_id,
        number=row.number,
        form=str(row.form),
        symbol=row.symbol,
        digest=row.digest,
        of=row.revision.digest,
    )


def _symbol(revision: Revision, form: str, number: int) -> str:
    if form == Form.REISSUE:
        return f"{revision.symbol}{'*' * number}"
    return f"{revision.symbol}/Corr.{number}" if form == Form.CORRIGENDUM else revision.symbol


def _refuse_form(revision: Revision, form: str, wanted: Sequence[Wanted], note: str) -> None:
    is_adopted = revision.kind == Revision.Kind.ADOPTED
    if form not in Form.values:
        raise NotFound("There is no such form of correction.")
    if not revision.number:
        raise Forbidden("The text as imported was not issued: correct the floor.")
    if form != Form.REISSUE and not wanted:
        raise EmptyChange("Say what is to be corrected.")
    if form == Form.CORRIGENDUM and is_adopted:
        raise Forbidden("A text that was adopted is corrected by a procès-verbal of rectification.")
    if form == Form.PROCES_VERBAL and not is_adopted:
        raise Forbidden("A procès-verbal of rectification corrects a text that was adopted: issue a corrigendum.")
    if form == Form.PROCES_VERBAL and not note.strip():
        raise ReasonNeeded("Say how and when those entitled were notified, and that the time to object is over.")


def _changes(snapshot: Snapshot, wanted: Sequence[Wanted]) -> list[Change]:
    standing = {row.address: row for row in snapshot.standing()}
    found: list[Change] = []
    for one in wanted:
        row = standing.get(one.address.strip())
        words = proposals.clean(one.words)
        if row is None:
            raise NotFound(f"There is no provision {one.address} in the text that was issued.")
        called = addresses.say(row.address)
        if not one.struck or row.text.count(one.struck) != 1:
            raise NotFound(
                f"“{one.struck}” stands in {called} {row.text.count(one.struck) if one.struck else 0} times: copy "
                "the words exactly, and enough of them to stand there once.",
                words=one.struck,
            )
        if one.struck == words:
            raise EmptyChange(f"{called}: these are the words that stand.")
        if set("[]") & {*one.struck, *words}:
            raise Forbidden(f"{called}: brackets are negotiated, a correction leaves them as they are.")
        found.append(Change(row.id, row.address, row.text.index(one.struck), one.struck, words))
    return _apart(found)


def _apart(found: list[Change]) -> list[Change]:
    """Return the changes in the order of their places; raises `Forbidden` where two are of the same words."""
    ordered = sorted(found, key=lambda one: (one.provision, one.at))
    for one, two in pairwise(ordered):
        if one.provision == two.provision and two.at < one.at + len(one.struck):
            raise Forbidden(f"{addresses.say(one.address)}: two corrections are of the same words; put them into one.")
    return ordered


def _refuse_force(snapshot: Snapshot, changes: Sequence[Change], language: str) -> None:
    """Raise `Forbidden` where a correction would change the force of the text, which is decided."""
    before = {row.id: row.text for row in snapshot.provisions}
    for row in rectifications.corrected(snapshot, changes).provisions:
        if row.text != before[row.id] and strength.shifts(before[row.id], row.text, language):
            raise Forbidden(
                f"{addresses.say(row.address)}: this changes the force of the text: decide it, and issue a revision."
            )
