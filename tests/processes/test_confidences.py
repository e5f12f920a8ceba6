"""What a draft and a note leave in Redis and on the sockets of others: nothing that names them, and no job."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from channels.layers import channel_layers
from django.conf import settings
from redis import Redis

from delegations.models import Seat
from drafting.models import Draft, NegotiatingText
from drafting.queries import access
from drafting.services import positions
from tests import cast as people
from tests import factories
from tests.cast import Cast
from tests.live.talk import sign_in
from tests.matrix.stages import LOCKED
from tests.processes.site import Line, Site, Web
from tests.processes.test_live import layers

WORDS = "1. Each Party shall act at once, and report."


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return people.assemble()


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, "1. Each Party shall act.", "2. Costs [lie] where they fall.")


@pytest.fixture
def web(transactional_db: None, redis_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A web process; this process publishes to its Redis too."""
    monkeypatch.setattr(settings, "CHANNEL_LAYERS", layers(redis_address))
    channel_layers.backends = {}
    site = Site(tmp_path, redis_address)
    yield site.serve()
    site.stop()


class Page:
    """Sends forms as a browser without scripts does."""

    def __init__(self, web: Web, seat: Seat) -> None:
        self.origin = web.origin
        token = "a" * 32
        cookie = f"{settings.SESSION_COOKIE_NAME}={sign_in(seat)}; {settings.CSRF_COOKIE_NAME}={token}"
        self.headers = {"Cookie": cookie, "Origin": web.origin, "X-CSRFToken": token}

    def send(self, path: str, data: bytes, kind: str = "application/x-www-form-urlencoded") -> None:
        """Post to a page; raises `HTTPError` where it refuses."""
        headers = {**self.headers, "Content-Type": kind}
        with urllib.request.urlopen(urllib.request.Request(self.origin + path, data, headers)) as answer:
            answer.read()


def write_in_private(web: Web, cast: Cast, text: NegotiatingText) -> Draft:
    """Make a draft and a note as Norway, over HTTP, and type in the draft over the socket while a colleague watches."""
    page, provision = Page(web, cast.norway), factories.provision(text)
    page.send(
        "/rivers/treaty/1/propose/", urlencode({"words": WORDS, "base": provision.words.content, "save": 1}).encode()
    )
    draft = Draft.objects.get()
    words = factories.drafted(draft)
    with closing(web.open(cast.norway)) as line, closing(web.open(cast.norway_head)) as colleague:
        for one in (line, colleague):
            one.say("sub", stream=draft.stream_id, since=None)
            one.say("watch", texts=[words.pk])
            one.hear("text")
        line.say("at", text=words.pk, rev=words.rev, anchor=3, head=3)
        part = {"text": words.pk, "base_rev": words.rev, "changes": [len(WORDS), [0, " Soon."]]}
        line.say("op", client="tab", epoch=0, n=1, parts=[part])
        line.hear("ack")
        assert colleague.hear_items(1)
    found = {"act": "found", "recovery": LOCKED, "public": "AA==", "locked": LOCKED, "wrapped": "AA=="}
    page.send("/rivers/treaty/notes/act/", json.dumps(found).encode(), "application/json")
    kept = {"act": "keep", "key": str(factories.edition(cast.norway)), "id": str(uuid4()), "rev": 0, "sealed": "AAAA"}
    page.send("/rivers/treaty/notes/act/", json.dumps(kept).encode(), "application/json")
    return draft


def follow_all(line: Line, seat: Seat) -> None:
    """Follow every stream that is open to a seat."""
    for stream in access.streams(seat):
        line.say("sub", stream=stream.pk, since=None)
        line.hear("tick")


def published(ear: Any, last: str) -> list[tuple[str, bytes]]:
    """Return all that was published, up to the first message on the floor that holds `last`."""
    found: list[tuple[str, bytes]] = []
    for message in ear.listen():
        if message["type"] == "pmessage":
            found.append((message["channel"].decode(), message["data"]))
            if last.encode() in message["data"]:
                return found
    return found


def test_what_is_private_leaves_nothing_in_redis_and_reaches_no_socket_of_others(
    web: Web, redis_address: str, cast: Cast, text: NegotiatingText
) -> None:
    redis = Redis.from_url(redis_address)
    with closing(web.open(cast.kenya)) as kenya, closing(web.open(cast.chair)) as chair, redis.pubsub() as ear:
        follow_all(kenya, cast.kenya)
        follow_all(chair, cast.chair)
        keys = set(redis.scan_iter())
        ear.psubscribe("*")
        draft = write_in_private(web, cast, text)
        assert set(redis.scan_iter()) == keys
        Page(web, cast.norway).send(f"/rivers/treaty/drafts/{draft.pk}/", b"submit=1")
        positions.take(cast.kenya, factories.bracket(text), "retain")
        names = [str(pk) for pk in (draft.pk, draft.stream_id, factories.drafted(draft).pk)]
        sent = published(ear, "stance-taken")
        elsewhere = [data for channel, data in sent if not channel.endswith(str(draft.stream_id))]
        assert len(sent) > len(elsewhere) > 1
        assert [name for name in names for data in elsewhere if name.encode() in data] == []
        for line in (kenya, chair):
            heard: list[dict[str, Any]] = []
            while not any(item["kind"] == "stance-taken" for item in heard):
                heard += line.hear("tick")["items"]
            assert [item["kind"] for item in heard if item["kind"].startswith("draft")] == []
            assert [name for name in names if name in json.dumps(heard)] == []


def test_a_socket_is_refused_what_is_private_as_what_is_not_there(web: Web, cast: Cast, text: NegotiatingText) -> None:
    draft = write_in_private(web, cast, text)
    words = factories.drafted(draft)
    for seat in (cast.kenya, cast.chair, cast.secretary, cast.observer):
        with closing(web.open(seat)) as line:
            assert refusals(line, draft.stream_id, words.pk) == refusals(line, uuid4(), uuid4())


def refusals(line: Line, stream: UUID, words: UUID) -> str:
    """Return what a socket is answered that asks for a stream and a text, and types in it, without their ids."""
    line.say("sub", stream=stream, since=0)
    line.say("watch", texts=[words])
    line.say("op", client="x", epoch=0, n=1, parts=[{"text": words, "base_rev": 0, "changes": [[0, "x"]]}])
    heard = [line.hear(kind) for kind in ("error", "error", "nack")]
    return json.dumps(heard).replace(str(stream), "").replace(str(words), "")
