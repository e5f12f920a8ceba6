"""What a browser hears: who is let in, what comes to whom, and that nothing is missed."""

from __future__ import annotations

import uuid

import pytest
from channels.db import database_sync_to_async

from delegations import services
from drafting.models import Stream
from tests.cast import Cast
from tests.live.conftest import act
from tests.live.talk import Talk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "origin", [None, "http://evil.example", "http://localhost:9999", "null", "https://localhost:8000"]
)
async def test_it_refuses_a_socket_that_our_own_page_did_not_open(cast: Cast, origin: str | None):
    async with Talk(cast.norway, origin=origin) as browser:
        assert browser.refused == (origin != "https://localhost:8000")


async def test_it_refuses_a_stranger_without_a_session(cast: Cast):
    async with Talk(None) as browser:
        assert browser.refused


async def test_it_refuses_a_person_without_a_seat(cast: Cast):
    async with Talk(cast.unseated) as browser:
        assert browser.refused


async def test_it_knows_no_other_address(cast: Cast):
    async with Talk(cast.norway, path="/live/else/") as browser:
        assert browser.refused


async def test_it_answers_hello_with_its_build(cast: Cast, settings):
    async with Talk(cast.norway) as browser:
        await browser.say("hello", build="x")
        assert (await browser.hear())["build"] == settings.BUILD


async def test_a_new_follower_is_told_how_far_the_stream_has_come(cast: Cast, floor: Stream):
    await act(floor, cast.chair, 1, 2)
    async with Talk(cast.norway) as browser:
        tick = await browser.follow(floor.pk)
        assert (tick["t"], tick["seq"], tick["items"]) == ("tick", 2, [])


async def test_every_follower_hears_an_act_once(cast: Cast, floor: Stream):
    async with Talk(cast.norway) as norway, Talk(cast.kenya) as kenya:
        await norway.follow(floor.pk)
        await kenya.follow(floor.pk)
        await act(floor, cast.chair, 7)
        for browser in (norway, kenya):
            told = [{"seq": 1, "text": None, "kind": "bracket-closed", "bracket": [7], "how": "lifted"}]
            assert await browser.hear_items(1) == told
            assert await browser.socket.receive_nothing()


async def test_whoever_comes_back_has_missed_nothing(cast: Cast, floor: Stream):
    await act(floor, cast.chair, *range(10))
    async with Talk(cast.norway) as browser:
        tick = await browser.follow(floor.pk, since=4)
        assert [item["seq"] for item in tick["items"]] == [5, 6, 7, 8, 9, 10]
        assert tick["seq"] == 10


async def test_rows_nobody_announced_are_found_in_the_journal(cast: Cast, floor: Stream, monkeypatch):
    async with Talk(cast.norway) as browser:
        await browser.follow(floor.pk)
        monkeypatch.setattr("drafting.broadcast._send", lambda stream, message: None)
        await act(floor, cast.chair, 1, 2, 3)
        assert [item["bracket"] for item in await browser.hear_items(3)] == [[1], [2], [3]]


async def test_an_act_of_very_many_rows_arrives_whole(cast: Cast, floor: Stream):
    async with Talk(cast.norway) as browser:
        await browser.follow(floor.pk)
        await act(floor, cast.chair, *range(1200))
        assert [item["seq"] for item in await browser.hear_items(1200)] == list(range(1, 1201))


async def test_who_fell_very_far_behind_is_sent_for_the_page(cast: Cast, floor: Stream, monkeypatch):
    monkeypatch.setattr("drafting.live.feeds.RING", 50)
    await act(floor, cast.chair, *range(60))
    async with Talk(cast.norway) as browser:
        answer = await browser.follow(floor.pk, since=1)
        assert (answer["t"], answer["stream"]) == ("resync", str(floor.pk))


@pytest.mark.parametrize("name", ["observer", "stranger", "other_chair"])
async def test_who_may_not_read_the_floor_does_not_learn_that_it_is_there(cast: Cast, floor: Stream, name: str):
    async with Talk(getattr(cast, name)) as browser:
        answer = await browser.follow(floor.pk)
        unknown = await browser.follow(uuid.uuid4())
        assert (answer["t"], answer["code"]) == ("error", "not-found")
        assert answer["message"] == unknown["message"]


async def test_a_seat_that_is_taken_away_loses_the_stream(cast: Cast, floor: Stream):
    async with Talk(cast.kenya) as kenya, Talk(cast.norway) as norway:
        await kenya.follow(floor.pk)
        await norway.follow(floor.pk)
        await database_sync_to_async(services.unseat)(cast.kenya)
        assert (await kenya.hear("error"))["code"] == "right-lost"
        await act(floor, cast.chair, 1)
        assert await norway.hear_items(1)
        assert await kenya.socket.receive_nothing()


async def test_progress_is_passed_on_and_never_kept(cast: Cast, floor: Stream):
    from drafting.services import journal

    async with Talk(cast.chair) as chair:
        await chair.follow(floor.pk)
        progress = {"consolidation": "c", "done": 3, "total": 9}
        await database_sync_to_async(journal.progress)(floor, progress)
        progress |= {"seq": None, "text": None, "kind": "progress"}
        assert await chair.hear_items(1) == [progress]
    async with Talk(cast.chair) as chair:
        assert (await chair.follow(floor.pk, since=0))["items"] == []


@pytest.mark.parametrize("frame", [" ", "[]", "{", '{"v":1,"t":"dance"}', '{"t":"seen","seq":1}', "x" * 70_000])
async def test_what_is_no_message_is_answered_by_an_error(cast: Cast, frame: str):
    async with Talk(cast.norway) as browser:
        await browser.socket.send_to(frame)
        assert (await browser.hear())["code"] == "unknown-message"


@pytest.mark.parametrize("version", [0, 2])
async def test_a_page_of_another_version_is_told_to_reload_and_nothing_of_it_is_done(
    cast: Cast, floor: Stream, version: int
):
    async with Talk(cast.norway) as browser:
        await browser.say("sub", stream=floor.pk, since=None, v=version)
        answer = await browser.hear()
        assert (answer["t"], answer["code"]) == ("error", "other-version")
        assert "reload" in answer["message"]
        await act(floor, cast.chair, 1)
        assert await browser.socket.receive_nothing()


async def test_repeated_offences_end_the_talk(cast: Cast):
    async with Talk(cast.norway) as browser:
        for _ in range(5):
            await browser.socket.send_to("nonsense")
        assert await browser.hear_close() == 4400


async def test_a_silent_socket_is_told_to_come_back(cast: Cast, floor: Stream, monkeypatch):
    monkeypatch.setattr("drafting.live.browsers.SILENCE", 0.5)
    async with Talk(cast.norway) as browser:
        await browser.say("sub", stream=floor.pk, since=None)
        await browser.hear("resync")
        assert await browser.hear_close() == 4408


async def test_signing_out_closes_the_socket(cast: Cast, floor: Stream, monkeypatch):
    from django.contrib.sessions.models import Session

    monkeypatch.setattr("drafting.live.hub.LOOK", 0.05)
    async with Talk(cast.norway) as browser:
        await browser.follow(floor.pk)
        await database_sync_to_async(Session.objects.filter(pk=browser.session).delete)()
        assert await browser.hear_close() == 4401
