"""Signing in by name and password, and in a demo by one click, in a browser."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from playwright.sync_api import BrowserContext, Page, expect

from tests.cast import Cast


@pytest.fixture
def page(open_window: Callable[..., BrowserContext], offstage: Callable[..., object]) -> Page:
    """The sign-in page, and one person who has an account."""
    password = make_password("fjord and fjell", hasher="pbkdf2_sha256")
    offstage(get_user_model().objects.create, username="dahl", password=password)
    page = open_window().new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", "dahl")
    return page


def test_it_lets_in_a_person_with_an_account(page: Page) -> None:
    page.fill("input[name=password]", "fjord and fjell")
    page.click("form [type=submit]")
    page.wait_for_url(lambda address: "/accounts/login" not in address)
    assert "rolling_session" in {cookie["name"] for cookie in page.context.cookies()}


def test_it_says_why_it_lets_nobody_in(page: Page) -> None:
    page.fill("input[name=password]", "forged and false")
    page.click("form [type=submit]")
    page.wait_for_selector("text=not correct")
    assert "rolling_session" not in {cookie["name"] for cookie in page.context.cookies()}


def test_in_a_demo_a_seat_is_taken_by_one_click(cast: Cast, open_window: Callable[..., BrowserContext]) -> None:
    page = open_window().new_page()
    page.goto(f"/demo/{cast.kenya.pk}/")
    page.click("main form button")
    page.wait_for_url(lambda address: "/demo/" not in address)
    page.goto("/rivers/")
    expect(page.locator(".bar")).to_contain_text("Kenya")
