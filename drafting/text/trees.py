"""The consolidated tree: every wording of a text in one value, and the ways to read it.

A tree is text and slots; a slot is a part of the base with its rivals. Built in `nesting`, printed in `rendering`.
"""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace


class Stance(StrEnum):
    """What a delegation wants of the words between two marks."""

    PROPOSE = "propose"
    RETAIN = "retain"
    DELETE = "delete"


class Mark(Struct, frozen=True, order=True):
    """A position on words of a slot's base, `low` to `high` in code points of its reading as nobody.

    *Retain* and *delete* stand on the pair whose brackets are the first and last character, where one is there; else
    *delete* asks for a pair round the words, as *propose* does.
    """

    low: int
    high: int
    stance: Stance
    by: tuple[str, ...]
    is_new: bool
    """Whether the pair is not in the base and is to be opened."""


class Alternative(Struct, frozen=True):
    """What `by` (sorted) would read instead of a slot's base; `is_shown` unless marks, or slots within, say it all."""

    text: str
    by: tuple[str, ...]
    is_shown: bool = True


class Slot(Struct, frozen=True):
    """A part of the base, itself a tree, and its rivals in the order of their first names, no two texts equal."""

    base: "Tree"
    alternatives: tuple[Alternative, ...]
    marks: tuple[Mark, ...] = ()


Tree: TypeAlias = tuple[str | Slot, ...]
Choice = Callable[[Slot], str | None]
"""Given a slot, the text to read in its place, or None to read its base."""


def read(tree: Tree, by: str | None = None) -> str:
    """Return the text as `by` would have it, the base for None; readings are joined code points, never normalised."""
    parts: list[str] = []
    _read(tree, by, parts)
    return "".join(parts)


def _read(tree: Tree, by: str | None, parts: list[str]) -> None:
    for item in tree:
        if isinstance(item, str):
            parts.append(item)
            continue
        for rival in item.alternatives:
            if by in rival.by:
                parts.append(rival.text)
                break
        else:
            _read(item.base, by, parts)


def choose(tree: Tree, choice: Choice) -> str:
    """Return the text that `choice` gives, asked at each slot from the outermost in."""
    parts: list[str] = []
    for item in tree:
        if isinstance(item, str):
            parts.append(item)
        else:
            chosen = choice(item)
            parts.append(choose(item.base, choice) if chosen is None else chosen)
    return "".join(parts)


def slots(tree: Tree) -> Iterator[Slot]:
    """Yield every slot of the tree, each before those nested in it."""
    for item in tree:
        if isinstance(item, Slot):
            yield item
            yield from slots(item.base)


def names(tree: Tree) -> set[str]:
    """Return everybody who has a wording or a mark in the tree."""
    return {name for slot in slots(tree) for rival in slot.alternatives for name in rival.by}


def restrict(tree: Tree, by: frozenset[str]) -> Tree:
    """Return the tree with the proposals of `by` alone; their readings and the base are unchanged."""
    items: list[str | Slot] = []
    for item in tree:
        if isinstance(item, str):
            items.append(item)
            continue
        base = restrict(item.base, by)
        rivals = tuple(replace(rival, by=_left(rival.by, by)) for rival in item.alternatives if by & {*rival.by})
        marks = tuple(replace(mark, by=_left(mark.by, by)) for mark in item.marks if by & {*mark.by})
        if rivals:
            items.append(Slot(base, rivals, marks))
        else:
            items.extend(base)
    return join(items)


def hush(tree: Tree, low: int, high: int, by: str, start: int = 0) -> Tree:
    """Return the tree without the new marks by which `by` asks to delete words from `low` to `high` of its base."""
    items: list[str | Slot] = []
    for item in tree:
        if isinstance(item, Slot):
            marks = (_hush(mark, low - start, high - start, by) for mark in item.marks)
            base = hush(item.base, low, high, by, start)
            item = Slot(base, item.alternatives, tuple(mark for mark in marks if mark.by))
        items.append(item)
        start += len(item) if isinstance(item, str) else len(read(item.base))
    return tuple(items)


def _hush(mark: Mark, low: int, high: int, by: str) -> Mark:
    if mark.is_new and mark.stance is Stance.DELETE and low <= mark.low and mark.high <= high:
        return replace(mark, by=tuple(name for name in mark.by if name != by))
    return mark


def join(items: Sequence[str | Slot]) -> Tree:
    """Return the items as a tree: neighbouring strings as one, empty ones left out."""
    joined: list[str | Slot] = []
    for item in items:
        if isinstance(item, str) and joined and isinstance(joined[-1], str):
            joined[-1] += item
        elif item:
            joined.append(item)
    return tuple(joined)


def to_json(tree: Tree) -> list[object]:
    """Return the tree as plain lists: a string, or {"base": tree, "alternatives": [{"text", "by"}]}."""
    return [
        item
        if isinstance(item, str)
        else {
            "base": to_json(item.base),
            "alternatives": [{"text": rival.text, "by": list(rival.by)} for rival in item.alternatives],
        }
        for item in tree
    ]


def _left(holders: tuple[str, ...], by: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in holders if name in by)
