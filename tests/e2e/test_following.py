"""Following and preparing in a real browser: notes that only their delegation can read, jumps, what is new."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Page, Route, expect

from drafting.models import KeyShare, NegotiatingText, Pen, ResealedNote, SealedNote
from drafting.services import notes, pens, seats
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast
from tests.e2e.test_pages import AXE
from tests.views.conftest import STRUCTURE

TEXT = "/rivers/treaty/"
SECRET = "Quetzalcoatl"
LOCKED = {"salt": "AA==", "iterations": 600_000, "iv": "AA==", "sealed": "AA=="}
WORDS, OTHER = "seven words of a song", "eight words of another"


@pytest.fixture
def treaty(cast: Cast, offstage: Callable[..., Any]) -> NegotiatingText:
    """A text on the floor."""
    text: NegotiatingText = offstage(factories.opened, cast, STRUCTURE)
    return text


def choose(page: Page, heading: str, words: str) -> None:
    """Type a passphrase twice into the form under `heading`, and send it."""
    form = page.locator("form", has=page.get_by_role("heading", name=heading))
    form.locator("[data-words]").fill(words)
    form.locator("[data-words-again]").fill(words)
    form.locator("button:not([type=button])").click()


def unlock(page: Page, words: str) -> None:
    form = page.locator("form", has=page.get_by_role("heading", name="Open the notes"))
    form.locator("[data-words]").fill(words)
    form.get_by_role("button", name="Open").click()
    expect(page.locator(".writes")).to_be_visible()


def found(page: Page) -> str:
    """Make the delegation's key, note a red line under it, and return the printed code."""
    choose(page, "Make your delegation’s key", WORDS)
    expect(page.locator(".printed")).to_be_visible()
    code = page.locator(".printed .code").inner_text()
    page.get_by_role("button", name="It is on paper").click()
    unlock(page, WORDS)
    page.locator(".writes [data-sort]").select_option("Red line")
    page.locator(".writes [data-at]").fill("9.2")
    page.locator(".writes [data-note]").fill(f"Hold it: {SECRET}.")
    page.get_by_role("button", name="Seal and keep").click()
    expect(page.locator(".note")).to_contain_text(SECRET)
    return code


def send_in_pieces(page: Page) -> list[int]:
    """Let the browser have one note at a time, and lose the line once, at the second; return how many it sent each."""
    sent: list[int] = []

    def shorten(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={"notes": answer.json()["notes"][:1]})

    def pass_on(route: Route) -> None:
        body = route.request.post_data_json
        if body["act"] == "reseal":
            sent.append(len(body["notes"]))
        if body["act"] == "reseal" and len(sent) == 2:
            route.abort()
        else:
            route.continue_()

    page.route("**/notes/ring/?after=*", shorten)
    page.route("**/notes/act/", pass_on)
    return sent


def everything_kept() -> str:
    """Return all the server keeps, every table of it, as text."""
    with connection.cursor() as cursor:
        kept = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            kept.append(repr(cursor.fetchall()))
    return "\n".join(kept)


def test_a_note_is_read_by_its_delegation_alone(
    treaty: NegotiatingText, cast: Cast, take_seat: Callable[..., Page], offstage: Callable[..., Any]
) -> None:
    kari = take_seat(cast.norway, TEXT + "notes/")
    code = found(kari)
    head = take_seat(cast.norway_head, TEXT + "notes/")
    choose(head, "Ask to be let in", OTHER)
    number = head.locator("[data-number]")
    expect(number).not_to_be_empty()

    kari.reload()
    expect(kari.locator(".let-in [data-number]")).to_have_text(number.inner_text())
    kari.locator(".let-in [data-words]").fill(WORDS)
    kari.get_by_role("button", name="Let in").click()
    expect(kari.locator(".let-in")).to_have_count(0)
    head.get_by_role("button", name="Look again").click()
    unlock(head, OTHER)
    expect(head.locator(".note")).to_contain_text(SECRET)

    kept = offstage(everything_kept)
    assert not [word for word in (SECRET, WORDS, OTHER, code, "Red line") if word in kept]
    kenya = take_seat(cast.kenya, TEXT + "notes/")
    expect(kenya.get_by_role("heading", name="Make your delegation’s key")).to_be_visible()


def test_when_a_member_leaves_a_colleague_changes_the_key_and_every_note_is_sealed_anew(
    treaty: NegotiatingText, cast: Cast, take_seat: Callable[..., Page], offstage: Callable[..., Any]
) -> None:
    page = take_seat(cast.norway, TEXT + "notes/")
    code = found(page)
    offstage(notes.ask_in, cast.norway_head, treaty, "AA==", LOCKED)
    offstage(KeyShare.objects.filter(seat=cast.norway_head).update, wrapped="AA==")
    before = offstage(lambda: SealedNote.objects.get().sealed)
    offstage(seats.take, cast.secretary, cast.norway_head)
    for words in ("Ask the capital.", "Fallback: may."):
        page.locator(".writes [data-note]").fill(words)
        page.get_by_role("button", name="Seal and keep").click()
        expect(page.locator(".note", has_text=words)).to_be_visible()
    sent = send_in_pieces(page)
    page.reload()
    expect(page.locator("[data-left]")).to_contain_text("has left")
    page.get_by_role("button", name="Seal every note anew").click()
    expect(page.locator("[data-said]")).to_contain_text("The line broke")
    assert (len(sent), offstage(lambda: ResealedNote.objects.count())) == (2, 1)
    page.reload()
    expect(page.locator(".note")).to_have_count(3)
    page.get_by_role("button", name="Seal every note anew").click()
    fresh = page.locator(".printed [data-code]")
    expect(fresh).not_to_have_text(code)
    page.get_by_role("button", name="It is on paper").click()
    expect(page.locator(".note", has_text=SECRET)).to_be_visible()
    expect(page.locator("[data-left]")).to_be_hidden()
    assert len(sent) == 2 + 3
    assert before not in offstage(lambda: list(SealedNote.objects.values_list("sealed", flat=True)))
    page.get_by_role("button", name="Lock").click()
    unlock(page, WORDS)
    expect(page.locator(".note")).to_have_count(3)
    expect(page.locator(".note", has_text=SECRET)).to_be_visible()
    assert SECRET not in offstage(everything_kept)


def test_the_printed_code_opens_the_notes_and_the_pack_takes_them_along(
    treaty: NegotiatingText, cast: Cast, take_seat: Callable[..., Page], tmp_path: Path
) -> None:
    page = take_seat(cast.norway, TEXT + "notes/")
    code = found(page)
    page.locator("[data-change]").click()
    page.locator("[data-cancel]").dblclick()
    expect(page.locator("[data-change]")).to_have_count(1)
    page.get_by_role("button", name="Lock").click()
    page.get_by_text("I have lost my passphrase").click()
    page.locator("details [data-code]").fill(code.lower().replace("-", " "))
    page.locator("details [data-words]").fill(OTHER)
    page.locator("details [data-words-again]").fill(OTHER)
    page.get_by_role("button", name="Open with the code").click()
    expect(page.locator(".note")).to_contain_text(SECRET)
    page.goto(TEXT + "pack/")
    with page.expect_download() as saved:
        page.get_by_role("button", name="with our notes").click()
    saved.value.save_as(tmp_path / "pack.html")
    taken = (tmp_path / "pack.html").read_text(encoding="utf-8")
    assert SECRET in taken
    assert "drinking &lt;water&gt;" in taken


def test_without_a_script_the_notes_say_so(treaty: NegotiatingText, cast: Cast, take_seat: Callable[..., Page]) -> None:
    page = take_seat(cast.norway, TEXT + "notes/", java_script_enabled=False)
    expect(page.locator("noscript p")).to_contain_text("Notes need JavaScript")
    expect(page.locator("main textarea, main input[type=password]")).to_have_count(0)


def test_find_jumps_to_what_the_floor_calls_it(
    treaty: NegotiatingText, cast: Cast, take_seat: Callable[..., Page]
) -> None:
    page = take_seat(cast.kenya, TEXT)
    page.evaluate("window.stays = true")
    page.keyboard.press("/")
    page.keyboard.type("art. 9 1 b")
    page.keyboard.press("Enter")
    expect(page.locator(".pv.focus")).to_have_attribute("id", "9.1(b)")
    assert page.evaluate("window.stays")
    page.keyboard.press("/")
    page.keyboard.type("drinking")
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_have_text("drinking")


def test_what_changed_since_one_last_read_is_marked_and_walked_by_key(
    treaty: NegotiatingText, cast: Cast, take_seat: Callable[..., Page], offstage: Callable[..., Any]
) -> None:
    def change() -> None:
        provision = factories.provision(treaty, "9.2")
        pens.write(cast.chair, Proposed(provision, "2. Nothing here affects clean <water>."), Pen.For.ROOM)

    offstage(change)
    page = take_seat(cast.kenya, TEXT)
    expect(page.locator("[data-news]")).to_have_text("1 changed since I last read")
    page.keyboard.press("c")
    expect(page.locator(".pv.focus")).to_have_attribute("id", "9.2")
    page.locator("[data-news]").click()
    expect(page.locator("main del")).to_have_text("drinking")
    page.get_by_role("button", name="I have read this").click()
    expect(page.locator(".empty")).to_have_text("Not one word differs.")


PAGES = ("since/", "watches/", "board/", "fates/", "notes/", "report/", "pack/", "find/?q=water")


def test_these_pages_fit_a_phone_and_axe_finds_nothing_to_object_to(
    treaty: NegotiatingText, cast: Cast, take_seat: Callable[..., Page]
) -> None:
    page = take_seat(cast.norway, TEXT, viewport={"width": 360, "height": 780}, bypass_csp=True)
    found: dict[str, Any] = {}
    for path in PAGES:
        page.goto(TEXT + path)
        page.add_script_tag(path=AXE)
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        broken = [violation["id"] for violation in page.evaluate("axe.run()")["violations"]]
        found |= {path: (wider, broken)} if wider > 0 or broken else {}
    assert found == {}
