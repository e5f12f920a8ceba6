"""What a browser's hands do: take the pen, type, move the caret. Whether they may is decided in the services."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from uuid import UUID

from drafting.broadcast import Ear
from drafting.live import presence, protocol
from drafting.live.browsers import Browser
from drafting.live.clerks import Actors, Reader
from drafting.live.feeds import Feed
from drafting.live.writer import Writer
from drafting.queries import attendances, live
from drafting.services import attendances as rooms
from drafting.services import pen_sessions, rests
from drafting.services.typing import Ack, Nack, Op, Part

#: Ops of one browser under way at once, about; ours sends the next one when the last is answered.
MOST_UNANSWERED = 32

ELSEWHERE = "There is no such text, or it is not open to your seat; and an op keeps to one document."


class Hands:
    """All hands of one process."""

    def __init__(self, ear: Ear, reader: Reader) -> None:
        self._ear = ear
        self._reader = reader
        self._actors = Actors()
        self._writer = Writer()

    def stop(self) -> None:
        """Wait until every act is done and everything typed is stored."""
        self._actors.stop()
        self._writer.stop()

    async def let_go(self, browser: Browser) -> None:
        """Tell the others that a browser types nowhere any longer."""
        for text in list(browser.typing):
            await self._leave(browser, text)

    async def attend(self, connected: Iterable[Browser]) -> None:
        """Have it noted who is connected, where a conference lists that; elsewhere nothing is kept."""
        wanted = await self._reader.read(attendances.listed, {browser.seat.pk for browser in connected})
        if wanted:
            await self._actors.act(rooms.note, wanted)

    async def seal_rested(self) -> None:
        """Have the words of those sealed who have rested from typing for a while."""
        rested = await self._reader.read(rests.rested)
        if rested:
            await self._actors.act(rests.seal, rested)

    async def take_pen(self, browser: Browser, text: UUID, on_behalf_of: str | list[str] | None) -> UUID | None:
        """Take the pen for a text, or lay it down where it is for nobody; raises what forbids it."""
        if on_behalf_of is None:
            await self._actors.act(pen_sessions.lay_down, browser.seat, text)
            await self._leave(browser, text)
            return None
        return (await self._actors.act(pen_sessions.take, browser.seat, text, on_behalf_of)).pk

    async def place(self, browser: Browser, at: protocol.At) -> None:
        """Tell the others who type in a text where this browser's caret stands; who only reads tells nothing."""
        feed, now = browser.texts.get(at.text), asyncio.get_running_loop().time()
        if feed is None or now - browser.placed < presence.CLOSEST:
            return
        browser.placed = now
        if at.text not in browser.typing:
            called = await self._reader.read(live.typist, browser.seat, at.text)
            if called is None:
                return
            browser.typing[at.text] = called
        place = (browser.typing[at.text], at.rev, at.anchor, at.head)
        await self._ear.tell(feed.stream, presence.tell(browser, at.text, place))

    async def _leave(self, browser: Browser, text: UUID) -> None:
        """Tell the others that a browser types in a text no longer."""
        feed = browser.texts.get(text)
        if browser.typing.pop(text, None) is not None and feed is not None:
            await self._ear.tell(feed.stream, presence.tell(browser, text, None))

    async def type(self, browser: Browser, op: protocol.Op) -> None:
        """Have an op stored; the browser is answered when it is, and may go on meanwhile.

        Nothing more is read from a browser with many ops under way: refused, they would be out of their order.
        """
        place = await self._place_of(browser, [part.text for part in op.parts])
        if place is None:
            nack = protocol.Nack(client=op.client, n=op.n, epoch=op.epoch, code="not-found", message=ELSEWHERE)
            browser.answer(nack)
            return
        answered = asyncio.Event()

        def answer(outcome: Ack | Nack) -> None:
            browser.unanswered -= 1
            answered.set()
            kind = protocol.Ack if isinstance(outcome, Ack) else protocol.Nack
            browser.answer(kind(client=op.client, **outcome._asdict()))

        browser.unanswered += 1
        parts = [Part(part.text, part.base_rev, part.changes) for part in op.parts]
        stream, is_private = place
        typed = Op(browser.seat.pk, op.client, op.epoch, op.n, parts)
        self._writer.store(stream, typed, answer, is_private=is_private)
        if browser.unanswered >= MOST_UNANSWERED:
            await answered.wait()

    async def _place_of(self, browser: Browser, texts: list[UUID]) -> tuple[UUID, bool] | None:
        """Return the one stream of the texts and whether it is private; None where there is none the seat may see."""
        known: Mapping[UUID, Feed | live.Words] = browser.texts
        if not set(texts) <= known.keys():
            known = await self._reader.read(live.words, browser.seat, texts)
        places = {(known[text].stream, known[text].is_private) if text in known else None for text in texts}
        return places.pop() if len(places) == 1 else None
