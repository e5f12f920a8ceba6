"""A client as an outsider writes it from `manage.py protocol` and the ready line: it knows nothing else of the site."""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

from websockets.sync.client import connect
from websockets.typing import Origin

from tests import waiting


class Outsider:
    """A raw socket that authenticates by cookie and Origin; every message goes out with its version and name."""

    def __init__(self, socket: str, origin: str | None, cookie: str | None) -> None:
        headers = {"Cookie": f"rolling_session={cookie}"} if cookie else {}
        self._ends = ExitStack()
        self._kept: list[dict[str, Any]] = []
        talk = connect(socket, origin=None if origin is None else Origin(origin), additional_headers=headers)
        self.line = self._ends.enter_context(talk)

    def say(self, t: str, **fields: Any) -> None:
        """Send one message."""
        self.line.send(json.dumps({"v": 1, "t": t, **fields}))

    def hear(self, t: str) -> dict[str, Any]:
        """Return the next message of a kind; others are kept until they are asked for."""
        for place, kept in enumerate(self._kept):
            if kept["t"] == t:
                return self._kept.pop(place)
        while True:
            message: dict[str, Any] = json.loads(self.line.recv(timeout=waiting.PATIENCE))
            if message["t"] == t:
                return message
            self._kept.append(message)

    def watch(self, text: str) -> dict[str, Any]:
        """Watch a text and return it as it stands."""
        self.say("watch", texts=[text])
        return self.hear("text")

    def op(self, text: str, n: int, base_rev: int, changes: list[Any], epoch: int = 0) -> None:
        """Send op `n`."""
        parts = [{"text": text, "base_rev": base_rev, "changes": changes}]
        self.say("op", client="outsider", epoch=epoch, n=n, parts=parts)

    def close(self) -> None:
        """Hang up."""
        self._ends.close()


def origin(address: str) -> str:
    """Return the Origin of a page at an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def units(words: str) -> int:
    """Return the length of words in UTF-16 units."""
    return len(words.encode("utf-16-le")) // 2
