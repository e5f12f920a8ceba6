"""Those who type in one text see each other; who only reads sees nobody and is never shown."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest
from channels.db import database_sync_to_async

from drafting.live import presence
from drafting.models import WorkingText
from drafting.services import drafts, mandates
from drafting.services import guests as inviting
from tests import factories
from tests.cast import Cast
from tests.live.talk import Talk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def words(cast: Cast) -> WorkingText:
    text = factories.text(cast, "a b c")
    mandates.give(cast.chair, text, cast.facilitator, list(text.provisions.all()))
    return factories.provision(text).words


async def watch(browser: Talk, words: WorkingText, *, pen: bool) -> None:
    await browser.say("watch", texts=[words.pk])
    await browser.hear("text")
    if pen:
        await browser.say("pen", text=words.pk, for_="editorial")
        await browser.hear("pen_ok")
        await browser.say("at", text=words.pk, rev=0, anchor=0, head=0)


async def test_pen_holders_of_one_text_see_each_other(cast: Cast, words: WorkingText):
    async with Talk(cast.chair) as chair, Talk(cast.secretary) as secretary:
        for browser in (chair, secretary):
            await watch(browser, words, pen=True)
        (person,) = (await chair.hear("presence"))["people"] or (await chair.hear("presence"))["people"]
        assert (person["name"], person["anchor"], person["head"]) == ("Secretariat", 0, 0)


async def test_whoever_lays_the_pen_down_is_shown_no_longer(cast: Cast, words: WorkingText):
    async with Talk(cast.chair) as chair, Talk(cast.secretary) as secretary:
        for browser in (chair, secretary):
            await watch(browser, words, pen=True)
        await chair.hear_where("presence", lambda told: told["people"])
        await secretary.say("pen", text=words.pk, for_=None)
        nobody = await chair.hear_where("presence", lambda told: not told["people"])
        assert nobody["text"] == str(words.pk)


async def test_places_are_told_at_most_four_times_a_second_however_often_carets_move(
    cast: Cast, words: WorkingText, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "CLOSEST", 0.0)
    clock = asyncio.get_running_loop().time
    async with Talk(cast.chair) as chair, Talk(cast.secretary) as secretary, Talk(cast.facilitator) as facilitator:
        for browser in (chair, secretary, facilitator):
            await watch(browser, words, pen=True)
        began, frames = clock(), []
        for head in range(100):
            for browser in (secretary, facilitator):
                await browser.say("at", text=words.pk, rev=0, anchor=0, head=head)

        def are_all_at_the_end(told: dict[str, Any]) -> bool:
            frames.append(told)
            return [person["head"] for person in told["people"]] == [99, 99]

        await chair.hear_where("presence", are_all_at_the_end)
        assert 1 <= len(frames) <= 1 + (clock() - began) / presence.EVERY


async def test_a_reader_is_neither_shown_nor_told(cast: Cast, words: WorkingText):
    async with Talk(cast.chair) as chair, Talk(cast.norway) as norway:
        await watch(norway, words, pen=False)
        await norway.say("at", text=words.pk, rev=0, anchor=1, head=1)
        await watch(chair, words, pen=True)
        assert (await chair.hear("presence"))["people"] == []
        assert await norway.socket.receive_nothing(timeout=0.6)


@pytest.mark.parametrize(("guests", "called"), [((), "Kari Nilsen"), (("kenya",), "NOR")])
async def test_in_a_draft_its_delegation_is_seen_by_name_and_beside_guests_as_the_delegation(
    cast: Cast, guests: tuple[str, ...], called: str
) -> None:
    words = await database_sync_to_async(_share)(cast, guests)
    async with Talk(cast.norway) as own, Talk(cast.norway_head) as other:
        for browser in (own, other):
            await browser.say("watch", texts=[words])
            await browser.hear("text")
            await browser.say("at", text=words, rev=0, anchor=0, head=0)
        people = (await other.hear_where("presence", lambda told: told["people"]))["people"]
        assert [person["name"] for person in people] == [called]


def _share(cast: Cast, guests: tuple[str, ...]) -> UUID:
    cast.norway.user.first_name, cast.norway.user.last_name = "Kari", "Nilsen"
    cast.norway.user.save()
    draft = drafts.open(cast.norway, factories.provision(factories.text(cast, "a b c")))
    for guest in guests:
        inviting.invite(cast.norway, draft, getattr(cast, guest).delegation)
    return draft.parts.get().words_id
