"""The kind of the revision being prepared limits what the chair may decide, and a refusal says what would allow it."""

from __future__ import annotations

import pytest

from drafting.errors import CannotUndo, NotOfThisKind
from drafting.models import NegotiatingText
from drafting.services import decisions, kinds
from tests import factories
from tests.cast import Cast


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, "Each Party shall [take [necessary] measures].")


@pytest.mark.parametrize(
    ("kind", "act", "authority", "allowed"),
    [
        ("", "drop", "chair", True),
        ("compilation", "bracket", "chair", True),
        ("compilation", "lift", "room", False),
        ("streamlined", "accept", "chair", False),
        ("streamlined", "accept", "proposer", True),
        ("revision", "accept", "chair", False),
        ("revision", "accept", "policy", True),
        ("revision", "keep", "chair", True),
        ("compilation", "merge", "proposer", False),
        ("compilation", "split", "chair", True),
        ("streamlined", "merge", "proposer", True),
        ("streamlined", "merge", "room", False),
        ("revision", "merge", "room", True),
        ("chairs-text", "bridge", "chair", True),
        ("non-paper", "drop", "chair", True),
    ],
)
def test_each_kind_allows_its_acts(kind: str, act: str, authority: str, allowed: bool) -> None:
    assert kinds.allows(kind, act, authority) is allowed


def test_a_refused_act_says_which_kind_would_allow_it(cast: Cast, text: NegotiatingText) -> None:
    kinds.prepare(cast.chair, text, "compilation")
    with pytest.raises(NotOfThisKind, match=r"drops and rewords nothing: prepare a .*chair's text") as refused:
        decisions.decide(cast.chair, text, "lift", "chair", brackets=[factories.bracket(text).pk])
    assert refused.value.data["kinds"] == ["chairs-text", "non-paper"]
    kinds.prepare(cast.chair, text, "")
    decisions.decide(cast.chair, text, "lift", "chair", brackets=[factories.bracket(text).pk])


def test_a_round_of_the_room_asks_for_the_room(cast: Cast, text: NegotiatingText) -> None:
    kinds.prepare(cast.chair, text, "revision")
    with pytest.raises(NotOfThisKind, match="name another authority \\(agreed in the room or policy\\)"):
        decisions.decide(cast.chair, text, "lift", "chair", brackets=[factories.bracket(text).pk])
    made = decisions.decide(
        cast.chair, text, "lift", "room", brackets=[factories.bracket(text).pk], forum="Plenary, 22 November"
    )
    assert made.forum == "Plenary, 22 November"


def test_what_was_taken_back_can_be_decided_again(cast: Cast, text: NegotiatingText) -> None:
    made = decisions.decide(cast.chair, text, "drop", "room", brackets=[factories.bracket(text, 2).pk], reason="So.")
    after = factories.words(text)
    with pytest.raises(CannotUndo):
        decisions.redo(cast.chair, made)
    decisions.undo(cast.chair, made)
    again = decisions.redo(cast.chair, made)
    assert (factories.words(text), again.reason) == (after, "So.")
