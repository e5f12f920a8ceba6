"""Policies of a conference: adopted, told to everybody, and what they let others do."""

from __future__ import annotations

import pytest

from delegations.models import Conference
from drafting.errors import Forbidden, NotFound, NotOfThisKind
from drafting.models import Hunk, JournalEntry, NegotiatingText
from drafting.queries import attribution, decided
from drafting.queries import policies as adopted
from drafting.services import amendments, brackets, decisions, kinds, policies
from drafting.services.proposals import Proposed
from tests import factories, replay
from tests.cast import Cast


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    text = factories.text(cast, "Each Party should act.", "Parties meet yearly.")
    amendments.submit(cast.norway, text, [Proposed(factories.provision(text), "Each Party shall act.")])
    return text


def test_what_is_adopted_is_in_force_and_the_whole_floor_is_told(cast: Cast, text: NegotiatingText) -> None:
    with replay.verified(text):
        policies.adopt(cast.chair, "unopposed_go_in", value=True, forum="Plenary, 22 November")
    assert Conference.objects.get(pk=cast.conference.pk).unopposed_go_in
    shown = {row.name: row for row in adopted.listed(cast.kenya)}["unopposed_go_in"]
    assert (shown.in_force, shown.forum, shown.by) == (True, "Plenary, 22 November", "Chair")
    told = JournalEntry.objects.filter(kind="policy-adopted")
    assert {row.stream.kind for row in told} == {"bureau", "floor"}


def test_the_history_has_the_newest_first(cast: Cast) -> None:
    policies.adopt(cast.chair, "attribution_shown", value=False)
    policies.adopt(cast.secretary, "attribution_shown", value=True, forum="Bureau")
    assert [(row.value, row.forum) for row in adopted.history(cast.norway)] == [(True, "Bureau"), (False, "")]


def test_attribution_follows_its_policy(cast: Cast, text: NegotiatingText) -> None:
    policies.adopt(cast.chair, "attribution_shown", value=False)
    text.refresh_from_db()
    assert not attribution.shows_names(cast.kenya, text)


def test_there_is_no_policy_of_another_name(cast: Cast) -> None:
    with pytest.raises(NotFound, match="additions_bracketed"):
        policies.adopt(cast.chair, "is_demo", value=True)


def test_the_unopposed_go_in_only_where_that_is_the_policy(cast: Cast, text: NegotiatingText) -> None:
    with pytest.raises(Forbidden, match="adopt it first"):
        policies.admit_unopposed(cast.chair, text)
    policies.adopt(cast.chair, "unopposed_go_in", value=True, forum="Plenary")
    (made,) = policies.admit_unopposed(cast.chair, text).made
    assert (made.authority, made.forum) == ("policy", "Plenary")
    decisions.undo(cast.chair, made)
    (row,) = decided.by_policy(cast.kenya, text)
    assert row.undone
    assert factories.words(text)[0] == "Each Party should act."


def test_in_an_agreed_round_a_policy_counts_if_the_room_adopted_it(cast: Cast, text: NegotiatingText) -> None:
    policies.adopt(cast.chair, "unopposed_go_in", value=True)
    kinds.prepare(cast.chair, text, "revision")
    with pytest.raises(NotOfThisKind, match="adopted it in the room"):
        policies.admit_unopposed(cast.chair, text)
    policies.adopt(cast.chair, "unopposed_go_in", value=True, forum="Plenary, 22 November")
    assert len(policies.admit_unopposed(cast.chair, text).made) == 1


def test_no_policy_drops_words_in_an_agreed_round(cast: Cast, text: NegotiatingText) -> None:
    policies.adopt(cast.chair, "unopposed_go_in", value=True, forum="Plenary")
    kinds.prepare(cast.chair, text, "revision")
    hunk = Hunk.objects.get().pk
    with pytest.raises(NotOfThisKind):
        decisions.decide(cast.chair, text, "drop-hunk", "policy", hunks=[hunk], reason="So.")


def test_a_delegation_brackets_for_itself_where_that_is_the_policy(cast: Cast, text: NegotiatingText) -> None:
    provision, kenya = factories.provision(text, "2"), cast.kenya.delegation
    assert kenya is not None
    assert cast.norway.delegation is not None
    with pytest.raises(Forbidden):
        brackets.put(cast.kenya, provision, 0, provision, 7, [kenya])
    policies.adopt(cast.chair, "delegations_bracket", value=True, forum="Plenary")
    provision = factories.provision(text, "2")
    with pytest.raises(Forbidden, match="for itself alone"):
        brackets.put(cast.kenya, provision, 0, provision, 7, [cast.norway.delegation])
    with replay.verified(text):
        brackets.put(cast.kenya, provision, 0, provision, 7, [kenya])
    assert factories.words(text)[1] == "[Parties] meet yearly."
    assert not factories.bracket(text).positions.get().from_the_floor
