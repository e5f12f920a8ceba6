"""The pen of a provision goes from hand to hand by the chair's leave, and stops when it is taken back."""

from __future__ import annotations

import pytest

from delegations.models import Delegation
from drafting.errors import Forbidden, NotFound, Taken
from drafting.models import NegotiatingText, Pen
from drafting.services import handovers, pen_sessions, typing
from drafting.services.typing import Ack, Nack, Op, Part
from tests import factories, replay
from tests.cast import Cast

BASE = "Each Party shall act."


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, BASE, "Nobody sleeps.")


@pytest.fixture
def norway(cast: Cast) -> Delegation:
    assert cast.norway.delegation is not None
    return cast.norway.delegation


def typed(cast: Cast, text: NegotiatingText, words: str, n: int = 1) -> Ack | Nack:
    provision = factories.provision(text)
    rev, length = provision.words.rev, len(provision.words.content)
    part = Part(provision.words_id, rev, [length, [0, words]])
    (answer,) = typing.apply(text.floor, [Op(cast.norway.pk, "norway", 0, n, [part])])
    return answer


def test_who_has_been_handed_the_pen_types_in_that_provision_alone(
    cast: Cast, text: NegotiatingText, norway: Delegation
) -> None:
    with replay.verified(text):
        handovers.hand(cast.chair, factories.provision(text), norway)
        pen_sessions.take(cast.norway, factories.provision(text).words_id, "KEN")
    assert isinstance(typed(cast, text, " Now."), Ack)
    assert factories.words(text)[0] == f"{BASE}[ Now.]"
    with pytest.raises(Forbidden):
        pen_sessions.take(cast.norway, factories.provision(text, "2").words_id, "NOR")


def test_taken_back_it_writes_no_more_and_what_was_typed_is_sealed(
    cast: Cast, text: NegotiatingText, norway: Delegation
) -> None:
    handovers.hand(cast.chair, factories.provision(text), norway)
    pen = pen_sessions.take(cast.norway, factories.provision(text).words_id, "NOR")
    typed(cast, text, " Now.")
    with replay.verified(text):
        handovers.take_back(cast.chair, factories.provision(text), norway)
    refused = typed(cast, text, " Late.", n=2)
    assert isinstance(refused, Nack)
    assert refused.code == "forbidden"
    sealed = Pen.objects.get(pk=pen.pk)
    assert sealed.closed is not None
    assert sealed.amendment == text.amendments.get()


def test_it_is_handed_once_and_taken_back_once(cast: Cast, text: NegotiatingText, norway: Delegation) -> None:
    handovers.hand(cast.chair, factories.provision(text), norway)
    with pytest.raises(Taken):
        handovers.hand(cast.chair, factories.provision(text), norway)
    handovers.take_back(cast.norway, factories.provision(text), norway)
    with pytest.raises(NotFound):
        handovers.take_back(cast.chair, factories.provision(text), norway)


def test_nobody_hands_it_on(cast: Cast, text: NegotiatingText, norway: Delegation) -> None:
    assert cast.kenya.delegation is not None
    handovers.hand(cast.chair, factories.provision(text), norway)
    with pytest.raises(Forbidden):
        handovers.hand(cast.norway, factories.provision(text), cast.kenya.delegation)
    with pytest.raises(Forbidden):
        handovers.take_back(cast.kenya, factories.provision(text), norway)


def test_it_is_handed_to_delegations_of_the_conference_alone(cast: Cast, text: NegotiatingText) -> None:
    assert cast.stranger.delegation is not None
    with pytest.raises(Forbidden, match="does not take part"):
        handovers.hand(cast.chair, factories.provision(text), cast.stranger.delegation)
