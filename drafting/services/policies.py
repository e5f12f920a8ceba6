"""What a conference adopts as its policies, and what they settle: decisions marked *policy*, listed and taken back."""

from __future__ import annotations

from django.utils import timezone

from delegations.models import Conference, Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Forbidden
from drafting.models import Adoption, Decision, NegotiatingText
from drafting.queries import access, triage
from drafting.queries import policies as adopted
from drafting.services import bulk, journal, seats
from drafting.services.bulk import Place, Settled
from drafting.text.triage import Likeness

_UNCONTESTED = frozenset({Likeness.ALONE, Likeness.IDENTICAL})


def adopt(by: Seat, policy: str, *, value: bool, forum: str = "") -> Adoption:
    """Switch a policy of the conference on or off; `forum` names the room that adopted it and when, if one did.

    Everybody on the floor of its texts is told. What was decided before stands as it was decided.
    """
    access.require(by, Right.ISSUE)
    adopted.title(policy)
    floors = [text.floor for text in access.texts(by).order_by("pk")]
    told = events.PolicyAdopted(policy=policy, value=value, forum=forum.strip()[:120])
    with journal.writing_all([seats.stream(by.conference), *floors], by=by) as writers:
        Conference.objects.filter(pk=by.conference_id).update(**{policy: value})
        row = Adoption.objects.create(
            conference=by.conference, policy=policy, value=value, forum=told.forum, by=by, at=timezone.now()
        )
        for writer in writers:
            writer.append(told)
    setattr(by.conference, policy, value)
    return row


def admit_unopposed(by: Seat, negotiated: NegotiatingText, *, seen: int | None = None) -> Settled:
    """Accept every proposal that nothing competes with and nobody is against; flagged and kept ones are left alone.

    Each decision names the room that adopted the policy. Raises `Forbidden` where it is not in force. Safe to run
    twice: what went in is no longer open.
    """
    found = triage.sorted_out(by, negotiated, counted=True)
    if not Conference.objects.get(pk=negotiated.conference_id).unopposed_go_in:
        raise Forbidden("It is not a policy of this conference that unopposed proposals go in: adopt it first.")
    places = [
        Place(row.address, hunks=row.hunks)
        for row in found.clusters
        if row.likeness in _UNCONTESTED and not row.rivals and not row.is_flagged and not (row.backing or (0, 0))[1]
    ]
    return bulk.decide(
        by,
        negotiated,
        Decision.Act.ACCEPT,
        Decision.Authority.POLICY,
        places,
        reason="Unopposed proposals go in.",
        forum=adopted.forum(negotiated.conference, "unopposed_go_in"),
        seen=found.seq if seen is None else seen,
    )
