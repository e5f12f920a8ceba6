"""A secretary keeps up with the floor by keys alone: six things said, in forty presses besides the words themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from drafting import events
from drafting.models import JournalEntry, NegotiatingText
from tests import factories
from tests.cast import Cast

MOST_PRESSES = 40

#: Each act of the journal that names a delegation. What is in brackets already is proposed by a stance on the pair.
SAID = [
    ("NOR", "proposes"),
    ("NOR", "propose"),
    ("EU", "support"),
    ("IND", "propose"),
    ("JPN", "can-live-with"),
    ("BRA", "reserve"),
    ("BRA", "proposes"),
    ("BRA", "delete"),
    ("BRA", "delete"),
]


class Keyboard:
    """A page's keyboard that counts what is pressed besides the words of the text."""

    def __init__(self, page: Page) -> None:
        self._keyboard = page.keyboard
        self.presses = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.presses += 1
            self._keyboard.press(key)

    def words(self, words: str) -> None:
        self._keyboard.type(words)


@pytest.fixture
def text(cast: Cast, offstage: Callable[..., Any]) -> NegotiatingText:
    def assemble() -> NegotiatingText:
        factories.delegations(cast, ["EU", "IND", "JPN", "BRA"])
        return factories.text(
            cast, "Opening.", "Parties shall act as appropriate.", "They rest, as appropriate, at night."
        )

    made: NegotiatingText = offstage(assemble)
    return made


def say_all(page: Page) -> int:
    """Say the six things by keys and return how many were pressed besides the words."""
    keys = Keyboard(page)
    keys.press("j", ":")
    keys.press(*"nor>")
    keys.words("Parties")
    keys.press(">")
    keys.words("jointly")
    keys.press("Enter", *"eu+", "Enter", *"ind[", "Enter", *"jpn=nor", "Enter", *"bra?", "Enter", "d", " ")
    keys.words("as appropriate")
    keys.press("*", "Enter")
    return keys.presses


def test_six_things_said_stand_in_the_text_the_journal_and_on_the_boards(
    cast: Cast,
    text: NegotiatingText,
    take_seat: Callable[..., Page],
    offstage: Callable[..., Any],
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = take_seat(cast.secretary, "/rivers/treaty/")
    board = take_seat(cast.norway, "/rivers/treaty/proposals/?ours=1")
    expect(board.locator(".live")).to_have_attribute("data-state", "live")
    presses = say_all(page)
    said = page.locator("#floor-line .heard li")
    expect(page.locator("#floor-line .heard li[data-state=recorded]")).to_have_count(6)
    assert presses <= MOST_PRESSES
    waited = [int(said.nth(at).get_attribute("data-ms") or "") for at in range(6)]
    with capsys.disabled():
        print(f"\n{presses} presses; acknowledged after {waited} ms")
    assert offstage(factories.words, text) == [
        "Opening.",
        "[Parties [jointly] shall act [as appropriate].]",
        "They rest[, as appropriate], at night.",
    ]
    assert offstage(_journalled) == SAID
    _see_boards(board)


def _journalled() -> list[tuple[str, str]]:
    rows = JournalEntry.objects.filter(kind__in=("amendment-submitted", "stance-taken")).order_by("seq")
    found = [events.decode(row.body or "") for row in rows]
    return [
        (event.delegation or "", event.stance)
        if isinstance(event, events.StanceTaken)
        else (", ".join(event.sponsors), "proposes")
        for event in found
        if isinstance(event, events.StanceTaken | events.AmendmentSubmitted)
    ]


def _see_boards(board: Page) -> None:
    """A delegate has it on the board already, without reading it again, and who stands where on the proposal's page."""
    card = board.locator(".fate.mine")
    for words in ("jointly", "recorded from the floor", "2 reserve"):
        expect(card).to_contain_text(words)
    board.goto("/rivers/treaty/proposals/1/")
    for words in ("NOR", "EU", "JPN", "BRA", "recorded from the floor"):
        expect(board.locator("main")).to_contain_text(words)
