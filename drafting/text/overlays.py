"""Overlays: pairs of marks laid over a text that has brackets of its own, none crossing another.

A pair that would cross is cut in two where the other ends, so that each bracket printed still encloses what its holder
meant. Ranges only; printing them is `rendering`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from . import pairing
from .trees import Mark, Stance

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Layer:
    """A pair to print round `low` to `high`, or a label at the end of a pair that is there (`is_new` False)."""

    low: int
    high: int
    is_new: bool
    holders: tuple[tuple[Stance, tuple[str, ...]], ...] = ()

    def marks(self, shift: int) -> Iterator[Mark]:
        """Yield the layer as the marks it was made of, each offset moved by `shift`."""
        for stance, by in self.holders:
            yield Mark(self.low + shift, self.high + shift, stance, by, self.is_new)

    @property
    def is_tight(self) -> bool:
        """Whether words inserted at its very edge stay outside: they are no part of words to be deleted."""
        return bool(self.holders) and all(stance is Stance.DELETE for stance, _ in self.holders)


@dataclass(frozen=True, slots=True, order=True)
class End:
    """One end (`[` or `]`) of a new pair whose other end is in another provision, and who proposes the pair."""

    offset: int
    sign: str
    by: tuple[str, ...]
    pair: int
    """Counts the new pairs of the document from 1: both ends of one have the same number."""


def lay(text: str, marks: Iterable[Mark], fixed: Sequence[Span]) -> list[Layer]:
    """Return the layers for `marks` on `text`, outer before inner, none crossing another, a pair of `text` or `fixed`.

    No layer begins or ends with white space, is empty, or encloses a bracket of `text` without a partner; marks on the
    same words are one layer. A deletion that a pair of `text` already encloses exactly is a label on that pair.
    """
    matching = pairing.match([text])
    pairs = {(pair.start.offset, pair.end.offset + 1) for pair in matching.pairs}
    alone = sorted(place.offset for place in (*matching.unclosed, *matching.stray))

    def cut(span: Span) -> list[Span]:
        return _pieces(text, span, pairs, alone, fixed)

    holders: dict[tuple[int, int, bool], dict[Stance, list[str]]] = {}
    for mark in sorted(marks):
        for span in cut((mark.low, mark.high)) if mark.is_new else [(mark.low, mark.high)]:
            place = _place(span, mark, pairs)
            names = holders.setdefault(place, {}).setdefault(mark.stance, [])
            names += (name for name in mark.by if name not in names)
    return _untangle([Layer(*place, _in_order(stances)) for place, stances in holders.items()], cut)


def trim(text: str, low: int, high: int) -> Span:
    """Return the range without the white space at its ends."""
    while low < high and text[low].isspace():
        low += 1
    while low < high and text[high - 1].isspace():
        high -= 1
    return low, high


def _place(span: Span, mark: Mark, pairs: set[Span]) -> tuple[int, int, bool]:
    low, high = span
    if mark.stance is Stance.DELETE and mark.is_new:
        for pair in ((low, high), (low - 1, high + 1)):
            if pair in pairs:
                return (*pair, False)
    return low, high, mark.is_new


def _pieces(text: str, span: Span, pairs: Collection[Span], alone: Sequence[int], fixed: Sequence[Span]) -> list[Span]:
    """Cut a range at the brackets whose partner it does not hold, and at the ends of what is fixed and crosses it."""
    low, high = trim(text, *span)
    ends = {end: mate for start, stop in pairs for end, mate in ((start, stop - 1), (stop - 1, start))}
    cuts = [(at, at + 1) for at in range(low, high) if at in ends and not low <= ends[at] < high]
    cuts += [(at, at + 1) for at in alone if low <= at < high]
    cuts += [(end, end) for start, end in fixed if start < low < end < high]
    cuts += [(start, start) for start, end in fixed if low < start < high < end]
    if not cuts:
        return [(low, high)] if low < high else []
    first, last = cuts[0]
    return [piece for part in ((low, first), (last, high)) for piece in _pieces(text, part, pairs, alone, fixed)]


def _untangle(layers: Iterable[Layer], cut: Callable[[Span], list[Span]]) -> list[Layer]:
    """Cut the layers that cross one another, the later one where the earlier ends, and anew where that leaves them."""
    kept: dict[tuple[int, int, bool], Layer] = {}
    waiting = sorted(layers, key=_order, reverse=True)
    while waiting:
        layer = waiting.pop()
        crossed = next((other for other in kept.values() if other.low < layer.low < other.high < layer.high), None)
        if crossed and layer.is_new:
            parts = [*cut((layer.low, crossed.high)), *cut((crossed.high, layer.high))]
            waiting += [Layer(low, high, True, layer.holders) for low, high in parts]
            waiting.sort(key=_order, reverse=True)
            continue
        place = (layer.low, layer.high, layer.is_new)
        kept[place] = _join(kept[place], layer) if place in kept else layer
    return sorted(kept.values(), key=_order)


def _order(layer: Layer) -> tuple[int, int, bool]:
    return layer.low, -layer.high, layer.is_new


def _join(one: Layer, other: Layer) -> Layer:
    stances: dict[Stance, set[str]] = {}
    for stance, by in (*one.holders, *other.holders):
        stances.setdefault(stance, set()).update(by)
    return Layer(one.low, one.high, one.is_new, _in_order(stances))


def _in_order(stances: Mapping[Stance, Collection[str]]) -> tuple[tuple[Stance, tuple[str, ...]], ...]:
    return tuple((stance, tuple(sorted(by))) for stance, by in sorted(stances.items()))
