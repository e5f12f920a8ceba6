"""The same quarrel in many places is settled once; a place that changed since is left and listed."""

from __future__ import annotations

import pytest

from drafting.models import NegotiatingText
from drafting.queries import quarrels
from drafting.services import brackets, bulk, decisions, linked
from drafting.text.errors import ActRefused
from tests import factories
from tests.cast import Cast


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    """The same two words in three places, in another order in the second."""
    text = factories.text(
        cast, "A [planned][proposed] act.", "A [Proposed][planned] act.", "Each [planned][proposed] one."
    )
    for group in text.groups.all():
        brackets.confirm(cast.chair, group)
    return text


def places(cast: Cast, text: NegotiatingText) -> list[list[int]]:
    quarrel = quarrels.found(cast.chair, text).quarrels[0]
    return [[member.id for member in place.members] for place in quarrel.places]


def test_it_is_one_quarrel_whatever_the_order_and_case(cast: Cast, text: NegotiatingText) -> None:
    quarrel = quarrels.found(cast.chair, text).quarrels[0]
    assert quarrel.words == ("planned", "proposed")
    assert [place.address for place in quarrel.places] == ["1", "2", "3"]


def test_it_is_settled_once_and_taken_back_whole(cast: Cast, text: NegotiatingText) -> None:
    done = linked.settle(cast.chair, text, "pick", "room", places(cast, text), chosen="Planned")
    assert factories.words(text) == ["A planned act.", "A planned act.", "Each planned one."]
    bulk.undo(cast.chair, text, done.batch)
    assert factories.words(text)[0] == "A [planned][proposed] act."


def test_a_place_that_changed_is_left_and_listed(cast: Cast, text: NegotiatingText) -> None:
    found = places(cast, text)
    decisions.decide(cast.chair, text, "pick", "room", brackets=[found[1][0]])
    done = linked.settle(cast.chair, text, "pick", "room", found, chosen="planned")
    assert len(done.made) == 2
    assert "changed since" in done.left[0].message
    with pytest.raises(ActRefused, match="no longer linked"):
        linked.settle(cast.chair, text, "pick", "room", found, chosen="planned")


def test_what_settling_would_do_is_said_before_and_changes_nothing(cast: Cast, text: NegotiatingText) -> None:
    found = places(cast, text)
    decisions.decide(cast.chair, text, "pick", "room", brackets=[found[1][0]])
    said = linked.foresee(cast.chair, text, "pick", "room", found, chosen="planned")
    assert (said.closed, len(said.left)) == (4, 1)
    assert factories.words(text)[0] == "A [planned][proposed] act."
    done = linked.settle(cast.chair, text, "pick", "room", found, chosen="planned")
    assert [left.name for left in done.left] == [left.name for left in said.left]


def test_quarrels_come_page_by_page_and_none_is_divided(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarrels, "SIZE", 2)
    text = factories.text(cast, "a [red] [blue] b", "c [red] [blue] d", "e [red] f")
    first, second = (quarrels.found(cast.chair, text, page=page) for page in (1, 2))
    assert [(one.page, one.pages, one.total) for one in (first, second)] == [(1, 2, 2), (2, 2, 2)]
    assert [len(quarrel.places) for quarrel in (*first.quarrels, *second.quarrels)] == [3, 2]
    assert len(quarrels.found(cast.chair, text).quarrels) == 2
    assert quarrels.found(cast.chair, text, page=9).page == 2
