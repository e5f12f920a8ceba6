"""A delegation's private draft of an amendment: opened, written, shared, submitted or discarded.

A draft lives in a stream of its own and never locks the floor. Every save is a `typed` row; once the draft is
submitted or discarded those rows lose their bodies and the working text its words: what was submitted belongs to the
amendment, and everything written before is gone for good.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from delegations.models import Delegation, Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Closed, Forbidden, NotFound, StaleVersion, Taken
from drafting.models import Amendment, Draft, Provision, Stream, WorkingText
from drafting.queries import access, histories
from drafting.services import amendments, basetexts, journal, proposals, signoffs, speaking, sponsors
from drafting.services.amendments import Lodging
from drafting.services.audiences import Audience
from drafting.services.journal import Writer
from drafting.services.proposals import Proposed
from drafting.text import pairing, readings, rebasing
from drafting.text.changes import ChangeSet

_SUBMITTED = "The draft was submitted; its keystrokes are nobody's business."
_DISCARDED = "The draft was discarded."


@dataclass(frozen=True, slots=True)
class Wording:
    """Words for a provision, or for a new one after it, with their rationale: a draft to be opened."""

    provision: Provision
    words: str
    rationale: str = ""
    inserts_after: bool = False


def open(by: Seat, provision: Provision, *, inserts_after: bool = False, rationale: str = "") -> Draft:
    """Open a private draft on a provision: its words are the floor's, or none for a new provision after it."""
    _check(by, provision)
    with journal.writing(_stream(by, provision), by=by) as writer:
        return _begin(writer, by, provision, inserts_after=inserts_after, rationale=rationale)


def open_all(by: Seat, wordings: Sequence[Wording]) -> list[Draft]:
    """Open a private draft with its words for each of `wordings`, in their order: all of them, or on refusal none."""
    wanted = [proposals.clean(one.words) for one in wordings]
    for one in wordings:
        _check(by, one.provision)
    found = []
    with journal.writing_all([_stream(by, one.provision) for one in wordings], by=by) as writers:
        for writer, one, words in zip(writers, wordings, wanted, strict=True):
            draft = _begin(writer, by, one.provision, inserts_after=one.inserts_after, rationale=one.rationale)
            if words != draft.words.content:
                _type(writer, draft.words, words)
            found.append(draft)
    return found


def save(by: Seat, draft: Draft, words: str, *, rev: int | None = None, rationale: str | None = None) -> Draft:
    """Write the draft's words anew and return it; `rev` is the revision they were written on.

    Where a colleague wrote meanwhile the two are merged; where they cannot be, raises `StaleVersion` with both texts.
    """
    access.draft(by, draft.pk)
    wanted = proposals.clean(words)
    with journal.writing(draft.stream, by=by) as writer:
        row = _locked(draft.pk)
        if rev is not None and rev != row.words.rev:
            wanted = _merge(row.words, wanted, rev)
        if wanted != row.words.content:
            _type(writer, row.words, wanted)
        if rationale is not None:
            row.rationale = rationale
            row.save(update_fields=["rationale"])
    return row


def submit(by: Seat, draft: Draft) -> Amendment:
    """Submit the draft: one amendment on the floor with its last words; all that was typed before is erased.

    Nothing happens where the amendment is refused: the draft stays as it is. Its guests are invited to co-sponsor.
    """
    access.own_draft(by, draft.pk)
    signoffs.require(by)
    negotiated = draft.text
    streams = [draft.stream, negotiated.floor]
    if not negotiated.conference.attribution_shown:
        streams.append(negotiated.bureau)
    with journal.writing_all(streams, by=by) as (own, *others):
        row = _locked(draft.pk)
        proposed = Proposed(row.provision, row.words.content, row.base.content, row.inserts_after)
        lodging = Lodging((row.delegation,), (proposed,), row.rationale)
        lodged = amendments.lodge(Audience(*others), by, negotiated, [lodging])[0]
        own.append(events.DraftSubmitted(draft=str(row.pk), amendment=str(lodged.pk)))
        _erase(own, row.words, _SUBMITTED)
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
        _erase(writer, row.words, _DISCARDED)
        row.delete()


def invite(by: Seat, draft: Draft, guest: Delegation) -> None:
    """Let another delegation read and type in the draft; from then on the two see each other type."""
    access.own_draft(by, draft.pk)
    if guest.conference_id != by.conference_id:
        raise Forbidden(f"{guest.code} does not take part in this conference.")
    if guest.pk == draft.delegation_id:
        raise Taken("It is your delegation's own draft.")
    with journal.writing(draft.stream, by=by) as writer:
        row = _locked(draft.pk)
        if row.invited.filter(pk=guest.pk).exists():
            raise Taken(f"{guest.code} is invited already.")
        row.invited.add(guest)
        writer.append(events.DraftShared(draft=str(row.pk), delegation=guest.code))


def uninvite(by: Seat, draft: Draft, guest: Delegation) -> None:
    """Take the invitation back: for the guest the draft does not exist any more. A guest may leave in the same way."""
    if by.delegation_id != guest.pk:
        access.own_draft(by, draft.pk)
    access.draft(by, draft.pk)
    with journal.writing(draft.stream, by=by) as writer:
        row = _locked(draft.pk)
        if not row.invited.filter(pk=guest.pk).exists():
            raise NotFound(f"{guest.code} is not invited to this draft.")
        row.invited.remove(guest)
        writer.append(events.DraftUnshared(draft=str(row.pk), delegation=guest.code))


def _check(by: Seat, provision: Provision) -> None:
    access.floor(by, provision.text)
    access.require(by, Right.PROPOSE)
    proposals.refuse_retired(provision)


def _stream(by: Seat, provision: Provision) -> Stream:
    conference = provision.text.conference
    return Stream(kind=Stream.Kind.DRAFT, conference=conference, delegation=speaking.own_delegation(by))


def _begin(writer: Writer, by: Seat, provision: Provision, *, inserts_after: bool, rationale: str) -> Draft:
    """Store a draft with the words it begins with."""
    content = "" if inserts_after else provision.words.content
    basetexts.keep([content])
    words = WorkingText.objects.create(stream=writer.stream, content=content)
    _note_brackets(words)
    draft = Draft.objects.create(
        stream=writer.stream,
        text=provision.text,
        delegation=speaking.own_delegation(by),
        provision=provision,
        inserts_after=inserts_after,
        base_id=basetexts.digest(content),
        words=words,
        rationale=rationale,
    )
    opened = events.DraftOpened(
        draft=str(draft.pk), provision=provision.pk, content=content, inserts_after=inserts_after
    )
    writer.append(opened)
    return draft


def _locked(pk: UUID) -> Draft:
    """Return the draft as it is under its stream's lock."""
    row = Draft.objects.select_related("words", "base", "provision__words", "delegation").filter(pk=pk).first()
    if row is None or row.submitted:
        raise Closed("This draft has been submitted or discarded.")
    return row


def _merge(words: WorkingText, wanted: str, rev: int) -> str:
    before = histories.draft_at(words, rev)
    outcome = rebasing.rebase(before, wanted, words.content)
    if outcome.status == "flagged":
        raise StaleVersion(
            "A colleague changed the same words meanwhile. Yours are kept: compare, and save again.",
            words=wanted,
            current=words.content,
            rev=words.rev,
        )
    return outcome.text


def _type(writer: Writer, words: WorkingText, wanted: str) -> None:
    changes = _changes(words.content, wanted)
    before, words.content = words.content, wanted
    words.rev += 1
    _note_brackets(words)
    writer.append(events.Typed(text=str(words.pk), provision=None, rev=words.rev, changes=changes.to_json(before)))


def _changes(old: str, new: str) -> ChangeSet:
    found: list[tuple[int, int, str]] = []
    at = 0
    for run in readings.comparison(old, new):
        if run.kind == "inserted":
            found.append((at, at, run.text))
            continue
        if run.kind == "deleted":
            found.append((at, at + len(run.text), ""))
        at += len(run.text)
    return ChangeSet.of(found, len(old))


def _note_brackets(words: WorkingText) -> None:
    words.closers, words.openers = pairing.residue(words.content)
    words.save(update_fields=["content", "rev", "closers", "openers"])


def _erase(writer: Writer, words: WorkingText, reason: str) -> None:
    words.content, words.closers, words.openers = "", 0, 0
    words.save(update_fields=["content", "closers", "openers"])
    journal.erase_in(writer, "typed", reason)
