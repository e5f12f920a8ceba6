"""Who may type where, read at once for a batch under the stream's lock.

Words of the floor are typed inside a pen session only, and so for someone; a draft is typed by its delegation and
whoever it invited.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from delegations.models import Seat
from delegations.roles import Right
from drafting.errors import Forbidden, Locked, NotFound
from drafting.models import Pen
from drafting.services import sheets
from drafting.services.sheets import Sheet
from drafting.text.changes import ChangeSet


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
    drafts = [sheet.draft for sheet in texts if sheet.draft is not None]
    return Typists(_seats(seats), _holds(seats, provisions), _agreed(provisions), _guests(drafts))


def _seats(seats: Collection[int]) -> dict[int, Seat]:
    sql = f"""
        SELECT id, user_id, conference_id, delegation_id, role, active FROM delegations_seat
        WHERE id IN ({sheets.marks(seats)})"""
    names = ("id", "user_id", "conference_id", "delegation_id", "role", "active")
    return {row[0]: Seat(**dict(zip(names, row, strict=True))) for row in sheets.fetch(sql, seats)}


def _holds(seats: Collection[int], provisions: Collection[int]) -> dict[tuple[int, int], Hold]:
    sql = f"""
        SELECT p.typist_id, p.provision_id, p.id, p.authority, d.id, d.code
        FROM drafting_pen p LEFT JOIN drafting_pen_speakers s ON s.pen_id = p.id
        LEFT JOIN delegations_delegation d ON d.id = s.delegation_id
        WHERE p.closed IS NULL AND p.typist_id IN ({sheets.marks(seats)})
        AND p.provision_id IN ({sheets.marks(provisions)}) ORDER BY d.code"""
    found: dict[tuple[int, int], Hold] = {}
    for seat, provision, pen, authority, delegation, code in sheets.fetch(sql, [*seats, *provisions]):
        earlier = found[seat, provision].speakers if (seat, provision) in found else ()
        speakers = (*earlier, (delegation, code)) if delegation is not None else earlier
        found[seat, provision] = Hold(str(_uuid(pen)), authority, speakers)
    return found


def _agreed(provisions: Collection[int]) -> dict[int, list[tuple[int | None, int | None]]]:
    sql = f"""
        SELECT provision_id, start, "end" FROM drafting_agreement
        WHERE NOT ended AND locks AND provision_id IN ({sheets.marks(provisions)})"""
    found: dict[int, list[tuple[int | None, int | None]]] = {}
    for provision, start, end in sheets.fetch(sql, provisions):
        found.setdefault(provision, []).append((start, end))
    return found


def _guests(drafts: Collection[UUID]) -> dict[UUID, set[int]]:
    """Return the delegations invited to type in drafts, by the draft's id."""
    found: dict[UUID, set[int]] = {}
    if drafts:
        sql = f"SELECT draft_id, delegation_id FROM drafting_draft_invited WHERE draft_id IN ({sheets.marks(drafts)})"
        for draft, delegation in sheets.fetch(sql, map(sheets.key, drafts)):
            found.setdefault(_uuid(draft), set()).add(delegation)
    return found


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
