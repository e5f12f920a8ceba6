"""“Agreed?” in two windows: it appears on the delegate's screen, and the objection on the chair's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests import factories
from tests.cast import Cast


def test_the_room_is_asked_and_an_objection_reaches_the_chair(
    cast: Cast, offstage: Callable[..., Any], take_seat: Callable[..., Page]
) -> None:
    offstage(factories.text, cast, "1. Parties shall act.", "2. Parties [may] rest.")
    kenya, chair = take_seat(cast.kenya, "/rivers/treaty/"), take_seat(cast.chair, "/rivers/treaty/1/")
    expect(kenya.locator(".live")).to_have_attribute("data-state", "live")
    chair.get_by_role("link", name="Words, package, parking").click()
    chair.get_by_label("On these words alone").fill("shall act")
    chair.get_by_role("button", name="Ask the room").click()
    expect(chair.locator(".asking")).to_contain_text("No objection so far")
    expect(chair.locator(".live")).to_have_attribute("data-state", "live")
    expect(kenya.locator(".asking")).to_contain_text("shall act")
    kenya.get_by_label("Why (optional").fill("Not yet.")
    kenya.get_by_role("button", name="Object", exact=True).click()
    expect(chair.locator(".asking")).to_contain_text("KEN objects: Not yet.")
