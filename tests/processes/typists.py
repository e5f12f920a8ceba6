"""Someone who types over a socket of the site's own protocol, and keeps what is not acknowledged to send it again."""

from __future__ import annotations

from typing import Any

from drafting.text.changes import ChangeSet
from tests.processes.site import Line


class Typist:
    """Adds its mark to the end of one text, op after op, whatever the line does; `acks` are its answers by n."""

    def __init__(self, line: Line, text: str, name: str, length: int, rev: int = 0) -> None:
        self.text, self.name = text, name
        self.base = (length, rev)
        self.acks: dict[int, dict[str, Any]] = {}
        self.sent = 0
        self.hold(line)

    def hold(self, line: Line) -> None:
        """Go on over this line, with the pen."""
        self.line = line
        line.say("pen", text=self.text, **{"for": "editorial"})
        line.hear("pen_ok")

    def type(self, count: int) -> None:
        """Send so many ops without waiting, all on the revision it began with: the server carries them."""
        for n in range(self.sent + 1, self.sent + count + 1):
            self._send(n)
        self.sent += count

    def resend(self) -> None:
        """Send again, in order, whatever was not acknowledged."""
        for n in range(1, self.sent + 1):
            if n not in self.acks:
                self._send(n)

    def hear_acks(self, count: int) -> None:
        """Wait until so many ops are acknowledged."""
        while len(self.acks) < count:
            answer = self.line.hear("ack")
            self.acks[answer["n"]] = answer

    def _send(self, n: int) -> None:
        length, rev = self.base
        part = {"text": self.text, "base_rev": rev, "changes": [length, [0, self.mark(n)]]}
        self.line.say("op", client=self.name, epoch=0, n=n, parts=[part])

    def mark(self, n: int) -> str:
        """Return what op `n` puts in."""
        return f" {self.name}{n}"


def follow(content: str, rev: int, items: list[dict[str, Any]]) -> str:
    """Return a text as its watcher has it after these items of ticks, which must come in order and without a gap."""
    for item in items:
        assert item["rev"] == rev + 1
        rev, content = item["rev"], ChangeSet.from_json(item["changes"], content).apply(content)
    return content
