"""State before + events = state after: the law of every service, checked by one helper.

    with replay.verified(text):
        brackets.put(...)

The state is what the readers of the floor may see. Events are replayed on the state before by rules of their own,
never through the services, and must give the state the rows are in after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from drafting import events
from drafting.events import decode
from drafting.models import JournalEntry, NegotiatingText, Stream
from tests.replay import chair, editorials, proposals, texts
from tests.replay.readings import read
from tests.replay.states import Rules, State

_RULES: Rules = texts.RULES | proposals.RULES | chair.RULES | editorials.RULES


def verify_act(stream: Stream, act: Callable[[], Any]) -> Any:
    """Do `act`, check that the rows it wrote to a floor's stream tell all it did, and return its result."""
    with verified(NegotiatingText.objects.get(floor=stream)):
        return act()


@contextmanager
def verified(negotiated: NegotiatingText) -> Iterator[None]:
    """Check that what is done inside is told, completely, by the rows it writes to the floor's stream."""
    told = Follower(negotiated)
    yield
    told.check()


class Follower:
    """The state of a text as the rows of the floor tell it, from when this was made."""

    def __init__(self, negotiated: NegotiatingText) -> None:
        self._text = negotiated
        self._state = read(negotiated)
        self._seen = Stream.objects.get(pk=negotiated.floor_id).head

    def check(self) -> None:
        """Hear the rows written since, and check that they told everything."""
        rows = JournalEntry.objects.filter(stream=self._text.floor_id, seq__gt=self._seen).order_by("seq")
        for row in rows:
            assert row.body is not None
            replay(self._state, decode(row.body))
            self._seen = row.seq
        stored = read(self._text)
        for table in vars(stored):
            assert getattr(self._state, table) == getattr(stored, table), table


def replay(state: State, event: events.Event) -> None:
    """Change `state` as `event` tells; an event that changes nothing of it is passed over."""
    rule = _RULES.get(type(event))
    if rule is not None:
        rule(state, event)
