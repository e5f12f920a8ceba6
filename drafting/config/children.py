"""Child processes that end with their parent, whatever ends it. Which ones there are is the supervisor's business."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

#: <linux/prctl.h>
PR_SET_PDEATHSIG = 1
#: A child that has lived for so many seconds had started well.
SETTLED = 5.0

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass
class Child:
    """One process, its log, and how often it failed to start.

    Start it from the main thread: Linux ends it when the thread that started it ends.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path | None
    failures: int = 0
    started: float = 0.0
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        """Starts the process in a group of its own, so that Ctrl-C reaches the supervisor alone."""
        self.started = time.monotonic()
        output = self.log.open("ab") if self.log else None
        try:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output or sys.stderr,
                stderr=subprocess.STDOUT,
                process_group=0,
                preexec_fn=_die_with(os.getpid()),
            )
        finally:
            if output:
                output.close()

    def has_ended(self) -> bool:
        """Tells whether the process has ended, and counts it as a failure if it had not yet settled."""
        if self.process.poll() is None:
            return False
        self.failures = self.failures + 1 if time.monotonic() - self.started < SETTLED else 0
        return True

    def read_last_words(self, lines: int = 15) -> str:
        """Returns the end of the log."""
        if self.log is None or not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def stop(children: Sequence[Child], patience: float) -> None:
    """Asks all children at once to end, and after `patience` seconds ends those that have not."""
    deadline = time.monotonic() + patience
    for child in children:
        child.process.terminate()
    for child in children:
        try:
            child.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()


def _die_with(parent: int) -> Callable[[], None] | None:
    """Returns what the child does between fork and exec: ask the kernel for SIGKILL at its parent's end."""
    if _libc is None:
        return None
    prctl = _libc.prctl

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before we could ask
            os._exit(1)

    return ask
