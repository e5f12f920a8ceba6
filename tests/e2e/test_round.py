"""One round of negotiation in four windows, from the import of a text to its issued revision, live in all of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.cast import Cast

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "test-results" / "round"
TREATY = """PART I
General

Article 9
Abstraction

1. In giving effect to article 8, each Party shall, for every aquifer in its territory:

(a) [keep a register of [all][significant] wells that draw more than [10,000][50,000] cubic metres a year;

(b) publish the register [, in a machine-readable form,] within [two] years of entry into force;]

2. Each Party [shall][should] take all [[necessary and] appropriate] measures to keep abstraction below recharge.

3. Nothing in this article affects the supply of drinking water in an emergency.
"""
TEXT = "/rivers/treaty/"


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def follow(page: Page) -> Page:
    """Wait until the page's line is live."""
    expect(page.locator(".bar .live")).to_have_text("Live")
    return page


def test_a_whole_round_is_negotiated_in_four_windows(
    cast: Cast, take_seat: Callable[..., Page], tmp_path: Path
) -> None:
    secretary = take_seat(cast.secretary, "/rivers/import/")
    open_text(secretary, tmp_path)
    norway, kenya = (follow(take_seat(seat, TEXT)) for seat in (cast.norway, cast.kenya))
    picture(norway, "text")
    propose(norway)
    expect(kenya.locator('[id="9.3"] .ld')).to_contain_text("± 1")
    support(kenya)
    hold(kenya)
    expect(norway.locator('[id="9.2"] .bk[data-h~="KEN"]')).to_have_count(1)
    type_for_kenya(secretary)
    expect(norway.locator('[id="9.1"]')).to_contain_text("[transboundary] aquifer")
    chair = take_seat(cast.chair, TEXT + "desk/?only=proposals", viewport={"width": 1440, "height": 960})
    consolidate(chair)
    decide(chair)
    for page in (norway, kenya):
        expect(page.locator('[id="9.3"]')).to_contain_text("potable water")
    issue(secretary)
    read_what_was_issued(take_seat(cast.observer, "/rivers/"))
    fate = take_seat(cast.norway, "/rivers/")
    expect(fate.locator(".fate .became").first).to_contain_text("In the text")
    picture(fate, "home")


def open_text(page: Page, folder: Path) -> None:
    file = folder / "treaty.txt"
    file.write_text(TREATY, encoding="utf-8")
    page.set_input_files("input[type=file]", file)
    page.fill("[name=title]", "Convention on Shared Aquifers")
    page.fill("[name=slug]", "treaty")
    page.click("text=Read the file")
    expect(page.locator(".fates")).to_contain_text("pairs of brackets")
    picture(page, "import")
    page.click("text=Open this text")
    page.wait_for_url(f"**{TEXT}")


def propose(page: Page) -> None:
    page.click('[id="9.3"] .tx', position={"x": 200, "y": 10})
    page.locator("#panel").get_by_text("Propose a change").click()
    words = page.locator("textarea[name=words]")
    words.fill(words.input_value().replace("drinking water", "potable water"))
    expect(page.locator("#preview ins")).to_have_text("potable")
    picture(page, "propose")
    page.click("text=Submit to the floor")
    expect(page.locator("h1")).to_contain_text("Proposal 1")
    page.goto(TEXT)
    follow(page)


def support(page: Page) -> None:
    page.click('[id="9.3"] .tx', position={"x": 200, "y": 10})
    button = page.locator("#panel .amendment").get_by_role("button", name="Support")
    button.click()
    expect(page.locator("#panel .amendment .counts")).to_contain_text("2 delegations support")


def hold(page: Page) -> None:
    page.click('[id="9.2"] .bk:not(:has(.bk)) >> nth=0')
    card = page.locator("#panel .bracket-card.selected")
    card.get_by_role("button", name="Keep text").click()
    expect(card.locator("dd")).to_contain_text("KEN")
    expect(card.get_by_role("button", name="Keep text")).to_be_focused()
    picture(page, "panel")


def type_for_kenya(page: Page) -> None:
    page.goto(TEXT + "9.1/record/")
    page.fill("[name=speakers]", "KEN")
    words = page.locator("textarea[name=words]")
    words.fill(words.input_value().replace("every aquifer", "every transboundary aquifer"))
    page.click("text=Into the text")
    expect(page.locator(".banner.done")).to_contain_text("Recorded as proposal")


def consolidate(page: Page) -> None:
    follow(page)
    page.get_by_role("button", name="Consolidate").click()
    expect(page.locator("[data-fragment=consolidation]")).to_contain_text("what it found")


def decide(page: Page) -> None:
    page.goto(TEXT + "desk/?only=proposals")
    follow(page)
    expect(page.locator(".cluster").first).to_contain_text("potable")
    picture(page, "desk")
    page.keyboard.press("2")
    page.select_option("[name=authority]", "room")
    page.locator("body").focus()
    page.locator("#choice-2").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".banner.done")).to_contain_text("Decided: accept")


def issue(page: Page) -> None:
    page.goto(TEXT + "issue/")
    page.fill("[name=symbol]", "RIVERS/L.1/Rev.1")
    page.get_by_label("Issue it anyway").check()
    page.get_by_role("button", name="Issue", exact=True).click()
    expect(page.locator(".banner.done")).to_contain_text("RIVERS/L.1/Rev.1")
    for kind in ("bracketed", "clean", "log", "loss"):
        for form in ("html", "txt", "docx"):
            answer = page.request.get(f"{TEXT}revisions/1/{kind}.{form}")
            assert answer.status == 200
            assert len(answer.body()) > 200
    picture(page, "revision")


def read_what_was_issued(page: Page) -> None:
    page.click("text=Read RIVERS/L.1/Rev.1")
    expect(page.locator(".document")).to_contain_text("potable water")
    page.goto(TEXT + "revisions/1/clean/")
    expect(page.locator(".conventions")).to_contain_text("Undecided places")
    picture(page, "clean")
