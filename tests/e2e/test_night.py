"""The chair's night by keyboard: proposals to Rev.1, a chair's text without status, and back to the earlier basis."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from drafting.models import Decision, NegotiatingText
from drafting.services import amendments
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast

PROVISIONS, BRACKETS = 60, 15
DESK = "/rivers/treaty/desk/"


def propose(cast: Cast) -> NegotiatingText:
    """Sixty provisions; rivals on the first, the same of two delegations on the second, one each on ten more."""
    words = [f"{n}. Each Party shall take [necessary] measures to protect river {n}." for n in range(1, PROVISIONS + 1)]
    words[BRACKETS:] = [line.replace("[necessary] ", "") for line in words[BRACKETS:]]
    text = factories.text(cast, *words)

    def lodge(who: str, address: str, old: str, new: str) -> None:
        row = factories.provision(text, address)
        amendments.submit(getattr(cast, who), text, [Proposed(row, row.words.content.replace(old, new))])

    lodge("norway", "1", "shall", "should")
    lodge("kenya", "1", "shall", "may")
    for who in ("norway", "kenya"):
        lodge(who, "2", "measures", "all measures")
    for n in range(3, 13):
        lodge("group", str(n), "protect", "conserve")
    return text


def act(page: Page, *keys: str) -> None:
    """Press keys, the last of which sends the page on."""
    for key in keys[:-1]:
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press(keys[-1])


def test_a_chair_takes_a_text_to_two_revisions_and_back_by_keyboard(
    cast: Cast, take_seat: Callable[..., Page], offstage: Callable[..., Any]
) -> None:
    text = offstage(propose, cast)
    page = take_seat(cast.chair, DESK + "?only=proposals&at=1")
    expect(page.locator("#effect")).to_contain_text("Proposals settled")
    page.keyboard.press("3")
    expect(page.locator("#effect")).to_contain_text("weaker")
    act(page, "Enter")
    assert "may take" in offstage(factories.words, text)[0]
    act(page, "u")
    assert "shall take" in offstage(factories.words, text)[0]
    act(page, "y")
    assert "may take" in offstage(factories.words, text)[0]

    act(page, "t")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("12 open proposals"))
    act(page, "*", "a", "Enter")
    assert all("conserve" in words for words in offstage(factories.words, text)[2:12])
    expect(page.get_by_text("Nothing here waits for a decision.")).to_be_visible()

    page.goto("/rivers/treaty/issue/")
    page.get_by_label("Issue it anyway").check()
    page.get_by_role("button", name="Issue", exact=True).click()
    expect(page.get_by_role("heading", name="treaty/Rev.1").first).to_be_visible()

    page.goto(DESK)
    act(page, "l")
    expect(page.get_by_role("heading", level=2).first).to_contain_text(f"{BRACKETS} places")
    with page.expect_navigation():
        page.get_by_role("button", name="Lift: the words stay").click()
        page.get_by_role("button", name="Decide").click()
    assert offstage(text.brackets.filter(closed=False).count) == 0

    page.goto("/rivers/treaty/issue/")
    page.get_by_role("link", name="Chair's text").click()
    page.wait_for_url("**/issue/?kind=chairs-text")
    page.get_by_label("It is the basis of negotiation").uncheck()
    page.get_by_role("button", name="Issue", exact=True).click()
    expect(page.get_by_role("heading", name="treaty/Rev.2").first).to_be_visible()

    assert offstage(lambda: text.revisions.get(basis=True).number) == 1

    page.goto("/rivers/treaty/revisions/1/")
    page.get_by_text("Go back to this text").click()
    page.get_by_role("button", name="Make it the basis again").click()
    expect(page.get_by_text(f"{BRACKETS} decisions since are taken back")).to_be_visible()
    assert offstage(text.brackets.filter(closed=False).count) == BRACKETS
    assert "may take [necessary] measures" in offstage(factories.words, text)[0]
    # What led to Rev.1 is still decided.
    assert offstage(Decision.objects.filter(undone=False, act="accept").count) == 12
