"""Waiting for a condition, of another process or of the running loop: a look now and then, and an end to it."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from drafting.config.children import Child

PAUSE = 0.05
"""Seconds between two looks."""
PATIENCE = 240
"""Seconds after which what is waited for will not come; many times what the slowest machine has needed."""
SOON = 30
"""The same for what happens in this process."""


def until(holds: Callable[[], object], child: Child | None = None) -> None:
    """Returns once `holds` does; fails when `child` ends first, with its last words, or when it takes for ever."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        words = child.read_last_words() if child is not None else ""
        assert child is None or not child.has_ended(), words
        assert time.monotonic() < deadline, f"This did not come to pass in {PATIENCE} seconds. {words}"
        time.sleep(PAUSE)


async def soon(holds: Callable[[], object]) -> None:
    """The same on a running event loop, for what happens on it; `holds` may have to be awaited."""
    async with asyncio.timeout(SOON):
        while True:
            found = holds()
            if await found if isinstance(found, Awaitable) else found:
                return
            await asyncio.sleep(PAUSE / 10)
