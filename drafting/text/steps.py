"""Steps: what an act does to a document, in parts small enough to be mapped over and taken back one by one.

A step names provisions by their permanent keys. The words inside one text change through `changes.ChangeSet`; whether
the brackets allow a list of steps is decided in `pair_rule`; the document they are applied to is `bodies.Body`.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from .changes import ChangeSet, MapMode
from .errors import ChangeMismatch

Key = int | str


class Anchor(NamedTuple):
    """A place in the words of one provision: `offset` in code points."""

    text: Key
    offset: int


@dataclass(frozen=True, slots=True)
class Create:
    """A new empty provision with `order` provisions of the document (tombstones counted) before it."""

    provision: Key
    parent: Key | None
    order: int


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of the words of one provision."""

    text: Key
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class Cut:
    """The words of `text` from `at` on become those of `new`, right after it; `glue`, standing at `at`, goes.

    Where `new` is an empty tombstone it is revived where it stands.
    """

    text: Key
    at: int
    new: Key
    glue: str = ""


@dataclass(frozen=True, slots=True)
class Join:
    """`glue` and the words of `other`, `length` of them, go to the end of `text`, which is at `at`.

    `other` stays as an empty tombstone. Both lengths are kept so that anchors and edits map without the old words.
    """

    text: Key
    other: Key
    glue: str
    at: int
    length: int


@dataclass(frozen=True, slots=True)
class Place:
    """A provision moves under `parent` with `order` others before it; those under it move by steps of their own."""

    provision: Key
    parent: Key | None
    order: int


@dataclass(frozen=True, slots=True)
class Retire:
    """A provision becomes a tombstone; its words stay with it and count no longer."""

    provision: Key


@dataclass(frozen=True, slots=True)
class Revive:
    """A tombstone becomes a provision again, with the words it kept."""

    provision: Key


Step = Create | Edit | Cut | Join | Place | Retire | Revive


def map_anchor(anchor: Anchor, steps: Iterable[Step], assoc: int = -1, mode: MapMode = MapMode.SIMPLE) -> Anchor | None:
    """Return where `anchor` stands after `steps`, or None where `mode` finds its text deleted by an edit.

    `assoc` decides for text inserted at the anchor and for the two sides of a cut: below 0 before, above 0 behind.
    A tombstone keeps its anchors.
    """
    return Course(steps).map_anchor(anchor, assoc, mode)


class Course:
    """Steps in their order, by the provision whose anchors each may move: an act on a thousand texts maps in one."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self._on: dict[Key, list[tuple[int, Step]]] = {}
        for number, step in enumerate(steps):
            match step:
                case Edit(text) | Cut(text) | Join(_, text):
                    self._on.setdefault(text, []).append((number, step))

    def map_anchor(self, anchor: Anchor, assoc: int = -1, mode: MapMode = MapMode.SIMPLE) -> Anchor | None:
        """Return where `anchor` stands after all of them, as the function of this name does."""
        done = -1
        while (found := self._next(anchor.text, done)) is not None:
            done, step = found
            moved = _map_over(anchor, step, assoc, mode)
            if moved is None:
                return None
            anchor = moved
        return anchor

    def _next(self, text: Key, done: int) -> tuple[int, Step] | None:
        on = self._on.get(text, [])
        at = bisect_right(on, done, key=itemgetter(0))
        return on[at] if at < len(on) else None


def map_edit(edit: Edit, over: Step, before: bool = False) -> Edit:
    """Return `edit` as it reads after `over`, which was made of the same document at the same time.

    Raises `ChangeMismatch` where the edit reaches across a cut or into a tombstone: its words are then the caller's to
    keep. An insertion exactly at a cut stays with the first part.
    """
    match over:
        case Edit(text, changes) if text == edit.text:
            return Edit(text, edit.changes.map(changes, before))
        case Cut(text) if text == edit.text:
            return _map_over_cut(edit.changes, over)
        case Join(text) if text == edit.text:
            return Edit(text, edit.changes.shift(0, len(over.glue) + over.length))
        case Join(text, other) if other == edit.text:
            return Edit(text, edit.changes.shift(over.at + len(over.glue), 0))
        case Retire(provision) if provision == edit.text:
            raise ChangeMismatch("The provision this edit belongs to has been taken out.")
    return edit


def touched(steps: Iterable[Step]) -> set[Key]:
    """Return the keys of the provisions whose words the steps change."""
    keys: set[Key] = set()
    for step in steps:
        match step:
            case Edit(text):
                keys.add(text)
            case Cut(text, _, new):
                keys |= {text, new}
            case Join(text, other):
                keys |= {text, other}
    return keys


def _map_over(anchor: Anchor, step: Step, assoc: int, mode: MapMode) -> Anchor | None:
    text, offset = anchor
    match step:
        case Edit(at_text, changes) if at_text == text:
            moved = changes.map_pos(offset, assoc, mode)
            return None if moved is None else Anchor(text, moved)
        case Cut(at_text, at, new, glue) if at_text == text:
            return _map_over_glue(anchor, at, new, len(glue), assoc, mode)
        case Join(into, other, glue, at) if other == text:
            return Anchor(into, at + len(glue) + offset)
    return anchor


def _map_over_glue(anchor: Anchor, at: int, new: Key, glue: int, assoc: int, mode: MapMode) -> Anchor | None:
    """Map over a cut that takes `glue` characters out between its two sides."""
    gone = ChangeSet.of([(at, at + glue, "")], max(anchor.offset, at + glue))
    moved = gone.map_pos(anchor.offset, assoc, mode)
    if moved is None:
        return None
    is_behind = moved > at or (moved == at and (anchor.offset > at or assoc > 0))
    return Anchor(new, moved - at) if is_behind else Anchor(anchor.text, moved)


def _map_over_cut(changes: ChangeSet, cut: Cut) -> Edit:
    edits = list(changes.edits())
    behind = cut.at + len(cut.glue)
    if all(end <= cut.at for _, end, _ in edits):
        return Edit(cut.text, ChangeSet.of(edits, cut.at))
    if all(start >= behind for start, _, _ in edits):
        moved = [(start - behind, end - behind, text) for start, end, text in edits]
        return Edit(cut.new, ChangeSet.of(moved, changes.length - behind))
    raise ChangeMismatch("This edit reaches across the place where its provision was cut in two.")
