"""Typing for delegations: what they say enters the text in pairs they hold, what they strike out stays in a pair.

The engine's `marking` says how; here it is stored, with the stances that follow. What is typed for the chair, the room
or editorially is in `typing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from delegations.models import Delegation, Seat
from drafting import events
from drafting.errors import Forbidden
from drafting.models import AlternativeGroup, Bracket, NegotiatingText, Stance
from drafting.services import positions, statements, texts
from drafting.services.audiences import Audience
from drafting.services.positions import Stand
from drafting.services.sheets import Sheet
from drafting.services.typists import Hold
from drafting.text import marking
from drafting.text.changes import ChangeSet
from drafting.text.marking import Marked, Range
from drafting.text.steps import Edit

#: What a new pair says, as a stance of who speaks.
STANCES = {"propose": Stance.PROPOSE, "delete": Stance.DELETE, "reserve": Stance.RESERVE}


class Dictated(NamedTuple):
    """A change of one text as it is to be stored."""

    sheet: Sheet
    marked: Marked


def mark(hold: Hold, sheet: Sheet, changes: ChangeSet) -> Dictated:
    """Return the change with the brackets it needs; every earlier change of the batch has been written."""
    return Dictated(sheet, marking.mark(sheet.content, changes, list(_own(hold, sheet))))


def store(audience: Audience, negotiated: NegotiatingText, by: Seat, hold: Hold, dictated: Sequence[Dictated]) -> None:
    """Change the words and take the stances, in the name of all who speak; raises what `texts.apply_steps` raises."""
    if not negotiated.conference.additions_bracketed:
        raise Forbidden("This conference records proposals without typing them into the text: record it as one.")
    edits = [Edit(one.sheet.provision or 0, one.marked.changes) for one in dictated]
    speakers = [delegation for delegation, _ in hold.speakers]
    texts.apply_steps(audience.floor, negotiated, edits, pen=hold.pen, speakers=speakers)
    stands: list[tuple[Bracket, str]] = []
    for one in dictated:
        opened = [(_at(negotiated, one.sheet, at), STANCES[says]) for at, says in one.marked.opened]
        _group(audience, negotiated, opened)
        stands += opened
        for at in one.marked.struck:
            moved = one.marked.changes.map_pos(at, 1) or 0
            stands.append((_at(negotiated, one.sheet, moved), Stance.DELETE))
    delegations = Delegation.objects.filter(pk__in=speakers)
    rows = [Stand(delegation, bracket, stance) for delegation in delegations for bracket, stance in stands]
    positions.store(audience, by, rows, from_the_floor=True)


def _own(hold: Hold, sheet: Sheet) -> Iterator[Range]:
    """Yield the pairs of the text that all who speak propose and nobody else stands on."""
    speakers = [delegation for delegation, _ in hold.speakers]
    sql = f"""
        SELECT b.start_offset, b.end_offset FROM drafting_bracket b JOIN drafting_position p ON p.bracket_id = b.id
        WHERE b.start_text_id = %s AND b.end_text_id = %s AND NOT b.closed GROUP BY b.id, b.start_offset, b.end_offset
        HAVING COUNT(*) = %s AND COUNT(*) = SUM(
            CASE WHEN p.stance = 'propose' AND p.delegation_id IN ({statements.marks(speakers)}) THEN 1 ELSE 0 END)"""
    text = statements.key(sheet.id)
    yield from statements.fetch(sql, [text, text, len(speakers), *speakers])


def _at(negotiated: NegotiatingText, sheet: Sheet, offset: int) -> Bracket:
    """Return the open pair with its `[` at a place."""
    return negotiated.brackets.get(closed=False, start_text=sheet.id, start_offset=offset)


def _group(audience: Audience, negotiated: NegotiatingText, opened: Sequence[tuple[Bracket, str]]) -> None:
    """Make rivals of words struck out and the words put in for them."""
    for (old, stance), (new, other) in pairwise(opened):
        if (stance, other) == (Stance.DELETE, Stance.PROPOSE) and old.end_offset + 1 == new.start_offset:
            group = AlternativeGroup.objects.create(text=negotiated, confirmed=True)
            Bracket.objects.filter(pk__in=[old.pk, new.pk]).update(group=group)
            audience.floor.append(events.GroupFormed(group=group.pk, brackets=[old.pk, new.pk], confirmed=True))
