"""Packages and rungs as pages name them."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from delegations.models import Seat
from drafting.models import NegotiatingText
from drafting.queries import ladders
from drafting.queries.ladders import Rung
from drafting.services import agreements
from drafting.services import ladders as acts
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]


def test_a_package_is_made_by_a_form_and_shown_beside_the_text(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    sent = {"name": "Finance", "members": "9.2, 9.1"}
    assert browse(cast.chair).post("/rivers/treaty/packages/", sent).status_code == 302
    agreements.gavel(cast.chair, factories.provision(treaty, "9.2"), "agreed", "Plenary")
    said = browse(cast.kenya).get("/rivers/treaty/").content.decode()
    assert "1 of 2 agreed; waits for" in said
    assert "agreed · package" in said
    assert "Finance: 1 of 2, waits for 9.1" in browse(cast.chair).get("/rivers/ladder/").content.decode()
    assert browse(cast.kenya).post("/rivers/treaty/packages/", sent).status_code == 403


def test_every_page_calls_a_rung_by_its_name(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    acts.set(cast.chair, [Rung("clean", "clean in Group A", "noted", locks=False), ladders.DEFAULT[1]])
    provision = factories.provision(treaty, "9.2")
    agreements.gavel(cast.chair, provision, "clean", "Group A")
    kenya = browse(cast.kenya)
    for page in ("treaty/", "", "treaty/bracketed/", "treaty/9.2/"):
        said = kenya.get(f"/rivers/{page}").content.decode()
        assert "clean in Group A" in said, page
        assert "ad ref" not in said, page
    assert "The words are not locked." in kenya.get("/help/").content.decode()
    assert 'class="pv  noted"' in kenya.get("/rivers/treaty/bracketed/").content.decode()


def test_agreed_words_are_drawn_as_their_rung(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    agreements.gavel(cast.chair, factories.provision(treaty, "9.2"), "ad-ref", "Plenary", words=(3, 10))
    said = browse(cast.kenya).get("/rivers/treaty/").content.decode()
    assert '<span class="agreed-run ad-ref" title="agreed ad referendum">Nothing</span>' in said
