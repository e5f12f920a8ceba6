"""The whole site on this machine under one process: a private Redis, a Celery worker and beat, and the web server.

`python -m drafting.config.supervisor demo` is what `./run demo` becomes. The processes are the ones of a container
(`drafting.config.processes`); DATABASE_URL and REDIS_URL win over the embedded ones. Django is loaded only after Redis
has been started, since the settings read the environment.
"""

import argparse
import fcntl
import json
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

from drafting.config import addresses, children, embedded, processes, sources
from drafting.config.children import Child

FIRST_PORT = 8000
#: Seconds the processes have to finish what they do, and after them Redis: fifteen are promised for all.
PATIENCE, PATIENCE_OF_REDIS = 8.0, 3.0
#: Seconds a process may take to answer: on a machine with much else to do a start of ten seconds takes minutes.
SLOWEST_START = 300.0
#: A process that fails so often before it has settled will not get better by itself.
MOST_FAILURES = 3
BEAT_OF_THE_LOOP = 0.2


class Failed(Exception):
    """The site cannot be started or kept up; the message says why, in words for whoever typed the command."""


class Stopped(BaseException):
    """Somebody asked us to end."""


def main(arguments: list[str]) -> int:
    """Serves until asked to end; returns the exit status."""
    options = _read(arguments)
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _stop)
    try:
        _serve(options)
    except Stopped:
        _say("Stopped.")
    except (Failed, embedded.NoRedis) as failure:
        _say(f"Rolling Text: {failure}")
        return 1
    return 0


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run")
    parser.add_argument("mode", choices=("demo", "dev"))
    parser.add_argument("--port", type=int, help=f"by default {FIRST_PORT}, or the next one that is free")
    return parser.parse_args(arguments)


def _serve(options: argparse.Namespace) -> None:
    home = Path(os.environ.get("ROLLING_HOME", "var")).absolute()
    os.environ["ROLLING_HOME"] = str(home)
    os.environ["ROLLING_DEMO"] = "1"
    if options.mode == "dev":
        os.environ["ROLLING_DEBUG"] = "1"
    with _hold(home), _tend() as running:
        port = _choose_port(options.port)
        address = f"http://127.0.0.1:{port}/"
        os.environ.setdefault("ROLLING_URL", address)
        log = None if options.mode == "dev" else home / "log"
        if os.environ.get("REDIS_URL"):
            _reach_redis(os.environ["REDIS_URL"])
        else:
            _start_redis(home, running)
        _prepare()
        for name, extra in _spell_site(port):
            _start(running, Child(name, (*processes.COMMANDS[name], *extra), os.environ, log and log / f"{name}.log"))
        if options.mode == "dev":
            running.append(sources.start_builder())
        _await(running, lambda: _is_up(address + "health/"), "the site")
        _announce(address)
        _watch(running, sources.watch() if options.mode == "dev" else None)


def _spell_site(port: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        ("web", ("--port", str(port))),
        # Threads, not forks: a fork of a worker killed with -9 would be nobody's child.
        ("worker", ("--pool", "threads", "--concurrency", "2", "--without-heartbeat")),
        ("beat", ()),
    )


@contextmanager
def _hold(home: Path) -> Iterator[None]:
    """Keeps the home for ourselves; the kernel lets go of the lock however we end."""
    try:
        (home / "log").mkdir(parents=True, exist_ok=True)
        lock = (home / "lock").open("w")
    except OSError as error:
        raise Failed(f"cannot write to {home} ({error.strerror}): set ROLLING_HOME to a folder of your own.") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failed(
                f"another Rolling Text runs in {home}: end it, or set ROLLING_HOME to another folder."
            ) from None
        for old in (home / "log").glob("*.log"):
            old.unlink()
        yield


@contextmanager
def _tend() -> Iterator[list[Child]]:
    """Ends every child at the end, Redis last, since the others still write to it."""
    running: list[Child] = []
    try:
        yield running
    finally:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        children.stop([child for child in running if child.name != "redis"], PATIENCE)
        children.stop([child for child in running if child.name == "redis"], PATIENCE_OF_REDIS)


def _choose_port(wanted: int | None) -> int:
    """Returns the port asked for if it is free (0: any free one); unasked, the first free one from 8000."""
    for port in range(FIRST_PORT, FIRST_PORT + 100) if wanted is None else (wanted,):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OverflowError:
                raise Failed(f"{port} is no port: choose one from 1 to 65535.") from None
            except OSError:
                continue
            return int(trial.getsockname()[1])
    raise Failed(f"port {wanted or FIRST_PORT} is taken or not ours: choose another one with --port N.")


def _start_redis(home: Path, running: list[Child]) -> None:
    at = addresses.find_socket(home)
    _start(running, Child("redis", embedded.spell_command(at, home), os.environ, home / "log" / "redis.log"))
    os.environ["REDIS_URL"] = f"unix://{at}"
    _await(running, lambda: embedded.answers(at), "Redis")


def _reach_redis(address: str) -> None:
    import redis

    try:
        redis.Redis.from_url(addresses.spell_for_redis(address)).ping()
    except (redis.RedisError, ValueError) as error:
        raise Failed(f"the Redis that REDIS_URL names does not answer: {error}") from None


def _prepare() -> None:
    """Brings the database up to date and loads the demo conference once, in this process: a start is mostly imports."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drafting.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError, connections

    try:
        django.setup()
        from django.core.management import call_command

        from delegations.models import Conference

        call_command("migrate", verbosity=0, interactive=False)
        if not Conference.objects.filter(is_demo=True).exists():
            _say("· Loading the demo conference")
            call_command("demo", stdout=sys.stderr)
    except ImproperlyConfigured as error:
        raise Failed(str(error)) from None
    except OperationalError as error:
        raise Failed(f"the database does not answer: {str(error).strip()}") from None
    connections.close_all()


def _start(running: list[Child], child: Child) -> None:
    child.start()
    running.append(child)


def _await(running: list[Child], condition: Callable[[], bool], what: str, patience: float = SLOWEST_START) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        _tend_once(running)
        if time.monotonic() > deadline:
            raise Failed(f"{what} did not answer within {patience:.0f} seconds: see {os.environ['ROLLING_HOME']}/log.")
        time.sleep(BEAT_OF_THE_LOOP / 4)


def _is_up(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        raise Failed(f"the site answers with an error ({error.code}).") from None
    except OSError:
        return False


def _watch(running: list[Child], changes: Iterator[bool] | None) -> NoReturn:
    """Keeps the processes up; where sources are watched, starts those that hold our code again when one changes."""
    while True:
        _tend_once(running)
        if changes and next(changes):
            _say("· The sources have changed: starting again")
            ours = [child for child in running if child.name in processes.COMMANDS]
            children.stop(ours, PATIENCE)
            for child in ours:
                child.start()
        time.sleep(BEAT_OF_THE_LOOP)


def _tend_once(running: list[Child]) -> None:
    """Starts again whatever has ended; gives up on what does not stay up."""
    for child in running:
        if not child.has_ended():
            continue
        if child.failures >= MOST_FAILURES:
            raise Failed(f"{child.name} does not stay up. Its last words:\n{child.read_last_words()}")
        _say(f"· {child.name} ended ({child.process.returncode}): starting it again")
        child.start()


def _announce(address: str) -> None:
    """Prints the line for programs, then the lines for people."""
    from drafting.queries import demo, live

    line: dict[str, Any] = demo.ready(address)
    first = {"ready": line["ready"], "text": line["text"], "seats": line["seats"], "live": live.door(address)}
    words = [
        json.dumps(first, ensure_ascii=False),
        "",
        f"Rolling Text is ready: open {line['ready']}",
        f"The text under negotiation:  {line['text']}",
        "Take a seat with one click:",
        *(f"  {seat['role']:12} {seat['delegation'] or '':6} {seat['sign_in']}" for seat in line["seats"]),
        "Ctrl-C ends it. What it writes lies in " + os.environ["ROLLING_HOME"],
    ]
    print(*words, sep="\n", flush=True)


def _say(words: str) -> None:
    with suppress(BrokenPipeError):  # whoever started us may have stopped listening
        print(words, file=sys.stderr, flush=True)


def _stop(number: int, frame: object) -> NoReturn:
    raise Stopped


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
