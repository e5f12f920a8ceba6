"""Linked brackets: the same quarrel in many places, each with its words around it and who holds it.

A suggestion of the engine (`text.linking`); a person says which places belong together, `services.linked` settles them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from delegations.models import Seat
from delegations.roles import Right
from drafting.models import NegotiatingText
from drafting.queries import access, snapshots
from drafting.queries.snapshots import PairSnapshot
from drafting.text import linking
from drafting.text.brackets import Kind
from drafting.text.standing import Bracketed

#: Places on a page, or as many as its last quarrel has besides.
SIZE = 150
_Linked = tuple[linking.Members, list[tuple[int, ...]]]
#: Characters shown before and after a quarrel.
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Member:
    """One bracket of a place: its row, its number, the words in it."""

    id: int
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class PlaceShown:
    """Where a quarrel stands: its brackets, the words around, and who holds which of them."""

    address: str
    members: tuple[Member, ...]
    before: str
    after: str
    holders: tuple[str, ...]
    holders_known: bool


@dataclass(frozen=True, slots=True)
class Quarrel:
    """The same members in two places or more, in the order of the document."""

    words: tuple[str, ...]
    places: tuple[PlaceShown, ...]

    @property
    def holders_differ(self) -> bool:
        """Tell whether the places are not held by the same delegations."""
        return len({place.holders for place in self.places}) > 1


@dataclass(frozen=True, slots=True)
class Found:
    """Quarrels as of the floor's `seq`, the most frequent first; of `total`, those of page `page` of `pages`."""

    seq: int
    quarrels: tuple[Quarrel, ...]
    total: int
    page: int = 1
    pages: int = 1


def found(seat: Seat, negotiated: NegotiatingText, bracket: int | None = None, page: int | None = None) -> Found:
    """Return the linked brackets of a text, or those linked with one bracket; refused to who does not decide.

    With `page` (from 1) only that page of them, of some `SIZE` places; a quarrel is never divided.
    """
    access.floor(seat, negotiated)
    access.require(seat, Right.DECIDE)
    with snapshots.reading():
        negotiated.floor.refresh_from_db(fields=["head"])
        taken = snapshots.taken(negotiated)
    document = snapshots.bracketed(taken, negotiated.language)
    rows = {pair.id: pair for pair in taken.pairs}
    addresses = {row.id: row.address for row in taken.provisions}
    all_ = linked(document).items()
    wanted = [one for one in all_ if bracket is None or any(bracket in place for place in one[1])]
    pages = _paged(sorted(wanted, key=lambda one: -len(one[1])), whole=page is None)
    at = min(max(page or 1, 1), len(pages))
    made = [
        Quarrel(tuple(sorted(members)), tuple(_place(document, rows, addresses, place) for place in places))
        for members, places in pages[at - 1]
    ]
    return Found(negotiated.floor.head, tuple(made), len(wanted), at, len(pages))


def _paged(quarrels: Sequence[_Linked], *, whole: bool) -> list[list[_Linked]]:
    """Return the quarrels page by page; there is one page at least."""
    pages: list[list[_Linked]] = [[]]
    count = 0
    for quarrel in quarrels:
        if count >= SIZE and not whole:
            pages.append([])
            count = 0
        pages[-1].append(quarrel)
        count += len(quarrel[1])
    return pages


def linked(document: Bracketed) -> dict[linking.Members, list[tuple[int, ...]]]:
    """Return the places (ids of brackets) by the words in them, where these stand in two places or more."""
    by_members: dict[linking.Members, list[tuple[int, ...]]] = defaultdict(list)
    pairs = {pair.number: pair for pair in document.pairs}
    grouped = [tuple(number for number in group.pairs if number in pairs) for group in document.groups]
    inside = {number for group in grouped for number in group}
    alone = [
        (pair.number,)
        for pair in document.pairs
        if pair.number not in inside and pair.kind not in (Kind.NOTE, Kind.PLACEHOLDER)
    ]
    for place in sorted([*grouped, *alone], key=lambda place: [pairs[number].start for number in place]):
        members = linking.members(document.texts, [pairs[number] for number in place])
        if linking.has_meaning(members):
            by_members[members].append(place)
    return {members: places for members, places in by_members.items() if len(places) > 1}


def _place(
    document: Bracketed, rows: dict[int, PairSnapshot], addresses: dict[int, str], place: tuple[int, ...]
) -> PlaceShown:
    pairs = [document.pair(number) for number in place]
    first, last = min(pair.start for pair in pairs), max(pair.end for pair in pairs)
    before, after = document.texts[first.provision], document.texts[last.provision]
    rest = after[last.offset + 1 :]
    return PlaceShown(
        address=addresses[int(document.keys[first.provision])],
        members=tuple(Member(number, rows[number].number, document.words(number)) for number in place),
        before=("…" if first.offset > _AROUND else "") + before[max(0, first.offset - _AROUND) : first.offset],
        after=rest if len(rest) <= _AROUND else f"{rest[:_AROUND]}…",
        holders=tuple(sorted({code for number in place for code in rows[number].holders})),
        holders_known=all(rows[number].holders_known for number in place),
    )
