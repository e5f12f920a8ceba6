"""A draft is typed live by all who may, each seeing the others, and by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from drafting.models import Draft
from drafting.services import drafts, guests
from drafting.services.draft_texts import Wording
from tests import factories
from tests.cast import Cast

WORDS = "Each Party shall act."


def opened(cast: Cast) -> tuple[Draft, str]:
    assert cast.kenya.delegation is not None
    draft = drafts.open(cast.norway, factories.provision(factories.text(cast, WORDS)))
    guests.invite(cast.norway, draft, cast.kenya.delegation)
    return draft, f"/rivers/treaty/drafts/{draft.pk}/"


def test_two_delegations_type_one_draft_and_see_each_other(
    cast: Cast, take_seat: Callable[..., Page], offstage: Callable[..., Any]
) -> None:
    _, path = offstage(opened, cast)
    norway, kenya = take_seat(cast.norway, path), take_seat(cast.kenya, path)
    for page in (norway, kenya):
        page.locator(".cm-content").click()
    norway.keyboard.press("Home")
    norway.keyboard.type("Also: ")
    kenya.keyboard.press("End")
    kenya.keyboard.type(" Now.")
    both = "Also: Each Party shall act. Now."
    for page in (norway, kenya):
        expect(page.locator(".cm-content")).to_contain_text(both)
    expect(norway.locator(".cm-other")).to_have_attribute("data-name", "KEN")
    expect(kenya.get_by_role("button", name="Submit to the floor")).to_have_count(0)
    norway.get_by_role("button", name="Submit to the floor").click()
    norway.wait_for_url("**/proposals/1/")
    expect(norway.locator("main")).to_contain_text("Also:")


def test_without_the_invitation_there_is_no_draft_and_no_line(
    cast: Cast, take_seat: Callable[..., Page], offstage: Callable[..., Any]
) -> None:
    draft, path = offstage(opened, cast)
    kenya = take_seat(cast.kenya, path)
    expect(kenya.locator(".live")).to_have_attribute("data-state", "live")
    offstage(guests.uninvite, cast.norway, draft, cast.kenya.delegation)
    expect(kenya.locator(".live")).to_have_attribute("data-state", "refused")
    answer = kenya.goto(path)
    assert answer is not None
    assert answer.status == 404


def test_all_provisions_of_a_draft_are_typed_live_on_one_page(
    cast: Cast, take_seat: Callable[..., Page], offstage: Callable[..., Any]
) -> None:
    _, path = offstage(opened, cast)
    norway = take_seat(cast.norway, path)
    norway.get_by_text("Another provision in the same proposal").click()
    norway.get_by_label("Address").fill("1")
    norway.get_by_text("a new one after it").click()
    norway.get_by_role("button", name="Add it").click()
    expect(norway.locator(".cm-content")).to_have_count(2)
    kenya = take_seat(cast.kenya, path)
    kenya.locator(".cm-content").nth(1).click()
    kenya.keyboard.type("Parties meet.")
    norway.locator(".cm-content").nth(0).click()
    norway.keyboard.press("End")
    norway.keyboard.type(" Now.")
    for page in (norway, kenya):
        expect(page.locator(".cm-content").nth(0)).to_contain_text("Each Party shall act. Now.")
        expect(page.locator(".cm-content").nth(1)).to_contain_text("Parties meet.")
    expect(norway.locator("#preview")).to_contain_text("[Parties meet.]")
    norway.get_by_role("button", name="Submit to the floor").click()
    norway.wait_for_url("**/proposals/1/")
    expect(norway.locator("main")).to_contain_text("Parties meet.")


def test_a_colleague_is_told_that_the_draft_has_grown(
    cast: Cast, take_seat: Callable[..., Page], offstage: Callable[..., Any]
) -> None:
    draft, path = offstage(opened, cast)
    kenya = take_seat(cast.kenya, path)
    expect(kenya.locator(".live")).to_have_attribute("data-state", "live")
    offstage(lambda: drafts.widen(cast.norway, draft, Wording(factories.provision(draft.text), inserts_after=True)))
    expect(kenya.locator("form [role=status]").first).to_contain_text("changed which provisions this draft holds")
