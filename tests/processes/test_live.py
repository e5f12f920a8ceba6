"""The live floor across processes: every act reaches every browser, whatever process wrote it and whatever is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from channels.layers import channel_layers

from drafting.models import Stream
from drafting.queries import journal as verification
from drafting.services import journal
from tests import cast as people
from tests import factories
from tests.cast import Cast
from tests.live.conftest import lift
from tests.processes.site import Site


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return people.assemble()


@pytest.fixture
def floor(cast: Cast) -> Stream:
    return Stream.objects.create(kind=Stream.Kind.FLOOR, conference=cast.conference)


@pytest.fixture
def site(transactional_db: None, redis_address: str, tmp_path: Path, settings: Any) -> Iterator[Site]:
    """A site of no process yet; this process publishes to its Redis as a worker would."""
    settings.CHANNEL_LAYERS = layers(redis_address)
    channel_layers.backends = {}
    site = Site(tmp_path, redis_address)
    yield site
    site.stop()


def layers(redis_address: str) -> dict[str, Any]:
    config = {"hosts": [redis_address], "prefix": "rolling"}
    return {"default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": config}}


def test_an_act_of_this_process_reaches_browsers_of_two_others(site: Site, cast: Cast, floor: Stream):
    lines = [site.serve().open(seat) for seat in (cast.norway, cast.kenya)]
    for line in lines:
        line.say("sub", stream=floor.pk, since=None)
        line.hear("tick")
    lift(floor, cast.chair, 4)
    for line in lines:
        assert line.hear_items(1)[0]["bracket"] == [4]
        line.close()


@pytest.mark.parametrize("protocol", ["drafting.live.transports:Shown", "websockets-sansio"])
def test_frames_arrive_with_and_without_the_servers_transport(
    site: Site, cast: Cast, floor: Stream, protocol: str
) -> None:
    line = site.serve(0, "--ws", protocol).open(cast.norway)
    line.say("sub", stream=floor.pk, since=None)
    line.hear("tick")
    lift(floor, cast.chair, *range(400))
    assert [item["bracket"] for item in line.hear_items(400)] == [[number] for number in range(400)]
    line.close()


def test_progress_reported_by_another_process_arrives(site: Site, cast: Cast, floor: Stream):
    line = site.serve().open(cast.chair)
    line.say("sub", stream=floor.pk, since=None)
    line.hear("tick")
    journal.progress(floor, {"consolidation": "c", "done": 1, "total": 2})
    assert line.hear_items(1)[0]["done"] == 1
    line.close()


def test_two_processes_type_into_one_text_and_everybody_gets_every_revision_in_order(site: Site, cast: Cast) -> None:
    words = factories.provision(factories.text(cast, "a b c")).words
    first, second = site.serve(), site.serve()
    chair, secretary, reader = first.open(cast.chair), second.open(cast.secretary), second.open(cast.norway)
    for line in (chair, secretary, reader):
        line.say("watch", texts=[words.pk])
        line.hear("text")
    for line in (chair, secretary):
        line.say("pen", text=words.pk, **{"for": "editorial"})
        line.hear("pen_ok")
    for n in range(1, 21):
        for line, client in ((chair, "one"), (secretary, "two")):
            part = {"text": words.pk, "base_rev": 0, "changes": [5, [0, client[0]]]}
            line.say("op", client=client, epoch=0, n=n, parts=[part])
    revs = [item["rev"] for item in reader.hear_items(40) if item["text"] == str(words.pk)]
    words.refresh_from_db()
    assert revs == list(range(1, 41))
    assert sorted(words.content) == sorted("a b c" + "o" * 20 + "t" * 20)
    assert verification.verify_stream(Stream.objects.get(pk=words.stream_id))
    for line in (chair, secretary, reader):
        line.close()


def test_whoever_lost_a_process_to_kill_9_comes_back_to_another_and_has_missed_nothing(
    site: Site, cast: Cast, floor: Stream
):
    first, second = site.serve(), site.serve()
    line = first.open(cast.norway)
    line.say("sub", stream=floor.pk, since=None)
    line.hear("tick")
    lift(floor, cast.chair, 1)
    seen = line.hear_items(1)[-1]["seq"]
    first.kill()
    lift(floor, cast.chair, 2, 3)
    back = second.open(cast.norway)
    back.say("sub", stream=floor.pk, since=seen)
    assert [item["bracket"] for item in back.hear_items(2)] == [[2], [3]]
    back.close()
