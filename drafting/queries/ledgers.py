"""The journal as it is handed out: for a seat, the streams it may follow, with what is not for it by digest alone.

A row's body goes out where what it tells is on the floor's pages anyway; people's ids never leave with a delegation's
acts. Withheld is a part together with its salt, so that nobody can try names. Who wrote an archive and when leaves no
trace in it. How the rows become files is in `drafting.exports.archives`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from delegations.models import Seat
from delegations.roles import OFFICES
from drafting import events
from drafting.errors import NotFound
from drafting.models import JournalEntry, NegotiatingText, Stream
from drafting.queries import access, archives, journal

#: The kinds of row of the floor that tell of words and decisions, and name nobody.
_OF_THE_TEXT = frozenset(
    {
        *("text-opened", "provision-created", "provision-placed", "provision-retired", "provision-revived"),
        *("edited", "typed", "folded", "erased", "revision-issued", "basis-chosen", "preparation-chosen"),
        *("bracket-opened", "bracket-closed", "bracket-reopened", "group-formed", "group-confirmed", "group-closed"),
        *("holders-unknown", "group-reopened", "regrouped", "anomaly-found", "anomaly-mended", "anomaly-returned"),
        *("decided", "decision-undone", "agreed", "pen-closed"),
        *("language-opened", "translated", "language-issued"),
        *("editorial-proposed", "editorial-applied", "editorial-ended", "editorial-undone"),
        *("place-confirmed", "confirmation-withdrawn", "rectification-issued"),
    }
)
_PAGE = 2000

_encode = msgspec.json.Encoder(order="sorted").encode


class Ledger:
    """What of a text's journal goes out to one seat; making one raises `NotFound` for a seat that may read nothing."""

    def __init__(self, seat: Seat, negotiated: NegotiatingText) -> None:
        self.is_bureau = access.reads_bureau(seat)
        own = [negotiated.floor_id, negotiated.public_id, negotiated.bureau_id]
        found = {stream.pk: stream for stream in access.streams(seat).filter(pk__in=own)}
        self.streams = [found[pk] for pk in own if pk in found]
        if not self.streams:
            raise NotFound("There is no such text, or it is not open to your seat.")
        offices = Seat.objects.filter(conference=negotiated.conference_id, role__in=OFFICES, delegation=None)
        self._offices = frozenset(offices.values_list("pk", flat=True))

    @property
    def audience(self) -> str:
        """Whose archive it is: the bureau's, the floor's, or everybody's."""
        kinds = {stream.kind for stream in self.streams}
        return next(str(kind) for kind in ("bureau", "floor", "public") if kind in kinds)

    def heads(self) -> list[tuple[str, int]]:
        """Return how far each stream goes."""
        return [(str(stream.pk), stream.head) for stream in self.streams]

    def rows(self, stream: Stream) -> Iterator[bytes]:
        """Yield the rows of a stream in order, each a line of JSON; bytes in hex."""
        seq = 0
        while page := journal.since(stream, seq, limit=_PAGE):
            for row in page:
                yield self._line(row)
            seq = page[-1].seq

    def folded(self, stream: Stream) -> Iterator[bytes]:
        """Yield the same of the rows that folded ones stand for, as far as their archives are here."""
        read: dict[str, dict[int, archives.Kept]] = {}
        for row in JournalEntry.objects.filter(stream=stream, through__isnull=False).order_by("through"):
            event = events.decode(row.body or "")
            if not isinstance(event, events.Folded):
                continue
            if event.archive not in read:
                read[event.archive] = {kept.seq: kept for kept in archives.read(event.archive) or ()}
            held = read[event.archive]
            for first, last, *_ in event.ranges:
                yield from (self._line(held[seq]) for seq in range(first, last + 1) if seq in held)

    def _line(self, row: JournalEntry | archives.Kept) -> bytes:
        plain: dict[str, Any] = {name: getattr(row, name) for name in ("seq", "at", "kind", "version", "text", "rev")}
        plain["through"] = getattr(row, "through", None)
        for name in ("body_digest", "author_digest", "digest"):
            plain[name] = _hex(getattr(row, name))
        withheld = []
        for part, is_shown in (("body", self._shows_body(row)), ("author", self._shows_author(row))):
            content, salt = getattr(row, part), getattr(row, f"{part}_salt")
            if content is not None and not is_shown:
                withheld.append(part)
                content = salt = None
            plain |= {part: content, f"{part}_salt": _hex(salt)}
        return _encode(plain | {"withheld": withheld}) + b"\n"

    def _shows_body(self, row: JournalEntry | archives.Kept) -> bool:
        return self.is_bureau or row.kind in _OF_THE_TEXT

    def _shows_author(self, row: JournalEntry | archives.Kept) -> bool:
        if not self.is_bureau or row.author is None:
            return False
        return msgspec.json.decode(row.author)["seat"] in self._offices


def _hex(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else bytes(value).hex()
