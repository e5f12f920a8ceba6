"""A real worker on a real Redis: its job is not lost when it is killed."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drafting.config import children, processes
from drafting.config.children import Child
from tests import waiting

ROOT = Path(__file__).resolve().parents[2]
SEND = "import sys; from tests.processes.jobs import wait; wait.delay(sys.argv[1])"


@pytest.fixture
def environment(redis_address: str, tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "drafting.config.settings",
        "PYTHONPATH": str(ROOT),
        "REDIS_URL": redis_address,
        "ROLLING_HOME": str(tmp_path / "home"),
    }


@pytest.fixture
def start_worker(environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[[], Child]]:
    """Starts workers as the supervisor does, and ends those that still run."""
    started: list[Child] = []

    def start() -> Child:
        words = ("--pool", "threads", "--concurrency", "1", "--include", "tests.processes.jobs")
        started.append(Child("worker", (*processes.COMMANDS["worker"], *words), environment, tmp_path / "log"))
        started[-1].start()
        return started[-1]

    yield start
    children.stop(started, patience=10)


def await_file(folder: Path, pattern: str, worker: Child) -> None:
    waiting.until(lambda: list(folder.glob(pattern)), worker)


def test_the_job_of_a_killed_worker_is_done_by_the_next(
    start_worker: Callable[[], Child], environment: dict[str, str], tmp_path: Path
) -> None:
    subprocess.run([sys.executable, "-c", SEND, str(tmp_path)], env=environment, check=True)
    first = start_worker()
    await_file(tmp_path, "begun-*", first)
    first.process.kill()
    first.process.wait()
    second = start_worker()
    await_file(tmp_path, f"begun-{second.process.pid}", second)
    (tmp_path / "go").touch()
    await_file(tmp_path, "done", second)
    begun = {path.name for path in tmp_path.glob("begun-*")}
    assert begun == {f"begun-{first.process.pid}", f"begun-{second.process.pid}"}
