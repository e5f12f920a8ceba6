"""The page of facilitators: named over an article by the chair, ended, and told on the text and the desk."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from delegations.models import Seat
from drafting.models import NegotiatingText
from tests.cast import Cast

Browse = Callable[[Seat], Client]
PAGE = "/rivers/treaty/facilitators/"


def test_the_chair_names_somebody_who_reads_it_at_the_desk(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    theirs = browse(cast.facilitator)
    assert "named you for no part" in theirs.get("/rivers/treaty/desk/").content.decode()
    named = {"seat": cast.facilitator.pk, "title": "co-chair", "places": "9.1, 9.2"}
    assert browse(cast.chair).post(PAGE, named).status_code == 302
    desk = theirs.get("/rivers/treaty/desk/").content.decode()
    assert "You work on 9.1, 9.2 (co-chair)." in desk
    assert "Preparing" not in desk
    assert "Co-chair:" in browse(cast.norway).get("/rivers/treaty/9.1/").content.decode()
    (row,) = treaty.mandates.all()
    theirs.post(f"{PAGE}{row.pk}/end/")
    assert "Nobody yet" in browse(cast.norway).get(PAGE).content.decode()


def test_a_seat_that_is_no_facilitators_cannot_be_named(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    answer = browse(cast.chair).post(PAGE, {"seat": cast.norway.pk, "places": "9.1"})
    assert (answer.status_code, treaty.mandates.count()) == (404, 0)
