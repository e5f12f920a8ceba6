"""How a resend is recognised: for each browser on a stream its last ops, what they were answered, and its epoch."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec

from drafting.services import statements

#: Answers kept for each browser. Ours has one op under way; a program may have 32 unread at the server and as many
#: answers on the line when it breaks, and gets each of them again.
KEPT = 64

#: Answers are opened one by one, when they are asked for again: hardly ever.
_decode = msgspec.json.Decoder(dict[int, msgspec.Raw]).decode
_open = msgspec.json.Decoder(dict[str, Any]).decode


@dataclass(slots=True)
class Cursor:
    """One browser's place: the last op accepted, the epoch its next one must name, the last answers by op, as JSON."""

    client: str
    seat: int
    n: int = 0
    epoch: int = 0
    acks: dict[int, msgspec.Raw] = field(default_factory=dict)
    is_known: bool = False
    is_changed: bool = False
    is_stored: bool = False

    def answer(self, n: int) -> dict[str, Any] | None:
        """Return how op `n` was answered, if that is known still: {"revs", "seq"}, or {"code", "message", "place"}."""
        return _open(self.acks[n]) if n in self.acks else None

    def accept(self, n: int, epoch: int, revs: dict[str, int], seq: int) -> None:
        """Note that op `n` is stored."""
        self.n, self.epoch = n, epoch
        self._note(n, {"revs": revs, "seq": seq})

    def _note(self, n: int, answer: dict[str, Any]) -> None:
        self.acks[n] = msgspec.Raw(msgspec.json.encode(answer))
        for old in sorted(self.acks)[:-KEPT] if len(self.acks) > KEPT else ():
            del self.acks[old]
        self.is_known = self.is_changed = True

    def refuse(self, n: int, epoch: int, why: dict[str, Any]) -> None:
        """Note that op `n` of `epoch` was refused: what its browser sends before it knows is refused as well."""
        self.epoch = epoch + 1
        self._note(n, why)


def read(stream: UUID, clients: dict[str, int]) -> dict[str, Cursor]:
    """Return the cursor of each client, new ones for the seat given."""
    found = {client: Cursor(client, seat) for client, seat in clients.items()}
    sql = f"""
        SELECT client, seat_id, n, epoch, ack FROM drafting_clientcursor
        WHERE stream_id = %s AND client IN ({statements.marks(clients)})"""
    for client, seat, n, epoch, ack in statements.fetch(sql, [statements.key(stream), *clients]):
        kept = ack if isinstance(ack, str) else msgspec.json.encode(ack)
        found[client] = Cursor(client, seat, n, epoch, _decode(kept), is_known=True, is_stored=True)
    return found


def write(stream: UUID, cursors: Collection[Cursor]) -> None:
    """Store the cursors that changed, under the lock of their stream.

    One that is stored is not put in again: an insertion takes a number, and a page to note it, even where it conflicts.
    """
    put_in = """
        INSERT INTO drafting_clientcursor (n, epoch, ack, seat_id, stream_id, client) VALUES (%s, %s, %s, %s, %s, %s)"""
    change = "UPDATE drafting_clientcursor SET n = %s, epoch = %s, ack = %s WHERE stream_id = %s AND client = %s"
    for cursor in cursors:
        if cursor.is_changed:
            place = [cursor.n, cursor.epoch, msgspec.json.encode(cursor.acks).decode()]
            whose = [] if cursor.is_stored else [cursor.seat]
            sql = change if cursor.is_stored else put_in
            statements.execute(sql, [*place, *whose, statements.key(stream), cursor.client])
