"""What comes late undoes nothing: the pen given up while it was asked for, the panel asked for before an act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from drafting.models import NegotiatingText
from drafting.services import agreements
from tests import factories, waiting
from tests.cast import Cast
from tests.e2e.test_pages import READS_ARE_HELD

Offstage = Callable[..., Any]
PATH = "/rivers/treaty/"


@pytest.fixture
def text(cast: Cast, offstage: Offstage) -> NegotiatingText:
    return offstage(factories.text, cast, "1. Parties shall act.", "2. Parties may rest.")


@pytest.fixture
def page(cast: Cast, text: NegotiatingText, take_seat: Callable[..., Page]) -> Page:
    """The chair's page, live, with the first provision in focus."""
    page = take_seat(cast.chair, f"{PATH}#1")
    expect(page.locator(".live")).to_have_attribute("data-state", "live")
    expect(page.locator("#panel h2")).to_have_text("1")
    return page


def test_a_pen_given_up_while_its_editor_is_fetched_opens_none_and_two_presses_open_one(page: Page) -> None:
    fetched: list[Route] = []
    page.route("**/editor*.js", lambda route: fetched.append(route))
    page.keyboard.press("w")
    page.keyboard.press("3")
    waiting.until(lambda: page.evaluate("true") and fetched)
    page.keyboard.press("Escape")
    expect(page.locator(".pen-strip")).to_have_count(0)
    page.keyboard.press("w")
    page.locator(".pen-strip button[value=chair]").dblclick()
    fetched[0].continue_()
    expect(page.locator(".cm-content")).to_be_focused()
    expect(page.locator(".typing")).to_have_count(1)
    page.locator("[data-off-screen]").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".typing, .pen-strip, .typed-over")).to_have_count(0)


def test_a_panel_asked_for_before_an_act_and_read_after_it_tells_of_the_act(
    page: Page, cast: Cast, text: NegotiatingText, offstage: Offstage
) -> None:
    page.evaluate(READS_ARE_HELD)
    page.keyboard.press("j")
    waiting.until(lambda: page.evaluate("held.length"))
    offstage(lambda: agreements.gavel(cast.chair, factories.provision(text, "2"), "agreed", "the room"))
    waiting.until(lambda: page.evaluate("held.length > 1"))
    panel = page.locator("#panel")

    def tells() -> bool:
        page.evaluate("Promise.all(held.splice(0).map((go) => go()))")
        return panel.locator(".agreement").count() == 1

    waiting.until(tells)
    expect(panel.locator("h2")).to_have_text("2")
