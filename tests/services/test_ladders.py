"""The ladder of agreement: rungs of a conference's own, and what stands follows them."""

from __future__ import annotations

import pytest

from drafting.errors import Forbidden, Locked, NotFound, Taken
from drafting.models import Agreement
from drafting.queries import documents, ladders, pages
from drafting.queries.ladders import Rung
from drafting.services import agreements, amendments
from drafting.services import ladders as acts
from drafting.services.proposals import Proposed
from tests import factories, replay
from tests.cast import Cast

pytestmark = pytest.mark.django_db

CLEAN = Rung("clean", "clean in the small group", "noted", locks=False)
AD_REF, AGREED = ladders.DEFAULT


def test_a_rung_of_ones_own_is_shown_and_printed_by_its_name(cast: Cast) -> None:
    text = factories.text(cast, "Each Party shall act.")
    acts.set(cast.secretary, [CLEAN, AD_REF, AGREED])
    with replay.verified(text):
        agreements.gavel(cast.chair, factories.provision(text), "clean", "Group A")
    shown = pages.page(cast.norway, text).provisions[0]
    assert (shown.status, shown.said) == ("noted", CLEAN.name)
    assert documents.bracketed(cast.norway, text).body[0].status == CLEAN.name


def test_only_rungs_that_lock_lock(cast: Cast) -> None:
    text = factories.text(cast, "Each Party shall act.")
    provision = factories.provision(text)
    acts.set(cast.chair, [CLEAN, AGREED])
    agreements.gavel(cast.chair, provision, "clean", "Group A")
    amendments.submit(cast.norway, text, [Proposed(provision, "Each Party should act.")])
    agreements.gavel(cast.chair, provision, "agreed", "Plenary")
    with pytest.raises(Locked, match="is agreed there"):
        amendments.submit(cast.norway, text, [Proposed(provision, "Every Party should act.")])


def test_what_stands_follows_a_rung_that_is_renamed_or_locks_no_more(cast: Cast) -> None:
    row = agreements.gavel(cast.chair, factories.provision(factories.text(cast, "Act.")), "ad-ref", "Plenary")
    acts.set(cast.chair, [Rung("ad-ref", "provisionally agreed", "noted", locks=False), AGREED])
    row.refresh_from_db()
    assert (row.name, row.style, row.locks) == ("provisionally agreed", "noted", False)


def test_a_rung_on_which_an_agreement_stands_is_kept(cast: Cast) -> None:
    agreements.gavel(cast.chair, factories.provision(factories.text(cast, "Act.")), "ad-ref", "Plenary")
    with pytest.raises(Forbidden, match="1 is agreed ad referendum"):
        acts.set(cast.chair, [AGREED])
    assert ladders.of(cast.conference) == ladders.DEFAULT


def test_it_refuses_no_rung_and_a_name_given_twice(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        acts.set(cast.chair, [])
    with pytest.raises(Taken):
        acts.set(cast.chair, [AGREED, Rung("other", "Agreed", "noted")])


def test_no_gavel_falls_on_a_rung_there_is_not(cast: Cast) -> None:
    with pytest.raises(NotFound):
        agreements.gavel(cast.chair, factories.provision(factories.text(cast, "Act.")), "clean", "Plenary")


def test_a_delegation_takes_back_what_is_below_the_highest_rung(cast: Cast) -> None:
    acts.set(cast.secretary, [CLEAN, AGREED])
    row = agreements.gavel(cast.chair, factories.provision(factories.text(cast, "Act.")), "clean", "Group A")
    agreements.take_back(cast.kenya, row, "Not with our capital.")
    assert not Agreement.objects.filter(ended=False).exists()
