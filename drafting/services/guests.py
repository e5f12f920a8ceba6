"""Whom a draft is written together with: invited by the delegation whose draft it is; a guest may leave."""

from __future__ import annotations

from delegations.models import Delegation, Seat
from drafting import events
from drafting.errors import Closed, Forbidden, NotFound, Taken
from drafting.models import Draft
from drafting.queries import access
from drafting.services import journal


def invite(by: Seat, draft: Draft, guest: Delegation) -> None:
    """Let another delegation read and type in the draft; from then on the two see each other type."""
    access.own_draft(by, draft.pk)
    if guest.conference_id != by.conference_id:
        raise Forbidden(f"{guest.code} does not take part in this conference.")
    if guest.pk == draft.delegation_id:
        raise Taken("It is your delegation's own draft.")
    with journal.writing(draft.stream, by=by) as writer:
        row = _open(draft)
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
        row = _open(draft)
        if not row.invited.filter(pk=guest.pk).exists():
            raise NotFound(f"{guest.code} is not invited to this draft.")
        row.invited.remove(guest)
        writer.append(events.DraftUnshared(draft=str(row.pk), delegation=guest.code))


def _open(draft: Draft) -> Draft:
    """Return the draft under its stream's lock; raises `Closed` once it is submitted or discarded."""
    row = Draft.objects.filter(pk=draft.pk, submitted=False).first()
    if row is None:
        raise Closed("This draft has been submitted or discarded.")
    return row
