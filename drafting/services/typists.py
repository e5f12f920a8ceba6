"""Who may type where, read at once for a batch under the stream's lock.

Words of the floor are typed inside a pen session only, and so for someone; a draft is typed by its delegation and
whoever it invited.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from delegations.models import Seat
from delegations.roles import Right
from drafting.errors import Forbidden, Locked, NotFound
from drafting.models import Pen
from drafting.services import statements
from drafting.services.sheets import Sheet
from drafting.text.changes import ChangeSet

#: What is read of a seat: all there is.
SEAT = [field.attname for field in Seat._meta.concrete_fields]


@dataclass(frozen=True, slots=True)
class Hold:
    """An open pen session: whose words it types, the ids and codes of those who speak."""

    pen: str
    authority: str
    speakers: tuple[tuple[int, str], ...]

    @property
    def codes(self) -> list[str]:
        """The codes of the delegations it types for; none for the chair, the room or an editor."""
        return [code for _, code in self.speakers]

    @property
    def marks(self) -> bool:
        """Whether what it types enters the text in brackets: it speaks for delegations."""
        return self.authority == Pen.For.DELEGATION


@dataclass(frozen=True, slots=True)
class Typists:
    """The seats of a batch as they stand now, the pens they hold, agreed ranges of provisions, guests of drafts."""

    seats: dict[int, Seat]
    holds: dict[tuple[int, int], Hold]
    agreed: dict[int, list[tuple[int | None, int | None]]]
    guests: dict[UUID, set[int]]

    def hold(self, seat: int, sheet: Sheet) -> Hold | None:
        """Return the pen the seat types with, None in its delegation's own draft; raises `NotFound`, `Forbidden`."""
        person = self.seats.get(seat)
        if person is None or not person.active:
            raise Forbidden("Your seat has been taken away.")
        if sheet.draft is not None:
            invited = self.guests.get(sheet.draft, set()) | {sheet.delegation}
            if person.delegation_id not in invited or not person.may(Right.PROPOSE):
                raise NotFound("There is no such text, or it is not open to your seat.")
            return None
        if sheet.provision is None or not person.may(Right.READ_FLOOR):
            raise NotFound("There is no such text, or it is not open to your seat.")
        if sheet.is_retired:
            raise Locked("This provision has been taken out of the text.")
        found = self.holds.get((seat, sheet.provision))
        if found is None:
            raise Forbidden("Take the pen first: words of the floor are typed by whoever holds it, for someone.")
        return found

    def refuse_agreed(self, sheet: Sheet, changes: ChangeSet) -> None:
        """Raise `Locked` where a change reaches into agreed words, as they stand before it."""
        for start, end in self.agreed.get(sheet.provision or 0, ()):
            lo, hi = (start, end) if start is not None and end is not None else (0, len(sheet.content))
            for earlier in sheet.changes if start is not None else ():
                lo, hi = earlier.map_pos(lo, 1) or 0, earlier.map_pos(hi, -1) or 0
            for at, to, _ in changes.edits():
                if start is None or (lo < at < hi if at == to else at < hi and lo < to):
                    raise Locked(
                        "These words are agreed: they are reopened before they change.",
                        provision=sheet.provision,
                        offset=at,
                    )


def read(seats: Collection[int], texts: Collection[Sheet]) -> Typists:
    """Return who may type in `texts` of those in `seats`."""
    provisions = [sheet.provision for sheet in texts if sheet.provision is not None]
    anchored = [sheet.provision for sheet in texts if sheet.provision is not None and sheet.is_anchored]
    drafts = [sheet.draft for sheet in texts if sheet.draft is not None]
    persons, holds = _holders(seats, provisions)
    return Typists(persons, holds, _agreed(anchored), _guests(drafts))


def _holders(
    seats: Collection[int], provisions: Collection[int]
) -> tuple[dict[int, Seat], dict[tuple[int, int], Hold]]:
    """Return the seats, and what pens they hold in which of the provisions."""
    sql = f"""
        SELECT {", ".join(f"t.{name}" for name in SEAT)}, p.provision_id, p.id, p.authority, d.id, d.code
        FROM delegations_seat t
        LEFT JOIN drafting_pen p ON p.typist_id = t.id AND p.closed IS NULL
        AND p.provision_id IN ({statements.marks(provisions)})
        LEFT JOIN drafting_pen_speakers s ON s.pen_id = p.id
        LEFT JOIN delegations_delegation d ON d.id = s.delegation_id
        WHERE t.id IN ({statements.marks(seats)}) ORDER BY d.code"""
    persons: dict[int, Seat] = {}
    holds: dict[tuple[int, int], Hold] = {}
    for seat, *rest, provision, pen, authority, delegation, code in statements.fetch(sql, [*provisions, *seats]):
        if seat not in persons:
            persons[seat] = Seat.from_db(None, SEAT, (seat, *rest))
        if pen is not None:
            earlier = holds[seat, provision].speakers if (seat, provision) in holds else ()
            speakers = (*earlier, (delegation, code)) if delegation is not None else earlier
            holds[seat, provision] = Hold(str(statements.uuid(pen)), authority, speakers)
    return persons, holds


def _agreed(provisions: Collection[int]) -> dict[int, list[tuple[int | None, int | None]]]:
    """Return the agreed ranges of provisions: none is asked for, mostly."""
    found: dict[int, list[tuple[int | None, int | None]]] = {}
    if not provisions:
        return found
    sql = f"""
        SELECT provision_id, start, "end" FROM drafting_agreement
        WHERE NOT ended AND locks AND provision_id IN ({statements.marks(provisions)})"""
    for provision, start, end in statements.fetch(sql, provisions):
        found.setdefault(provision, []).append((start, end))
    return found


def _guests(drafts: Collection[UUID]) -> dict[UUID, set[int]]:
    """Return the delegations invited to type in drafts, by the draft's id."""
    found: dict[UUID, set[int]] = {}
    if drafts:
        sql = (
            f"SELECT draft_id, delegation_id FROM drafting_draft_invited WHERE draft_id IN ({statements.marks(drafts)})"
        )
        for draft, delegation in statements.fetch(sql, map(statements.key, drafts)):
            found.setdefault(statements.uuid(draft), set()).add(delegation)
    return found
