"""What was recorded from the floor for a delegation is withdrawn or corrected by it, though it stands in brackets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drafting.errors import Closed
from drafting.models import Amendment, NegotiatingText, Position
from drafting.services import amendments, decisions, interventions, pen_sessions, typing, versions
from drafting.services.proposals import Proposed
from tests import factories, replay
from tests.cast import Cast
from tests.services.test_typing import op, take


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, "Parties shall act.")


def say(cast: Cast, text: NegotiatingText) -> Amendment:
    interventions.record(cast.secretary, factories.provision(text), "NOR after shall insert jointly")
    return Amendment.objects.get()


def write(cast: Cast, text: NegotiatingText) -> Amendment:
    take(cast.secretary, text, whom="NOR")
    typing.apply(text.floor, [op(text, cast.secretary, [13, [0, " jointly"], 5])])
    pen_sessions.lay_down(cast.secretary, factories.provision(text).words.pk)
    return Amendment.objects.get()


@pytest.mark.parametrize("record", [say, write])
def test_whoever_withdraws_it_holds_its_brackets_no_longer_and_the_words_stay(
    cast: Cast, text: NegotiatingText, record: Callable[[Cast, NegotiatingText], Amendment]
) -> None:
    amendment = record(cast, text)
    words = factories.words(text)
    assert Position.objects.filter(bracket__isnull=False).count() == 1
    with replay.verified(text):
        amendments.withdraw(cast.norway, amendment)
    assert Amendment.objects.get().state == Amendment.State.WITHDRAWN
    assert factories.words(text) == words
    assert not Position.objects.exists()


def test_whoever_corrects_it_lodges_other_words_and_holds_the_recorded_ones_no_longer(
    cast: Cast, text: NegotiatingText
) -> None:
    amendment = say(cast, text)
    meant = Proposed(factories.provision(text), "Parties shall separately act.")
    with replay.verified(text):
        corrected = versions.revise(cast.norway, amendment, [meant])
    assert Amendment.objects.get(pk=amendment.pk).state == Amendment.State.WITHDRAWN
    assert (corrected.number, corrected.confirmed, corrected.amends_id) == (2, True, amendment.pk)
    assert not Position.objects.exists()


def test_what_is_in_the_text_is_withdrawn_no_more(cast: Cast, text: NegotiatingText) -> None:
    amendment = say(cast, text)
    bracket = text.brackets.get()
    decisions.decide(cast.chair, text, "lift", "room", brackets=[bracket.pk])
    with pytest.raises(Closed):
        amendments.withdraw(cast.norway, amendment)
