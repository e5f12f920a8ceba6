"""Nesting: the rivals of many proposals, grown into one tree.

Rivals that overlap or insert at one point share a slot; a rival inside another's range may become a slot within that
slot's base, where that prints shorter. What a rival is: `rivals`; how a slot is printed: `rendering`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from . import rendering, trees
from .rivals import Rival
from .trees import Alternative, Mark, Slot, Stance, Tree

_DEEPEST = 24  # levels; beyond it no reader follows, and every law holds of flat slots too

By = tuple[str, ...]
Span = tuple[int, int]
_in_order = attrgetter("low", "high", "by")
_by = attrgetter("by")


def grow(base: str, rivals: Sequence[Rival], is_nested: bool = True) -> Tree:
    """Return the tree of `base` with `rivals`; rivals of one owner do not overlap.

    Independent rivals are in independent slots. Equal input, in any order, gives an equal tree.
    """
    return _Grower(base, rivals, is_nested).tree(0, len(base), rivals, 0)


class _Grower:
    def __init__(self, base: str, rivals: Iterable[Rival], is_nested: bool) -> None:
        self._base = base
        self._is_nested = is_nested
        self._has_brackets = any("[" in text or "]" in text for text in (base, *(rival.text for rival in rivals)))

    def tree(self, low: int, high: int, rivals: Sequence[Rival], depth: int) -> Tree:
        items: list[str | Slot] = []
        at = low
        components = _components(rivals)
        for index, (start, end, members) in enumerate(components):
            following = components[index + 1][0] if index + 1 < len(components) else high
            if at < start:
                items.append(self._base[at:start])
            fills_pair = rendering.fills_pair(self._base[at:start], self._base[end:following])
            items.append(self._slot(start, end, members, depth, fills_pair))
            at = end
        return (*items, *self._words(at, high))

    def _words(self, low: int, high: int) -> Tree:
        return (self._base[low:high],) if low < high else ()

    def _slot(self, low: int, high: int, rivals: Sequence[Rival], depth: int, fills_pair: bool) -> Slot:
        if len(rivals) == 1 and not rivals[0].within:
            return self._lone(rivals[0])
        by_owner: dict[By, list[Rival]] = defaultdict(list)
        for rival in rivals:
            by_owner[rival.by].append(rival)
        texts = {by: self._apply(low, high, own) for by, own in by_owner.items()}
        flat = self._flat(low, high, by_owner, texts)
        if not self._is_nested or depth >= _DEEPEST:
            return flat
        nested = self._nested(low, high, by_owner, texts, depth)
        return nested if nested and self._is_shorter(nested, flat, fills_pair) else flat

    def _lone(self, rival: Rival) -> Slot:
        """Return the slot of a rival that meets no other: most slots of most texts."""
        low = rival.low
        base = self._words(low, rival.high)
        alternatives = (Alternative(rival.text, rival.by, rival.is_shown),)
        if rival.is_shown or not rival.marks:
            return Slot(base, alternatives)
        marks = (Mark(mark.low - low, mark.high - low, mark.stance, mark.by, mark.is_new) for mark in rival.marks)
        return Slot(base, alternatives, tuple(sorted(marks)))

    def _flat(self, low: int, high: int, by_owner: Mapping[By, list[Rival]], texts: Mapping[By, str]) -> Slot:
        """Return a slot whose base is text: every owner's words over the whole of it."""
        alternatives: list[Alternative] = []
        marks: list[Mark] = []
        for by, own in by_owner.items():
            is_shown = any(part.is_shown for rival in own for part in (rival, *rival.within))
            alternatives.append(Alternative(texts[by], by, is_shown))
            if not is_shown:
                marks += [mark for rival in own for part in (rival, *rival.within) for mark in part.marks]
        return _finish(self._words(low, high), alternatives, marks, low)

    def _nested(
        self, low: int, high: int, by_owner: Mapping[By, list[Rival]], texts: Mapping[By, str], depth: int
    ) -> Slot | None:
        """Return a slot of the outermost rivals with the others as slots in its base, None where there are none."""
        outermost = _outermost({(rival.low, rival.high) for own in by_owner.values() for rival in own}, (low, high))
        marks: list[Mark] = []
        inner: list[Rival] = []
        shown: dict[By, bool] = {}
        for by, own in by_owner.items():
            outer = [rival for rival in own if (rival.low, rival.high) in outermost]
            is_shown = any(rival.is_shown for rival in outer)
            if outer:
                shown[by] = is_shown
            if not is_shown:
                inner += [rival for rival in own if (rival.low, rival.high) not in outermost]
                inner += [part for rival in outer for part in rival.within]
                marks += [mark for rival in outer for mark in rival.marks]
        if not inner:
            return None
        alternatives = [Alternative(texts[by], by, is_shown) for by, is_shown in shown.items()]
        return _finish(self.tree(low, high, inner, depth + 1), alternatives, marks, low)

    def _apply(self, low: int, high: int, own: Sequence[Rival]) -> str:
        """Return a range of the base as rivals in order would have it."""
        parts: list[str] = []
        at = low
        for rival in own:
            parts += (self._base[at : rival.low], rival.text)
            at = rival.high
        return "".join((*parts, self._base[at:high]))

    def _is_shorter(self, one: Slot, other: Slot, fills_pair: bool) -> bool:
        """Tell whether `one` prints shorter than `other`, of the same base; measured where estimates cannot tell."""
        (size, doubt), (other_size, other_doubt) = (_estimate(slot, self._has_brackets) for slot in (one, other))
        if abs(size - other_size) > doubt + other_doubt + (4 if fills_pair else 0):
            return size < other_size
        length, other_length = (rendering.length(("[", slot, "]") if fills_pair else (slot,)) for slot in (one, other))
        return length < other_length


def _estimate(slot: Slot, has_brackets: bool) -> tuple[int, int]:
    """Return about how many code points a slot prints beside its base, and by how many that may be wrong."""
    size = doubt = brackets = 0
    for item in slot.base:
        if not isinstance(item, str):
            more, unsure = _estimate(item, has_brackets)
            size, doubt = size + more, doubt + unsure
        elif has_brackets:
            brackets += _count_brackets(item)
    shown = [rival.text for rival in slot.alternatives if rival.is_shown]
    if shown:
        words = "".join(shown)
        size += len(words) + 2 * len(shown) + 2
        doubt += len(words) - sum(map(len, map(str.strip, shown))) + 2
        brackets += _count_brackets(words) if has_brackets else 0
    opened = sum(mark.is_new for mark in slot.marks) if slot.marks else 0
    if opened:
        # A pair of marks is cut where it crosses another or a slot, and falls away on a pair or a wrap that is there.
        size, doubt = size + 2 * opened, doubt + 2 * opened + 4 * _count_crossings(slot)
    return size, doubt + (2 * brackets + len(shown)) * (1 + opened) if brackets else doubt


def _count_crossings(slot: Slot) -> int:
    """Return how often a new mark of the slot crosses another or a slot within."""
    edges = [(mark.low, mark.high) for mark in slot.marks if mark.is_new]
    at = 0
    for item in slot.base:
        end = at + len(item if isinstance(item, str) else trees.read(item.base))
        if not isinstance(item, str):
            edges.append((at, end))
        at = end
    return sum(low < start < high < end for low, high in edges for start, end in edges)


def _count_brackets(text: str) -> int:
    return text.count("[") + text.count("]")


def _components(rivals: Sequence[Rival]) -> list[tuple[int, int, list[Rival]]]:
    """Return the runs of rivals that overlap or insert at one point, each with its range."""
    found: list[tuple[int, int, list[Rival]]] = []
    for rival in sorted(rivals, key=_in_order):
        if found:
            low, high, members = found[-1]
            if rival.low < high or (low == high == rival.low == rival.high):
                members.append(rival)
                found[-1] = (low, max(high, rival.high), members)
                continue
        found.append((rival.low, rival.high, [rival]))
    return found


def _outermost(spans: set[Span], whole: Span) -> set[Span]:
    """Return the ranges that no other range holds, an insertion being held only strictly inside one."""
    if whole in spans:
        return {whole}
    found: set[Span] = set()
    start = earlier = reach = -1  # the farthest ends of the ranges that begin before `start`, and of all so far
    for low, high in sorted(spans, key=lambda span: (span[0], -span[1])):
        if low > start:
            start, earlier = low, reach
        if earlier <= low if low == high else reach < high:
            found.add((low, high))
        reach = max(reach, high)
    return found


def _finish(base: Tree, alternatives: Sequence[Alternative], marks: Sequence[Mark], low: int) -> Slot:
    """Put alternatives and marks in order, equal ones as one with all their names."""
    alternatives = tuple(sorted(_join(alternatives), key=_by))
    if not marks:
        return Slot(base, alternatives)
    places: dict[tuple[int, int, Stance, bool], list[Mark]] = defaultdict(list)
    for mark in marks:
        places[mark.low, mark.high, mark.stance, mark.is_new].append(mark)
    placed = [
        Mark(start - low, end - low, stance, _names(same), is_new)
        for (start, end, stance, is_new), same in places.items()
    ]
    return Slot(base, alternatives, tuple(sorted(placed)))


def _join(alternatives: Sequence[Alternative]) -> Sequence[Alternative]:
    """Return the alternatives, those of one text as one."""
    if len({alternative.text for alternative in alternatives}) == len(alternatives):
        return alternatives
    texts: dict[str, list[Alternative]] = defaultdict(list)
    for alternative in alternatives:
        texts[alternative.text].append(alternative)
    return [Alternative(text, _names(same), any(one.is_shown for one in same)) for text, same in texts.items()]


def _names(holders: Sequence[Alternative] | Sequence[Mark]) -> By:
    if len(holders) == 1:
        return holders[0].by
    return tuple(sorted({name for holder in holders for name in holder.by}))
