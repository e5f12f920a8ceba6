"""One stream's order: whatever comes early, twice or never, followers hear every row once and in order."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from drafting.live import feeds
from drafting.live.feeds import Feed
from drafting.live.items import Row
from drafting.live.outlets import Frame
from drafting.live.transports import Gate
from tests.waiting import soon

STREAM = UUID(int=1)


class Listener:
    """Stands for a browser: keeps what it is sent."""

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []
        self.gate = Gate()

    def write(self, frame: Frame) -> None:
        self.frames += map(json.loads, frame.texts)

    @property
    def seqs(self) -> list[int]:
        return [item["seq"] for frame in self.frames for item in frame["items"]]

    @property
    def items(self) -> list[dict[str, Any]]:
        return [item for frame in self.frames for item in frame["items"]]


class Journal:
    """Stands for the journal: rows by seq, and how often it was read."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.reads = 0

    async def read(self, stream: UUID, after: int, limit: int) -> list[Row]:
        self.reads += 1
        await asyncio.sleep(0)
        return [row for row in self.rows if row.seq > after][:limit]


def closed(seq: int) -> Row:
    return Row(seq, "bracket-closed", json.dumps({"kind": "bracket-closed", "bracket": seq}))


def typed(seq: int, text: UUID, rev: int) -> Row:
    body = {"kind": "typed", "text": str(text), "rev": rev, "changes": [[0, "x"]], "provision": 5, "pen": None}
    return Row(seq, "typed", json.dumps(body))


@given(st.permutations(range(1, 13)), st.sets(st.integers(1, 12)), st.lists(st.integers(1, 12), max_size=5))
def test_rows_arrive_in_order_whatever_is_lost_doubled_or_late(order: list[int], lost: set[int], doubled: list[int]):
    async def play() -> list[int]:
        listener, journal = Listener(), Journal([closed(seq) for seq in range(1, 13)])
        feed = Feed(STREAM, 0, journal.read)
        await feed.join(listener, None)
        for seq in [*order, *doubled]:
            if seq not in lost:
                feed.offer([closed(seq)])
        await feed.fill()
        feed._tick()
        feed.stop()
        return listener.seqs

    assert asyncio.run(play()) == list(range(1, 13))


async def test_a_gap_that_stays_open_is_read_from_the_journal():
    listener, journal = Listener(), Journal([closed(1), closed(2)])
    feed = Feed(STREAM, 0, journal.read)
    await feed.join(listener, None)
    feed.offer([closed(2)])
    await soon(lambda: len(listener.seqs) == 2)
    assert (listener.seqs, journal.reads) == ([1, 2], 1)


async def test_many_who_come_back_cost_a_number_of_reads_that_does_not_grow_with_them():
    journal = Journal([closed(seq) for seq in range(1, 1801)])
    feed = Feed(STREAM, 1800, journal.read)
    listeners = [Listener() for _ in range(300)]
    await asyncio.gather(*(feed.join(one, since=at) for at, one in enumerate(listeners)))
    assert all(one.seqs == list(range(at + 1, 1801)) for at, one in enumerate(listeners))
    assert journal.reads <= 4


async def test_rows_of_one_moment_go_out_in_one_frame():
    listener, feed = Listener(), Feed(STREAM, 0, Journal([]).read)
    await feed.join(listener, None)
    feed.offer([closed(seq) for seq in range(1, 40)])
    await soon(lambda: len(listener.seqs) == 39)
    assert len(listener.frames) == 2


async def test_followers_hear_that_a_text_moved_and_its_watchers_every_change():
    text, reader, watcher = uuid4(), Listener(), Listener()
    feed = Feed(STREAM, 0, Journal([]).read)
    await feed.join(reader, None)
    feed.watch(watcher, text, 0)
    for seq in range(1, 6):
        feed.offer([typed(seq, text, seq)])
        feed._tick()
    assert [(item["text"], item["rev"]) for item in watcher.items] == [(str(text), rev) for rev in range(1, 6)]
    assert [(item["kind"], item["at"]) for item in reader.items] == [("moved", 1)]
    await soon(lambda: reader.items[-1]["at"] == 5)
    assert [item["at"] for item in reader.items] == [1, 5]


async def test_that_a_text_moved_waits_a_little_longer_to_go_out_with_the_next_change():
    text, reader = uuid4(), Listener()
    feed = Feed(STREAM, 0, Journal([]).read)
    await feed.join(reader, None)
    for seq in (1, 2):
        feed.offer([typed(seq, text, seq)])
        feed._timers.pop("tick").cancel()
        feed._tick()
    assert feed._timers["tick"].when() >= feed._told_at[text] + feeds.MOVED_EVERY + feeds.MOVED_WAITS
    feed._told_at[text] -= feeds.MOVED_EVERY
    feed.offer([typed(3, text, 3)])
    feed._tick()
    feed.stop()
    assert [item["at"] for item in reader.items] == [1, 3]


async def test_while_a_text_is_held_back_a_tick_does_not_claim_to_be_complete():
    text, reader = uuid4(), Listener()
    feed = Feed(STREAM, 0, Journal([]).read)
    await feed.join(reader, None)
    for row in (typed(1, text, 1), typed(2, text, 2), closed(3)):
        feed.offer([row])
        feed._tick()
    feed.stop()
    assert reader.frames[-1]["seq"] == 1
    assert reader.seqs == [1, 3]


async def test_whoever_begins_to_watch_hears_no_change_twice():
    text, watcher = uuid4(), Listener()
    feed = Feed(STREAM, 0, Journal([]).read)
    feed.offer([typed(1, text, 1), typed(2, text, 2)])
    feed.watch(watcher, text, 1)
    feed.offer([typed(3, text, 3)])
    await soon(lambda: len(watcher.items) == 2)
    assert [item["rev"] for item in watcher.items] == [2, 3]


async def test_browsers_that_watch_the_same_share_one_frame():
    text, frames = uuid4(), []
    feed = Feed(STREAM, 0, Journal([]).read)
    for _ in range(3):
        one = Listener()
        one.write = frames.append
        feed.watch(one, text, 0)
    feed.offer([typed(1, text, 1)])
    await soon(lambda: len(frames) == 3)
    assert len({id(frame) for frame in frames}) == 1


def folded(seq: int, text: UUID, rev: int) -> Row:
    body = {"kind": "folded", "text": str(text), "rev": rev, "changes": [[0, "x"]], "provision": 5, "pen": "p"}
    return Row(seq, "folded", json.dumps(body))


async def test_a_folded_row_is_news_only_to_whoever_comes_back():
    text, present, watcher, back = uuid4(), Listener(), Listener(), Listener()
    journal = Journal([closed(1), typed(5, text, 3), folded(6, text, 2)])
    feed = Feed(STREAM, 5, journal.read)
    await feed.join(present, None)
    feed.watch(watcher, text, 3)
    feed.offer([folded(6, text, 2)])
    feed._tick()
    await feed.join(back, 1)
    feed.stop()
    assert (present.items, watcher.items) == ([], [])
    assert [(item["kind"], item["at"]) for item in back.items] == [("moved", 3), ("moved", 2)]


async def test_rows_folded_away_do_not_hold_up_a_process_that_was_cut_off():
    listener = Listener()
    feed = Feed(STREAM, 1, Journal([closed(1), closed(2), closed(7), closed(8)]).read)
    await feed.join(listener, None)
    feed.offer([closed(8)])
    await soon(lambda: len(listener.seqs) == 3)
    assert listener.seqs == [2, 7, 8]
