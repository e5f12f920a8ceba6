"""Editorial changes made in the text: when nobody objected in time, in one act that can be taken back.

They go over agreed words, for everybody was asked: a delegation that objects is heard before (`objections`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import CannotUndo, Closed
from drafting.models import EditorialChange, Hunk, NegotiatingText, Position, Provision
from drafting.queries import access, mastheads
from drafting.queries import editorials as sent
from drafting.services import columns, editorials, journal, proposals, reversals, texts
from drafting.services.journal import Writer
from drafting.services.texts import Applied
from drafting.text import labels
from drafting.text.changes import ChangeSet
from drafting.text.errors import RollingTextError
from drafting.text.steps import Edit

Kind = EditorialChange.Kind
State = EditorialChange.State


def make(by: Seat, change: EditorialChange) -> EditorialChange:
    """Make a change nobody objected to, once the time is over; where its words changed meanwhile it is overtaken."""
    access.editorial(by, change.pk)
    access.require(by, Right.EDIT)
    return _make(by, change)


def make_due() -> int:
    """Make every change whose time is over, in the name of who sent it, and return how many there were."""
    found = list(sent.due().select_related("by__conference", "text__floor", "text__conference"))
    return sum(_make(row.by, row).state == State.APPLIED for row in found)


def undo(by: Seat, change: EditorialChange) -> None:
    """Take back a change that was made: words and labels are as they were; raises what `reversals.revert` raises."""
    negotiated = access.editorial(by, change.pk).text
    access.require(by, Right.EDIT)
    with journal.writing(negotiated.floor, by=by) as floor:
        row = EditorialChange.objects.get(pk=change.pk)
        if row.state != State.APPLIED:
            raise CannotUndo("This change is not in the text.", dependents=[])
        applied = reversals.revert(floor, negotiated, row.undo["act"], over_agreed=True)
        labelled = [Provision(pk=pk, label=label, label_length=length) for pk, label, length in row.undo["labels"]]
        columns.save(labelled, ["label", "label_length"])
        row.state = State.UNDONE
        row.save(update_fields=["state"])
        provisions = sorted(edited.provision for edited in applied.edited)
        named = [(pk, label) for pk, label, _ in row.undo["labels"]]
        floor.append(events.EditorialUndone(editorial=row.pk, provisions=provisions, labels=named))
    change.refresh_from_db()


def _make(by: Seat, change: EditorialChange) -> EditorialChange:
    negotiated = change.text
    with journal.writing(negotiated.floor, by=by) as floor:
        row = editorials.find_open(change)
        if timezone.now() < row.closes:
            raise Closed(f"Delegations may object until {mastheads.dated(negotiated, row.closes)}.")
        try:
            with floor.attempt():
                _apply(floor, negotiated, row)
        except RollingTextError:
            editorials.end(floor, row, State.OVERTAKEN)
    change.refresh_from_db()
    return change


def _apply(floor: Writer, negotiated: NegotiatingText, row: EditorialChange) -> None:
    edits: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for place in row.places.select_related("base", "provision__words"):
        lo, hi = sent.stand(place)
        edits[place.provision_id].append((lo, hi, place.words))
    now = proposals.present_words(edits)
    steps = [Edit(pk, ChangeSet.of(sorted(own), len(now[pk]))) for pk, own in edits.items()]
    numbers = row.kind == Kind.NUMBERING
    applied = texts.apply_steps(
        floor,
        negotiated,
        steps,
        sparing=_taking_out(edits) if numbers else (),
        speakers=_standing(negotiated) if numbers else (),
        over_agreed=True,
    )
    _record(floor, row, applied)


def _record(floor: Writer, row: EditorialChange, applied: Applied) -> None:
    provisions = sorted(edited.provision for edited in applied.edited)
    before = _relabel(provisions) if row.kind == Kind.NUMBERING else []
    now = dict(Provision.objects.filter(pk__in=provisions).values_list("pk", "label"))
    named = [(pk, now[pk]) for pk, _, _ in before]
    told = events.EditorialApplied(
        editorial=row.pk, form=row.kind, reason=row.reason, provisions=provisions, labels=named
    )
    undo = {"act": reversals.note(applied), "labels": before}
    EditorialChange.objects.filter(pk=row.pk).update(state=State.APPLIED, seq=floor.append(told), undo=undo)


def _relabel(provisions: Collection[int]) -> list[tuple[int, str, int]]:
    """Read the labels of provisions anew, and return (provision, label, its length) as they were where they changed."""
    before: list[tuple[int, str, int]] = []
    renamed: list[Provision] = []
    for row in Provision.objects.filter(pk__in=provisions).select_related("words").order_by("pk"):
        read = labels.read(row.words.content)
        now = (read.name, read.end) if read else ("", 0)
        if now != (row.label, row.label_length):
            before.append((row.pk, row.label, row.label_length))
            row.label, row.label_length = now
            renamed.append(row)
    columns.save(renamed, ["label", "label_length"])
    return before


def _taking_out(provisions: Collection[int]) -> set[int]:
    """Return the open hunks that take out whole runs of words: another number among them is no other proposal."""
    rows = Hunk.objects.filter(provision__in=provisions, outcome=Hunk.Outcome.OPEN, words="")
    return set(rows.values_list("pk", flat=True))


def _standing(negotiated: NegotiatingText) -> set[int]:
    """Return the delegations that stand on brackets of a text: a number changes nothing they stand on."""
    return set(Position.objects.filter(bracket__text=negotiated).values_list("delegation", flat=True))
