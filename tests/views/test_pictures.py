"""The chair's pictures: figures in the room's words, and what would fall if somebody let go."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from delegations.models import Seat
from drafting.models import NegotiatingText
from drafting.services import decisions, positions
from tests import factories
from tests.cast import Cast

PAGE = "/rivers/treaty/desk/pictures/"


def test_it_counts_what_is_open_and_reckons_what_would_fall(cast: Cast, browse: Callable[[Seat], Client]) -> None:
    text = factories.text(cast, "Each [and every] Party [shall] act.", "Agreed words.")
    first, second = factories.bracket(text, 1), factories.bracket(text, 2)
    positions.take(cast.norway, first, "retain")
    positions.take(cast.kenya, second, "retain")
    text.brackets.update(holders_known=True)
    html = browse(cast.chair).get(PAGE, {"go": "NOR"}).content.decode()
    assert "2 brackets open" in html
    assert "1 of 2 would fall" in html
    decisions.decide(cast.chair, text, "lift", "room", brackets=[first.pk])
    assert "1 bracket open" in browse(cast.chair).get(PAGE).content.decode()


def test_an_imported_brackets_unknown_holders_never_fall(
    cast: Cast, treaty: NegotiatingText, browse: Callable[[Seat], Client]
) -> None:
    positions.take(cast.norway, treaty.brackets.order_by("pk")[0], "retain")
    treaty.brackets.update(holders_known=False)
    html = browse(cast.chair).get(PAGE, {"go": "NOR"}).content.decode()
    assert "0 of" in html
    assert "holders not known" in html
