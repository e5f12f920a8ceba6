"""The document as the engine needs it for an act on a few provisions: these in words, all others as outlines.

Of a provision out of focus only its unmatched brackets stand there, which is all that pairing needs of it; brackets
whole inside it are left out. Reading and deciding on three provisions of a thousand then costs what three cost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from drafting.models import AlternativeGroup, Bracket, NegotiatingText
from drafting.text import brackets, standing
from drafting.text.brackets import Kind, Pair, Position
from drafting.text.steps import Key

Place = tuple[int, int]
#: *Sexvicies*: no provision has more suffixed ones behind it.
_LAST_SUFFIX = 26


def reach(negotiated: NegotiatingText, wanted: Collection[int]) -> set[int]:
    """Return the provisions an act on brackets can touch: all from `[` to `]`, and those of rivals in their groups."""
    rivals = Q(group__brackets__in=wanted, group__closed=False)
    rows = list(negotiated.brackets.filter(Q(pk__in=wanted) | rivals, closed=False).distinct())
    ends = {row.start_text_id for row in rows} | {row.end_text_id for row in rows}
    baselines = negotiated.groups.filter(brackets__in=wanted, baseline_text__isnull=False)
    ends.update(pk for pk in baselines.values_list("baseline_text", flat=True) if pk is not None)
    orders = dict(negotiated.provisions.filter(words__in=ends).values_list("words", "order"))
    spans = [(orders[row.start_text_id], orders[row.end_text_id]) for row in rows]
    spans += [(order, order) for order in orders.values()]
    between = Q(pk__in=[])
    for first, last in set(spans):
        between |= Q(order__range=(first, last))
    return set(negotiated.provisions.filter(between).values_list("pk", flat=True))


def neighbours(negotiated: NegotiatingText, places: QuerySet[Any]) -> set[int]:
    """Return the provisions near those in `places` (ids): a new one takes the next suffix free among their labels."""
    near = Q(pk__in=[])
    for order in negotiated.provisions.filter(pk__in=places).values_list("order", flat=True):
        near |= Q(order__range=(order - _LAST_SUFFIX, order + _LAST_SUFFIX))
    return set(negotiated.provisions.filter(near).values_list("pk", flat=True))


def read(negotiated: NegotiatingText, focus: Collection[int]) -> standing.Bracketed:
    """Return the engine's document with `focus` (ids) in words; keys are ids, pairs named by the rows' ids.

    A pair with no end in focus, which an act there cannot touch, has a number below 0. Five queries, whatever the size.
    """
    rows = negotiated.provisions.order_by("order", "pk")
    outline = list(rows.values_list("pk", "retired", "words", "words__closers", "words__openers"))
    words = dict(rows.filter(pk__in=focus, retired=False).values_list("pk", "words__content"))
    keys = [pk for pk, *_ in outline]
    texts = [words.get(pk, "" if gone else "]" * closers + "[" * openers) for pk, gone, _, closers, openers in outline]
    owner = {text: pk for pk, _, text, *_ in outline}
    near = Q(start_text__in=[text for text, pk in owner.items() if pk in words])
    near |= Q(end_text__in=[text for text, pk in owner.items() if pk in words])
    found = list(negotiated.brackets.filter(near | ~Q(start_text=F("end_text")), closed=False))
    starts: dict[Place, Bracket] = {(owner[row.start_text_id], row.start_offset): row for row in found}
    ends: dict[Place, Bracket] = {(owner[row.end_text_id], row.end_offset): row for row in found}

    def row_of(pair: Pair) -> Bracket | None:
        start, end = keys[pair.start.provision], keys[pair.end.provision]
        if start in words:
            return starts.get((start, pair.start.offset))
        return ends.get((end, pair.end.offset)) if end in words else None

    pairs = _named([(pair, row_of(pair)) for pair in brackets.parse(texts).pairs])
    notes = frozenset(row.pk for row in found if row.kind == Bracket.Kind.NOTE)
    groups = _groups(found, {pk: at for at, pk in enumerate(keys)}, owner)
    named: Sequence[Key] = keys
    return standing.Bracketed(tuple(texts), pairs, tuple(named), tuple(groups), notes, negotiated.language)


def _named(found: Sequence[tuple[Pair, Bracket | None]]) -> tuple[Pair, ...]:
    """Return the pairs named by their rows' ids, those of no row in focus by numbers below 0."""
    numbers = {pair.number: row.pk if row else -pair.number for pair, row in found}
    return tuple(
        replace(
            pair,
            number=numbers[pair.number],
            parent=None if pair.parent is None else numbers[pair.parent],
            kind=Kind(row.kind) if row else pair.kind,
        )
        for pair, row in found
    )


def _groups(
    found: Iterable[Bracket], at: Mapping[int, int], owner: Mapping[UUID, int]
) -> Iterable[standing.AlternativeGroup]:
    members: dict[int, list[int]] = defaultdict(list)
    for row in found:
        if row.group_id is not None:
            members[row.group_id].append(row.pk)
    confirmed = AlternativeGroup.objects.filter(pk__in=members, confirmed=True, closed=False).order_by("pk")
    for group in confirmed:
        yield standing.AlternativeGroup(tuple(sorted(members[group.pk])), _baseline(group, at, owner))


def _baseline(group: AlternativeGroup, at: Mapping[int, int], owner: Mapping[UUID, int]) -> standing.Span | None:
    if group.baseline_text_id is None or group.baseline_start is None or group.baseline_end is None:
        return None
    provision = at[owner[group.baseline_text_id]]
    return standing.Span(Position(provision, group.baseline_start), Position(provision, group.baseline_end))
