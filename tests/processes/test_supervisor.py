"""The whole site under one command: it says when it is ready, and it leaves nothing behind."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "drafting.config.supervisor", "demo", "--port", "0")
ROLES = {"chair", "secretariat", "delegate", "head", "coordinator", "observer"}

Starter = Callable[[], "Site"]


class Site:
    """A supervisor of our own in a home of its own, as it is started by hand; `ready` is the line it prints."""

    def __init__(self, home: Path) -> None:
        environment = {name: word for name, word in os.environ.items() if not name.startswith("ROLLING_")}
        environment |= {"ROLLING_HOME": str(home), "DJANGO_SETTINGS_MODULE": "drafting.config.settings"}
        self.home = home
        with (home.parent / "words").open("ab") as words:
            self.process = subprocess.Popen(
                COMMAND, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=words, text=True, process_group=0
            )
        assert self.process.stdout is not None
        self.line = self.process.stdout.readline()
        assert self.line, (home.parent / "words").read_text()
        self.ready: dict[str, Any] = json.loads(self.line)

    def find_processes(self) -> dict[int, str]:
        """Returns the processes of this home that run, itself among them; Redis writes over its environment."""
        mark = f"ROLLING_HOME={self.home}".encode()
        return {pid: command for pid, words, command in look() if mark in words or str(self.home) in command}

    def end(self, send: Callable[[int, int], None], number: int) -> int:
        """Sends a signal and returns the exit status."""
        send(self.process.pid, number)
        return self.process.wait(timeout=15)


def look() -> Iterator[tuple[int, list[bytes], str]]:
    """Yields pid, environment and command line of every process we may look at."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes().split(b"\0")
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, UnicodeDecodeError):
            continue
        yield int(folder.name), environment, command


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for all starts: the demo conference is loaded once."""
    home = tmp_path_factory.mktemp("supervised") / "home"
    home.mkdir()
    return home


@pytest.fixture(scope="module")
def started(home: Path) -> Iterator[list[Site]]:
    """The sites started so far; the last one may still run."""
    started: list[Site] = []
    yield started
    for site in started:
        if site.process.poll() is None:
            site.end(os.kill, signal.SIGTERM)
        assert site.process.stdout is not None
        site.process.stdout.close()


@pytest.fixture
def site(home: Path, started: list[Site]) -> Site:
    """A running site: the one before, unless a test has ended it."""
    if not started or started[-1].process.poll() is not None:
        started.append(Site(home))
    return started[-1]


def sign_in(address: str) -> urllib.request.OpenerDirector:
    """Takes a seat as somebody without JavaScript does: by the first form of the page that posts."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    form = re.search(r'<form method="post" action="([^"]+)">.*?</form>', open_page(browser, address), re.DOTALL)
    assert form
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[0]))
    open_page(browser, urllib.parse.urljoin(address, form[1]), urllib.parse.urlencode(fields).encode())
    return browser


def open_page(browser: urllib.request.OpenerDirector, address: str, data: bytes | None = None) -> str:
    with browser.open(address, data) as answer:
        assert answer.status == 200
        return str(answer.read().decode())


def test_it_prints_what_to_open_and_seats_to_take(site: Site) -> None:
    assert site.line.startswith('{"ready":')
    seats = site.ready["seats"]
    assert {seat["role"] for seat in seats} >= ROLES
    for seat in seats:
        browser = sign_in(seat["sign_in"])
        if seat["role"] != "observer":  # who reads what is public, and not the floor
            assert 'id="9.2"' in open_page(browser, site.ready["text"])


def test_a_worker_that_is_killed_is_started_again(site: Site) -> None:
    (worker,) = (pid for pid, command in site.find_processes().items() if " worker " in command)
    os.kill(worker, signal.SIGKILL)
    while not (set(find_workers(site)) - {worker}):
        assert site.process.poll() is None


def find_workers(site: Site) -> list[int]:
    return [pid for pid, command in site.find_processes().items() if " worker " in command]


def test_one_home_serves_one_site(site: Site, home: Path) -> None:
    environment = {**os.environ, "ROLLING_HOME": str(home)}
    second = subprocess.run(COMMAND, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert second.returncode == 1
    assert "another Rolling Text runs in" in second.stderr


def test_a_port_that_is_taken_is_refused_in_a_sentence(site: Site, tmp_path: Path) -> None:
    port = str(urllib.parse.urlsplit(site.ready["ready"]).port)
    command = (*COMMAND[:-1], port)
    environment = {**os.environ, "ROLLING_HOME": str(tmp_path)}
    second = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert second.returncode == 1
    assert f"port {port} is taken" in second.stderr


@pytest.mark.parametrize(("send", "number"), [(os.kill, signal.SIGTERM), (os.killpg, signal.SIGINT)])
def test_asked_to_end_it_ends_with_all_its_children(site: Site, send: Any, number: int) -> None:
    assert len(site.find_processes()) >= 5
    assert site.end(send, number) == 0
    assert site.find_processes() == {}


def test_killed_it_leaves_no_child(site: Site) -> None:
    assert site.end(os.kill, signal.SIGKILL) == -signal.SIGKILL
    while site.find_processes():
        os.sched_yield()
