"""How long a keystroke waits while Rev.n is issued beside 10,000 open amendments.

    python -m tests.bench.issuing [PROVISIONS AMENDMENTS]

A real web process on PostgreSQL (on SQLite where there is none, and it says so) with a private Redis. The text that is
issued stands still, or issuing is refused; so four delegates type on in their drafts on it, each keystroke committed,
and twenty sockets of their colleagues listen. Meanwhile a process of its own issues the revision, as a worker or a
command does, then a second web process issues the next, as the page does. Prints p50 and p99 from keystroke to every
listener, quiet and during each, and for how long issuing holds the floor's lock. Limit: p99 250 ms.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests import postgres
from tests.bench.fanout import ours
from tests.bench.fanout.crowd import Client, Crowd, gather
from tests.bench.parsing import calibrate

TYPISTS, LISTENERS, RATE = 4, 20, 20
LIMIT = 250


class Floor(ours.Floor):
    """The demonstration's large text with drafts on it, and the web processes that serve it."""

    def __init__(self, home: Path, redis: str, provisions: int, amendments: int) -> None:
        from delegations.models import Seat
        from drafting.demo import conference
        from drafting.services import drafts
        from tests.live.talk import sign_in
        from tests.processes.site import Site

        self.text = conference.load(provisions, amendments).text
        self.chair = Seat.objects.get(user__username="chair")
        delegate = Seat.objects.get(user__username="nor-delegate")
        free = self.text.provisions.filter(kind="paragraph", retired=False, agreements=None)
        opened = [drafts.open(delegate, row) for row in free.select_related("words", "text")[:TYPISTS]]
        self.words = [row.parts.select_related("words").get().words for row in opened]
        self.stream = opened[0].stream_id
        self.session = sign_in(delegate)
        self.bureau = sign_in(self.chair)
        self.site = Site(home, redis)
        self.numbers = count()


class Typist(ours.Typist):
    """Types in a draft: first the words that every next keystroke replaces."""

    def __init__(self, client: Client, name: str, words: Any) -> None:
        self.client, self.name, self.sent = client, name, 1
        client.say(ours.message("watch", texts=[words.pk]))
        client.await_word(f'"text":"{words.pk}"'.encode())
        part = {"text": words.pk, "base_rev": words.rev, "changes": [len(words.content), [0, "x" * ours.PAYLOAD]]}
        client.say(ours.message("op", client=name, epoch=0, n=1, parts=[part]))
        client.await_word(b'"ack"')
        self.texts = [(str(words.pk), len(words.content))]
        self.revs = {str(words.pk): words.rev + 1}


def main(provisions: int = 1_000, amendments: int = 10_000) -> int:
    """Load, type in quiet, type while it is issued twice; return how many times the limit did not hold."""
    with ExitStack() as ends, tempfile.TemporaryDirectory(prefix="rolling-issuing-") as folder:
        home = Path(folder)
        database = _database(ends)
        redis, _ = ends.enter_context(ours.private_redis(home))
        _prepare(home, database, redis)
        _say_load()
        print(f"{database.partition(':')[0] or 'SQLite, as there is no PostgreSQL'}; {amendments:,} open amendments")
        floor = Floor(home, redis, provisions, amendments)
        print("issued in {:.1f} s, the floor's lock held for {:.0f} ms of it".format(*_hold(floor)), flush=True)
        ends.callback(floor.site.stop)
        return _play(floor)


def _play(floor: Floor) -> int:
    (port, _), (other, _) = floor.serve(), floor.serve()
    crowd = Crowd(floor.listeners(port, LISTENERS, TYPISTS), ours.SIGN)
    lines = gather(port, "/live/", floor.headers(port), TYPISTS)
    typists = [Typist(line, f"typist-{at}", floor.words[at]) for at, line in enumerate(lines)]
    edits = ours.turns([*typists])
    crowd.play(edits, RATE, 2 * RATE)
    _say_load()
    crowd.play(edits, RATE, 10 * RATE)
    _say("quiet", 10, sorted(crowd.latencies))
    late = 0
    works = {"issued by a command": partial(_by_command, floor), "issued by the page": partial(_by_page, floor, other)}
    for name, issue in works.items():
        seconds, waits = _during(crowd, edits, issue)
        late += _say(name, seconds, waits) > LIMIT
    crowd.close()
    return late


def _hold(floor: Floor) -> tuple[float, float]:
    """Issue with nobody beside it and take it back; return its seconds, and the lock's milliseconds until commit."""
    from django.db import transaction

    from drafting.models import NegotiatingText
    from drafting.services import journal, revisions

    held: list[float] = []
    hold = journal.writing_all

    @contextmanager
    def timed(*given: Any, **named: Any) -> Iterator[list[journal.Writer]]:
        with hold(*given, **named) as writers:
            locked = time.monotonic()
            yield writers
        held.append(time.monotonic() - locked)

    began = time.monotonic()
    with transaction.atomic(), patch.object(journal, "writing_all", timed):
        revisions.issue(floor.chair, NegotiatingText.objects.get(pk=floor.text.pk))
        transaction.set_rollback(True)
    return time.monotonic() - began, 1_000 * sum(held)


def _say(name: str, seconds: float, waits: list[float]) -> float:
    p50, p99 = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
    print(f"{name:<22} {seconds:5.1f} s   p50 {p50:6.1f}  p99 {p99:6.1f} ms   limit {LIMIT}", flush=True)
    return p99


def _say_load() -> None:
    began = time.process_time()
    calibrate()
    taken = time.process_time() - began
    print(f"calibration: counting to a million   {taken:.3f} s   load {os.getloadavg()[0]:.1f}", flush=True)


def _during(crowd: Crowd, edits: Iterator[Callable[[], None]], work: Callable[[], Any]) -> tuple[float, list[float]]:
    """Type, a second at a time, until `work` is done on a thread; return its seconds and all waits (ms), in order."""
    done: list[bool] = []
    worker = threading.Thread(target=lambda: done.append(bool(work())))
    began = time.monotonic()
    worker.start()
    waits: list[float] = []
    while worker.is_alive():
        crowd.play(edits, RATE, RATE)
        waits += crowd.latencies
    assert done == [True], "the revision was not issued"
    return time.monotonic() - began, sorted(waits)


def _by_command(floor: Floor) -> bool:
    text = f"{floor.text.conference.slug}/{floor.text.slug}"
    options = ("--loss-report-read", "--anyway")
    command = (sys.executable, "manage.py", "issue_revision", str(floor.chair.pk), text, *options)
    environment = dict(floor.site.environment)
    return subprocess.run(command, env=environment, stdout=subprocess.DEVNULL).returncode == 0


def _by_page(floor: Floor, port: int) -> bool:
    from django.conf import settings

    floor.session, token = floor.bureau, "a" * 32
    headers = floor.headers(port)
    headers["Cookie"] += f"; {settings.CSRF_COOKIE_NAME}={token}"
    sent = f"csrfmiddlewaretoken={token}&kind=revision&basis=on&anyway=on"
    address = f"http://127.0.0.1:{port}{floor.text.get_absolute_url()}issue/"
    with urllib.request.urlopen(urllib.request.Request(address, sent.encode(), headers), timeout=300) as answer:
        return "/revisions/" in answer.url


def _database(ends: ExitStack) -> str:
    """Return the address of a PostgreSQL that ends with the benchmark, empty where none can be had."""
    try:
        return ends.enter_context(postgres.serve())
    except RuntimeError:
        return ""


def _prepare(home: Path, database: str, redis: str) -> None:
    os.environ |= {"ROLLING_HOME": str(home), "DJANGO_SETTINGS_MODULE": "drafting.config.settings", "REDIS_URL": redis}
    os.environ.pop("DATABASE_URL", None)
    if database:
        os.environ["DATABASE_URL"] = database
    import django
    from django.core.management import call_command

    django.setup()
    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])) > 0)
