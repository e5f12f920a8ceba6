"""Child processes end with their parent, whatever ends it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from drafting.config import children
from drafting.config.children import Child
from tests import waiting

SLEEPER = (sys.executable, "-c", "import time; print('ready', flush=True); time.sleep(600)")
STUBBORN = (
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(600)",
)
PARENT = """
import os, sys, time
from drafting.config.children import Child
child = Child("sleeper", (sys.executable, "-c", "import time; time.sleep(600)"), os.environ, None)
child.start()
print(child.process.pid, flush=True)
time.sleep(600)
"""


def start(command: tuple[str, ...], log: Path) -> Child:
    """Returns a child that has said that it is ready."""
    child = Child("sleeper", command, os.environ, log)
    child.start()
    waiting.until(lambda: "ready" in child.read_last_words(), child)
    return child


def has_ended(pid: int) -> bool:
    """Tells whether no process of that number runs; one that nobody has waited for yet has ended all the same."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_child_does_not_outlive_a_parent_that_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    waiting.until(lambda: has_ended(pid))


def test_a_child_is_asked_to_end(tmp_path: Path) -> None:
    child = start(SLEEPER, tmp_path / "log")
    children.stop([child], patience=60)
    assert child.process.returncode == -signal.SIGTERM


def test_a_child_that_does_not_listen_is_ended(tmp_path: Path) -> None:
    child = start(STUBBORN, tmp_path / "log")
    children.stop([child], patience=0.1)
    assert child.process.returncode == -signal.SIGKILL


def test_a_child_that_ends_at_once_counts_as_failed(tmp_path: Path) -> None:
    child = Child("failing", (sys.executable, "-c", "print('no such table')"), os.environ, tmp_path / "log")
    for _ in range(2):
        child.start()
        child.process.wait()
        assert child.has_ended()
    assert child.failures == 2
    assert child.read_last_words() == "no such table\nno such table"
