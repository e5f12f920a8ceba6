"""Parking is no agreement: it is shown, locks nothing, and is lifted."""

from __future__ import annotations

import pytest

from drafting.errors import Closed, ReasonNeeded
from drafting.models import Agreement, Parking
from drafting.queries import pages
from drafting.services import agreements, amendments, parkings
from drafting.services.proposals import Proposed
from tests import factories, replay
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_parked_provision_says_until_when_and_stays_open(cast: Cast) -> None:
    text = factories.text(cast, "Each Party shall act.")
    provision = factories.provision(text)
    with replay.verified(text):
        parkings.park(cast.chair, provision, " finance is done ", "It hangs on article 4.")
    assert pages.page(cast.norway, text).provisions[0].parked == "finance is done"
    assert amendments.submit(cast.norway, text, [Proposed(provision, "Each Party should act.")])
    assert not Agreement.objects.exists()


def test_it_needs_until_what_and_why(cast: Cast) -> None:
    provision = factories.provision(factories.text(cast))
    for until, reason in (("", "Later."), ("Thursday", " ")):
        with pytest.raises(ReasonNeeded):
            parkings.park(cast.chair, provision, until, reason)


def test_parking_again_replaces_what_was_said_and_lifting_ends_it(cast: Cast) -> None:
    text = factories.text(cast)
    provision = factories.provision(text)
    with replay.verified(text):
        parkings.park(cast.chair, provision, "Thursday", "Late.")
        parkings.park(cast.chair, provision, "Friday", "Later.")
        parkings.lift(cast.chair, provision)
    assert not Parking.objects.filter(lifted=False).exists()
    with pytest.raises(Closed, match="not parked"):
        parkings.lift(cast.chair, provision)


def test_the_gavel_on_the_whole_provision_ends_the_parking(cast: Cast) -> None:
    text = factories.text(cast, "Each Party shall act.")
    provision = factories.provision(text)
    parkings.park(cast.chair, provision, "Thursday", "Late.")
    with replay.verified(text):
        agreements.gavel(cast.chair, provision, "ad-ref", "Plenary", words=(0, 4))
        assert Parking.objects.filter(lifted=False).exists()
        agreements.gavel(cast.chair, provision, "agreed", "Plenary")
    assert not Parking.objects.filter(lifted=False).exists()
