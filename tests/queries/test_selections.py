"""Which proposals a list keeps, and that a name that is hidden keeps as little as one that proposes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from drafting.models import Amendment, Hunk, NegotiatingText
from drafting.queries import amendments as reads
from drafting.queries import selections
from drafting.queries.selections import Asked
from drafting.services import amendments, decisions
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, "Each Party should act.", "Parties report.", "Parties meet.")


def lodge(cast: Cast, text: NegotiatingText, words: str, who: str = "norway", address: str = "1") -> Amendment:
    return amendments.submit(getattr(cast, who), text, [Proposed(factories.provision(text, address), words)])


def kept(cast: Cast, text: NegotiatingText, who: str = "norway", **asked: Any) -> list[int]:
    return [card.number for card in reads.listed(getattr(cast, who), text, Asked(**asked)).cards]


def test_a_delegation_keeps_what_it_sponsors_and_co_sponsors_now(cast: Cast, text: NegotiatingText) -> None:
    lodged = lodge(cast, text, "Each Party shall act.")
    lodge(cast, text, "Parties shall report.", "kenya", "2")
    amendments.co_sponsor(cast.kenya, lodged.versions.get())
    assert kept(cast, text, code="KEN") == [2, 1]
    assert selections.choices(cast.norway, text).codes == {"NOR": 1, "KEN": 2}
    amendments.leave(cast.kenya, lodged.versions.get())
    assert kept(cast, text, code="KEN") == [2]


def test_a_hidden_name_keeps_as_little_as_one_that_proposes_nothing(cast: Cast, text: NegotiatingText) -> None:
    cast.conference.attribution_shown = False
    cast.conference.save()
    lodge(cast, text, "Each Party shall act.")
    assert kept(cast, text, "kenya", code="NOR") == kept(cast, text, "kenya", code="JPN") == []
    assert selections.choices(cast.kenya, text).codes == {}
    assert (kept(cast, text, code="NOR"), kept(cast, text, "chair", code="NOR")) == ([1], [1])


def test_what_was_lodged_under_a_stricter_policy_stays_hidden(cast: Cast, text: NegotiatingText) -> None:
    lodge(cast, text, "Each Party shall act.").versions.get().sponsorships.update(withheld=True)
    assert kept(cast, text, "kenya", code="NOR") == []
    assert "NOR" not in selections.choices(cast.kenya, text).codes


def test_a_status_is_a_state_or_what_became_of_what_is_decided(cast: Cast, text: NegotiatingText) -> None:
    for address, words in enumerate(("Each Party shall act.", "Parties shall report.", "Parties shall meet."), 1):
        lodge(cast, text, words, address=str(address))
    for number, act in ((1, "accept"), (2, "drop-hunk")):
        hunk = Hunk.objects.get(version__amendment__text=text, version__amendment__number=number)
        decisions.decide(cast.chair, text, act, "chair", hunks=[hunk.pk], reason="No support")
    assert kept(cast, text, states=frozenset({"decided"})) == [2, 1]
    assert kept(cast, text, states=frozenset({"dropped"})) == [2]
    assert kept(cast, text, states=frozenset({"in text", "open"})) == [3, 1]
    assert selections.choices(cast.norway, text).states == {"open": 1, "decided": 2, "in text": 1, "dropped": 1}
