"""What an import left to a person: brackets that may stand for each other, brackets without a partner."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from delegations.models import Seat
from drafting.errors import NotFound
from drafting.models import AlternativeGroup, Bracket, ImportAnomaly, NegotiatingText
from drafting.queries import access

#: Characters of words shown of each alternative, and on each side of a bracket that stands alone.
SHOWN, AROUND = 80, 48
_HOW = {
    "adjacent": "side by side",
    "spaced": "a space between them",
    "baseline": "beside words without brackets",
}


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group a person has not confirmed: where its brackets stand, their words, how an import found it."""

    id: int
    address: str
    sure: str
    words: tuple[str, ...]

    @property
    def how(self) -> str:
        """How its brackets stand, in print."""
        return _HOW.get(self.sure, "")


@dataclass(frozen=True, slots=True)
class LoneShown:
    """A bracket without its partner with the words around it, and what was proposed to mend it."""

    id: int
    address: str
    mark: str
    before: str
    after: str
    suggestion: str


def unconfirmed(seat: Seat, negotiated: NegotiatingText) -> list[GroupShown]:
    """Return the groups to confirm in the order of the text, the surest kind first; two queries."""
    access.floor(seat, negotiated)
    open_groups = AlternativeGroup.objects.filter(text=negotiated, confirmed=False, closed=False)
    members: dict[int, list[Bracket]] = defaultdict(list)
    rows = Bracket.objects.filter(group__in=open_groups, closed=False).select_related("group", "start_text__provision")
    for row in rows.order_by("start_text__provision__order", "start_offset"):
        members[row.group_id or 0].append(row)
    found = [_group(found) for found in members.values() if len(found) > 1]
    return sorted(found, key=lambda group: group.sure != "adjacent")


def alone(seat: Seat, negotiated: NegotiatingText) -> list[LoneShown]:
    """Return the brackets without a partner in the order of the text."""
    access.floor(seat, negotiated)
    rows = ImportAnomaly.objects.filter(text=negotiated, mended=False).select_related("words__provision")
    return [_lone(row) for row in rows.order_by("words__provision__order", "offset")]


def group(seat: Seat, negotiated: NegotiatingText, pk: int) -> AlternativeGroup:
    """Return a group of a text whose floor the seat may read."""
    access.floor(seat, negotiated)
    found = AlternativeGroup.objects.select_related("text").filter(text=negotiated, pk=pk).first()
    if found is None:
        raise NotFound("There is no such group of alternatives in this text.")
    return found


def anomaly(seat: Seat, negotiated: NegotiatingText, pk: int) -> ImportAnomaly:
    """Return a bracket without a partner of a text whose floor the seat may read."""
    access.floor(seat, negotiated)
    found = ImportAnomaly.objects.select_related("text").filter(text=negotiated, pk=pk).first()
    if found is None:
        raise NotFound("There is no such bracket in this text.")
    return found


def _group(rows: list[Bracket]) -> GroupShown:
    first = rows[0]
    words = tuple(_words(row) for row in rows)
    sure = first.group.sure if first.group is not None else ""
    return GroupShown(first.group_id or 0, first.start_text.provision.address, sure, words)


def _words(row: Bracket) -> str:
    content = row.start_text.content
    end = row.end_offset if row.end_text_id == row.start_text_id else len(content)
    words = content[row.start_offset + 1 : end]
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"


def _lone(row: ImportAnomaly) -> LoneShown:
    content, at = row.words.content, row.offset
    before, after = content[max(0, at - AROUND) : at], content[at + 1 : at + 1 + AROUND]
    return LoneShown(row.pk, row.words.provision.address, content[at : at + 1], before, after, row.suggestion)
