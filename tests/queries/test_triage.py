"""Triage holds every open proposal once, the contested first, and costs no more queries for more proposals."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drafting.models import Amendment, NegotiatingText
from drafting.queries import triage
from drafting.services import amendments, bulk, decisions, policies, positions
from drafting.services.bulk import Place
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast

BASE = "Each Party shall take measures to protect the river and report on them."


def lodge(cast: Cast, text: NegotiatingText, who: str, old: str, new: str, address: str = "1") -> Amendment:
    words = factories.provision(text, address).words.content.replace(old, new)
    return amendments.submit(getattr(cast, who), text, [Proposed(factories.provision(text, address), words)])


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    """Two rivals and a twin on 2, one alone on 1."""
    text = factories.text(cast, BASE, BASE)
    lodge(cast, text, "norway", "river", "lake")
    lodge(cast, text, "norway", "shall", "should", "2")
    lodge(cast, text, "kenya", "shall", "should", "2")
    lodge(cast, text, "group", "shall take", "may consider taking", "2")
    return text


def test_every_proposal_is_in_one_cluster_and_the_contested_come_first(cast: Cast, text: NegotiatingText) -> None:
    rows = triage.sorted_out(cast.chair, text).clusters
    assert [(row.address, row.likeness, row.count) for row in rows][-1] == ("1", "alone", 1)
    assert {row.likeness for row in rows[:-1]} == {"identical", "competing"}
    assert sorted(number for row in rows for wording in row.wordings for number in wording.numbers) == [1, 2, 3, 4]


def test_filters_leave_what_they_name(cast: Cast, text: NegotiatingText) -> None:
    def addresses(likeness: str = "", address: str = "") -> list[str]:
        return [row.address for row in triage.sorted_out(cast.chair, text, likeness=likeness, address=address).clusters]

    assert addresses("alone") == ["1"]
    assert addresses("weaker") == ["2", "2"]
    assert addresses(address="1") == ["1"]


def test_numbers_of_delegations_are_there_for_who_asks(cast: Cast, text: NegotiatingText) -> None:
    assert {row.backing for row in triage.sorted_out(cast.chair, text).clusters} == {None}
    counted = triage.sorted_out(cast.chair, text, counted=True).clusters
    assert {row.likeness: row.backing for row in counted} == {"identical": (2, 0), "competing": (1, 0), "alone": (1, 0)}


def test_what_is_kept_for_later_needs_no_decision_now(cast: Cast, text: NegotiatingText) -> None:
    alone = triage.sorted_out(cast.chair, text, likeness="alone").clusters[0]
    decisions.decide(cast.chair, text, "keep", "chair", hunks=alone.hunks)
    assert not triage.sorted_out(cast.chair, text, likeness="alone").clusters
    assert triage.sorted_out(cast.chair, text, likeness="alone", only_undecided=False).clusters[0].is_kept


def test_more_proposals_cost_no_more_queries(cast: Cast, text: NegotiatingText) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            triage.sorted_out(cast.chair, text, counted=True)
        return len(asked)

    few = queries()
    for old in ("measures", "protect", "report"):
        lodge(cast, text, "kenya", old, f"{old} duly")
    assert queries() == few <= 9


def test_one_act_settles_many_places_and_lists_what_it_left(cast: Cast, text: NegotiatingText) -> None:
    rows = triage.sorted_out(cast.chair, text).clusters
    places = [Place(row.address, hunks=row.hunks) for row in rows if row.likeness != "competing"]
    done = bulk.decide(cast.chair, text, "accept", "room", [*places, Place("gone", hunks=(999_999,))])
    assert (len(done.made), [left.name for left in done.left]) == (2, ["gone"])
    assert factories.words(text) == [BASE.replace("river", "lake"), BASE.replace("shall", "should")]
    assert bulk.undo(cast.chair, text, done.batch) == 2
    assert factories.words(text) == [BASE, BASE]


def test_what_nobody_opposes_goes_in_by_policy_and_comes_out_again(cast: Cast, text: NegotiatingText) -> None:
    opposed = lodge(cast, text, "norway", "report", "publish")
    positions.take(cast.kenya, opposed.versions.get(), "oppose")
    policies.adopt(cast.chair, "unopposed_go_in", value=True, forum="Plenary")
    done = policies.admit_unopposed(cast.chair, text)
    assert factories.words(text) == [BASE.replace("river", "lake"), BASE]
    assert [(row.authority, row.forum) for row in done.made] == [("policy", "Plenary")]
    assert not policies.admit_unopposed(cast.chair, text).made
    assert bulk.undo(cast.chair, text, done.batch) == 1
    assert factories.words(text) == [BASE, BASE]
