"""Who is told of an act on the floor: all seats, or all without names and the bureau with them.

Where the conference does not show who proposes and who stands where, the floor's row names no delegation and the
bureau's stream gets a row that does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from delegations.models import Delegation, Seat
from drafting.events import Event
from drafting.models import NegotiatingText
from drafting.services import journal
from drafting.services.journal import Writer


@dataclass(frozen=True, slots=True)
class Audience:
    """The floor of one text under its lock; `bureau` is set where the floor may not see names."""

    floor: Writer
    bureau: Writer | None = None

    def tell(self, named: Event, unnamed: Event) -> None:
        """Append the event as each audience may see it."""
        self.floor.append(unnamed if self.bureau else named)
        if self.bureau:
            self.bureau.append(named)

    def speak_for(self, by: Seat, on_behalf_of: Iterable[Delegation | str] = ()) -> None:
        """Append what follows, for either audience, as acts of `by`."""
        for writer in (self.floor, *([self.bureau] if self.bureau else [])):
            writer.speak_for(by, on_behalf_of)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Open a savepoint: what is done and appended in it is undone where it raises, what came before stays."""
        with self.floor.attempt(), self.bureau.attempt() if self.bureau else nullcontext():
            yield


@contextmanager
def of_floor(negotiated: NegotiatingText, by: Seat, on_behalf_of: Sequence[Delegation] = ()) -> Iterator[Audience]:
    """Open one transaction on the floor of `negotiated`, and on the bureau's stream where names are for it alone."""
    streams = [negotiated.floor]
    if not negotiated.conference.attribution_shown:
        streams.append(negotiated.bureau)
    with journal.writing_all(streams, by, on_behalf_of) as writers:
        yield Audience(*writers)
