"""The chair hands the pen over on the page; who has it is seen by everybody."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from delegations.models import Seat
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]
PEN = "/rivers/treaty/1/pen/"
PANEL = "/rivers/treaty/?at=1"


def test_the_chair_hands_the_pen_over_and_everybody_sees_who_has_it(cast: Cast, browse: Browse) -> None:
    factories.text(cast, "Each Party shall act.")
    assert "data-take-pen" not in browse(cast.norway).get(PANEL).content.decode()
    browse(cast.chair).post(PEN, {"to": "nor"})
    assert "data-take-pen" in browse(cast.norway).get(PANEL).content.decode()
    seen = browse(cast.kenya).get(PANEL).content.decode()
    assert "by leave of the chair" in seen
    assert "data-take-pen" not in seen


def test_taken_back_it_is_with_nobody(cast: Cast, browse: Browse) -> None:
    factories.text(cast, "Each Party shall act.")
    chair = browse(cast.chair)
    chair.post(PEN, {"to": "NOR"})
    assert chair.post(PEN, {"back": "NOR"}).status_code == 302
    assert "by leave of the chair" not in chair.get(PANEL).content.decode()


def test_an_unknown_code_is_refused(cast: Cast, browse: Browse) -> None:
    factories.text(cast, "Each Party shall act.")
    assert browse(cast.chair).post(PEN, {"to": "ZZZ"}).status_code == 404
