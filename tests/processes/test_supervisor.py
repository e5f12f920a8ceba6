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
from contextlib import closing
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests import waiting
from tests.processes.outsider import Outsider, origin, units

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
        return self.process.wait(timeout=waiting.PATIENCE)


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


def cookie(browser: urllib.request.OpenerDirector) -> str:
    """Return the session a browser was given."""
    (jar,) = (handler.cookiejar for handler in browser.handlers if hasattr(handler, "cookiejar"))
    return next(str(crumb.value) for crumb in jar if crumb.name == "rolling_session")


def open_sockets(site: Site, *roles: str) -> list[Outsider]:
    """Sign in as one of each role, then open the sockets the ready line names: one that is silent is soon cut."""
    addresses = [next(seat["sign_in"] for seat in site.ready["seats"] if seat["role"] == role) for role in roles]
    sessions = [(origin(address), cookie(sign_in(address))) for address in addresses]
    return [Outsider(site.ready["live"]["socket"], at, session) for at, session in sessions]


@pytest.mark.parametrize("stranger", ["no session", "foreign origin", "no origin"])
def test_the_socket_opens_for_our_own_pages_and_a_session_alone(site: Site, stranger: str) -> None:
    seat = site.ready["seats"][0]["sign_in"]
    session = None if stranger == "no session" else cookie(sign_in(seat))
    at = {"foreign origin": "http://evil.example", "no origin": None}.get(stranger, origin(seat))
    with pytest.raises(InvalidStatus) as refused:
        Outsider(site.ready["live"]["socket"], at, session)
    assert refused.value.response.status_code == 403


def test_an_outsider_types_as_the_protocol_says(site: Site) -> None:
    text, stream = site.ready["live"]["text"], site.ready["live"]["stream"]
    chair, delegate = open_sockets(site, "chair", "delegate")
    with closing(chair), closing(delegate):
        chair.say("sub", stream=stream, since=None)
        assert chair.hear("tick")["items"] == []
        now = chair.watch(text)
        assert delegate.watch(text) == now
        length, rev = units(now["content"]), now["rev"]
        chair.op(text, 1, rev, [length, [0, " x"]])
        assert chair.hear("nack")["code"] == "forbidden"
        delegate.op(text, 1, rev, [length, [0, " x"]])
        assert delegate.hear("nack")["message"]
        chair.say("pen", text=text, **{"for": "editorial"})
        chair.hear("pen_ok")
        chair.op(text, 2, rev, [[0, "\U0001f30d "], length], epoch=1)
        chair.op(text, 3, rev, [length, [0, " é"]], epoch=1)
        acks = [chair.hear("ack") for _ in range(2)]
        chair.op(text, 3, rev, [length, [0, " é"]], epoch=1)
        assert chair.hear("ack") == acks[1]
        for client in (chair, delegate):
            rows: list[Any] = []
            while len(rows) < 2:
                rows += [item for item in client.hear("tick")["items"] if item["text"] == text]
            assert [row["rev"] for row in rows] == [rev + 1, rev + 2]
            assert [row["changes"] for row in rows] == [[[0, "\U0001f30d "], length], [length + 3, [0, " é"]]]
        assert delegate.watch(text)["content"] == f"\U0001f30d {now['content']} é"
        chair.op(text, 4, rev + 2, [1, [0, "x"], length + 4], epoch=1)
        nack = chair.hear("nack")
        assert nack["message"]
        chair.op(text, 5, rev + 2, [[0, "["], length + 5], epoch=nack["epoch"])
        assert chair.hear("nack")["code"] == "unpaired-brackets"


@pytest.mark.parametrize("frame", ["{}", '{"v":1,"t":"dance"}', '{"v":2,"t":"seen","seq":0}', b"\x00", "x" * 70_000])
def test_what_is_no_message_gets_an_error_and_repeated_the_end(site: Site, frame: str | bytes) -> None:
    with closing(*open_sockets(site, "delegate")) as delegate:
        for _ in range(5):
            delegate.line.send(frame)
        assert delegate.hear("error")["message"]
        assert all(delegate.hear("error")["code"] for _ in range(4))
        with pytest.raises(ConnectionClosed):
            delegate.hear("error")


def test_a_worker_that_is_killed_is_started_again(site: Site) -> None:
    (worker,) = (pid for pid, command in site.find_processes().items() if " worker " in command)
    os.kill(worker, signal.SIGKILL)
    waiting.until(lambda: set(find_workers(site)) - {worker})
    assert worker not in find_workers(site)


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
    waiting.until(lambda: not site.find_processes())
