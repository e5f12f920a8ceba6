"""Real workers on a real Redis: a consolidation finishes once, or says that it failed, whatever dies."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drafting.config import children, processes
from drafting.config.children import Child
from drafting.models import Consolidation, NegotiatingText
from drafting.services import amendments, consolidation
from drafting.services.proposals import Proposed
from tests import cast as people
from tests import factories, waiting
from tests.cast import Cast
from tests.processes.site import spell_database

ROOT = Path(__file__).resolve().parents[1]
SEND = "import sys; from drafting.config.celery_app import app; app.send_task('drafting.consolidate', [sys.argv[1]])"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return people.assemble()


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    found = factories.text(cast, "Each Party should act.")
    amendments.submit(cast.norway, found, [Proposed(factories.provision(found), "Each Party shall act.")])
    return found


@pytest.fixture
def environment(transactional_db: None, redis_address: str, tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "drafting.config.settings",
        "DATABASE_URL": spell_database(),
        "PYTHONPATH": str(ROOT),
        "REDIS_URL": redis_address,
        "ROLLING_HOME": str(tmp_path / "home"),
        "SLOW_FOLDER": str(tmp_path),
    }


@pytest.fixture
def start_worker(environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[[], Child]]:
    """Starts workers as the supervisor does, and ends those that still run."""
    started: list[Child] = []

    def start() -> Child:
        words = ("--pool", "threads", "--concurrency", "2", "--include", "tests.processes.slow")
        started.append(Child("worker", (*processes.COMMANDS["worker"], *words), environment, tmp_path / "log"))
        started[-1].start()
        return started[-1]

    yield start
    children.stop([child for child in started if child.process.poll() is None], patience=10)


def ask(cast: Cast, text: NegotiatingText, environment: dict[str, str]) -> Consolidation:
    asked = consolidation.request(cast.chair, text)
    subprocess.run([sys.executable, "-c", SEND, str(asked.pk)], env=environment, check=True)
    return asked


def await_state(asked: Consolidation, state: str, worker: Child) -> None:
    waiting.until(lambda: Consolidation.objects.filter(pk=asked.pk, state=state).exists(), worker)


def kill_in_the_middle(folder: Path, worker: Child) -> None:
    waiting.until((folder / f"begun-{worker.process.pid}").exists, worker)
    worker.process.kill()
    worker.process.wait()


def test_a_consolidation_whose_worker_is_killed_is_finished_once_by_the_next(
    cast: Cast, text: NegotiatingText, environment: dict[str, str], start_worker: Callable[[], Child], tmp_path: Path
) -> None:
    asked = ask(cast, text, environment)
    kill_in_the_middle(tmp_path, start_worker())
    second = start_worker()
    waiting.until((tmp_path / f"begun-{second.process.pid}").exists, second)
    (tmp_path / "go").touch()
    await_state(asked, Consolidation.State.DONE, second)
    asked.refresh_from_db()
    assert asked.results["bracketed"][0][1] == "Each Party [should][shall] act."
    assert text.bureau.entries.filter(kind="consolidation-finished").count() == 1


def test_a_consolidation_that_kills_every_worker_says_it_failed(
    cast: Cast, text: NegotiatingText, environment: dict[str, str], start_worker: Callable[[], Child], tmp_path: Path
) -> None:
    asked = ask(cast, text, environment)
    for _ in range(consolidation.MOST_STARTS):
        kill_in_the_middle(tmp_path, start_worker())
    last = start_worker()
    await_state(asked, Consolidation.State.FAILED, last)
    asked.refresh_from_db()
    assert asked.results == {}
    assert asked.failure
