"""Which open pair stands in which: `Bracket.parent`, renewed after pairs opened or closed.

Whether pairs are whole is decided in `pairs`; places are compared in the order of the document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from drafting.models import Bracket, NegotiatingText, Position
from drafting.services import columns

Place = tuple[int, int]
"""(provision id, offset in code points): where one bracket stands."""


class Standing(NamedTuple):
    """A pair's row and where its two marks stand."""

    row: Bracket
    start: Place
    end: Place


def read(negotiated: NegotiatingText, words: Collection[UUID]) -> Iterator[Standing]:
    """Yield the open pairs with an end in one of the texts `words`."""
    ends = Q(start_text__in=words) | Q(end_text__in=words)
    return _read(_open(negotiated).filter(ends))


def read_crossing(negotiated: NegotiatingText) -> Iterator[Standing]:
    """Yield the open pairs whose ends stand in two provisions."""
    return _read(_open(negotiated).exclude(start_text=F("end_text")))


def read_stood_on(negotiated: NegotiatingText, words: Collection[UUID]) -> Iterator[Standing]:
    """Yield the open pairs that can hold some of the texts `words` and on which a stance is taken not in doubt."""
    near = Q(start_text__in=words) | ~Q(start_text=F("end_text"))
    # Asked of each bracket that is near: a list of all on which anybody stands would be made for every act.
    stood_on = Exists(Position.objects.filter(bracket=OuterRef("pk"), stale=False))
    return _read(_open(negotiated).filter(near, stood_on))


def _open(negotiated: NegotiatingText) -> QuerySet[Bracket]:
    """Return the open pairs with the provisions of their ends as `first` and `last`, no words loaded."""
    ends = {"first": F("start_text__provision"), "last": F("end_text__provision")}
    return negotiated.brackets.filter(closed=False).order_by("pk").annotate(**ends)


def _read(rows: QuerySet[Bracket]) -> Iterator[Standing]:
    for row in rows:
        # `first` and `last` are annotations, which the types do not know.
        first, last = row.__dict__["first"], row.__dict__["last"]
        yield Standing(row, (first, row.start_offset), (last, row.end_offset))


def renew(
    negotiated: NegotiatingText,
    order: Mapping[int, int],
    standing: Sequence[Standing],
    closed: Sequence[Standing],
    opened: Sequence[Standing],
) -> None:
    """Give the children of closed pairs to the pair around, and each opened pair its parent and its children.

    `order` says how many live provisions stand before each.
    """
    for pair in closed:
        _bequeath(pair.row, closed)
    if not opened:
        return
    around = {pair.row.pk: pair for pair in (*read_crossing(negotiated), *standing)}
    parents = dict(_open(negotiated).filter(pk__in=around).values_list("pk", "parent_id"))
    for pair in opened:
        around.pop(pair.row.pk, None)
    for pair in around.values():
        pair.row.parent_id = parents[pair.row.pk]
    spans = {pk: _span(order, pair) for pk, pair in around.items()}
    for pair in sorted(opened, key=lambda pair: _span(order, pair)):
        _place(negotiated, order, pair, around, spans)
        around[pair.row.pk], spans[pair.row.pk] = pair, _span(order, pair)
    fresh = {pair.row.pk for pair in opened}
    given = [pair.row for pk, pair in around.items() if pk in fresh or pair.row.parent_id != parents[pk]]
    columns.save(given, ["parent"])


def holds(order: Mapping[int, int], pair: Standing, start: Place, end: Place) -> bool:
    """Tell whether the words from `start` to `end` stand inside the pair."""
    first, last = _span(order, pair)
    return first < (order[start[0]], start[1]) and (order[end[0]], end[1]) <= last


def _span(order: Mapping[int, int], pair: Standing) -> tuple[Place, Place]:
    return (order[pair.start[0]], pair.start[1]), (order[pair.end[0]], pair.end[1])


def _bequeath(row: Bracket, closed: Sequence[Standing]) -> None:
    """Give the children of a closed pair to the nearest pair around it that stands on."""
    parents = {pair.row.pk: pair.row.parent_id for pair in closed}
    heir = row.parent_id
    while heir in parents:
        heir = parents[heir]
    Bracket.objects.filter(parent=row, closed=False).update(parent=heir)


def _place(
    negotiated: NegotiatingText,
    order: Mapping[int, int],
    pair: Standing,
    others: Mapping[int, Standing],
    spans: Mapping[int, tuple[Place, Place]],
) -> None:
    """Give an opened pair its parent among `others`, and those of them that stand in it their new one."""
    start, end = _span(order, pair)
    enclosing = [(span[0], pk) for pk, span in spans.items() if span[0] < start and end < span[1]]
    pair.row.parent_id = max(enclosing)[1] if enclosing else None
    for pk, span in spans.items():
        if start < span[0] and span[1] < end and others[pk].row.parent_id == pair.row.parent_id:
            others[pk].row.parent_id = pair.row.pk
    if end[0] - start[0] > 1:
        between = [key for key, index in order.items() if start[0] < index < end[0]]
        untouched = _open(negotiated).filter(parent=pair.row.parent_id, start_text__provision__in=between)
        untouched.exclude(pk__in=[pair.row.pk, *others]).update(parent=pair.row)
