"""Waiting for a condition of another process: a look now and then, so that what is waited for has the processor."""

import time
from collections.abc import Callable

from drafting.config.children import Child

PAUSE = 0.05
"""Seconds between two looks."""
PATIENCE = 240
"""Seconds after which what is waited for will not come; many times what the slowest machine has needed."""


def until(holds: Callable[[], object], child: Child | None = None) -> None:
    """Returns once `holds` does; fails when `child` ends first, with its last words, or when it takes for ever."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        words = child.read_last_words() if child is not None else ""
        assert child is None or not child.has_ended(), words
        assert time.monotonic() < deadline, f"This did not come to pass in {PATIENCE} seconds. {words}"
        time.sleep(PAUSE)
