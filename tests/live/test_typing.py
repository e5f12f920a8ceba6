"""Typing over the socket: watch, take the pen, type; acknowledged means stored, and everybody has the same text."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from channels.db import database_sync_to_async

from drafting.models import NegotiatingText, WorkingText
from tests import factories
from tests.cast import Cast
from tests.live.talk import Talk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def negotiated(cast: Cast) -> NegotiatingText:
    return factories.text(cast, "a b c", "x [y] z")


@pytest.fixture
def words(negotiated: NegotiatingText) -> WorkingText:
    return factories.provision(negotiated).words


def op(words: WorkingText, n: int, changes: list[Any], rev: int = 0, **named: Any) -> dict[str, Any]:
    parts = [{"text": words.pk, "base_rev": rev, "changes": changes}]
    return {"client": "tab", "epoch": 0, "n": n, "parts": parts, **named}


async def test_a_watched_text_is_sent_as_it_stands(cast: Cast, words: WorkingText):
    async with Talk(cast.norway) as norway:
        await norway.say("watch", texts=[words.pk])
        assert await norway.hear() == {"v": 1, "t": "text", "text": str(words.pk), "content": "a b c", "rev": 0}


async def test_what_one_types_reaches_all_who_watch_and_its_author(cast: Cast, words: WorkingText):
    async with Talk(cast.chair) as chair, Talk(cast.norway) as norway:
        for browser in (chair, norway):
            await browser.say("watch", texts=[words.pk])
            await browser.hear("text")
        await chair.say("pen", text=words.pk, for_="editorial")
        pen = (await chair.hear("pen_ok"))["pen"]
        await chair.say("op", **op(words, 1, [5, [0, " d"]]))
        ack = await chair.hear("ack")
        assert (ack["n"], ack["revs"]) == (1, {str(words.pk): 1})
        item = {"seq": ack["seq"], "text": str(words.pk), "rev": 1, "changes": [5, [0, " d"]], "pen": pen}
        assert await norway.hear_items(1) == [item]
    assert (await WorkingText.objects.aget(pk=words.pk)).content == "a b c d"


async def test_the_author_hears_the_own_revision_too(cast: Cast, words: WorkingText):
    async with Talk(cast.chair) as chair:
        await chair.say("watch", texts=[words.pk])
        await chair.say("pen", text=words.pk, for_="chair")
        await chair.hear("pen_ok")
        await chair.say("op", **op(words, 1, [[1, "A"], 4]))
        heard = [await chair.hear(), await chair.hear()]
        assert {message["t"] for message in heard} == {"ack", "tick"}


async def test_a_delegate_may_not_take_the_pen(cast: Cast, words: WorkingText):
    async with Talk(cast.norway) as norway:
        await norway.say("pen", text=words.pk, for_="NOR")
        answer = await norway.hear("error")
        assert (answer["code"], answer["text"]) == ("forbidden", str(words.pk))


@pytest.mark.parametrize("whom", ["nobody", [], "ZZZ", ["NOR", "ZZZ"], ""])
async def test_the_pen_is_taken_for_somebody_there_is(cast: Cast, words: WorkingText, whom: Any):
    async with Talk(cast.secretary) as secretary:
        await secretary.say("pen", text=words.pk, for_=whom)
        assert (await secretary.hear("error"))["t"] == "error"


async def test_a_refused_op_is_answered_with_the_reason_and_the_place(cast: Cast, words: WorkingText):
    async with Talk(cast.chair) as chair:
        await chair.say("pen", text=words.pk, for_="room")
        await chair.say("op", **op(words, 1, [2, [0, "["], 3]))
        nack = await chair.hear("nack")
        assert (nack["n"], nack["epoch"], nack["code"]) == (1, 1, "unpaired-brackets")
        assert nack["place"] == {"text": str(words.pk), "offset": 2}


async def test_without_the_pen_an_op_is_refused(cast: Cast, words: WorkingText):
    async with Talk(cast.chair) as chair:
        await chair.say("op", **op(words, 1, [[0, "x"], 5]))
        assert (await chair.hear("nack"))["code"] == "forbidden"


async def test_a_stranger_is_told_there_is_no_such_text(cast: Cast, words: WorkingText):
    async with Talk(cast.stranger) as stranger:
        await stranger.say("watch", texts=[words.pk])
        assert (await stranger.hear())["code"] == "not-found"
        await stranger.say("op", **op(words, 1, [[0, "x"], 5]))
        assert (await stranger.hear("nack"))["code"] == "not-found"


async def test_an_op_resent_on_another_socket_gets_its_ack_again(cast: Cast, words: WorkingText):
    acks = []
    async with Talk(cast.chair) as other:
        await other.say("pen", text=words.pk, for_="chair")
        await other.hear("pen_ok")
    for _ in range(2):
        async with Talk(cast.chair) as chair:
            await chair.say("op", **op(words, 1, [5, [0, "!"]]))
            acks.append(await chair.hear("ack"))
    assert acks[0] == acks[1]
    assert (await WorkingText.objects.aget(pk=words.pk)).content == "a b c!"


async def test_many_who_type_at_once_are_all_stored_and_told_in_order(cast: Cast, words: WorkingText):
    async with Talk(cast.chair) as chair, Talk(cast.secretary) as secretary, Talk(cast.norway) as norway:
        await norway.say("watch", texts=[words.pk])
        await norway.hear("text")
        for typist in (chair, secretary):
            await typist.say("pen", text=words.pk, for_="editorial")
            await typist.hear("pen_ok")
        for n in range(1, 21):
            for typist in (chair, secretary):
                await typist.say("op", **op(words, n, [[0, "."], 5], client=typist.session[:8]))
        for typist in (chair, secretary):
            assert [(await typist.hear("ack"))["n"] for _ in range(20)] == list(range(1, 21))
        items = await norway.hear_items(40)
        assert [item["rev"] for item in items if "rev" in item] == list(range(1, 41))
    assert (await WorkingText.objects.aget(pk=words.pk)).content == "." * 40 + "a b c"


async def test_whoever_has_a_revision_gets_what_came_after(cast: Cast, words: WorkingText):
    async with Talk(cast.chair) as chair:
        await chair.say("pen", text=words.pk, for_="editorial")
        for n in range(1, 4):
            await chair.say("op", **op(words, n, [[0, str(n)], 5]))
            await chair.hear("ack")
        await chair.say("watch", texts=[{"text": words.pk, "rev": 1}])
        assert [item["rev"] for item in await chair.hear_items(2)] == [2, 3]
        await chair.say("op", **op(words, 4, [[0, "4"], 5]))
        assert [item["rev"] for item in await chair.hear_items(1)] == [4]


async def test_the_pen_laid_down_is_told(cast: Cast, words: WorkingText):
    async with Talk(cast.chair) as chair:
        await chair.say("pen", text=words.pk, for_="editorial")
        await chair.hear("pen_ok")
        await chair.say("pen", text=words.pk, for_=None)
        assert (await chair.hear("pen_ok"))["pen"] is None


async def test_a_database_that_comes_back_has_lost_nothing(cast: Cast, words: WorkingText, monkeypatch):
    from django.db import OperationalError

    from drafting.services import typing

    apply, failures = typing.apply, [OperationalError("away")] * 3

    def fail_at_first(stream: Any, ops: Any) -> Any:
        if failures:
            raise failures.pop()
        return apply(stream, ops)

    monkeypatch.setattr("drafting.services.typing.apply", fail_at_first)
    async with Talk(cast.chair) as chair:
        await chair.say("pen", text=words.pk, for_="editorial")
        await chair.say("op", **op(words, 1, [5, [0, "!"]]))
        assert (await chair.hear("ack"))["n"] == 1


async def test_an_op_we_cannot_store_takes_no_other_with_it(cast: Cast, words: WorkingText, monkeypatch, caplog):
    from drafting.services import typing

    apply = typing.apply

    def choke(stream: Any, ops: Any) -> Any:
        if any(op.n == 2 for op in ops):
            raise ZeroDivisionError
        return apply(stream, ops)

    monkeypatch.setattr("drafting.services.typing.apply", choke)
    async with Talk(cast.chair) as chair:
        await chair.say("pen", text=words.pk, for_="editorial")
        await chair.hear("pen_ok")
        for n in (1, 2, 3):
            await chair.say("op", **op(words, n, [[0, "."], 5]))
        assert {(await chair.hear())["t"] for _ in range(3)} == {"ack", "nack"}
    assert (await WorkingText.objects.aget(pk=words.pk)).content == "..a b c"


async def test_twenty_connections_end_cleanly(cast: Cast, words: WorkingText):
    async def visit() -> None:
        async with Talk(cast.norway) as norway:
            await norway.say("watch", texts=[words.pk])
            await norway.hear("text")

    await asyncio.gather(*(visit() for _ in range(20)))
    assert await database_sync_to_async(WorkingText.objects.count)() == 2


async def test_two_hundred_ops_at_once_are_answered_in_their_order(cast: Cast, words: WorkingText):
    async with Talk(cast.chair) as chair:
        await chair.say("pen", text=words.pk, for_="editorial")
        await chair.hear("pen_ok")
        for n in range(1, 201):
            await chair.say("op", **op(words, n, [5, [0, "."]]))
        assert [(await chair.hear("ack"))["n"] for _ in range(200)] == list(range(1, 201))
    assert (await WorkingText.objects.aget(pk=words.pk)).content == "a b c" + "." * 200


async def test_what_was_typed_offline_is_carried_over_all_that_came_since(cast: Cast, words: WorkingText):
    async with Talk(cast.chair) as chair, Talk(cast.secretary) as secretary:
        for typist in (chair, secretary):
            await typist.say("pen", text=words.pk, for_="editorial")
            await typist.hear("pen_ok")
        for n in range(1, 101):
            await secretary.say("op", **op(words, n, [[0, "s"], 5], client="home"))
            await secretary.hear("ack")
        await chair.say("op", **op(words, 1, [5, [0, "c" * 200]], client="away"))
        assert (await chair.hear("ack"))["revs"] == {str(words.pk): 101}
    assert (await WorkingText.objects.aget(pk=words.pk)).content == "s" * 100 + "a b c" + "c" * 200


async def test_scripts_of_another_build_go_on_working(cast: Cast, words: WorkingText, settings):
    async with Talk(cast.chair) as chair:
        await chair.say("hello", build="of last week", colour="a field of a build to come")
        assert (await chair.hear("hello"))["build"] == settings.BUILD
        await chair.say("pen", text=words.pk, for_="editorial", mood="good")
        await chair.hear("pen_ok")
        await chair.say("op", **op(words, 1, [5, [0, "!"]], urgency=3))
        assert (await chair.hear("ack"))["n"] == 1
        await chair.socket.send_to('{"v":2,"t":"op"}')
        assert (await chair.hear("error"))["code"] == "other-version"
        await chair.say("op", **op(words, 2, [6, [0, "!"]], rev=1))
        assert (await chair.hear("ack"))["n"] == 2


async def test_what_was_typed_is_sealed_when_the_typist_rests_and_the_pen_types_on(
    cast: Cast, negotiated: NegotiatingText, words: WorkingText, settings: Any
):
    settings.PEN_REST = 0
    async with Talk(cast.secretary) as secretary, Talk(cast.norway) as norway:
        await norway.follow(negotiated.floor_id)
        await secretary.say("pen", text=words.pk, for_="NOR")
        await secretary.hear("pen_ok")
        await secretary.say("op", **op(words, 1, [5, [0, " d"]]))
        await secretary.hear("ack")
        await norway.hear_where("tick", lambda tick: "amendment-submitted" in {item["kind"] for item in tick["items"]})
        await secretary.say("op", **op(words, 2, [8, [0, "e"], 1], rev=1))
        assert (await secretary.hear("ack"))["n"] == 2
    assert (await WorkingText.objects.aget(pk=words.pk)).content == "a b c[ de]"
