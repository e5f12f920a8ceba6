"""Invents where delegations stand: who answers those that hold a bracket, who supports and opposes each amendment.

Who held a bracket when the text was opened is in `holders`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from delegations.models import Delegation
from drafting.demo import holders
from drafting.demo.people import People
from drafting.models import Amendment, AmendmentVersion, Bracket, NegotiatingText, Stance
from drafting.services import positions
from drafting.services.positions import Stand

_ON_BRACKETS = (Stance.RETAIN, Stance.RETAIN, Stance.RETAIN, Stance.DELETE, Stance.CAN_LIVE_WITH, Stance.RESERVE)
#: What is said of a bracket whose holders are known, by delegations that do not hold it.
_IN_ANSWER = (Stance.DELETE, Stance.DELETE, Stance.DELETE, Stance.CAN_LIVE_WITH, Stance.RESERVE)
_ON_VERSIONS = (Stance.SUPPORT, Stance.SUPPORT, Stance.OPPOSE, Stance.RESERVE, Stance.CANNOT_ACCEPT)


def take(chance: random.Random, seated: People, negotiated: NegotiatingText) -> None:
    """Record stances on two brackets in three and on half the open amendments, in one act."""
    speaking = seated.conference.delegations.exclude(kind=Delegation.Kind.OTHER)
    delegations = sorted(speaking, key=lambda delegation: delegation.code)
    stands = [*_on_brackets(chance, negotiated, delegations), *_on_versions(chance, negotiated, delegations)]
    positions.take_all(seated.secretary, negotiated, stands)


def _on_brackets(
    chance: random.Random, negotiated: NegotiatingText, delegations: Sequence[Delegation]
) -> Iterator[Stand]:
    speaking = {row.code: row for row in delegations}
    vocal = [speaking[code] for code in holders.VOCAL]
    rows = Bracket.objects.filter(text=negotiated, closed=False).exclude(kind=Bracket.Kind.NOTE)
    for bracket in rows.order_by("pk").prefetch_related("positions"):
        if bracket.holders_known and chance.random() < 0.45:
            holding = {row.delegation_id for row in bracket.positions.all()}
            for delegation in chance.sample(vocal, chance.choice((1, 1, 2))):
                if delegation.pk not in holding:
                    yield Stand(delegation, bracket, chance.choice(_IN_ANSWER))
        elif not bracket.holders_known and chance.random() < 0.67:
            for delegation in chance.sample(delegations, chance.choice((1, 1, 2, 3, 5))):
                yield Stand(delegation, bracket, chance.choice(_ON_BRACKETS))


def _on_versions(
    chance: random.Random, negotiated: NegotiatingText, delegations: Sequence[Delegation]
) -> Iterator[Stand]:
    versions = AmendmentVersion.objects.filter(
        amendment__text=negotiated, amendment__state=Amendment.State.OPEN, current=True
    ).select_related("amendment")
    for version in versions.order_by("amendment__number"):
        if chance.random() < 0.5:
            for delegation in chance.sample(delegations, chance.choice((1, 2, 4, 8))):
                yield Stand(delegation, version, chance.choice(_ON_VERSIONS))
