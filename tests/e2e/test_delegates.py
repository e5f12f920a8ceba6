"""Two delegations and a chair, from a draft to its fate: with a lost line in between, and with a friendly amendment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from drafting.models import NegotiatingText
from drafting.services import amendments, decisions
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast

Sit = Callable[..., Page]
Offstage = Callable[..., Any]
TEXT = "/rivers/treaty/"


@pytest.fixture
def text(cast: Cast, offstage: Offstage) -> NegotiatingText:
    return offstage(factories.text, cast, "1. Parties should act.", "2. Parties [may] drink [clean] water.")


def write(page: Page, old: str, new: str) -> None:
    """Change words in the first field of a proposal."""
    words = page.locator("textarea[name=words]").first
    words.fill(words.input_value().replace(old, new))


def write_without_a_line(page: Page) -> None:
    """Go on writing while the line is down: nothing is sent, nothing is lost."""
    page.context.set_offline(True)
    write(page, "clean", "fresh")
    page.click("text=Save as a private draft")
    expect(page.locator("#preview .wrong")).to_contain_text("the line is down")
    expect(page.locator("textarea[name=words]")).to_have_value("2. Parties [may] drink [fresh] water.")
    page.context.set_offline(False)
    expect(page.locator("#preview ins")).to_have_text("fresh")


def accept(cast: Cast, text: NegotiatingText, number: int) -> None:
    """The chair accepts all that is undecided of an amendment."""
    hunks = text.amendments.get(number=number).versions.get(current=True).hunks.values_list("pk", flat=True)
    decisions.decide(cast.chair, text, "accept", "room", hunks=list(hunks))


def test_from_a_private_draft_to_its_fate(cast: Cast, text: NegotiatingText, take_seat: Sit) -> None:
    norway = take_seat(cast.norway, TEXT + "2/propose/")
    write_without_a_line(norway)
    norway.click("text=Save as a private draft")
    expect(norway.locator(".private").first).to_contain_text("Only Norway sees this")
    head = take_seat(cast.norway_head, TEXT + "proposals/")
    head.click(".private .list a")
    head.click("text=Submit to the floor")
    expect(head.locator("h1")).to_contain_text("Proposal 1")
    kenya = take_seat(cast.kenya, TEXT + "proposals/1/")
    kenya.get_by_role("button", name="Co-sponsor").click()
    expect(kenya.get_by_role("button", name="Co-sponsor")).to_have_attribute("aria-pressed", "true")
    chair = take_seat(cast.chair, TEXT + "desk/?only=proposals", viewport={"width": 1440, "height": 960})
    chair.select_option("[name=authority]", "room")
    chair.locator("#choice-2").focus()
    chair.keyboard.press("2")
    chair.keyboard.press("Enter")
    expect(chair.locator(".banner.done")).to_contain_text("Decided: accept")
    norway.goto(TEXT + "proposals/1/")
    expect(norway.locator(".lead")).to_contain_text("In the text")
    expect(norway.locator(".sponsors")).to_contain_text("Kenya and Norway")


def test_a_friendly_amendment_is_offered_taken_and_decided(
    cast: Cast, text: NegotiatingText, take_seat: Sit, offstage: Offstage
) -> None:
    proposed = Proposed(offstage(factories.provision, text), "1. Parties shall act.")
    offstage(amendments.submit, cast.norway, text, [proposed])
    norway = take_seat(cast.norway, TEXT + "proposals/1/")
    expect(norway.locator(".bar .live")).to_have_text("Live")
    kenya = take_seat(cast.kenya, TEXT + "proposals/1/")
    kenya.click("text=Amend this proposal")
    write(kenya, "shall act", "shall act together")
    expect(kenya.locator("#preview ins").last).to_contain_text("together")
    kenya.click("text=Offer it to the sponsors")
    expect(norway.locator(".version.offered .paper")).to_have_text("1. Parties shall act [together].")
    norway.click("text=Take it as friendly")
    expect(norway.locator(".banner.done")).to_contain_text("in both names")
    expect(norway.locator(".sponsors")).to_contain_text("Kenya and Norway")
    offstage(accept, cast, text, 1)
    kenya.goto(TEXT + "proposals/1/")
    expect(kenya.locator(".lead")).to_contain_text("In the text")
    expect(kenya.locator("#version-1")).to_contain_text("superseded")
    assert offstage(factories.words, text)[0] == "1. Parties shall act together."


def test_one_proposal_takes_in_the_other_end_of_a_bracket(cast: Cast, take_seat: Sit, offstage: Offstage) -> None:
    offstage(factories.text, cast, "1. [Parties act.", "2. Parties rest.]")
    norway = take_seat(cast.norway, TEXT + "1/propose/", viewport={"width": 390, "height": 800})
    write(norway, "[", "")
    expect(norway.locator("#preview")).to_contain_text("2 is taken in")
    norway.click("text=Submit to the floor")
    expect(norway.locator("h1")).to_contain_text("Proposal 1 on 1, 2")
