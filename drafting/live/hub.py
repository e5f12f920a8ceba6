"""What one process knows of the streams its browsers follow: a feed for each, one ear on the layer, one look a second.

Losing the channel layer costs latency and nothing else: once a second every head is compared with the journal's. The
same look finds seats that lost a right, sessions that ended and browsers that fell silent.
"""

from __future__ import annotations

import asyncio
import logging
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import Error as DatabaseError

from drafting import broadcast
from drafting.live import browsers, protocol
from drafting.live.browsers import Browser
from drafting.live.clerks import Reader
from drafting.live.feeds import Feed, TooFar
from drafting.live.hands import Hands
from drafting.live.items import Row
from drafting.models import Stream
from drafting.queries import access, live

#: How often we look (seconds), and every how many looks we ask whether sessions go on.
LOOK, LOOKS_A_SESSION = 1.0, 5
#: Every how many looks we note who is connected, where a conference lists that.
LOOKS_A_ROOM = 10
#: For how many looks a stream nobody follows is kept at hand, for those who come back.
LOOKS_KEPT = 60
#: Handshakes under way at once; a thousand browsers coming back queue here, not in the database.
MOST_HANDSHAKES = 50
#: Texts one browser may watch.
MOST_WATCHED = 256
#: Changes of one text a browser is given after a revision it names; beyond them it gets the text.
MOST_CHANGES = 500

_log = logging.getLogger(__name__)


class Hub:
    """All of one process, or of one test: it lives while somebody is in or at the door, on one event loop."""

    def __init__(self) -> None:
        self.browsers: set[Browser] = set()
        self.reader = Reader()
        self._guests = 0
        self.handshakes = asyncio.Semaphore(MOST_HANDSHAKES)
        self._feeds: dict[UUID, Feed] = {}
        self._opening = asyncio.Lock()
        self._followed: set[UUID] = set()
        self._ear = broadcast.Ear()
        self.hands = Hands(self._ear, self.reader)
        self._tasks: list[asyncio.Task[None]] = []

    def admit(self, browser: Browser) -> None:
        """Count a browser in."""
        self.browsers.add(browser)
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._look())]

    async def dismiss(self, browser: Browser) -> None:
        """Forget a browser."""
        for stream in list(browser.feeds):
            self.unsubscribe(browser, stream)
        await self.hands.let_go(browser)
        self.unwatch(browser, list(browser.texts))
        self.browsers.discard(browser)

    async def leave(self) -> None:
        """Count out a socket that `enter` counted in; the hub ends with the last one, nobody being on the way in."""
        self._guests -= 1
        if not self._guests:
            del _hubs[asyncio.get_running_loop()]
            await self._stop()

    async def subscribe(self, browser: Browser, stream: UUID, since: int | None) -> None:
        """Let a browser follow a stream its seat may see; raises NotFound."""
        await self.reader.read(access.stream, browser.seat, stream)
        feed = await self._feed(stream)
        browser.feeds[stream] = feed
        try:
            await feed.join(browser, since)
        except TooFar:
            browser.answer(protocol.Resync(within=feed.within, stream=stream))

    def unsubscribe(self, browser: Browser, stream: UUID) -> None:
        """Let it follow the stream no longer."""
        feed = browser.feeds.pop(stream, None)
        if feed is not None:
            feed.crowds.leave(browser)

    async def watch(self, browser: Browser, texts: list[UUID | protocol.Known]) -> None:
        """Let a browser watch texts it may read: each as it stands or what came after `rev`, then every change."""
        revs = {item.text: item.rev for item in texts if isinstance(item, protocol.Known)}
        wanted = [item.text if isinstance(item, protocol.Known) else item for item in texts]
        if len(browser.texts.keys() | set(wanted)) > MOST_WATCHED:
            raise protocol.UnknownMessage(f"A browser watches at most {MOST_WATCHED} texts.")
        streams = await self.reader.read(live.streams, wanted)
        feeds = {stream: await self._feed(stream) for stream in streams}
        # Read now that the feeds run: what is stored later than this comes through them.
        found = await self.reader.read(live.words, browser.seat, wanted)
        for text in wanted:
            if text not in found or found[text].stream not in feeds:
                sentence = "There is no such text, or it is not open to your seat."
                browser.answer(protocol.Problem(code="not-found", message=sentence, text=text))
                continue
            words = found[text]
            if words.head > feeds[words.stream].head:
                await feeds[words.stream].fill()
            known = await self._changes(text, revs[text], words.rev) if text in revs else None
            self._show(browser, feeds[words.stream], words, known)

    def unwatch(self, browser: Browser, texts: list[UUID]) -> None:
        """Let it watch the texts no longer."""
        for text in texts:
            feed = browser.texts.pop(text, None)
            if feed is not None:
                feed.crowds.unwatch(browser, text)

    def _show(self, browser: Browser, feed: Feed, words: live.Words, known: list[Row] | None) -> None:
        """Send a text, or the changes since the browser's revision, and all later ones; nothing slips in between."""
        if known is None:
            browser.answer(protocol.Content(text=words.text, content=words.content, rev=words.rev))
        elif known:
            browser.write(feed.show(known))
        browser.texts[words.text] = feed
        feed.watch(browser, words.text, words.rev)

    async def _changes(self, text: UUID, after: int, rev: int) -> list[Row] | None:
        """Return the rows that lead from one revision of a text to another; None where they are not all there."""
        if not 0 <= rev - after <= MOST_CHANGES:
            return None
        found = [Row(*row) for row in await self.reader.read(live.changes, text, after, rev - after)]
        return found if len(found) == rev - after and all(row.body is not None for row in found) else None

    async def _feed(self, stream: UUID) -> Feed:
        """Return the feed of a stream; it listens before it reads the head, so that nothing falls between the two."""
        async with self._opening:
            if stream not in self._feeds:
                await self._follow(stream)
                row = await self.reader.read(live.stream, stream)
                is_private = row.kind == Stream.Kind.DRAFT
                self._feeds[stream] = Feed(stream, row.head, self._read, self._narrow, is_private=is_private)
            feed = self._feeds[stream]
            feed.idle_looks = 0
            return feed

    async def _follow(self, stream: UUID) -> None:
        if await self._ear.follow(stream):
            self._followed.add(stream)

    async def _drop(self, feed: Feed) -> None:
        del self._feeds[feed.stream]
        feed.stop()
        self._followed.discard(feed.stream)
        await self._ear.leave(feed.stream)

    async def _drop_idle(self, feed: Feed) -> None:
        """Follow a stream no longer that nobody asked for since; whoever asks meanwhile waits, and follows it anew."""
        async with self._opening:
            if feed.idle_looks > LOOKS_KEPT:
                await self._drop(feed)

    async def _stop(self) -> None:
        await asyncio.to_thread(self.hands.stop)
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for feed in list(self._feeds.values()):
            await self._drop(feed)
        await asyncio.to_thread(self.reader.stop)

    async def _read(self, stream: UUID, after: int, limit: int) -> list[Row]:
        try:
            return [Row(*row) for row in await self.reader.read(live.rows, stream, after, limit)]
        except DatabaseError as error:
            _log.warning("stream %s cannot be read: %s", stream, error)
            return []

    async def _listen(self) -> None:
        """Hand what is published to its feed."""
        while True:
            message = await self._ear.receive()
            feed = self._feeds.get(UUID(message["stream"]))
            if feed is None:
                continue
            if message["type"] == "stream.progress":
                feed.progress(message["body"])
            elif message["type"] == "stream.presence":
                feed.place(message)
            else:
                feed.offer((Row(row["seq"], row["kind"], row["body"]) for row in message["rows"]), message["head"])

    async def _look(self) -> None:
        looks = 0
        while True:
            due = asyncio.get_running_loop().time() + LOOK
            await asyncio.sleep(LOOK)
            looks += 1
            self._hang_up_on_silence(asyncio.get_running_loop().time() - due)
            try:
                await self._look_at_heads()
                await self._look_at_seats()
                if looks % LOOKS_A_SESSION == 0:
                    await self._look_at_sessions()
                await self.hands.seal_rested()
                if looks % LOOKS_A_ROOM == 0:
                    await self.hands.attend(self.browsers)
            except DatabaseError as error:
                _log.warning("the journal cannot be read: %s", error)
            except Exception:  # noqa: BLE001  (nobody would look again, and nobody would know: it is logged)
                _log.exception("a look at the floor failed")

    async def _look_at_heads(self) -> None:
        for stream in self._feeds.keys() - self._followed:
            await self._follow(stream)
        for feed in list(self._feeds.values()):
            feed.forget_places()
            feed.idle_looks = feed.idle_looks + 1 if feed.is_idle else 0
            if feed.idle_looks > LOOKS_KEPT:
                await self._drop_idle(feed)
        if self._feeds:
            for stream, head in (await self.reader.read(live.heads, list(self._feeds))).items():
                if stream in self._feeds:
                    self._feeds[stream].offer((), head)

    async def _look_at_seats(self) -> None:
        """Take from every seat that changed the streams and texts it may no longer see."""
        asked = set(self.browsers)
        now = await self.reader.read(live.standings, {browser.seat.id for browser in asked})
        for browser in asked & self.browsers:  # who came meanwhile was not asked about
            standing = now.get(browser.seat.id)
            if standing is None:
                browser.close(browsers.SIGNED_OUT)
            elif standing != browser.standing:
                browser.stand(standing)
                await self._recheck(browser)

    async def _recheck(self, browser: Browser) -> None:
        kept = await self.reader.read(lambda: set(access.streams(browser.seat).values_list("pk", flat=True)))
        for stream in [stream for stream in browser.feeds if stream not in kept]:
            self.unsubscribe(browser, stream)
            sentence = "Your seat no longer has the right to follow this."
            browser.answer(protocol.Problem(code="right-lost", message=sentence, stream=stream))
        self.unwatch(browser, [text for text, feed in browser.texts.items() if feed.stream not in kept])

    async def _narrow(self, feed: Feed) -> None:
        """Ask again, at once, whether those who follow a stream or watch its texts still may."""
        for browser in feed.crowds.all:
            await self._recheck(browser)

    async def _look_at_sessions(self) -> None:
        asked = set(self.browsers)
        kept = await self.reader.read(live.signed_in, {browser.session for browser in asked})
        for browser in asked & self.browsers:
            if browser.session not in kept:
                browser.close(browsers.SIGNED_OUT)

    def _hang_up_on_silence(self, late: float) -> None:
        """Hang up on whoever fell silent; for as long as we were late ourselves nobody could be heard."""
        now = asyncio.get_running_loop().time()
        for browser in list(self.browsers):
            browser.heard += late
            if now - browser.heard > browsers.SILENCE:
                browser.close(browsers.LOST, within=1.0)


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def enter() -> Hub:
    """Return the hub of the running event loop with one more socket counted in, until it calls `leave`."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    hub = _hubs[loop]
    hub._guests += 1
    return hub
