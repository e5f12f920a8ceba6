"""Who types in which text, and where: shown to the others who type there, never kept, never anybody who only reads.

Places travel between processes as hints, like everything on the layer; one not heard of for a while is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from drafting.live import protocol
from drafting.live.browsers import Browser
from drafting.live.outlets import Frame

#: Places are told at most so often for each text (seconds between two), and forgotten after so long.
EVERY, FORGOTTEN = 0.25, 15.0
#: A browser's own places closer together than this are not passed on.
CLOSEST = 0.15


class Place(NamedTuple):
    """Where somebody's caret stands: UTF-16 units of the text at `rev`; `at` is when we heard of it."""

    name: str
    rev: int
    anchor: int
    head: int
    at: float


class Places:
    """The places of one stream's texts, as this process knows them."""

    def __init__(self) -> None:
        self._known: dict[UUID, dict[str, Place]] = {}

    def put(self, message: Mapping[str, Any], now: float) -> UUID:
        """Take note of where somebody is, or that they left; return the text."""
        text = UUID(message["text"])
        known = self._known.setdefault(text, {})
        if message["place"] is None:
            known.pop(message["who"], None)
        else:
            name, rev, anchor, head = message["place"]
            known[message["who"]] = Place(name, rev, anchor, head, now)
        return text

    def forget(self, now: float) -> Iterator[UUID]:
        """Forget whoever has not been heard of; yield the texts in which somebody was forgotten."""
        for text, known in list(self._known.items()):
            gone = [who for who, place in known.items() if now - place.at > FORGOTTEN]
            for who in gone:
                del known[who]
            if not known:
                del self._known[text]
            if gone:
                yield text

    def frame(self, text: UUID, browser: Browser) -> Frame:
        """Return where the others are, for one who types in the text too."""
        others = {who: place for who, place in self._known.get(text, {}).items() if who != browser.name}
        people = [
            {"id": who, "name": place.name, "rev": place.rev, "anchor": place.anchor, "head": place.head}
            for who, place in sorted(others.items())
        ]
        return Frame(protocol.encode(protocol.Presence(text=text, people=people)))


def tell(browser: Browser, text: UUID, place: tuple[str, int, int, int] | None) -> dict[str, Any]:
    """Return the message that tells other processes where a browser is, or that it left."""
    return {"type": "stream.presence", "text": str(text), "who": browser.name, "place": place}
