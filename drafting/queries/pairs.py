"""The open brackets of a floor with their ids, for whoever decides on them without a page.

How brackets look on pages is in `cards` and `pages`; what recurs among them in `quarrels`.
"""

from __future__ import annotations

from dataclasses import dataclass

from delegations.models import Seat
from delegations.roles import Right
from drafting.models import NegotiatingText
from drafting.queries import access, amendments, snapshots


@dataclass(frozen=True, slots=True)
class OpenPair:
    """A bracket by its id, where it opens and as the floor numbers it; `group` is that of its alternatives."""

    id: int
    provision: str
    article: str
    number: int
    kind: str
    group: int | None
    holders: tuple[str, ...]
    holders_known: bool
    words: str


def still_open(by: Seat, negotiated: NegotiatingText, address: str = "") -> tuple[int, tuple[OpenPair, ...]]:
    """Return the floor's seq and its open brackets in order, of one provision or article where `address` names it."""
    access.floor(by, negotiated)
    access.require(by, Right.DECIDE)
    with snapshots.reading():
        negotiated.floor.refresh_from_db(fields=["head"])
        taken = snapshots.taken(negotiated, named=amendments.shows_names(by, negotiated))
    document = snapshots.bracketed(taken, negotiated.language)
    at = {row.id: (row.address, row.article) for row in taken.provisions}
    found = tuple(
        OpenPair(
            pair.id,
            at[pair.start[0]][0],
            pair.article,
            pair.number,
            pair.kind,
            pair.group,
            tuple(pair.holders),
            pair.holders_known,
            document.words(pair.id),
        )
        for pair in taken.pairs
        if not address or address in at[pair.start[0]]
    )
    return negotiated.floor.head, found
