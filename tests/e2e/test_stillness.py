"""Whoever reads is not disturbed: the line being read stays to the pixel, selected words stay, changes are counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from drafting.models import NegotiatingText
from drafting.services import pen_sessions, typing
from drafting.services.typing import Ack, Op, Part
from tests import factories
from tests.cast import Cast

Offstage = Callable[..., Any]

LINE = "Each Party shall cooperate with the others, in good faith and without delay, to protect the river. " * 3
HERE = 25

#: A page scrolls by whole pixels, lines stand at parts of one.
A_PIXEL = 1.0

#: Puts the last lines of a provision at the top of the view, and watches from then on how far they ever move.
READ = """address => {
  const words = document.getElementById(address).querySelector(".tx");
  const bar = document.querySelector(".bar").getBoundingClientRect().bottom;
  scrollBy(0, words.getBoundingClientRect().bottom - bar - 40);
  const node = document.createTreeWalker(words, NodeFilter.SHOW_TEXT).nextNode();
  window.line = document.createRange();
  for (let at = 0; at < node.length; at++) {
    line.setStart(node, at);
    line.setEnd(node, at + 1);
    if (line.getBoundingClientRect().top >= bar) break;
  }
  const start = line.getBoundingClientRect().top;
  window.farthest = 0;
  const look = () => {
    farthest = Math.max(farthest, Math.abs(line.getBoundingClientRect().top - start));
    requestAnimationFrame(look);
  };
  look();
  return start;
}"""


@pytest.fixture
def text(cast: Cast, offstage: Offstage) -> NegotiatingText:
    made: NegotiatingText = offstage(factories.text, cast, *(f"{n}. {LINE}" for n in range(1, 51)))
    return made


def write(cast: Cast, text: NegotiatingText, edits: list[tuple[str, str]], whom: str = "room") -> None:
    """Have the chair put words at the head of provisions, one op each."""
    for n, (address, words) in enumerate(edits, start=1):
        provision = factories.provision(text, address)
        if n == 1 or address not in dict(edits[: n - 1]):
            pen_sessions.take(cast.chair, provision.words_id, whom)
        length = len(provision.words.content)
        part = Part(provision.words_id, provision.words.rev, [[0, words], length] if length else [[0, words]])
        (answer,) = typing.apply(text.floor, [Op(cast.chair.pk, f"chair-{address}-{n}-{words[:20]}", 0, 1, [part])])
        assert isinstance(answer, Ack)


def test_the_first_visible_line_stays_to_the_pixel_through_a_hundred_changes_above_it(
    cast: Cast, text: NegotiatingText, take_seat: Callable[..., Page], offstage: Offstage
) -> None:
    page = take_seat(cast.norway, f"/rivers/treaty/#{HERE}")
    expect(page.locator(".live")).to_have_attribute("data-state", "live")
    before = page.evaluate(READ, str(HERE))
    height = page.evaluate("document.documentElement.scrollHeight")
    for turn in range(4):
        offstage(write, cast, text, [(str(n), f"({turn}) Whereas the river rises. ") for n in range(1, HERE)])
    offstage(write, cast, text, [(str(n), "Last. ") for n in range(1, 5)])
    expect(page.locator("[id='4'] .tx")).to_contain_text("Last.")
    expect(page.locator("[id='24'] .tx")).to_contain_text("(3)")
    assert page.evaluate("document.documentElement.scrollHeight") > height
    assert page.evaluate("line.getBoundingClientRect().top") == pytest.approx(before, abs=A_PIXEL)
    assert page.evaluate("farthest") < A_PIXEL


def test_selected_words_stay_and_a_line_says_who_changed_them(
    cast: Cast, text: NegotiatingText, take_seat: Callable[..., Page], offstage: Offstage
) -> None:
    page = take_seat(cast.norway, f"/rivers/treaty/#{HERE}")
    expect(page.locator(".live")).to_have_attribute("data-state", "live")
    words = page.locator(f"[id='{HERE}'] .tx")
    words.evaluate("element => getSelection().selectAllChildren(element)")
    selected = page.evaluate("String(getSelection())")
    offstage(write, cast, text, [(str(HERE), "Now. ")], "chair")
    line = page.locator(f"[id='{HERE}'] .held-change")
    expect(line).to_contain_text("by the chair")
    assert page.evaluate("String(getSelection())") == selected
    line.get_by_role("button").click()
    expect(words).to_contain_text("Now.")


def test_a_pill_counts_what_changed_out_of_view_and_a_key_walks_it(
    cast: Cast, text: NegotiatingText, take_seat: Callable[..., Page], offstage: Offstage
) -> None:
    page = take_seat(cast.norway, f"/rivers/treaty/#{HERE}")
    expect(page.locator(".live")).to_have_attribute("data-state", "live")
    offstage(write, cast, text, [("2", "Now. "), ("48", "Now. ")])
    pill = page.locator("button.arrived")
    expect(pill).to_contain_text("1 above, 1 below")
    page.keyboard.press(".")
    expect(pill).not_to_contain_text("above")
    page.keyboard.press(".")
    expect(pill).to_have_count(0)
    expect(page.locator("[data-announce]")).to_contain_text("Changed")
