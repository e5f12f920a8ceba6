"""The whole site for a browser: its real processes on the tests' database, and a real Chromium.

Playwright's own interface keeps an event loop running in the tests' thread, where neither Django's ORM nor
`async_to_sync` may be called: what a test does on the server's side goes through `offstage`.
"""

import os
import socket
import sys
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from delegations.models import Seat
from drafting.config import children, processes
from drafting.config.children import Child
from tests import cast as casting
from tests import chromium as browsers
from tests import waiting
from tests.cast import Cast
from tests.live.talk import sign_in

Result = TypeVar("Result")

# pytest-django makes and empties the database from the tests' thread, where Playwright's loop runs.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

#: Milliseconds a page is given to come to what is expected: a loaded machine is slow, and that is no fault.
PATIENCE = 60_000
#: A Chromium that neither calls home nor needs a graphics card or a large /dev/shm.
SWITCHES = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def processes_of_the_site(
    django_db_setup: None, django_db_blocker: Any, redis_address: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a running site on the tests' database; the tests' own services speak to its Redis."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "drafting.config.settings",
        "DATABASE_URL": _spell_database(),
        "REDIS_URL": redis_address,
        "ROLLING_HOME": str(home),
        "ROLLING_DEMO": "1",
        "SECRET_KEY": site_settings.SECRET_KEY,
    }
    arguments = {
        "web": ("--port", str(port)),
        "worker": ("--pool", "threads", "--concurrency", "2"),
    }
    running = [
        Child(name, (*processes.COMMANDS[name], *extra), environment, home / f"{name}.log")
        for name, extra in arguments.items()
    ]
    for child in running:
        child.start()
    address = f"http://127.0.0.1:{port}"
    for child in running:
        waiting.until(lambda: _is_up(address), child)
    with override_settings(**_share(redis_address)):
        yield address
    children.stop(running, patience=10)
    for child in running:
        sys.stderr.write(child.read_last_words())


@pytest.fixture
def site(transactional_db: None, processes_of_the_site: str) -> str:
    """The address of the site, without a slash at the end, its database empty."""
    return processes_of_the_site


@pytest.fixture
def offstage() -> Iterator[Callable[..., Any]]:
    """Calls a function where there is no event loop and returns what it returns: `offstage(seats.grant, by=chair)`."""
    with ThreadPoolExecutor(max_workers=1) as thread:

        def call(function: Callable[..., Result], *args: Any, **named: Any) -> Result:
            return thread.submit(function, *args, **named).result()

        yield call
        thread.submit(lambda: connection.close()).result()  # the connection of that thread


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browsers.find() or None,
            chromium_sandbox=os.geteuid() != 0,
            args=SWITCHES,
        )
        yield browser
        browser.close()


@pytest.fixture
def open_window(chromium: Browser, site: str) -> Iterator[Callable[..., BrowserContext]]:
    """Opens windows that share no cookies: `open_window(locale="ar").new_page().goto("/demo/")`."""
    opened: list[BrowserContext] = []

    def open_one(**options: Any) -> BrowserContext:
        opened.append(chromium.new_context(base_url=site, **options))
        return opened[-1]

    yield open_one
    for window in opened:
        window.close()


def _spell_database() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(database['NAME']).absolute()}"
    return (
        f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    )


def _share(redis_address: str) -> dict[str, Any]:
    layer = {**site_settings.CHANNEL_LAYERS["default"]}
    layer["BACKEND"] = "channels_redis.pubsub.RedisPubSubChannelLayer"
    layer["CONFIG"] = {"hosts": [redis_address], "prefix": "rolling"}
    return {"CHANNEL_LAYERS": {"default": layer}}


def _is_up(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health/", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture
def cast(site: str, offstage: Callable[..., Any]) -> Cast:
    """The standing cast, in a conference whose seats are taken with one click."""

    def assemble() -> Cast:
        seated = casting.assemble()
        seated.conference.is_demo = True
        seated.conference.save()
        return seated

    seated: Cast = offstage(assemble)
    return seated


@pytest.fixture
def take_seat(
    open_window: Callable[..., BrowserContext], site: str, offstage: Callable[..., Any]
) -> Callable[..., Page]:
    """Opens a window in which a seat is signed in and goes to a page: `take_seat(cast.chair, "/rivers/treaty/")`."""

    def take(seat: Seat, path: str = "/", **options: Any) -> Page:
        window = open_window(**options)
        session = {"name": site_settings.SESSION_COOKIE_NAME, "value": offstage(sign_in, seat), "url": site}
        window.add_cookies([session])
        page = window.new_page()
        page.goto(path)
        return page

    return take
