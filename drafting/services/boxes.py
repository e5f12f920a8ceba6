"""Notes and explanatory boxes by officers: found in the words, written, reworded, kept or left out, taken back.

None of it changes a word of the text. A note that is in the text stays in it; left out of a revision it is not printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Closed, EmptyChange, Forbidden, NotFound, Retired, TooLong
from drafting.models import Annotation, NegotiatingText, Provision, Revision
from drafting.queries import access, mandates
from drafting.queries.snapshots import Snapshot
from drafting.services import journal
from drafting.services.journal import Writer
from drafting.text import annotations as officers
from drafting.text import tokens
from drafting.text.errors import ActRefused

#: Code points of one note.
LONGEST = 4_000
#: What one who did not say in whose name is called in print, by role.
OFFICERS = {"chair": "the Chair", "facilitator": "the facilitator", "secretariat": "the secretariat"}


def write(
    by: Seat, provision: Provision, words: str, *, place: str = "after", form: str = "note", officer: str = ""
) -> Annotation:
    """Set a note or box by an officer before or after a standing provision; `officer` is in whose name.

    Raises `EmptyChange` without words, `TooLong` past 4,000 characters, `Retired` at a provision taken out.
    """
    require(by, provision)
    if place not in (Annotation.Place.BEFORE, Annotation.Place.AFTER) or form not in Annotation.Form.values:
        raise NotFound("A note or a box stands before or after a provision.")
    words, name = _said(words), officer.strip()[:80] or OFFICERS[by.role]
    with journal.writing(provision.text.floor, by=by) as floor:
        if Provision.objects.get(pk=provision.pk).retired:
            raise Retired(f"{provision.address} was taken out: set the note beside a provision that stands.")
        row = Annotation(provision=provision, place=place, form=form, officer=name, words=words, by=by)
        _make(floor, row)
    return row


def reword(by: Seat, row: Annotation, words: str) -> None:
    """Write a note anew; of one that is in the text the words are changed like any others."""
    _require_own(by, row)
    if row.place == Annotation.Place.HERE:
        raise ActRefused("This note is in the text: its words are changed there, as all words are.")
    words = _said(words)
    with journal.writing(row.provision.text.floor, by=by) as floor:
        if not Annotation.objects.filter(pk=row.pk, struck=False).update(words=words):
            raise Closed("This note was taken back meanwhile.")
        floor.append(events.AnnotationReworded(annotation=row.pk, provision=row.provision_id, words=words))


def choose(by: Seat, row: Annotation, *, kept: bool) -> None:
    """Print a note in the revision being prepared, or leave it out; the choice stands until it is made anew.

    Raises `ActRefused` for words of the text that are no note as they stand, or hold one bracket of a pair.
    """
    require(by, row.provision)
    with journal.writing(row.provision.text.floor, by=by) as floor:
        words = Provision.objects.values_list("words__content", flat=True).get(pk=row.provision_id)
        if not kept and row.place == Annotation.Place.HERE and not officers.may_be_left_out(words):
            raise ActRefused(
                f"{row.provision.address} is not a note by itself as it stands: words of the text are always printed."
            )
        if not Annotation.objects.filter(pk=row.pk, struck=False).exclude(kept=kept).update(kept=kept):
            raise Closed("This note was chosen so already, or taken back.")
        floor.append(events.AnnotationChosen(annotation=row.pk, provision=row.provision_id, kept=kept))


def strike(by: Seat, row: Annotation) -> None:
    """Take a note back; of one that is in the text it says that these words are no note. `restore` puts it back."""
    _turn(by, row, struck=True, event=events.AnnotationStruck, refusal="This note was taken back already.")


def restore(by: Seat, row: Annotation) -> None:
    """Put back a note that was taken back."""
    _turn(by, row, struck=False, event=events.AnnotationRestored, refusal="This note stands already.")


def _turn(
    by: Seat,
    row: Annotation,
    *,
    struck: bool,
    event: type[events.AnnotationStruck | events.AnnotationRestored],
    refusal: str,
) -> None:
    _require_own(by, row)
    with journal.writing(row.provision.text.floor, by=by) as floor:
        if not Annotation.objects.filter(pk=row.pk, struck=not struck).update(struck=struck):
            raise Closed(refusal)
        floor.append(event(annotation=row.pk, provision=row.provision_id))


def find(by: Seat, negotiated: NegotiatingText) -> int:
    """List the provisions whose words are a note or box and are not listed yet; return how many there were."""
    access.floor(by, negotiated)
    access.require(by, Right.RECORD)
    access.whole(by)
    with journal.writing(negotiated.floor, by=by) as floor:
        rows = negotiated.provisions.filter(retired=False).select_related("words")
        return note(floor, by, rows.exclude(annotations__place=Annotation.Place.HERE).order_by("order"))


def note(floor: Writer, by: Seat, rows: Iterable[Provision]) -> int:
    """List, inside an open act, those of the provisions whose words are a note or box; return how many."""
    count = 0
    for row in rows:
        found = officers.whole(row.words.content)
        if found is not None:
            form = Annotation.Form.BOX if found.kind is officers.AnnotationKind.BOX else Annotation.Form.NOTE
            _make(floor, Annotation(provision=row, place=Annotation.Place.HERE, form=form, officer=found.by, by=by))
            count += 1
    return count


def printed(taken: Snapshot) -> list[int]:
    """Return the notes, by id, that are printed in a text."""
    return [note.id for note in taken.annotations if note.kept]


def enter(issued: Revision, notes: Sequence[int]) -> None:
    """Say of notes that they are printed in a revision, inside the act that issues it; one statement."""
    entry = Annotation.kept_in.through
    entry.objects.bulk_create([entry(annotation_id=note, revision_id=issued.pk) for note in notes])


def require(by: Seat, provision: Provision) -> None:
    """Refuse whoever is no officer, and a facilitator outside its mandates."""
    access.floor(by, provision.text)
    access.require(by, Right.RECORD)
    access.within(by, provision.text, [provision.pk])


def _require_own(by: Seat, row: Annotation) -> None:
    require(by, row.provision)
    if row.by_id != by.pk and (mandates.is_limited(by) or not by.may(Right.DECIDE)):
        raise Forbidden("This is another officer's note: its author or the chair takes it back.")


def _make(floor: Writer, row: Annotation) -> None:
    row.at = timezone.now()
    row.save(force_insert=True)
    floor.append(
        events.AnnotationMade(
            annotation=row.pk,
            provision=row.provision_id,
            place=str(row.place),
            form=str(row.form),
            officer=row.officer,
            words=row.words,
        )
    )


def _said(words: str) -> str:
    found = tokens.normalise(words).strip()
    if not found:
        raise EmptyChange("Write what the note says.")
    if len(found) > LONGEST:
        raise TooLong(f"A note has {LONGEST:,} characters at most.")
    return found
