"""Two people type on the floor in two windows: they see each other's words, go offline and back, and agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from delegations.models import Seat
from drafting.models import NegotiatingText
from drafting.services import agreements, handovers
from tests import factories, waiting
from tests.cast import Cast

Offstage = Callable[..., Any]
Sit = Callable[[Seat], Page]

PATH = "/rivers/treaty/"

#: Typed while there is no line: a change for each key.
AWAY = "Mindful of what the river gives. " * 6 + "So. "


class Line:
    """A page's line to the server, on which the page or the server may turn out to be of a version to come."""

    def __init__(self, outdated: str) -> None:
        self.outdated = outdated
        self.is_other = False

    def carry(self, page: WebSocketRoute) -> None:
        """Carry what either says to the other."""
        server = page.connect_to_server()
        page.on_message(lambda message: server.send(self._renewed(message) if self.outdated == "server" else message))
        server.on_message(lambda message: page.send(self._renewed(message) if self.outdated == "page" else message))

    def _renewed(self, message: str | bytes) -> str | bytes:
        return str(message).replace('"v":1', '"v":2', 1) if self.is_other else message


@pytest.fixture
def text(cast: Cast, offstage: Offstage) -> NegotiatingText:
    return offstage(
        factories.text,
        cast,
        "1. Parties shall act.",
        "2. Parties [may] rest.",
        "3. Nobody [shall sleep",
        "4. at night].",
    )


@pytest.fixture
def sit(take_seat: Callable[..., Page]) -> Sit:
    """Takes a seat, opens the text there, and waits until the page follows it."""

    def take(seat: Seat) -> Page:
        page = take_seat(seat, PATH)
        expect(page.locator(".live")).to_have_attribute("data-state", "live")
        return page

    return take


def take_pen(page: Page, address: str, whom: str) -> None:
    """Take the pen for a provision by keys."""
    page.click(f"[id='{address}'] .tx")
    expect(page.locator("#panel:not([aria-busy]) [data-take-pen]")).to_be_visible()
    page.keyboard.press("w")
    page.keyboard.type(whom)
    if not whom.isdigit():
        page.keyboard.press("Enter")
    expect(page.locator(f"[id='{address}'] .cm-content")).to_be_focused()


def words(page: Page, address: str) -> Any:
    return page.locator(f"[id='{address}'] .cm-content")


#: All the words not taken, which may have been refused in several pieces.
TRAY = "() => [...document.querySelectorAll('section.tray blockquote')].map(one => one.textContent).join('')"


def test_two_people_type_in_one_provision_and_agree(
    cast: Cast, text: NegotiatingText, sit: Sit, offstage: Offstage
) -> None:
    chair, secretary = sit(cast.chair), sit(cast.secretary)
    reader = sit(cast.norway)
    for page in (chair, secretary):
        take_pen(page, "1", "3")
    chair.keyboard.press("Home")
    chair.keyboard.type("So: ")
    secretary.keyboard.press("End")
    secretary.keyboard.type(" Together.")
    both = "So: 1. Parties shall act. Together."
    for page in (chair, secretary):
        expect(words(page, "1")).to_have_text(both)
    expect(reader.locator("[id='1'] .tx")).to_have_text(both)
    assert offstage(factories.words, text)[0] == both


def test_a_window_goes_offline_types_two_hundred_changes_and_comes_back(
    cast: Cast, text: NegotiatingText, sit: Sit, offstage: Offstage
) -> None:
    chair, secretary = sit(cast.chair), sit(cast.secretary)
    for page in (chair, secretary):
        take_pen(page, "1", "3")
    chair.context.set_offline(True)
    chair.keyboard.press("Home")
    chair.keyboard.type(AWAY)
    secretary.keyboard.press("End")
    secretary.keyboard.type(" Home.")
    expect(words(secretary, "1")).to_have_text("1. Parties shall act. Home.")
    chair.context.set_offline(False)
    for page in (chair, secretary):
        expect(words(page, "1")).to_have_text(f"{AWAY}1. Parties shall act. Home.")
    assert offstage(factories.words, text)[0] == f"{AWAY}1. Parties shall act. Home."


def test_on_a_phone_the_panel_leaves_the_words_free_that_are_typed(
    cast: Cast, text: NegotiatingText, take_seat: Callable[..., Page]
) -> None:
    page = take_seat(cast.chair, PATH, viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    expect(page.locator(".live")).to_have_attribute("data-state", "live")
    page.tap("[id='1'] .tx")
    panel = page.locator("#panel")
    expect(panel).to_contain_class("up")
    panel.locator("[data-take-pen]").last.tap()
    expect(panel).not_to_contain_class("up")
    page.locator("[id='1'] .pen-strip button[value=editorial]").tap()
    editor = page.locator("[id='1'] .cm-content")
    expect(editor).to_be_focused()
    editor.tap()
    expect(panel).not_to_contain_class("up")
    expect(editor).to_be_in_viewport()


def test_what_is_typed_off_screen_is_shown_when_it_is_ready(
    cast: Cast, text: NegotiatingText, sit: Sit, offstage: Offstage
) -> None:
    page, other = sit(cast.chair), sit(cast.secretary)
    for one in (page, other):
        take_pen(one, "1", "2")
    page.keyboard.press("Control+.")
    page.keyboard.press("Home")
    page.keyboard.type("Quietly: ")
    other.keyboard.press("End")
    other.keyboard.type(" Aloud.")
    expect(words(page, "1")).to_have_text("Quietly: 1. Parties shall act. Aloud.")
    assert offstage(factories.words, text)[0] == "1. Parties shall act. Aloud."
    page.keyboard.press("Control+.")
    expect(words(other, "1")).to_have_text("Quietly: 1. Parties shall act. Aloud.")


def test_the_pen_handed_over_types_and_taken_back_keeps_the_words(
    cast: Cast, text: NegotiatingText, sit: Sit, offstage: Offstage
) -> None:
    provision = offstage(factories.provision, text)
    offstage(handovers.hand, cast.chair, provision, cast.norway.delegation)
    page = sit(cast.norway)
    take_pen(page, "1", "NOR")
    page.keyboard.press("End")
    page.keyboard.type(" Now.")
    expect(words(page, "1")).to_have_text("1. Parties shall act.[ Now.]")
    offstage(handovers.take_back, cast.chair, provision, cast.norway.delegation)
    page.keyboard.type(" Late.")
    waiting.until(lambda: "Late." in page.evaluate(TRAY))
    assert offstage(factories.words, text)[0] == "1. Parties shall act.[ Now.]"


def test_brackets_are_typed_in_pairs_and_deleted_in_pairs(
    cast: Cast, text: NegotiatingText, sit: Sit, offstage: Offstage
) -> None:
    page = sit(cast.chair)
    take_pen(page, "1", "1")
    page.keyboard.press("End")
    page.keyboard.type(" [at once]")
    expect(words(page, "1")).to_have_text("1. Parties shall act. [at once]")
    page.keyboard.press("Backspace")
    expect(words(page, "1")).to_have_text("1. Parties shall act. at once")
    page.keyboard.press("Escape")
    expect(page.locator("[id='1'] .tx")).to_have_text("1. Parties shall act. at once")
    assert offstage(factories.words, text)[0] == "1. Parties shall act. at once"


def test_a_bracket_deleted_here_takes_its_partner_in_another_provision_along(
    cast: Cast, text: NegotiatingText, sit: Sit, offstage: Offstage
) -> None:
    page = sit(cast.chair)
    take_pen(page, "3", "2")
    take_pen(page, "4", "2")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Backspace")
    expect(words(page, "4")).to_have_text("4. at night.")
    expect(words(page, "3")).to_have_text("3. Nobody shall sleep")
    page.keyboard.press("Escape")
    expect(page.locator("[id='4'] .tx")).to_have_text("4. at night.")
    assert offstage(factories.words, text)[2:] == ["3. Nobody shall sleep", "4. at night."]


def test_what_is_typed_for_a_delegation_stands_in_its_brackets(
    cast: Cast, text: NegotiatingText, sit: Sit, offstage: Offstage
) -> None:
    page = sit(cast.secretary)
    take_pen(page, "1", "NOR")
    page.keyboard.press("Home")
    for _ in range(11):
        page.keyboard.press("ArrowRight")
    page.keyboard.type("jointly ")
    expect(words(page, "1")).to_have_text("1. Parties [jointly ]shall act.")
    page.keyboard.press("Escape")
    expect(page.locator("[id='1'] .tx")).to_contain_text("jointly")
    assert offstage(lambda: text.amendments.get().from_the_floor)


def test_words_typed_before_a_crash_are_sent_by_the_next_page(
    cast: Cast, text: NegotiatingText, sit: Sit, offstage: Offstage
) -> None:
    page = sit(cast.chair)
    window = page.context
    take_pen(page, "1", "3")
    window.set_offline(True)
    page.keyboard.press("End")
    page.keyboard.type(" Kept.")
    expect(page.locator(".live")).to_contain_text("kept on this device")
    page.close(run_before_unload=False)
    window.set_offline(False)
    again = window.new_page()
    again.goto(PATH)
    expect(again.locator("[id='1'] .tx")).to_have_text("1. Parties shall act. Kept.")


@pytest.mark.parametrize("outdated", ["server", "page"])
def test_a_page_of_another_version_than_the_server_asks_to_be_reloaded_and_loses_no_word(
    cast: Cast, text: NegotiatingText, sit: Sit, offstage: Offstage, outdated: str
) -> None:
    page = sit(cast.chair)
    lines = Line(outdated)
    page.route_web_socket("**/live/", lines.carry)
    page.reload()
    expect(page.locator(".live")).to_have_attribute("data-state", "live")
    take_pen(page, "1", "3")
    page.keyboard.press("End")
    lines.is_other = True
    page.keyboard.type(" Kept.")
    offer = page.locator("aside.reload")
    expect(offer).to_contain_text("Reload it: what you typed is kept")
    expect(page.locator(".live")).to_have_attribute("data-state", "outdated")
    page.keyboard.type(" Too.")
    lines.is_other = False
    offer.get_by_role("button").click()
    expect(page.locator("[id='1'] .tx")).to_have_text("1. Parties shall act. Kept. Too.")
    assert offstage(factories.words, text)[0] == "1. Parties shall act. Kept. Too."


def test_refused_words_come_back_to_the_tray(cast: Cast, text: NegotiatingText, sit: Sit, offstage: Offstage) -> None:
    page = sit(cast.secretary)
    window = page.context
    take_pen(page, "1", "3")
    window.set_offline(True)
    page.keyboard.press("End")
    page.keyboard.type(" Too late.")
    offstage(lambda: agreements.gavel(cast.chair, factories.provision(text), "agreed", "the room"))
    window.set_offline(False)
    tray = page.locator("section.tray")
    expect(tray).to_contain_text("Too late.")
    expect(tray).to_contain_text("agreed")
    expect(words(page, "1")).to_have_text("1. Parties shall act.")


def test_two_tabs_of_one_person_type_under_names_of_their_own_and_a_dead_one_leaves_its_words_to_the_next(
    cast: Cast, text: NegotiatingText, sit: Sit, offstage: Offstage
) -> None:
    first = sit(cast.chair)
    window = first.context
    second = window.new_page()
    second.goto(PATH)
    expect(second.locator(".live")).to_have_attribute("data-state", "live")
    for page, address in ((first, "1"), (second, "2")):
        take_pen(page, address, "3")
    window.set_offline(True)
    for page, said in ((first, " First."), (second, " Second.")):
        page.keyboard.press("End")
        page.keyboard.type(said)
        expect(page.locator(".live")).to_contain_text("kept on this device")
    first.close(run_before_unload=False)
    window.set_offline(False)
    expect(words(second, "2")).to_have_text("2. Parties [may] rest. Second.")
    third = window.new_page()
    third.goto(PATH)
    expect(third.locator("[id='1'] .tx")).to_have_text("1. Parties shall act. First.")
    expect(third.locator("[id='2'] .tx")).to_have_text("2. Parties [may] rest. Second.")
    stored = ["1. Parties shall act. First.", "2. Parties [may] rest. Second."]
    assert offstage(factories.words, text)[:2] == stored


def test_a_device_that_slept_until_it_was_hung_up_on_wakes_where_the_others_are(
    cast: Cast, text: NegotiatingText, sit: Sit, offstage: Offstage
) -> None:
    phone, other = sit(cast.chair), sit(cast.secretary)
    for page in (other, phone):
        take_pen(page, "1", "3")
    expect(other.locator(".cm-other")).to_have_attribute("data-name", "Chair")
    power = phone.context.new_cdp_session(phone)
    power.send("Page.setWebLifecycleState", {"state": "frozen"})
    expect(other.locator(".cm-other")).to_have_count(0)
    other.keyboard.press("Home")
    other.keyboard.type("So: ")
    expect(words(other, "1")).to_have_text("So: 1. Parties shall act.")
    power.send("Page.setWebLifecycleState", {"state": "active"})
    phone.keyboard.press("End")
    expect(words(phone, "1")).to_have_text("So: 1. Parties shall act.")
    phone.keyboard.type(" Awake.")
    expect(words(other, "1")).to_have_text("So: 1. Parties shall act. Awake.")
    assert offstage(factories.words, text)[0] == "So: 1. Parties shall act. Awake."
