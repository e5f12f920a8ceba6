"""A site of real processes for tests that kill, stop and overload it: web servers on one database and Redis."""

from __future__ import annotations

import json
import os
import socket
import threading
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from delegations.models import Seat
from drafting.config import children, processes
from drafting.config.children import Child
from tests import waiting
from tests.live.talk import sign_in

#: What a web process serves, as its command line names it.
APPLICATION = "drafting.config.asgi:application"
#: What a process does first that furnishes an empty database: tables come from the models here too.
MAKE_TABLES = """
import django
django.setup()
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
call_command("migrate", run_syncdb=True, verbosity=0)
"""


class Site:
    """Web processes that share the tests' database and a Redis; each call of `serve` starts one more."""

    def __init__(self, home: Path, redis_address: str) -> None:
        self.home = home
        self.running: list[Child] = []
        self.environment: Mapping[str, str] = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "drafting.config.settings",
            "DATABASE_URL": spell_database(),
            "REDIS_URL": redis_address,
            "ROLLING_HOME": str(home),
            "SECRET_KEY": settings.SECRET_KEY,
        }

    def serve(self, port: int = 0, *options: str, application: str = "") -> Web:
        """Start a web process and wait until it answers; `options` are further words for its server."""
        port = port or free_port()
        command = [application if application and word == APPLICATION else word for word in processes.COMMANDS["web"]]
        words = (*command, "--host", "127.0.0.1", "--port", str(port), *options)
        log = self.home / f"web-{port}.log"
        child = Child(f"web-{port}", words, self.environment, log)
        child.start()
        self.running.append(child)
        web = Web(child, port)
        waiting.until(web.answers, child)
        return web

    def stop(self) -> None:
        """End every process."""
        children.stop([child for child in self.running if child.process.poll() is None], patience=10)


class Web:
    """One web process."""

    def __init__(self, child: Child, port: int) -> None:
        self.child, self.port = child, port
        self.origin = f"http://127.0.0.1:{port}"

    def answers(self) -> bool:
        """Tell whether it serves."""
        try:
            with urllib.request.urlopen(f"{self.origin}/health/", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def kill(self) -> None:
        """kill -9, and wait until it is gone."""
        self.child.process.kill()
        self.child.process.wait()

    def open(self, seat: Seat) -> Line:
        """Open a socket as a browser of `seat` would."""
        return self.join(sign_in(seat))

    def join(self, session: str) -> Line:
        """Open a socket in a session."""
        cookie = f"{settings.SESSION_COOKIE_NAME}={session}"
        address = f"ws://127.0.0.1:{self.port}/live/"
        return Line(address, self.origin, cookie)


class Line:
    """One open socket, spoken to in messages; it says that it is alive as a page does."""

    def __init__(self, address: str, origin: str, cookie: str) -> None:
        self._ends = ExitStack()
        talk = connect(address, origin=origin, additional_headers={"Cookie": cookie}, max_size=None)
        self.line = self._ends.enter_context(talk)
        self._closed = threading.Event()
        beating = threading.Thread(target=self._beat, daemon=True)
        beating.start()
        self._ends.callback(beating.join)
        self._ends.callback(self._closed.set)

    def _beat(self) -> None:
        with suppress(ConnectionClosed):
            while not self._closed.wait(4):
                self.say("seen", seq=0)

    def say(self, t: str, **fields: Any) -> None:
        """Send one message."""
        self.line.send(json.dumps({"v": 1, "t": t, **fields}, default=str))

    def hear(self, t: str | None = None, timeout: float = waiting.PATIENCE) -> dict[str, Any]:
        """Return the next message, or the next of a kind."""
        while True:
            message: dict[str, Any] = json.loads(self.line.recv(timeout=timeout))
            if t in (None, message["t"]):
                return message

    def hear_items(self, count: int) -> list[dict[str, Any]]:
        """Return the items of ticks until there are `count`."""
        items: list[dict[str, Any]] = []
        while len(items) < count:
            items += self.hear("tick")["items"]
        return items

    def close(self) -> None:
        """Hang up."""
        self._ends.close()


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def spell_database() -> str:
    """Return the address of the tests' database."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(database['NAME']).absolute()}"
    person = f"{database['USER']}:{database['PASSWORD']}"
    return f"postgres://{person}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
