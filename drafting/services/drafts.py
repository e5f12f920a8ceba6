"""A delegation's private draft of an amendment: opened, written, widened, submitted or discarded.

A draft spans one provision or several, lives in a stream of its own and never locks the floor. Every save is a `typed`
row; once the draft is submitted or discarded those rows lose their bodies and its texts their words: what was submitted
belongs to the amendment, and everything written before is gone for good. With whom it is shared is in `guests`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Closed, EmptyChange, NotFound
from drafting.models import Amendment, Draft, DraftPart, Provision, Stream
from drafting.queries import access
from drafting.services import amendments, draft_texts, journal, proposals, restructuring, signoffs, speaking, sponsors
from drafting.services.amendments import Lodging
from drafting.services.audiences import Audience
from drafting.services.draft_texts import Wording
from drafting.services.journal import Writer
from drafting.services.restructuring import Restructuring

_SUBMITTED = "The draft was submitted; its keystrokes are nobody's business."
_DISCARDED = "The draft was discarded."
_NARROWED = "The provision was taken out of the draft."


@dataclass(frozen=True, slots=True)
class Written:
    """Words for one text of a draft, by its id; `rev` is the revision they were written on."""

    text: UUID
    words: str
    rev: int | None = None


def open(by: Seat, provision: Provision, *, inserts_after: bool = False, rationale: str = "") -> Draft:
    """Open a private draft on a provision: its words are the floor's, or none for a new provision after it."""
    return open_one(by, [Wording(provision, inserts_after=inserts_after)], Draft(rationale=rationale))


def open_one(by: Seat, wordings: Sequence[Wording], draft: Draft) -> Draft:
    """Open one private draft over all of `wordings`; `draft` holds its rationale, op and language."""
    _check(by, wordings)
    with journal.writing(_stream(by, wordings[0].provision), by=by) as writer:
        return _begin(writer, by, wordings, draft)


def open_all(by: Seat, wordings: Sequence[Wording]) -> list[Draft]:
    """Open a private draft with its words for each of `wordings`, in their order: all of them, or on refusal none."""
    for one in wordings:
        _check(by, [one])
    with journal.writing_all([_stream(by, one.provision) for one in wordings], by=by) as writers:
        pairs = zip(writers, wordings, strict=True)
        return [_begin(writer, by, [one], Draft(rationale=one.rationale)) for writer, one in pairs]


def save(by: Seat, draft: Draft, written: Iterable[Written], *, rationale: str | None = None) -> Draft:
    """Write parts of the draft anew, all of them or on refusal none, and return it.

    Where a colleague wrote meanwhile the two are merged; where they cannot be, raises `StaleVersion` with both texts.
    """
    access.draft(by, draft.pk)
    wanted = [(one, proposals.clean(one.words)) for one in written]
    with journal.writing(draft.stream, by=by) as writer:
        row = _locked(draft.pk)
        found = {part.words_id: part for part in draft_texts.parts(row)}
        for one, words in wanted:
            if one.text not in found:
                raise Closed(
                    "A colleague took this provision out of the draft meanwhile: copy your words.", words=words
                )
            draft_texts.write(writer, found[one.text].words, words, one.rev)
        if rationale is not None:
            row.rationale = rationale
            row.save(update_fields=["rationale"])
    return row


def widen(by: Seat, draft: Draft, wording: Wording) -> DraftPart:
    """Take another provision, or a new one after it, into the draft; whoever types in it may."""
    access.draft(by, draft.pk)
    _check(by, [wording])
    with journal.writing(draft.stream, by=by) as writer:
        row = _locked(draft.pk)
        if wording.provision.text_id != row.text_id:
            raise NotFound("It is a provision of another text.")
        _refuse_twice([*(part.provision_id for part in row.parts.filter(inserts_after=False))], [wording])
        return draft_texts.begin(writer, row, wording, is_first=False)


def narrow(by: Seat, draft: Draft, text: UUID) -> None:
    """Take a provision, named by its text, out of the draft and erase what was typed there; its own delegation may."""
    access.own_draft(by, draft.pk)
    with journal.writing(draft.stream, by=by) as writer:
        row = _locked(draft.pk)
        found = {one.words_id: one for one in draft_texts.parts(row)}
        if text not in found:
            raise NotFound("This provision is not in the draft.")
        if len(found) == 1:
            raise EmptyChange("It is the only provision of the draft: discard the draft instead.")
        gone = found[text]
        writer.append(events.DraftNarrowed(draft=str(row.pk), text=str(gone.words_id), provision=gone.provision_id))
        draft_texts.erase(writer, gone, _NARROWED)
        gone.delete()


def whole(draft: Draft) -> Restructuring:
    """Return what the draft proposes now; provisions left as they stand propose nothing."""
    what = restructuring.in_words([draft_texts.proposed(part) for part in draft_texts.parts(draft)])
    op = what.op if draft.op == Amendment.Op.REPLACE else draft.op
    return Restructuring(op, what.proposed, draft.is_one)


def submit(by: Seat, draft: Draft) -> Amendment:
    """Submit the draft: one amendment on the floor with its last words; all that was typed before is erased.

    The other end of a bracket that would lose its partner is taken in. Nothing happens where the amendment is refused:
    the draft stays as it is. Its guests are invited to co-sponsor.
    """
    access.own_draft(by, draft.pk)
    signoffs.require(by)
    negotiated = draft.text
    streams = [draft.stream, negotiated.floor]
    if not negotiated.conference.attribution_shown:
        streams.append(negotiated.bureau)
    with journal.writing_all(streams, by=by) as (own, *others):
        row = _locked(draft.pk)
        lodged = amendments.lodge(Audience(*others), by, negotiated, [_lodging(row)])[0]
        own.append(events.DraftSubmitted(draft=str(row.pk), amendment=str(lodged.pk)))
        for part in draft_texts.parts(row):
            draft_texts.erase(own, part, _SUBMITTED)
        row.submitted, row.rationale = True, ""
        row.save(update_fields=["submitted", "rationale"])
    for guest in row.invited.order_by("code"):
        sponsors.invite(by, lodged.versions.get(current=True), guest)
    return lodged


def discard(by: Seat, draft: Draft) -> None:
    """Discard the draft and erase all that was typed in it."""
    access.own_draft(by, draft.pk)
    with journal.writing(draft.stream, by=by) as writer:
        row = _locked(draft.pk)
        writer.append(events.DraftDiscarded(draft=str(row.pk)))
        for part in draft_texts.parts(row):
            draft_texts.erase(writer, part, _DISCARDED)
        row.delete()


def _check(by: Seat, wordings: Sequence[Wording]) -> None:
    if not wordings:
        raise EmptyChange("A draft needs a provision.")
    for one in wordings:
        access.floor(by, one.provision.text)
        access.require(by, Right.PROPOSE)
        proposals.refuse_retired(one.provision)
        one.cleaned()
    if len({one.provision.text_id for one in wordings}) > 1:
        raise NotFound("The provisions of a draft are of one text.")
    _refuse_twice([], wordings)


def _refuse_twice(held: Iterable[int], wordings: Iterable[Wording]) -> None:
    changed = [*held, *(one.provision.pk for one in wordings if not one.inserts_after)]
    if len(set(changed)) < len(changed):
        raise EmptyChange("This provision is in the draft already: put both changes into one wording.")


def _stream(by: Seat, provision: Provision) -> Stream:
    conference = provision.text.conference
    return Stream(kind=Stream.Kind.DRAFT, conference=conference, delegation=speaking.own_delegation(by))


def _begin(writer: Writer, by: Seat, wordings: Sequence[Wording], draft: Draft) -> Draft:
    """Store a draft with the words it begins with."""
    draft.stream, draft.text = writer.stream, wordings[0].provision.text
    draft.delegation = speaking.own_delegation(by)
    draft.save(force_insert=True)
    for n, one in enumerate(wordings):
        draft_texts.begin(writer, draft, one, is_first=n == 0)
    return draft


def _lodging(row: Draft) -> Lodging:
    what = whole(row)
    if not row.language:
        what = restructuring.take_in(row.text, what)
    return Lodging(
        (row.delegation,), what.proposed, row.rationale, op=what.op, is_one=what.is_one, language=row.language
    )


def _locked(pk: UUID) -> Draft:
    """Return the draft as it is under its stream's lock."""
    row = Draft.objects.select_related("text", "delegation").filter(pk=pk).first()
    if row is None or row.submitted:
        raise Closed("This draft has been submitted or discarded.")
    return row
