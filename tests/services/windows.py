"""A browser's window as a model: the rules of `static/src/live/opclient.js` in Python, over lines that lose things."""

from __future__ import annotations

import random
from typing import Any

from drafting.services.typing import Ack, Nack, Op, Part
from drafting.text.changes import ChangeSet


class Window:
    """One text in one window: the server's words at `rev`, one op under way, one buffer behind it.

    `put` are the characters its user typed, each there only once; `tray` those that came back.
    """

    def __init__(self, seat: int, name: str, text: Any, content: str) -> None:
        self.seat, self.name, self.text = seat, name, text
        self.doc, self.rev = content, 0
        self.sent: ChangeSet | None = None
        self.rest: ChangeSet | None = None
        self.under: Op | None = None
        self.own: int | None = None
        self.n = self.epoch = 0
        self.waiting: dict[int, Any] = {}
        self.put: list[str] = []
        self.tray: list[str] = []

    @property
    def pending(self) -> ChangeSet | None:
        """What the server has not confirmed."""
        return self.sent.compose(self.rest) if self.sent and self.rest else self.sent or self.rest

    @property
    def shown(self) -> str:
        """What the window shows."""
        return self.pending.apply(self.doc) if self.pending else self.doc

    def type(self, chance: random.Random, character: str) -> None:
        """Type somewhere: mostly a character, at times a pair, at times half of one, at times over other words."""
        shown = self.shown
        at = chance.randint(0, len(shown))
        to = at if self.pending else min(len(shown), at + chance.choice([0, 0, 0, 3]))
        if "[" in shown[at:to] or "]" in shown[at:to]:
            to = at
        words = chance.choices([character, f"[{character}]", f"[{character}"], [20, 3, 1])[0]
        change = ChangeSet.of([(at, to, words)], len(shown))
        self.put.append(character)
        self.rest = self.rest.compose(change) if self.rest else change

    def flush(self) -> list[Op]:
        """Return the op to send, if one is due."""
        if self.under or not self.rest:
            return []
        self.sent, self.rest = self.rest, None
        self.n += 1
        part = Part(self.text, self.rev, self.sent.to_json(self.doc))
        self.under = Op(self.seat, self.name, self.epoch, self.n, [part])
        return [self.under]

    def hear(self, answer: Ack | Nack) -> None:
        """Take the answer to an op; one to an earlier op says nothing new."""
        if self.under is None or answer.n != self.under.n:
            return
        if isinstance(answer, Ack):
            self.own = answer.revs[str(self.text)]
        else:
            self._take_back(answer)
        self._advance()

    def receive(self, rev: int, changes: Any) -> None:
        """Take a row, in whatever order it comes."""
        if rev > self.rev:
            self.waiting[rev] = changes
        self._advance()

    def _advance(self) -> None:
        """Take the rows that are next; while it is not known which is its own, none."""
        if self.sent and self.own is None:
            return
        while (changes := self.waiting.pop(self.rev + 1, None)) is not None:
            row = ChangeSet.from_json(changes, self.doc)
            self.rev += 1
            if self.rev == self.own:
                assert row == self.sent, "the server carried the op as the window did"
                self.sent = self.own = self.under = None
            else:
                self._pass(row)
            self.doc = ChangeSet.from_json(changes, self.doc).apply(self.doc)

    def _pass(self, row: ChangeSet) -> None:
        if self.sent:
            self.sent, row = self.sent.map(row), row.map(self.sent, before=True)
        if self.rest:
            self.rest = self.rest.map(row)

    def _take_back(self, nack: Nack) -> None:
        pending = self.pending
        assert pending is not None
        self.tray += [character for _, _, words in pending.edits() for character in words if character not in "[]"]
        self.epoch = nack.epoch
        self.sent = self.rest = self.under = None
