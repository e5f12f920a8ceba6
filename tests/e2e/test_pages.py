"""Pages in a real browser: without a script, by keyboard, on a phone, right to left, and for who does not see them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from drafting.text.structures import Entry, Structure
from tests import factories, waiting
from tests.cast import Cast
from tests.views.conftest import STRUCTURE

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TEXT = "/rivers/treaty/"

#: What comes over the line is read only when the test says so.
READS_ARE_HELD = """() => {
  const read = Response.prototype.text;
  window.held = [];
  Response.prototype.text = function () {
    return new Promise((done) => window.held.push(async () => done(await read.call(this))));
  };
}"""


@pytest.fixture
def treaty(cast: Cast, offstage: Callable[..., Any]) -> None:
    """A text on the floor."""
    offstage(factories.opened, cast, STRUCTURE)


@pytest.mark.usefixtures("treaty")
def test_everything_is_done_without_a_script(cast: Cast, take_seat: Callable[..., Page]) -> None:
    page = take_seat(cast.kenya, TEXT, java_script_enabled=False)
    page.click('[id="9.1"] .lb')
    page.wait_for_url("**/9.1/")
    page.locator(".bracket-card").first.get_by_role("button", name="Keep text").click()
    expect(page.locator(".bracket-card dd").first).to_contain_text("KEN")
    page.click("text=Propose a change")
    words = page.locator("textarea[name=words]")
    words.fill(words.input_value().replace("measures", "steps"))
    page.click("button[name=preview]")
    expect(page.locator("#preview ins")).to_have_text("steps")
    page.click("text=Submit to the floor")
    expect(page.locator("h1")).to_contain_text("Proposal 1")


@pytest.mark.usefixtures("treaty")
def test_an_address_gives_its_provision_the_focus(cast: Cast, take_seat: Callable[..., Page]) -> None:
    page = take_seat(cast.kenya, TEXT + "#9.2")
    expect(page.locator(".pv.focus")).to_have_attribute("id", "9.2")
    expect(page.locator("#panel h2")).to_have_text("9.2")


@pytest.mark.parametrize("width", [360, 1440])
def test_what_an_address_far_down_names_comes_into_view(
    width: int, cast: Cast, offstage: Callable[..., Any], take_seat: Callable[..., Page]
) -> None:
    words = "Each Party [shall][should] take [all [necessary] measures]. "
    rows = tuple(Entry(f"{n}. {words * (n % 7 + 1)}", f"{n}", f"{n}", 2) for n in range(1, 121))
    offstage(factories.opened, cast, Structure(rows))
    page = take_seat(cast.kenya, "/help/", viewport={"width": width, "height": 800})
    page.goto(TEXT + "#90")
    top = "document.querySelector('.pv.focus').getBoundingClientRect().top"
    waiting.until(lambda: page.evaluate(f"{top} > 50 && {top} < innerHeight / 2"))
    page.wait_for_load_state("networkidle")
    assert 50 < page.evaluate(top) < 400


@pytest.mark.usefixtures("treaty")
def test_keys_move_the_focus_and_rest_while_one_types(cast: Cast, take_seat: Callable[..., Page]) -> None:
    page = take_seat(cast.kenya, TEXT + "#9.1")
    page.keyboard.press("j")
    expect(page.locator(".pv.focus")).to_have_attribute("id", "9.1(a)")
    page.keyboard.press("k")
    page.keyboard.press("]")
    expect(page.locator(".bk.selected")).to_have_attribute("id", "9-b1")
    expect(page.locator(".bracket-card.selected .no")).to_have_text("1")
    page.keyboard.press("/")
    page.keyboard.type("jk")
    expect(page.locator("#q")).to_have_value("jk")
    expect(page.locator(".pv.focus")).to_have_attribute("id", "9.1")


@pytest.mark.usefixtures("treaty")
def test_the_panel_of_a_provision_left_meanwhile_comes_too_late(cast: Cast, take_seat: Callable[..., Page]) -> None:
    page = take_seat(cast.kenya, TEXT + "#9.1")
    expect(page.locator("#panel h2")).to_have_text("9.1")
    page.evaluate(READS_ARE_HELD)
    page.keyboard.press("j")
    waiting.until(lambda: page.evaluate("window.held.length"))
    page.keyboard.press("k")
    page.evaluate("Promise.all(window.held.splice(0).map((go) => go()))")
    expect(page.locator("#panel h2")).to_have_text("9.1")
    expect(page.locator("#panel")).not_to_have_attribute("aria-busy", "true")


@pytest.mark.usefixtures("treaty")
def test_keys_can_be_switched_off(cast: Cast, take_seat: Callable[..., Page]) -> None:
    page = take_seat(cast.kenya, TEXT + "#9.1")
    page.click(".bar .menu summary")
    page.click("button[name=keys][value=off]")
    page.goto(TEXT + "#9.1")
    page.keyboard.press("j")
    expect(page.locator(".pv.focus")).to_have_attribute("id", "9.1")


@pytest.mark.usefixtures("treaty")
def test_words_sent_while_the_line_is_down_stay_on_the_page(cast: Cast, take_seat: Callable[..., Page]) -> None:
    page = take_seat(cast.kenya, TEXT + "reserves/?at=9.2")
    page.check("[name=scope][value=words]")
    page.fill("[name=words]", "drinking")
    page.context.set_offline(True)
    page.click("[name=enter]")
    expect(page.locator(".sending[role=alert]")).to_contain_text("Your words stay here")
    expect(page.locator("[name=words]")).to_have_value("drinking")
    page.context.set_offline(False)
    page.click("[name=enter]")
    expect(page.locator("main q")).to_have_text("drinking")


@pytest.mark.usefixtures("treaty")
def test_bracket_numbers_are_not_copied(cast: Cast, take_seat: Callable[..., Page]) -> None:
    page = take_seat(cast.kenya, TEXT)
    copied = page.evaluate(
        """() => { getSelection().selectAllChildren(document.getElementById("sheet"));
                   const clipboardData = new DataTransfer();
                   const copy = new ClipboardEvent("copy", {clipboardData, bubbles: true});
                   document.getElementById("9.1").dispatchEvent(copy);
                   return clipboardData.getData("text/plain"); }"""
    )
    assert copied.split("\n\n") == [entry.words for entry in STRUCTURE.entries]


PAGES = (
    *(
        "",
        "desk/",
        "desk/triage/",
        "desk/linked/",
        "desk/pictures/",
        "desk/policy/",
        "proposals/",
        "9.1/",
        "9.1/record/",
    ),
    *("9.1/agreement/", "bracketed/", "clean/", "groups/", "issue/", "bring/", "boxes/", "reserves/", "packages/"),
    *("facilitators/", "languages/", "editorial/", "special/", "scrub/", "scrub/numbers/?way=close", "revisions/"),
    *("compare/", "../policies/", "../ladder/"),
)
#: A window of each width, and letters twice the size in the widest that folds nothing.
FITS = """async ([width, size]) => {
  document.documentElement.style.fontSize = size;
  const wider = document.documentElement.scrollWidth - innerWidth;
  return wider > 0 ? [width, size, wider] : null;
}"""
#: What a theme changes; the rest is the same in all of them.
COLOURS = "axe.run(document, {runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}})"
DARK: dict[str, Any] = {"color_scheme": "dark"}
MORE: dict[str, Any] = {"color_scheme": "light", "contrast": "more"}
FORCED: dict[str, Any] = {"contrast": "no-preference", "forced_colors": "active"}
PLAIN: dict[str, Any] = {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "none"}
#: Where every ink and ground there is stands.
ALL_INKS = ("/components/", TEXT, TEXT + "desk/")


@pytest.mark.usefixtures("treaty")
def test_no_page_is_wider_than_its_window(cast: Cast, take_seat: Callable[..., Page]) -> None:
    page = take_seat(cast.chair, TEXT)
    wider = {}
    for path in PAGES:
        page.goto(TEXT + path)
        for width, size in ((1440, ""), (768, ""), (360, ""), (320, ""), (1280, "200%")):
            page.set_viewport_size({"width": width, "height": 800})
            if found := page.evaluate(FITS, [width, size]):
                wider[path] = found
    assert wider == {}


@pytest.mark.usefixtures("treaty")
def test_axe_finds_nothing_to_object_to(cast: Cast, take_seat: Callable[..., Page]) -> None:
    page = take_seat(cast.chair, "/help/", bypass_csp=True)
    found: dict[str, list[str]] = {}
    for path in ("/rivers/", *(TEXT + path for path in PAGES), "/help/", "/components/"):
        page.emulate_media(**PLAIN)
        page.goto(path)
        page.add_script_tag(path=AXE)
        seen = page.evaluate("axe.run()")["violations"]
        for media in (DARK, MORE, FORCED) if path in ALL_INKS else (DARK, MORE):
            page.emulate_media(**media)
            seen += page.evaluate(COLOURS)["violations"]
        for violation in seen:
            nodes = [str(node["target"]) for node in violation["nodes"][:3]]
            found.setdefault(f"{path} {violation['id']}: {violation['help']}", []).extend(nodes)
    assert found == {}


@pytest.mark.usefixtures("treaty")
def test_tab_begins_at_the_head_shows_where_it_is_and_comes_to_the_text(
    cast: Cast, take_seat: Callable[..., Page]
) -> None:
    page = take_seat(cast.kenya, TEXT)
    expect(page.locator(".pv.focus")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        assert page.evaluate("document.activeElement.closest('#sheet, #panel') !== null")


def test_paper_is_white_and_a_page_in_english_loads_no_arabic_letters(
    open_window: Callable[..., BrowserContext],
) -> None:
    page = open_window(color_scheme="dark").new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto("/help/", wait_until="networkidle")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) != "rgb(255, 255, 255)"
    page.emulate_media(media="print")
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    assert [url for url in loaded if "arabic" in url] == []


def test_right_to_left_is_a_mirror(open_window: Callable[..., BrowserContext]) -> None:
    page = open_window(viewport={"width": 1440, "height": 900}).new_page()
    label = "document.querySelector('.pv:not(.article) .lb').getBoundingClientRect().x"
    words = "document.querySelector('.pv:not(.article) .tx').getBoundingClientRect().x"
    page.goto("/components/?dir=ltr")
    assert page.evaluate(f"{label} < {words} + 120")
    page.goto("/components/?dir=rtl")
    assert page.evaluate(f"{label} > {words} + 120")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
