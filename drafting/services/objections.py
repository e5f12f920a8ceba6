"""Objecting to an editorial change: it is not made, and returns as substance, an open amendment the objector opposes.

The amendment is nobody's own: the secretariat proposes nothing. Whoever wants it co-sponsors it, and the chair decides
it like any other. Objecting to a question put to the room is in `askings`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec
from django.utils import timezone

from delegations.models import Delegation, Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Closed
from drafting.models import Amendment, EditorialChange, Provision, Stance
from drafting.queries import access
from drafting.queries import editorials as sent
from drafting.services import amendments, audiences, editorials, positions, speaking
from drafting.services.amendments import Lodging
from drafting.services.audiences import Audience
from drafting.services.positions import Stand
from drafting.services.proposals import Proposed
from drafting.text.changes import ChangeSet
from drafting.text.errors import RollingTextError


def object(by: Seat, change: EditorialChange, reason: str = "", on_behalf_of: Delegation | None = None) -> None:
    """Have a delegation object: the change is not made, and returns as an open amendment that it opposes.

    Words that are agreed stand as agreed, and nothing returns. Raises `Closed` when the time is over.
    """
    negotiated = access.editorial(by, change.pk).text
    delegation = speaking.speaker(by, Right.STAND, on_behalf_of)
    with audiences.of_floor(negotiated, by, [delegation]) as audience:
        row = editorials.find_open(change)
        if timezone.now() > row.closes:
            raise Closed("The time to object is over: propose a change, or ask the chair for the floor.")
        row.objection = reason.strip()[:400]
        amendment = _return(audience, row, delegation)
        row.delegation, row.amendment = delegation, amendment
        row.state = EditorialChange.State.OBJECTED
        row.withheld = audience.bureau is not None
        row.save()
        key = str(amendment.pk) if amendment else None
        told = events.EditorialObjected(
            editorial=row.pk, delegation=delegation.code, reason=row.objection, amendment=key
        )
        audience.tell(told, msgspec.structs.replace(told, delegation=None))
    change.refresh_from_db()


def _return(audience: Audience, row: EditorialChange, delegation: Delegation) -> Amendment | None:
    """Lodge the correction as an amendment of nobody's, recorded by who sent it; None where it cannot be one."""
    said = f"An editorial change ({row.get_kind_display()}) that was objected to. {row.reason} {row.objection}"
    try:
        with audience.attempt():
            lodging = Lodging((), tuple(_proposals(row)), " ".join(said.split()), from_the_floor=True, is_one=True)
            (made,) = amendments.lodge(audience, row.by, row.text, [lodging])
            stand = Stand(delegation, made.versions.get(current=True), Stance.OPPOSE)
            positions.store(audience, row.by, [stand], from_the_floor=False)
    except RollingTextError:
        return None
    return made


def _proposals(row: EditorialChange) -> Iterable[Proposed]:
    edits: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    provisions: dict[int, Provision] = {}
    for place in row.places.select_related("base", "provision__words", "provision__text"):
        edits[place.provision_id].append((*sent.stand(place), place.words))
        provisions[place.provision_id] = place.provision
    for pk, provision in provisions.items():
        content = provision.words.content
        yield Proposed(provision, ChangeSet.of(sorted(edits[pk]), len(content)).apply(content))
