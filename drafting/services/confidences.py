"""What is said inside one delegation, or inside one group: streams that nobody else learns of.

Each begins with the first thing that is said in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from delegations.models import Delegation, Seat
from drafting.models import Stream
from drafting.services import journal
from drafting.services.journal import Writer


@contextmanager
def of_delegation(own: Delegation, by: Seat) -> Iterator[Writer]:
    """Open one transaction on the stream of a delegation."""
    with journal.writing(stream_of(own, Stream.Kind.DELEGATION), by=by) as writer:
        yield writer


@contextmanager
def of_group(group: Delegation, by: Seat) -> Iterator[Writer]:
    """Open one transaction on the stream that a group and its members share."""
    with journal.writing(stream_of(group, Stream.Kind.GROUP), by=by, on_behalf_of=[group]) as writer:
        yield writer


def stream_of(owner: Delegation, kind: str) -> Stream:
    """Return the stream of a delegation or a group; where two are first at once the database keeps one."""
    row, _ = Stream.objects.get_or_create(kind=kind, delegation=owner, defaults={"conference": owner.conference})
    return row
