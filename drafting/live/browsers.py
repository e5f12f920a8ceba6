"""One browser's socket as this process knows it: whose it is, what it follows, when it was last heard of."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING
from uuid import UUID

from delegations.models import Seat
from drafting.live import protocol
from drafting.live.outlets import FULL, OVERFLOWING, Frame, Outlet
from drafting.queries.live import Standing

if TYPE_CHECKING:
    from drafting.live.feeds import Feed

#: Why we hang up, as WebSocket close codes: a place lost, a session or right ended, offences against the protocol.
LOST, SIGNED_OUT, OFFENSIVE = 4408, 4401, 4400

#: No sign of life for so long (seconds), and we hang up.
SILENCE = 10.0
#: Offences after which we hang up.
MOST_OFFENCES = 5
#: Messages at once and per second; a browser sends a handful.
BURST, RATE = 400.0, 100.0


class Browser:
    """One open socket. Hashable by identity; frames go out through `write`, which never waits.

    `typing` are the texts it types in, each with the name the others who type there see; `name` tells browsers apart;
    frames for many go through its `gate` while that is open. `standing` is what the seat's rights followed from when it
    came, or was last looked at.
    """

    __slots__ = (
        "_allowance",
        "_closed",
        "_refilled",
        "feeds",
        "gate",
        "heard",
        "name",
        "offences",
        "outlet",
        "placed",
        "seat",
        "session",
        "standing",
        "texts",
        "typing",
        "unanswered",
    )

    def __init__(self, seat: Seat, session: str, outlet: Outlet, now: float) -> None:
        self.seat = seat
        self.standing = Standing(seat.active, seat.role, seat.delegation_id)
        self.name = secrets.token_urlsafe(6)
        self.session = session
        self.outlet = outlet
        self.gate = outlet.gate
        self.heard = now
        self.offences = 0
        self.unanswered = 0
        self.feeds: dict[UUID, Feed] = {}
        self.texts: dict[UUID, Feed] = {}
        self.typing: dict[UUID, str] = {}
        self.placed = 0.0
        self._allowance, self._refilled = BURST, now
        self._closed = False

    def stand(self, standing: Standing) -> None:
        """Note what the seat's rights follow from now."""
        self.standing = standing
        self.seat.active, self.seat.role, self.seat.delegation_id = standing

    def write(self, frame: Frame) -> None:
        """Send a frame; a socket that has not taken what was sent before is closed instead."""
        if not self._closed and not self.outlet.offer(frame, OVERFLOWING):
            self.close(LOST, within=1.0)

    def write_if_idle(self, frame: Frame) -> None:
        """Send a frame that may be lost: not to a socket that is behind."""
        if not self._closed:
            self.outlet.offer(frame, FULL)

    def answer(self, answer: protocol.Answer) -> None:
        """Send an answer meant for this browser alone."""
        self.write(Frame(protocol.encode(answer)))

    def hear(self, now: float) -> bool:
        """Take note of a sign of life; False when it comes faster than a person's browser would send it."""
        self.heard = now
        self._allowance = min(BURST, self._allowance + (now - self._refilled) * RATE) - 1
        self._refilled = now
        return self._allowance >= 0

    def hear_sign(self, frame: bytes) -> bool:
        """Take note of a frame that is a sign of life and nothing else; False for any other, and for one too many."""
        return protocol.is_sign(frame) and self.hear(asyncio.get_running_loop().time())

    def offend(self, code: str, message: str) -> None:
        """Answer something that is no message of ours; repeated, it ends the talk."""
        self.offences += 1
        self.answer(protocol.Problem(code=code, message=message))
        if self.offences >= MOST_OFFENCES:
            self.close(OFFENSIVE)

    def close(self, code: int, within: float | None = None) -> None:
        """Hang up, where `within` is given telling it to come back as new."""
        if not self._closed:
            if within is not None:
                self.outlet.write(Frame(protocol.encode(protocol.Resync(within=within))))
            self._closed = True
            self.outlet.close(code)
