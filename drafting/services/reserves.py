"""Reserves on words, a provision, a chapter or the whole text: entered, confirmed and lifted.

Stances on one bracket or one version are in `positions`.
"""

from __future__ import annotations

from django.utils import timezone

from delegations.models import Delegation, Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Closed, Forbidden, NotFound, Taken
from drafting.models import NegotiatingText, Provision, Reserve
from drafting.queries import access
from drafting.services import audiences, proposals, speaking

Scope = Reserve.Scope

#: Characters of words that a reserve may quote.
MOST_WORDS = 400


def enter(
    by: Seat,
    negotiated: NegotiatingText,
    scope: str,
    *,
    provision: Provision | None = None,
    words: str = "",
    kind: str = Reserve.Kind.GENERAL,
    on_behalf_of: Delegation | None = None,
) -> Reserve:
    """Enter a reserve for the seat's delegation, or for the one that spoke, and return it.

    On `words` they are quoted as they stand in the provision; on a chapter, `provision` is any of the chapter.
    """
    access.floor(by, negotiated)
    delegation = speaking.speaker(by, Right.STAND, on_behalf_of)
    where = None if scope == Scope.TEXT else provision
    quoted = proposals.clean(words).strip() if scope == Scope.WORDS else ""
    _check(negotiated, scope, where, quoted)
    with audiences.of_floor(negotiated, by, [delegation]) as audience:
        same = {"scope": scope, "provision": where, "words": quoted, "delegation": delegation, "lifted": None}
        if negotiated.reserves.filter(**same).exists():
            raise Taken(f"{delegation.code} has this reserve already.")
        row = Reserve.objects.create(
            text=negotiated,
            delegation=delegation,
            scope=scope,
            kind=kind,
            provision=where,
            words=quoted,
            recorder=by,
            from_the_floor=on_behalf_of is not None,
            withheld=audience.bureau is not None,
            taken=timezone.now(),
        )
        audience.tell(_entered(row, delegation.code), _entered(row, None))
    return row


def confirm(by: Seat, reserve: Reserve) -> None:
    """Confirm a reserve recorded from the floor, by the delegation whose it is: it is its own from then on."""
    delegation = _whose(by, reserve)
    with audiences.of_floor(reserve.text, by, [delegation]) as audience:
        row = _standing(reserve)
        if not row.from_the_floor:
            raise Taken("This reserve is your own already.")
        row.from_the_floor, row.recorder, row.withheld = False, by, audience.bureau is not None
        row.save(update_fields=["from_the_floor", "recorder", "withheld"])
        audience.tell(_entered(row, delegation.code), _entered(row, None))


def lift(by: Seat, reserve: Reserve, on_behalf_of: Delegation | None = None) -> None:
    """Lift a reserve, by the delegation whose it is."""
    delegation = _whose(by, reserve, on_behalf_of)
    with audiences.of_floor(reserve.text, by, [delegation]) as audience:
        row = _standing(reserve)
        row.lifted = reserve.lifted = timezone.now()
        row.save(update_fields=["lifted"])
        named = events.ReserveLifted(reserve=row.pk, delegation=delegation.code, provision=row.provision_id)
        unnamed = events.ReserveLifted(reserve=row.pk, delegation=None, provision=row.provision_id)
        audience.tell(named, unnamed)


def _whose(by: Seat, reserve: Reserve, on_behalf_of: Delegation | None = None) -> Delegation:
    """Return the delegation that acts, where the reserve is its own."""
    delegation = speaking.speaker(by, Right.STAND, on_behalf_of)
    access.floor(by, reserve.text)
    if reserve.delegation_id != delegation.pk:
        raise NotFound("There is no such reserve of your delegation.")
    return delegation


def _standing(reserve: Reserve) -> Reserve:
    """Return the reserve as it is under the floor's lock, unless it is lifted."""
    row = Reserve.objects.get(pk=reserve.pk)
    if row.lifted is not None:
        raise Closed("This reserve is lifted already.")
    return row


def _check(negotiated: NegotiatingText, scope: str, provision: Provision | None, quoted: str) -> None:
    if scope not in Scope.values:
        raise NotFound("A reserve is on words, a provision, its chapter or the whole text.")
    if scope != Scope.TEXT and (provision is None or provision.text_id != negotiated.pk):
        raise NotFound("Say on which provision the reserve is.")
    if scope == Scope.CHAPTER and provision is not None and not provision.article:
        raise NotFound("This provision stands in no chapter: reserve on the provision itself.")
    if scope == Scope.WORDS and provision is not None:
        if not quoted:
            raise NotFound("Copy the words the reserve is on.")
        if len(quoted) > MOST_WORDS:
            raise Forbidden("These are too many words: reserve on the provision itself.")
        if quoted not in provision.words.content:
            raise NotFound("These words do not stand in the provision: copy them exactly as they are.")


def _entered(row: Reserve, delegation: str | None) -> events.ReserveTaken:
    return events.ReserveTaken(
        reserve=row.pk,
        delegation=delegation,
        scope=str(row.scope),
        form=str(row.kind),
        provision=row.provision_id,
        words=row.words,
        from_the_floor=row.from_the_floor,
    )
