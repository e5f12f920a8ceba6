"""What breaks under the live floor while people type: nothing acknowledged is lost, and all end on the same text."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any

import pytest
from channels.layers import channel_layers
from django.conf import settings as site_settings

from drafting.config import children, embedded
from drafting.config.children import Child
from drafting.models import Stream, WorkingText
from drafting.queries import journal as verification
from drafting.services import journal
from tests import cast as people
from tests import factories, postgres, waiting
from tests.bench.fanout.crowd import Client
from tests.cast import Cast
from tests.live.talk import sign_in
from tests.processes.site import MAKE_TABLES, Line, Site
from tests.processes.test_live import layers
from tests.processes.typists import Typist, follow

ROOT = Path(__file__).resolve().parents[2]
OPS = 60


class Redis:
    """A Redis that a test may stop and start."""

    def __init__(self, home: Path) -> None:
        self.at = home / "redis.sock"
        self.child = Child("redis", embedded.spell_command(self.at, home), os.environ, home / "redis.log")
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.child.start()
        waiting.until(lambda: embedded.answers(self.at), self.child)

    def stop(self) -> None:
        """Stop it; nothing is announced any longer."""
        children.stop([self.child], patience=5)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return people.assemble()


@pytest.fixture
def words(cast: Cast) -> WorkingText:
    return factories.provision(factories.text(cast, "a b c")).words


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    redis = Redis(tmp_path)
    yield redis
    redis.stop()


@pytest.fixture
def site(transactional_db: None, redis: Redis, tmp_path: Path, settings: Any) -> Iterator[Site]:
    """A site of no process yet; this process publishes to its Redis as a worker would."""
    settings.CHANNEL_LAYERS = layers(f"unix://{redis.at}")
    channel_layers.backends = {}
    site = Site(tmp_path, f"unix://{redis.at}")
    yield site
    site.stop()


def watch(line: Line, words: WorkingText) -> Line:
    line.say("watch", texts=[words.pk])
    line.hear("text")
    return line


def agree(words: WorkingText, typists: list[Typist], reader: Line, count: int) -> None:
    """All marks are stored once, the journal verifies, and the reader, who missed nothing, has the same text."""
    seen = follow("a b c", 0, [item for item in reader.hear_items(count) if item["text"]])
    stored = WorkingText.objects.get(pk=words.pk)
    assert seen == stored.content
    assert sorted(stored.content.split()) == sorted(
        ["a", "b", "c", *(typist.mark(n).strip() for typist in typists for n in range(1, typist.sent + 1))]
    )
    assert verification.verify_stream(Stream.objects.get(pk=words.stream_id))


def test_a_process_killed_while_people_type_loses_nothing_it_acknowledged(
    site: Site, cast: Cast, words: WorkingText
) -> None:
    first, second = site.serve(), site.serve()
    with closing(second.open(cast.norway)) as reader, closing(second.open(cast.chair)) as back:
        chair = Typist(first.open(cast.chair), str(words.pk), "c", 5)
        secretary = Typist(watch(second.open(cast.secretary), words), str(words.pk), "s", 5)
        watch(reader, words)
        for typist in (chair, secretary):
            typist.type(OPS)
        chair.hear_acks(5)
        first.kill()
        chair.hold(back)
        chair.resend()
        for typist in (chair, secretary):
            typist.hear_acks(OPS)
        agree(words, [chair, secretary], reader, 2 * OPS)
        secretary.line.close()


def test_without_redis_typing_goes_on_and_with_it_again_all_is_as_before(
    site: Site, cast: Cast, words: WorkingText, redis: Redis
) -> None:
    first, second = site.serve(), site.serve()
    with closing(second.open(cast.norway)) as reader, closing(first.open(cast.chair)) as line:
        chair = Typist(line, str(words.pk), "c", 5)
        watch(reader, words)
        chair.type(OPS)
        redis.stop()
        chair.type(OPS)
        chair.hear_acks(2 * OPS)
        agree(words, [chair], reader, 2 * OPS)
        redis.start()
        reader.say("sub", stream=words.stream_id, since=None)
        reader.hear("tick")
        stream = Stream.objects.get(pk=words.stream_id)
        while not hears(reader, lambda: journal.progress(stream, {"done": 1})):
            assert not redis.child.has_ended()


def hears(reader: Line, report: Callable[[], None]) -> bool:
    """Report progress, which is announced and never stored, and tell whether it arrives within a second."""
    report()
    with suppress(TimeoutError):
        return any(item["kind"] == "progress" for item in reader.hear("tick", timeout=1)["items"])
    return False


def stall(port: int, seat: Any, words: WorkingText) -> Client:
    """Open a socket, say what it wants, and never say or read anything again."""
    cookie = f"{site_settings.SESSION_COOKIE_NAME}={sign_in(seat)}"
    client = Client(port, "/live/", {"Origin": f"http://127.0.0.1:{port}", "Cookie": cookie})
    client.shake()
    client.say(f'{{"v":1,"t":"watch","texts":["{words.pk}"]}}'.encode())
    client.await_word(b'"content"')
    return client


def test_sockets_that_do_not_read_hold_up_nobody_and_are_cut(site: Site, cast: Cast, words: WorkingText) -> None:
    web = site.serve()
    with closing(web.open(cast.norway)) as reader, closing(web.open(cast.chair)) as line:
        chair = Typist(watch(line, words), str(words.pk), "c", 5)
        watch(reader, words)
        stalled, slow = stall(web.port, cast.kenya, words), stall(web.port, cast.kenya, words)
        sipping = threading.Event()
        sipper = threading.Thread(target=sip, args=(slow.line, sipping))
        sipper.start()
        chair.type(OPS)
        chair.hear_acks(OPS)
        agree(words, [chair], reader, OPS)
        stalled.line.settimeout(15)  # cut this long after its last sign of life at the latest, else this times out
        heard = iter(lambda: stalled.line.recv(65536), b"")
        assert sum(map(len, heard)) > 0
        sipping.set()
        sipper.join()
        stalled.line.close()
        slow.line.close()


def sip(line: socket.socket, enough: threading.Event) -> None:
    """Read four thousand bytes a second and say that one is alive."""
    beat = b"\x81\x9c\0\0\0\0" + b'{"v":1,"t":"seen","seq":0}  '
    line.setblocking(False)
    while not enough.wait(1):
        line.send(beat)
        try:
            line.recv(4000)
        except BlockingIOError:
            continue


FURNISH = f"""
{MAKE_TABLES}
import json
from tests import cast, factories
from tests.live.talk import sign_in
people = cast.assemble()
words = factories.provision(factories.text(people, "a b c")).words
print(json.dumps({{"text": str(words.pk), "chair": sign_in(people.chair), "norway": sign_in(people.norway)}}))
"""


def run_python(site: Site, *words: str) -> str:
    """Run Python on the site's database and return what it prints."""
    result = subprocess.run([sys.executable, *words], env=site.environment, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_a_database_that_is_started_again_has_lost_nothing_that_was_acknowledged(redis: Redis, tmp_path: Path) -> None:
    with postgres.run() as database, ExitStack() as ends:
        site = Site(tmp_path, f"unix://{redis.at}")
        site.environment = {**site.environment, "DATABASE_URL": database.address, "PYTHONPATH": str(ROOT)}
        ends.callback(site.stop)
        room = json.loads(run_python(site, "-c", FURNISH))
        web = site.serve()
        reader, line = (ends.enter_context(closing(web.join(room[seat]))) for seat in ("norway", "chair"))
        for each in (reader, line):
            each.say("watch", texts=[room["text"]])
            each.hear("text")
        chair = Typist(line, room["text"], "c", 5)
        chair.type(OPS)
        chair.hear_acks(5)
        database.stop()
        chair.type(5)
        database.start()
        chair.hear_acks(OPS + 5)
        seen = follow("a b c", 0, [item for item in reader.hear_items(OPS + 5) if item["text"]])
        assert sorted(seen.split()) == sorted(["a", "b", "c", *(chair.mark(n).strip() for n in range(1, OPS + 6))])
        assert run_python(site, "manage.py", "verify_journal")
