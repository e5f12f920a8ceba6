"""One stream in one process: its rows in the order of their seq, and the frames its browsers get.

Publications come out of order and at most once. Rows that come early wait; where a gap stays open for 50 ms, or where
the head has moved and nobody said so, the hub reads the journal. A row is on the wire in order or not at all.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from drafting.live import items
from drafting.live.crowds import Crowds
from drafting.live.items import Item, Row
from drafting.live.outlets import Frame
from drafting.live.presence import EVERY, Places

if TYPE_CHECKING:
    from drafting.live.browsers import Browser

#: How long rows that came early wait for those before them, in seconds.
PATIENCE = 0.05
#: The most a tick waits, and what each browser adds to it: one browser is told at once, a thousand every 50 ms.
LONGEST_TICK, TICK_A_BROWSER = 0.05, 0.00005
#: How often followers are told that one text moved, in seconds; its watchers get every change.
MOVED_EVERY = 1.0
#: How much longer it may take for that to go out with the next change, in seconds: most who follow watch as well, and
#: while somebody types they get it in one piece.
MOVED_WAITS = 0.1
#: How many rows are kept at hand for those who come back, and how many are read at a time for one further behind.
RING, BLOCK = 4000, 500

Read = Callable[[UUID, int, int], Awaitable[list[Row]]]

#: Rows after which somebody may follow the stream no longer.
NARROWING = frozenset({"draft-unshared"})


class TooFar(Exception):
    """So far behind that reading the page again is cheaper than catching up."""


class Feed:
    """Delivers one stream. All methods but `join` and `fill` run to their end without letting go of the loop."""

    def __init__(
        self,
        stream: UUID,
        head: int,
        read: Read,
        narrow: Callable[[Feed], Coroutine[Any, Any, None]] | None = None,
        *,
        is_private: bool = False,
    ) -> None:
        self.stream = stream
        self.head = head
        self.is_private = is_private
        self.idle_looks = 0
        self.crowds = Crowds()
        self._places = Places()
        self._read = read
        self._narrow = narrow
        self._early: dict[int, Row] = {}
        self._ring: deque[Item] = deque()
        self._oldest = head + 1
        self._fresh: list[Item] = []
        self._progress: list[bytes] = []
        self._held: dict[UUID, Item] = {}
        self._held_since: dict[UUID, int] = {}
        self._told_at: dict[UUID, float] = {}
        self._next_tick = 0.0
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._reading = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_idle(self) -> bool:
        """Whether nobody follows it."""
        return not self.crowds.followers and not self.crowds.watchers

    @property
    def within(self) -> float:
        """The seconds over which its browsers should spread when all must come back: one per hundred, at least one."""
        return max(1.0, len(self.crowds.followers) / 100)

    def stop(self) -> None:
        """Forget every timer and task; the feed is not used again."""
        for timer in self._timers.values():
            timer.cancel()
        for task in self._tasks:
            task.cancel()

    def offer(self, rows: Iterable[Row], head: int = 0) -> None:
        """Take rows in any order, and word that the stream has come as far as `head`; deliver what is in order."""
        for row in rows:
            if row.seq > self.head:
                self._early[row.seq] = row
        while row_ := self._early.pop(self.head + 1, None):
            self._deliver(row_)
        if self._early or head > self.head:
            self._at("fill", PATIENCE, lambda: self._start(self.fill()))

    def progress(self, body: dict[str, Any]) -> None:
        """Pass on a sign of progress with the next tick."""
        self._progress.append(items.progress(body))
        self._at("tick", self._until_tick(), self._tick)

    def place(self, message: Mapping[str, Any]) -> None:
        """Take note of where somebody types, and show it to the others within a moment."""
        self._show_soon(self._places.put(message, asyncio.get_running_loop().time()))

    def forget_places(self) -> None:
        """Show no longer whoever has fallen silent."""
        for text in list(self._places.forget(asyncio.get_running_loop().time())):
            self._show_soon(text)

    def _show_soon(self, text: UUID) -> None:
        """Show who types in a text in a moment, with all that comes until then: at most once in `EVERY` seconds."""
        self._at(f"presence {text}", EVERY, lambda: self._show_places(text))

    def _show_places(self, text: UUID) -> None:
        for browser in self.crowds.watchers.get(text, ()):
            if text in browser.typing:
                browser.write_if_idle(self._places.frame(text, browser))

    async def fill(self) -> None:
        """Read from the journal what is missing after the head, until nothing is."""
        async with self._reading:
            more = True
            while more:
                before = self.head
                rows = await self._read(self.stream, before, BLOCK)
                self._take(rows)
                more = len(rows) == BLOCK and self.head > before

    def _take(self, rows: Iterable[Row]) -> None:
        """Deliver rows as the journal has them: where seqs are wanting between two of them, rows were folded away."""
        for row in rows:
            if row.seq > self.head:
                self._early = {seq: early for seq, early in self._early.items() if seq > row.seq}
                self._deliver(row)
        self.offer(())

    async def join(self, browser: Browser, since: int | None) -> None:
        """Make `browser` a follower that has all up to `since` (None: all there is); raises `TooFar`."""
        start = self.head if since is None else since
        if start > self.head:
            await self.fill()
        while start < self._oldest - 1:
            await self._reach_back(start)
        self._tick()
        browser.write(self._catch_up(start))
        self.crowds.follow(browser)

    def watch(self, browser: Browser, text: UUID, rev: int) -> None:
        """Make `browser`, which has `text` at `rev`, a watcher: it gets every change after that one, once."""
        self._tick()
        missed = [item.change for item in self._ring if item.text == text and item.rev > rev]
        if missed:
            browser.write(self._frame(missed, self.head))
        self.crowds.watch(browser, text)

    def show(self, rows: Iterable[Row]) -> Frame:
        """Return rows that each changed a text as the frame a watcher gets."""
        return self._frame([items.of(row).change for row in rows], self.head)

    def _deliver(self, row: Row) -> None:
        item = items.of(row)
        self.head = row.seq
        self._ring.append(item)
        if len(self._ring) > RING:
            self._oldest = self._ring.popleft().seq + 1
        self._fresh.append(item)
        if row.kind in NARROWING and self._narrow is not None:
            self._start(self._narrow(self))
        self._at("tick", self._until_tick(), self._tick)

    def _tick(self) -> None:
        """Send at most two frames to each browser: what happened on the stream, and the changes of its texts."""
        now = asyncio.get_running_loop().time()
        self._next_tick = now + min(LONGEST_TICK, len(self.crowds.followers) * TICK_A_BROWSER)
        fresh, self._fresh = self._fresh, []
        progress, self._progress = self._progress, []
        self._show(fresh, self._due(fresh, now) + progress)

    def _show(self, fresh: list[Item], told: list[bytes]) -> None:
        """Send followers what they are told and watchers the changes; who is both gets the two frames in one piece."""
        if not fresh and not told:
            return
        news = self._frame(told, min([self.head, *(seq - 1 for seq in self._held_since.values())]))
        shares, rest = self.crowds.share({item.text for item in fresh if item.text}, bool(told))
        for texts, followers, others in shares:
            frame = self._frame([item.change for item in fresh if item.text in texts], self.head)
            followers.write(news + frame)
            others.write(frame)
        rest.write(news)

    def _due(self, fresh: list[Item], now: float) -> list[bytes]:
        """Return what followers are told now: acts at once, of each text at most once a second that it moved."""
        told = []
        for item in fresh:
            if item.is_old:
                continue
            if item.text is None:
                told.append(item.told)
            else:
                self._held[item.text] = item
                self._held_since.setdefault(item.text, item.seq)
        for text in [text for text in self._held if self._told_at.get(text, 0.0) + MOVED_EVERY <= now]:
            told.append(self._held.pop(text).told)
            del self._held_since[text]
            self._told_at[text] = now
        if self._held:
            soonest = min(self._told_at[text] for text in self._held) + MOVED_EVERY + MOVED_WAITS
            self._at("tick", max(0.0, soonest - now), self._tick)
        else:
            self._told_at = {text: at for text, at in self._told_at.items() if at + MOVED_EVERY > now}
        return told

    def _catch_up(self, since: int) -> Frame:
        """Return one frame of what happened after `since`: every act, and of each text its last revision."""
        last: dict[UUID, int] = {item.text: item.seq for item in self._ring if item.text is not None}
        told = [item.told for item in self._ring if item.seq > since and (not item.text or last[item.text] == item.seq)]
        return self._frame(told, self.head)

    async def _reach_back(self, since: int) -> None:
        """Read one more block of older rows, for all who wait for it."""
        before = self._oldest
        async with self._reading:
            if self._oldest != before:
                return
            start = max(0, before - 1 - BLOCK)
            if self.head - start > RING:
                raise TooFar
            rows = await self._read(self.stream, start, before - 1 - start)
            self._ring.extendleft(items.of(row) for row in reversed(rows) if row.seq < before)
            self._oldest = start + 1

    def _frame(self, parts: list[bytes], seq: int) -> Frame:
        listed = b",".join(parts).decode()
        return Frame(f'{{"v":1,"t":"tick","stream":"{self.stream}","seq":{seq},"items":[{listed}]}}')

    def _until_tick(self) -> float:
        return max(0.0, self._next_tick - asyncio.get_running_loop().time())

    def _at(self, name: str, delay: float, act: Callable[[], None]) -> None:
        """Do `act` after `delay` seconds, unless it is to be done sooner already."""
        loop = asyncio.get_running_loop()
        timer = self._timers.get(name)
        if timer is not None and timer.when() <= loop.time() + delay:
            return
        if timer is not None:
            timer.cancel()
        self._timers[name] = loop.call_later(delay, self._fire, name, act)

    def _fire(self, name: str, act: Callable[[], None]) -> None:
        del self._timers[name]
        act()

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
