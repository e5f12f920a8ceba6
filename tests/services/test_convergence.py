"""Whatever the lines lose, double, delay or mix up: all windows end on the same text, and no refused word is lost."""

from __future__ import annotations

import json
import random
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from drafting.models import JournalEntry, NegotiatingText, Stream
from drafting.queries import journal, live
from drafting.services import pen_sessions, typing
from drafting.services.typing import Ack, Nack, Op
from drafting.text.changes import ChangeSet
from tests import factories, laws
from tests.cast import Cast
from tests.services.windows import Window

START = "1. Parties 😀 shall [act]."
STEPS = 250
slugs = count()


class Room:
    """Three windows of two people on one text, the lines between, and the service behind them."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.chance = random.Random(seed)
        self.text: NegotiatingText = factories.text(cast, START, slug=f"room-{next(slugs)}")
        self.words = factories.provision(self.text).words
        people = (cast.chair, cast.secretary, cast.secretary)
        for seat in set(people):
            pen_sessions.take(seat, self.words.pk, "editorial")
        self.windows = [Window(seat.pk, f"w{i}", self.words.pk, START) for i, seat in enumerate(people)]
        self.up: list[Op] = []
        self.down: dict[str, list[Ack | Nack]] = {window.name: [] for window in self.windows}
        self.characters = map(chr, count(0x4E00))

    def step(self) -> None:
        """Do one thing at random."""
        window = self.chance.choice(self.windows)
        act = self.chance.choice(
            ["type", "type", "send", "send", "store", "store", "hear", "hear", "rows", "rows", "return"]
        )
        if act == "type":
            window.type(self.chance, next(self.characters))
        elif act == "send":
            self.up += window.flush() * self.chance.choice([0, 1, 1, 2])
        elif act == "store":
            self.store(self.chance.randint(0, len(self.up)))
        elif act == "hear":
            self.hear(window, lost=0.2)
        elif act == "rows":
            self.tell(window, lost=0.3)
        elif self.chance.random() < 0.5:
            self.come_back(window)

    def store(self, number: int) -> None:
        """Store the first ops that have arrived, as one batch."""
        batch, self.up = self.up[:number], self.up[number:]
        for op, answer in zip(batch, typing.apply(self.text.floor, batch) if batch else (), strict=True):
            self.down[op.client].append(answer)

    def hear(self, window: Window, lost: float = 0.0) -> None:
        """Let the answers through to a window, some of them."""
        answers, self.down[window.name] = self.down[window.name], []
        for answer in answers:
            if self.chance.random() >= lost:
                window.hear(answer)

    def tell(self, window: Window, lost: float = 0.0) -> None:
        """Let rows through to a window: in groups, in any order, some twice, some never."""
        rows = live.changes(self.words.pk, window.rev, 50)
        rows += self.chance.sample(rows, len(rows) // 3)
        if lost:
            self.chance.shuffle(rows)
        for _, _, body in rows:
            if self.chance.random() >= lost:
                row = json.loads(body or "")
                window.receive(row["rev"], row["changes"])

    def come_back(self, window: Window) -> None:
        """Lose all that is on a window's line; on a new one it sends again what was not answered."""
        self.up = [op for op in self.up if op.client != window.name]
        self.down[window.name].clear()
        self.up += [window.under] if window.under else []

    def settle(self) -> None:
        """Go on without losses until nothing is under way."""
        for window in self.windows:
            while window.pending:
                self.come_back(window)
                self.up += window.flush()
                self.store(len(self.up))
                self.hear(window)
                self.tell(window)
        for window in self.windows:
            self.tell(window)


@given(st.integers(0, 2**32))
@laws.session(share=12, least=6)
def test_all_windows_end_on_the_text_the_journal_tells(cast: Cast, seed: int) -> None:
    room = Room(cast, seed)
    for _ in range(STEPS):
        room.step()
    room.settle()
    replayed, stored = START, factories.words(room.text)[0]
    rows = [json.loads(body)["changes"] for _, _, body in live.changes(room.words.pk, 0, 1000) if body]
    put: set[str] = set()
    for row in rows:
        change = ChangeSet.from_json(row, replayed)
        put.update(*(words for _, _, words in change.edits()))
        replayed = change.apply(replayed)
    assert {window.shown for window in room.windows} == {stored} == {replayed}
    for window in room.windows:
        assert sorted(window.put) == sorted([*window.tray, *(put.intersection(window.put))])
    assert journal.verify_stream(Stream.objects.get(pk=room.text.floor_id))
    assert JournalEntry.objects.filter(stream=room.text.floor_id, kind="typed").count() <= len(rows)
