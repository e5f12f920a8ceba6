"""Sign-off: a delegation may have its head see a proposal before it reaches the floor. Most do not want that."""

from __future__ import annotations

from delegations.models import Delegation, Seat
from delegations.roles import Right, Role
from drafting import events
from drafting.errors import Forbidden, SignOffNeeded
from drafting.models import Draft
from drafting.queries import access
from drafting.services import confidences, journal, speaking


def want(by: Seat, *, wanted: bool) -> None:
    """Say whether the head signs proposals of the delegation off; the head's to say."""
    own = speaking.own_delegation(by)
    if by.role != Role.HEAD or not by.may(Right.PROPOSE):
        raise Forbidden("Whether proposals are signed off is for the head of the delegation to say.")
    with confidences.of_delegation(own, by) as told:
        own.signs_off = wanted
        own.save(update_fields=["signs_off"])
        told.append(events.SignOffRequired(delegation=own.code, wanted=wanted))


def require(by: Seat) -> None:
    """Raise `SignOffNeeded` where the seat's delegation has its head sign off, and this is not the head."""
    own = speaking.own_delegation(by)
    wanted = Delegation.objects.filter(pk=own.pk, signs_off=True).exists()
    if wanted and by.role != Role.HEAD:
        raise SignOffNeeded(
            f"The head of {own.code} signs proposals off: save your words as a private draft and ask for it there."
        )


def ask(by: Seat, draft: Draft, *, asked: bool = True) -> None:
    """Send a draft to the head for sign-off, or, with `asked` false, give it back to those who write it."""
    access.draft(by, draft.pk)
    if draft.delegation_id != by.delegation_id:
        raise Forbidden("A draft is signed off in the delegation whose it is.")
    with journal.writing(draft.stream, by=by) as writer:
        draft.asked = asked
        draft.save(update_fields=["asked"])
        writer.append(events.SignOffAsked(draft=str(draft.pk), asked=asked))
