"""Edges: where the layers over a text open and close while it is printed piece by piece."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .overlays import End, Layer
from .styles import Holders, Style
from .trees import Stance


class Piece(NamedTuple):
    """A run of what is printed: characters of the base, or characters put between them.

    Where it opens a bracket, `holders` are those of that bracket. Rivals of one `slot` other than 0 stand for each
    other, and, where it is above 0, for the base words before them. An end of a new pair that reaches into another
    provision has the number of that `pair`.
    """

    text: str
    is_base: bool
    holders: Holders = ()
    slot: int = 0
    pair: int = 0


class _Edge(NamedTuple):
    layer: Layer
    text: str
    pair: int = 0


class Edges:
    """The openings and closings of layers by their offset; layers come outer before inner."""

    def __init__(self, layers: Sequence[Layer], style: Style, ends: Sequence[End] = ()) -> None:
        self._opening: dict[int, list[_Edge]] = defaultdict(list)
        self._closing: dict[int, list[_Edge]] = defaultdict(list)
        for layer in layers:
            before, after = style(layer.holders)
            # A label on a pair that is there stands just inside it.
            low, high = (layer.low, layer.high) if layer.is_new else (layer.low + 1, layer.high - 1)
            if layer.is_new or before or after:
                self._opening[low].append(_Edge(layer, "[" + before if layer.is_new else before))
                self._closing[high].insert(0, _Edge(layer, after + "]" if layer.is_new else after))
        for end in ends:
            layer = Layer(end.offset, end.offset, True, ((Stance.PROPOSE, end.by),))
            before, after = style(layer.holders)
            if end.sign == "[":
                self._opening[end.offset].insert(0, _Edge(layer, "[" + before, end.pair))
            else:
                self._closing[end.offset].append(_Edge(layer, after + "]", end.pair))

    def cut(self, low: int, high: int, after_first: bool) -> Iterator[tuple[int, int]]:
        """Yield a range in parts, cut wherever a layer opens or closes, and on demand behind its first character."""
        stops = {at for at in (*self._opening, *self._closing) if low < at < high}
        if after_first and low + 1 < high:
            stops.add(low + 1)
        for stop in (*sorted(stops), high):
            yield low, stop
            low = stop

    def print(self, at: int, insertions: Sequence[Piece]) -> list[Piece]:
        """Return what is printed at one offset: layers that close, insertions standing there, layers that open.

        An insertion at the very edge of words to be deleted stays outside, at the edge of other words inside.
        """
        closing, opening = self._closing.get(at, []), self._opening.get(at, [])
        if not closing and not opening:
            return list(insertions)
        ended = max((index + 1 for index, edge in enumerate(closing) if edge.layer.is_tight), default=0)
        begun = next((index for index, edge in enumerate(opening) if edge.layer.is_tight), len(opening))
        if begun:
            ended = len(closing)
        if not insertions:
            ended, begun = len(closing), 0
        return [
            *_pieces(closing[:ended]),
            *(_pieces(opening[:begun], True) if ended == len(closing) else ()),
            *insertions,
            *_pieces(closing[ended:]),
            *_pieces(opening[begun if ended == len(closing) else 0 :], True),
        ]


def _pieces(edges: Sequence[_Edge], opens: bool = False) -> list[Piece]:
    return [
        Piece(text, False, layer.holders if opens and layer.is_new else (), pair=pair)
        for layer, text, pair in edges
        if text
    ]
