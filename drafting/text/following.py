"""Following: the bracketed document after an act, its pairs still under their numbers.

For acts done one after another without a database, and to check law 4: after an act the parse finds exactly the pairs
the rows say. Acts are in `acts`, the pair rule over single changes in `pair_rule`.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from . import bodies, kinds, pairing
from .bodies import Body, Provision
from .brackets import Pair, Position
from .changes import MapMode
from .errors import UnpairedBrackets
from .standing import AlternativeGroup, Bracketed, Effect, GroupChanged, GroupClosed, PairClosed, Span
from .steps import Anchor, Course, Key, Step, touched


def follow(document: Bracketed, effect: Effect) -> Bracketed:
    """Return the document after `effect`; retired provisions keep their place, empty, and pairs keep their numbers.

    A pair the parse finds that was not there gets the next free number, in the order of the `[`. Raises
    `UnpairedBrackets` where a pair that should live on lost its partner.
    """
    body = Body(tuple(Provision(key, None, text) for key, text in zip(document.keys, document.texts, strict=True)))
    after = bodies.apply(body, effect.steps).provisions
    texts = tuple("" if provision.is_retired else provision.words for provision in after)
    keys = tuple(provision.key for provision in after)
    closed = {row.pair for row in effect.rows if isinstance(row, PairClosed)}
    places = _Places(document.keys, keys, effect.steps)
    pairs = _number(document, closed, texts, places)
    groups = tuple(_follow_group(group, effect, places) for group in document.groups if not _is_closed(group, effect))
    return replace(document, texts=texts, pairs=pairs, keys=keys, groups=groups, notes=document.notes - closed)


class _Places:
    """Where positions of the old document stand in the new one."""

    def __init__(self, old: Sequence[Key], new: Sequence[Key], steps: Sequence[Step]) -> None:
        self._old = old
        self._new = {key: at for at, key in enumerate(new)}
        self._course = Course(steps)
        self._touched = touched(steps)

    def of_character(self, place: Position) -> Position | None:
        """Return where the character at `place` went, None where it was deleted."""
        if self._old[place.provision] not in self._touched:
            return place._replace(provision=self._new[self._old[place.provision]])
        return self._map(place, 1, MapMode.TRACK_AFTER)

    def of_edge(self, place: Position, assoc: int) -> Position:
        """Return where an edge between characters went."""
        return self._map(place, assoc, MapMode.SIMPLE) or place

    def _map(self, place: Position, assoc: int, mode: MapMode) -> Position | None:
        moved = self._course.map_anchor(Anchor(self._old[place.provision], place.offset), assoc, mode)
        return None if moved is None else Position(self._new[moved.text], moved.offset)


def _number(document: Bracketed, closed: set[int], texts: Sequence[str], places: _Places) -> tuple[Pair, ...]:
    """Find the pairs, give them their numbers of before, and say which lost its partner."""
    matched = pairing.match(texts).pairs
    by_ends = {(pair.start, pair.end): at for at, pair in enumerate(matched, start=1)}
    known: dict[int, Pair] = {}
    for pair in document.pairs:
        if pair.number not in closed:
            start, end = places.of_character(pair.start), places.of_character(pair.end)
            at = by_ends.get((start, end)) if start is not None and end is not None else None
            if at is None:
                raise UnpairedBrackets(f"Bracket {pair.number} would lose its partner.", pair=pair.number)
            known[at] = pair
    fresh = count(max((pair.number for pair in document.pairs), default=0) + 1)
    numbers = {at: known[at].number if at in known else next(fresh) for at in range(1, len(matched) + 1)}
    return tuple(
        Pair(
            numbers[at],
            pair.start,
            pair.end,
            pair.parent and numbers[pair.parent],
            pair.depth,
            known[at].kind if at in known else kinds.classify(texts, pair, is_alternative=False),
        )
        for at, pair in enumerate(matched, start=1)
    )


def _is_closed(group: AlternativeGroup, effect: Effect) -> bool:
    return any(isinstance(row, GroupClosed) and row.pairs == group.pairs for row in effect.rows)


def _follow_group(group: AlternativeGroup, effect: Effect, places: _Places) -> AlternativeGroup:
    left = [row.left for row in effect.rows if isinstance(row, GroupChanged) and row.pairs == group.pairs]
    baseline = group.baseline and Span(places.of_edge(group.baseline.start, 1), places.of_edge(group.baseline.end, -1))
    return AlternativeGroup(left[0] if left else group.pairs, baseline)
