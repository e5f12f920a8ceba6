"""Rendering: a tree printed as a bracketed text, with or without the names behind each bracket.

The base is printed whole and in order and everything else between its characters, so that insertions alone make what is
printed out of the base. Trees are `trees`; which pairs of marks go where is `overlays`; house styles are `styles`.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import count
from typing import NamedTuple

from . import overlays, runs, trees
from .edges import Edges, Piece
from .overlays import End, Layer, Span
from .styles import Style, anonymous
from .trees import Alternative, Mark, Slot, Stance, Tree


def bracketed(tree: Tree, style: Style = anonymous, ends: Sequence[End] = ()) -> str:
    """Return the tree as one text in brackets, with attributions in a house `style`.

    `ends` are those of new pairs that reach into other provisions. Each base word is printed exactly once; what stands
    beside it is the words of rivals. Balanced where the base and every alternative are.
    """
    return "".join(piece.text for piece in pieces(tree, style, ends))


def pieces(tree: Tree, style: Style = anonymous, ends: Sequence[End] = ()) -> list[Piece]:
    """Return what `bracketed` prints as pieces; those of the base, joined, are the base."""
    return _Printer(style).lay(tree, (), _move_out(tree, ends))


def length(tree: Tree) -> int:
    """Return how many code points the tree prints, without attributions; it is printed only where counting is hard."""
    size = _count(tree)
    return sum(len(piece.text) for piece in pieces(tree)) if size is None else size


def fills_pair(before: str, behind: str) -> bool:
    """Tell whether a slot between two texts of the base is all that stands in one pair: it needs none of its own."""
    return before.endswith("[") and behind.startswith("]")


def depth(printed: Iterable[Piece]) -> int:
    """Return how many levels of brackets a print without names adds to the base's own and the rivals' own."""
    deepest = level = 0
    for text, is_base, *_ in printed:
        if not is_base and text:
            level += (text == "[") - (text == "]")
            deepest = max(deepest, level + (len(text) > 1))
    return deepest


def _count(tree: Tree) -> int | None:
    """Return how many code points the tree prints, None where a bracket stands in it or marks meet within a slot."""
    size = 0
    for item in tree:
        more = _count_slot(item) if isinstance(item, Slot) else None if "[" in item or "]" in item else len(item)
        if more is None:
            return None
        size += more
    return size


def _count_slot(slot: Slot) -> int | None:
    text = trees.read(slot.base)
    spans = {(mark.low, mark.high) for mark in slot.marks}
    size, shared = _count(slot.base), 0
    if size is None or not _are_apart(text, spans, slot):
        return None
    shown = [rival.text for rival in slot.alternatives if rival.is_shown]
    if shown:
        whole = overlays.trim(text, 0, len(text))
        if (
            (text and whole[0] == whole[1])
            or not all(words.strip() for words in shown)
            or any("[" in words or "]" in words for words in shown)
        ):
            return None
        if _may_share_space(shown):
            if len(slot.base) != 1 or not isinstance(slot.base[0], str):
                return None
            head = _common_space([*shown, text])
            shared = len(head) + len(_common_space([words[len(head) :][::-1] for words in (*shown, text)]))
        size += 2 * bool(text and whole not in spans)
    return size + 2 * len(spans) + sum(len(words) + 2 - shared for words in shown)


def _are_apart(text: str, spans: Collection[Span], slot: Slot) -> bool:
    """Tell whether each mark is printed round its words as it is: none crosses another, or stands within a slot."""
    if not spans:
        return True
    inner = _spans(slot.base)
    return (
        all(mark.is_new for mark in slot.marks)
        and all(low < high and overlays.trim(text, low, high) == (low, high) for low, high in spans)
        and not any(low < start < high < end for low, high in spans for start, end in spans)
        and all(
            end <= low or high <= start or low <= start <= end <= high for low, high in spans for start, end in inner
        )
    )


def _may_share_space(texts: Sequence[str]) -> bool:
    return all(text[0].isspace() for text in texts) or all(text[-1].isspace() for text in texts)


class _Printed(NamedTuple):
    """A slot: its base, its rivals, and the space that all of them share at the end."""

    base: list[Piece]
    rivals: list[Piece]
    tail: list[Piece]


class _Printer:
    def __init__(self, style: Style) -> None:
        self._style = style
        self._slots = count(1)

    def lay(self, tree: Tree, marks: Sequence[Mark], ends: Sequence[End] = ()) -> list[Piece]:
        """Return the pieces of a tree whose base carries `marks` and `ends`."""
        own, inner = _share(tree, marks)
        edges = Edges(own, self._style, ends)
        out: list[Piece] = []
        waiting: list[Piece] = []  # insertions at the place reached
        late: list[Piece] = []  # rivals of a whole pair, due after its `]`
        at = 0
        for index, item in enumerate(tree):
            if isinstance(item, str):
                for start, stop in edges.cut(at, at + len(item), bool(late)):
                    out += (*edges.print(start, waiting), Piece(item[start - at : stop - at], True), *late)
                    waiting, late = [], []
                at += len(item)
                continue
            fills_pair = _fills_pair(tree, index)
            base, rivals, tail = self._slot(item, inner.get(index, ()), fills_pair)
            size = len(trees.read(item.base))
            if not size:
                waiting += (*base, *rivals, *tail)
                continue
            out += (*edges.print(at, waiting), *base, *(() if fills_pair else rivals), *tail)
            waiting, late = [], rivals if fills_pair else []
            at += size
        return [*out, *edges.print(at, waiting)]

    def _slot(self, slot: Slot, marks: Sequence[Mark], fills_pair: bool) -> _Printed:
        text = trees.read(slot.base)
        marks = (*slot.marks, *marks)
        shown = [rival for rival in slot.alternatives if rival.is_shown]
        if not shown:
            return _Printed(self.lay(slot.base, marks), [], [])
        has_strays = not runs.is_balanced(text)
        if has_strays:
            marks = (*marks, Mark(0, len(text), Stance.PROPOSE, (), True))
        printed = self.lay(slot.base, marks)
        head, tail = _shared_space(printed, [rival.text for rival in shown])
        if not text.strip():
            rivals = self._rivals(shown, -next(self._slots), head, tail, "")
            return _Printed([*printed, Piece(head, False)], rivals, [Piece(tail, False)])
        separator = runs.separator(text.strip())
        rivals = self._rivals(shown, next(self._slots), head, tail, separator or "")
        before, body, behind = _take_ends(printed, len(head), len(tail))
        if separator is None and not (fills_pair or has_strays or _is_covered(text, marks)):
            body = [Piece("[", False), *body, Piece("]", False)]
        return _Printed([*before, *body], rivals, behind)

    def _rivals(self, shown: Sequence[Alternative], slot: int, head: str, tail: str, separator: str) -> list[Piece]:
        return [
            Piece(separator + self._words(rival, head, tail), False, ((Stance.PROPOSE, rival.by),), slot)
            for rival in shown
        ]

    def _words(self, rival: Alternative, head: str, tail: str) -> str:
        """Return the words of a rival in one bracket; a pair or a run of them needs none.

        Brackets without a partner there are ends of pairs across provisions, which `End` prints.
        """
        words = runs.without_strays(rival.text[len(head) : len(rival.text) - len(tail)])
        before, after = self._style(((Stance.PROPOSE, rival.by),))
        if runs.separator(words) is not None:
            return f"[{before}{words[1:-1]}{after}]"
        return f"[{before}{words}{after}]" if words.strip() else words


def _share(tree: Tree, marks: Sequence[Mark]) -> tuple[list[Layer], dict[int, list[Mark]]]:
    """Return the layers that the tree itself prints, and the marks that its slots (by index) print in their bases."""
    if not marks:
        return [], {}
    spans = _spans(tree)
    own: list[Layer] = []
    inner: dict[int, list[Mark]] = {}
    for layer in overlays.lay(trees.read(tree), marks, list(spans)):
        span = next(
            (
                span
                for span in spans
                if span[0] <= layer.low and layer.high <= span[1]
                if not layer.is_new or span != (layer.low, layer.high)
            ),
            None,
        )
        if span is None:
            own.append(layer)
        else:
            inner.setdefault(spans[span], []).extend(layer.marks(-span[0]))
    return own, inner


def _spans(tree: Tree) -> dict[tuple[int, int], int]:
    """Return the ranges of the base that slots take up, with the index of each slot."""
    spans: dict[tuple[int, int], int] = {}
    at = 0
    for index, item in enumerate(tree):
        size = len(item) if isinstance(item, str) else len(trees.read(item.base))
        if size and not isinstance(item, str):
            spans[at, at + size] = index
        at += size
    return spans


def _move_out(tree: Tree, ends: Sequence[End]) -> list[End]:
    """Move the ends that stand within a slot to its own end, so that they cross nothing."""
    moved: list[End] = []
    for end in ends:
        span = next((span for span in _spans(tree) if span[0] < end.offset < span[1]), None)
        moved.append(replace(end, offset=span["[]".index(end.sign)]) if span else end)
    return moved


def _fills_pair(tree: Tree, index: int) -> bool:
    before = tree[index - 1] if index else ""
    behind = tree[index + 1] if index + 1 < len(tree) else ""
    return isinstance(before, str) and isinstance(behind, str) and fills_pair(before, behind)


def _is_covered(text: str, marks: Sequence[Mark]) -> bool:
    whole = overlays.trim(text, 0, len(text))
    return any(mark.is_new and overlays.trim(text, mark.low, mark.high) == whole for mark in marks)


def _shared_space(printed: Sequence[Piece], rivals: Sequence[str]) -> tuple[str, str]:
    """Return the white space with which the base (unless blank) and every rival begin, and that with which they end."""
    base = "".join(piece.text for piece in printed)
    texts = [*rivals]
    if base.strip():
        first, last = printed[0], printed[-1]
        texts.append((first.text if first.is_base else "x") + "x" + (last.text if last.is_base else "x"))
    head = _common_space(texts)
    return head, _common_space([text[len(head) :][::-1] for text in texts])[::-1]


def _common_space(texts: Sequence[str]) -> str:
    size = 0
    while all(len(text) > size and text[size].isspace() and text[size] == texts[0][size] for text in texts):
        size += 1
    return texts[0][:size]


def _take_ends(printed: Sequence[Piece], head: int, tail: int) -> tuple[list[Piece], list[Piece], list[Piece]]:
    """Cut `head` characters off the first piece and `tail` off the last."""
    body = list(printed)
    first, last = body[0].text[:head], body[-1].text[len(body[-1].text) - tail :]
    body[0] = body[0]._replace(text=body[0].text[head:])
    body[-1] = body[-1]._replace(text=body[-1].text[: len(body[-1].text) - tail])
    return [Piece(first, True)] if first else [], body, [Piece(last, True)] if last else []
