"""What a conference's policy settles, as decisions marked *policy*: listed, and taken back alone or all together."""

from __future__ import annotations

from delegations.models import Seat
from drafting.models import Decision, NegotiatingText
from drafting.queries import triage
from drafting.services import bulk
from drafting.services.bulk import Place, Settled
from drafting.text.triage import Likeness

_UNCONTESTED = frozenset({Likeness.ALONE, Likeness.IDENTICAL})


def admit_unopposed(by: Seat, negotiated: NegotiatingText, *, forum: str = "", seen: int | None = None) -> Settled:
    """Accept every proposal that nothing competes with and nobody is against; flagged and kept ones are left alone.

    `forum` names where the conference adopted the policy. Safe to run twice: what went in is no longer open.
    """
    found = triage.sorted_out(by, negotiated, counted=True)
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
        forum=forum,
        seen=found.seq if seen is None else seen,
    )
