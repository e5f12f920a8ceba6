"""Our own site under load: real web processes on SQLite and a private Redis, a text of a hundred provisions."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

from drafting.live.protocol import MOST_TEXTS
from tests.bench.fanout.crowd import PATIENCE, Client, frame, gather, stamp

PROVISIONS, SENDERS = 100, 10
#: The length of what each edit puts in, in bytes.
PAYLOAD = 200
APPLICATION = "drafting.config.asgi:application"


def message(t: str, **fields: Any) -> bytes:
    """Return one message of the protocol."""
    return json.dumps({"v": 1, "t": t, **fields}, default=str).encode()


#: What our own page says when it has nothing to say.
SIGN = message("seen", seq=0)


class Floor:
    """A text somebody holds the pen for, and the web processes that serve it."""

    def __init__(self, home: Path, redis: str) -> None:
        from tests import cast as people
        from tests import factories
        from tests.live.talk import sign_in
        from tests.processes.site import Site

        self.cast = people.assemble()
        self.text = factories.text(self.cast, *(f"{number}. {'x' * PAYLOAD}" for number in range(1, PROVISIONS + 1)))
        provisions = self.text.provisions.order_by("order").select_related("words")
        self.words = [provision.words for provision in provisions]
        self.stream = self.text.floor_id
        self.session = sign_in(self.cast.chair)
        self.site = Site(home, redis)
        self.numbers = count()

    def serve(self, application: str = APPLICATION) -> tuple[int, int]:
        """Start a web process and return its port and its process id."""
        web = self.site.serve(application=application)
        return web.port, web.child.process.pid

    def headers(self, port: int) -> dict[str, str]:
        """Return what opens a socket as the chair."""
        from django.conf import settings

        return {"Origin": f"http://127.0.0.1:{port}", "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}"}

    def listeners(self, port: int, number: int, texts: int, earlier: Iterable[Client] = ()) -> list[Client]:
        """Return so many more sockets than `earlier`, that follow the floor and watch so many of its texts."""
        wanted = [words.pk for words in self.words[:texts]]
        told = [message("sub", stream=self.stream, since=None)]
        told += [message("watch", texts=wanted[first : first + MOST_TEXTS]) for first in range(0, texts, MOST_TEXTS)]
        answer = f'"text":"{wanted[-1]}"'.encode()
        return gather(port, "/live/", self.headers(port), number, b"".join(map(frame, told)), answer, SIGN, earlier)

    def typist(self, port: int, first: int, texts: int) -> Typist:
        """Return a socket that holds the pen for some of the texts."""
        (client,) = gather(port, "/live/", self.headers(port), 1)
        return Typist(client, f"bench-{next(self.numbers)}", self.words[first : first + texts])

    def turns(self, port: int) -> Iterator[Callable[[], None]]:
        """Yield the edits of one new typist in the first text."""
        return turns([self.typist(port, 0, 1)])


class Typist:
    """Types into some texts in turn, waiting for nothing; each op replaces the text's words by others of one length."""

    def __init__(self, client: Client, name: str, words: list[Any]) -> None:
        self.client, self.name = client, name
        for each in words:
            client.say(message("watch", texts=[each.pk]))
            client.say(message("pen", text=each.pk, **{"for": "editorial"}))
            client.await_word(b'"pen_ok"')
            each.refresh_from_db()
        self.texts = [(str(each.pk), len(each.content) - PAYLOAD) for each in words]
        self.revs = {str(each.pk): each.rev for each in words}
        self.sent = 0

    def type(self) -> None:
        """Send the next op, and take in what came since the last."""
        self.client.line.setblocking(False)
        with suppress(BlockingIOError):
            self.client.line.recv(262144)
        self.client.line.settimeout(PATIENCE)
        text, head = self.texts[self.sent % len(self.texts)]
        self.sent += 1
        words = stamp().decode().ljust(PAYLOAD, "x")
        part = {"text": text, "base_rev": self.revs[text], "changes": [head, [PAYLOAD, words]]}
        self.revs[text] += 1
        self.client.say(message("op", client=self.name, epoch=0, n=self.sent, parts=[part]))


def turns(typists: list[Typist]) -> Iterator[Callable[[], None]]:
    """Yield the typists' next ops in turn."""
    for number in count():
        yield typists[number % len(typists)].type


@contextmanager
def floor(home: Path, redis: str) -> Iterator[Floor]:
    """A floor whose processes end with the block."""
    made = Floor(home, redis)
    try:
        yield made
    finally:
        made.site.stop()


@contextmanager
def private_redis(home: Path) -> Iterator[tuple[str, int]]:
    """A Redis of its own: its address and its process id."""
    from drafting.config import children, embedded

    at = home / "redis.sock"
    server = children.Child("redis", embedded.spell_command(at, home), os.environ, home / "redis.log")
    server.start()
    while not embedded.answers(at):
        assert not server.has_ended(), server.read_last_words()
    yield f"unix://{at}", server.process.pid
    children.stop([server], patience=5)


def prepare(home: Path) -> Mapping[str, str]:
    """Give this process a new site of its own in `home`: settings, an empty database."""
    os.environ |= {"ROLLING_HOME": str(home), "DJANGO_SETTINGS_MODULE": "drafting.config.settings"}
    os.environ.pop("DATABASE_URL", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    return os.environ
