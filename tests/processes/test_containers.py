"""The containers, checked by every means that needs no engine: their files, and what they do, done on this machine."""

import json
import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from drafting.config import children
from drafting.config.children import Child
from tests import postgres, waiting

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
ENTRYPOINT = ROOT / "docker" / "entrypoint"
OURS = {"web", "worker", "beat", "migrate", "keys"}
HOST = "text.example"


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """The services as Compose itself reads them."""
    command = [BIN / "docker-compose", "-f", ROOT / "docker" / "compose.yaml", "config", "--format", "json"]
    result = subprocess.run(command, capture_output=True, text=True, env={"PATH": os.environ["PATH"]})
    assert result.returncode == 0, result.stderr
    return dict(json.loads(result.stdout)["services"])


def test_the_linter_finds_nothing_in_the_dockerfile() -> None:
    result = subprocess.run([BIN / "hadolint", ROOT / "docker" / "Dockerfile"], capture_output=True, text=True)
    assert (result.stdout, result.returncode) == ("", 0)


def test_the_image_is_built_in_stages_and_runs_as_nobody_special() -> None:
    words = (ROOT / "docker" / "Dockerfile").read_text()
    last = words.split("\nFROM ")[-1]
    assert words.count("\nFROM ") >= 3
    assert "npm" not in last
    assert re.search(r"^USER [1-9]", last, re.MULTILINE)
    assert "HEALTHCHECK" in last


def test_only_the_proxy_can_be_reached_from_outside(services: dict[str, Any]) -> None:
    assert {name for name, service in services.items() if service.get("ports")} == {"proxy"}


def test_our_containers_are_one_image(services: dict[str, Any]) -> None:
    assert set(services) == OURS | {"proxy", "postgres", "redis"}
    assert {services[name]["image"] for name in OURS} == {"rolling-text"}


def test_no_key_is_written_down(services: dict[str, Any]) -> None:
    given = {name for service in services.values() for name in service.get("environment", {})}
    assert {name for name in given if "KEY" in name or name.endswith("PASSWORD")} == set()


class Container:
    """The entrypoint run as a container would run it, but on this machine, its keys and home in throw-away folders."""

    def __init__(self, folder: Path, database: str, redis: str) -> None:
        self.folder = folder
        for name in ("keys", "home"):
            (folder / name).mkdir()
        self.environment = {
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONPYCACHEPREFIX": sys.pycache_prefix or "",  # what this run has compiled already
            "ROLLING_PRODUCTION": "1",
            "ROLLING_HOSTS": HOST,
            "ROLLING_HOME": str(folder / "home"),
            "ROLLING_KEYS": str(folder / "keys"),
            "ROLLING_STATIC": str(folder / "collected"),
            "FORWARDED_ALLOW_IPS": "*",
            "DATABASE_URL": database,
            "REDIS_URL": redis,
        }

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [ENTRYPOINT, *words], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )

    def start(self, *words: str) -> Child:
        child = Child(words[0], (str(ENTRYPOINT), *words), self.environment, self.folder / f"{words[0]}.log")
        child.start()
        return child


@pytest.fixture(scope="module")
def container(redis_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Container]:
    """Containers on PostgreSQL and Redis, their keys made, their files collected and their database migrated."""
    with postgres.serve() as database:
        container = Container(tmp_path_factory.mktemp("container"), database, redis_address)
        for words in (("keys",), ("manage", "collectstatic", "--noinput", "--verbosity", "0"), ("migrate",)):
            result = container.run(*words)
            assert result.returncode == 0, result.stderr
        yield container


def test_keys_are_made_once_and_are_nobody_elses(container: Container) -> None:
    keys = [container.folder / "keys" / name for name in ("secret", "postgres")]
    before = [key.read_text() for key in keys]
    assert container.run("keys").returncode == 0
    assert [key.read_text() for key in keys] == before
    assert all(len(key.read_text()) >= 50 and key.stat().st_mode & 0o077 == 0 for key in keys)


def test_an_unknown_role_is_refused_with_the_known_ones(container: Container) -> None:
    result = container.run("serve")
    assert result.returncode == 2
    assert "web" in result.stderr


@pytest.fixture(scope="module")
def web(container: Container) -> Iterator[str]:
    """The address of a running web container."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    child = container.start("web", "--host", "127.0.0.1", "--port", str(port))
    healthy = [sys.executable, ROOT / "docker" / "healthy.py", str(port)]
    asked = partial(subprocess.run, healthy, env=container.environment, capture_output=True)
    waiting.until(lambda: asked().returncode == 0, child)
    yield f"http://127.0.0.1:{port}"
    children.stop([child], patience=10)


def ask(address: str, scheme: str = "https") -> Any:
    """Asks as the proxy does for a visitor who came by `scheme`."""
    headers = {"Host": HOST, "X-Forwarded-Proto": scheme, "X-Forwarded-For": "192.0.2.7"}
    return urllib.request.urlopen(urllib.request.Request(address, headers=headers))


def test_the_web_container_serves_a_page_and_the_files_it_names(web: str) -> None:
    with ask(f"{web}/accounts/login/") as page:
        words = page.read().decode()
    assert page.status == 200
    for file in re.findall(r'(?:href|src)="(/static/[^"]+)"', words):
        with ask(web + file) as answer:
            assert "immutable" in answer.headers["Cache-Control"]


def test_the_web_container_sends_plain_http_to_https(web: str) -> None:
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            return None

    request = urllib.request.Request(f"{web}/accounts/login/", headers={"Host": HOST, "X-Forwarded-Proto": "http"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.build_opener(Stay).open(request)
    refused.value.close()
    assert (refused.value.code, refused.value.headers["Location"]) == (301, f"https://{HOST}/accounts/login/")


def test_the_worker_container_answers(container: Container) -> None:
    child = container.start("worker", "--concurrency", "1")
    waiting.until(lambda: container.run("ping").returncode == 0, child)
    children.stop([child], patience=waiting.PATIENCE)
    assert child.process.returncode == 0


def test_the_beat_container_keeps_its_schedule_in_its_home(container: Container) -> None:
    child = container.start("beat")
    waiting.until(lambda: list((container.folder / "home").glob("beat-schedule*")), child)
    children.stop([child], patience=10)
    assert not list(ROOT.glob("*beat*schedule*"))
