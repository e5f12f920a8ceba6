"""Change sets: one immutable edit of one text, with the verbs of CodeMirror's `ChangeSet` and its results.

Positions are code points inside and UTF-16 units on the wire (`units`). Stored rows are mapped one by one: mapping
over a composition is not mapping over its parts. Steps over a document are in `steps`, the arithmetic in `sections`.
Source of the semantics: npm `@codemirror/state`, src/change.ts (MIT).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from .errors import ChangeMismatch
from .sections import KEEP, Section, Writer, compose, map_over
from .units import Units

_SURROGATE = re.compile("[\ud800-\udfff]")

Edit = tuple[int, int, str]
"""(from, to, inserted), in code points of the text before the change."""


class MapMode(IntEnum):
    """When `map_pos` answers None: never, or when text across, before or after the position was deleted."""

    SIMPLE = 0
    TRACK_DELETION = 1
    TRACK_BEFORE = 2
    TRACK_AFTER = 3


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """A change of one text: sections (length, inserted), where inserted is `KEEP` for text that stays."""

    sections: tuple[Section, ...]
    inserted: tuple[str, ...]

    @staticmethod
    def of(edits: Iterable[Edit], length: int) -> "ChangeSet":
        """Return the change that makes all `edits` at once, each in positions of the unchanged text of `length`.

        Insertions at one point keep their order. Raises `ChangeMismatch` for edits that overlap or leave the text.
        """
        out = Writer()
        at = 0
        for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
            if not at <= start <= end <= length:
                raise ChangeMismatch(f"The edit of {start}–{end} overlaps another or leaves the text of {length}.")
            out.add(start - at, KEEP)
            out.add(end - start, len(text), text)
            at = end
        out.add(length - at, KEEP)
        return _finish(out)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not self.sections or (len(self.sections) == 1 and self.sections[0][1] < 0)

    @property
    def length(self) -> int:
        """The length of the text before the change."""
        return sum(length for length, _ in self.sections)

    @property
    def new_length(self) -> int:
        """The length of the text after the change."""
        return sum(length if inserted < 0 else inserted for length, inserted in self.sections)

    def edits(self) -> Iterator[Edit]:
        """Yield (from, to, inserted) for each changed section; touching sections come apart."""
        at = 0
        for (length, inserted), text in zip(self.sections, self.inserted, strict=True):
            if inserted >= 0:
                yield at, at + length, text
            at += length

    def apply(self, text: str) -> str:
        """Return `text` changed; raises `ChangeMismatch` when its length is not the one the change expects."""
        self._check_fit(text)
        parts: list[str] = []
        at = 0
        for (length, inserted), new in zip(self.sections, self.inserted, strict=True):
            parts.append(text[at : at + length] if inserted < 0 else new)
            at += length
        return "".join(parts)

    def invert(self, text: str) -> "ChangeSet":
        """Return the change back, given the text before: `c.invert(t).apply(c.apply(t)) == t`."""
        self._check_fit(text)
        sections: list[Section] = []
        restored: list[str] = []
        at = 0
        for length, inserted in self.sections:
            sections.append((length, KEEP) if inserted < 0 else (inserted, length))
            restored.append("" if inserted < 0 else text[at : at + length])
            at += length
        return ChangeSet(tuple(sections), tuple(restored))

    def compose(self, other: "ChangeSet") -> "ChangeSet":
        """Return this change and then `other` as one: `a.compose(b).apply(t) == b.apply(a.apply(t))`."""
        if self.new_length != other.length:
            raise ChangeMismatch(
                f"A change to a length of {self.new_length} cannot be followed by one of {other.length}."
            )
        if self.is_empty:
            return other
        return self if other.is_empty else _finish(compose(self._parts, other._parts))

    def map(self, other: "ChangeSet", before: bool = False) -> "ChangeSet":
        """Return this change as it reads after `other`, which was made of the same text at the same time.

        `a.compose(b.map(a)) == b.compose(a.map(b, before=True))` in effect: of two insertions at one point, that mapped
        with `before` comes first.
        """
        if self.length != other.length:
            raise ChangeMismatch(f"Changes of texts of {self.length} and {other.length} cannot be mapped.")
        return self if other.is_empty else _finish(map_over(self._parts, other._parts, before))

    def shift(self, before: int, after: int) -> "ChangeSet":
        """Return this change as it reads in a text with `before` more characters before it and `after` behind it."""
        out = Writer()
        out.add(before, KEEP)
        for (length, inserted), text in zip(self.sections, self.inserted, strict=True):
            out.add(length, inserted, text)
        out.add(after, KEEP)
        return _finish(out)

    def map_pos(self, pos: int, assoc: int = -1, mode: MapMode = MapMode.SIMPLE) -> int | None:
        """Return where `pos` stands after the change, or None where `mode` finds its text deleted.

        `assoc` below 0 stays before text inserted at `pos`, above 0 it goes behind. Raises `ChangeMismatch` outside
        the text.
        """
        old = new = 0
        for length, inserted in self.sections if pos >= 0 else ():
            end = old + length
            if inserted < 0:
                if end > pos:
                    return new + pos - old
                new += length
            else:
                if mode and end >= pos and _is_deleted(mode, old, pos, end):
                    return None
                if end > pos or (end == pos and assoc < 0 and not length):
                    return new if pos == old or assoc < 0 else new + inserted
                new += inserted
            old = end
        if pos != old:
            raise ChangeMismatch(f"Position {pos} lies outside a text of {self.length}.")
        return new

    def to_json(self, text: str) -> list[object]:
        """Return CodeMirror's JSON, lengths in UTF-16 units of `text`, the text before the change."""
        self._check_fit(text)
        units = Units(text)
        out: list[object] = []
        at = 0
        for (length, inserted), new in zip(self.sections, self.inserted, strict=True):
            size = units.to_units(at + length) - units.to_units(at)
            if inserted < 0:
                out.append(size)
            else:
                out.append([size, *new.split("\n")] if inserted else [size])
            at += length
        return out

    @staticmethod
    def from_json(json: object, text: str) -> "ChangeSet":
        """Return the change written in CodeMirror's JSON for `text`.

        Raises `ChangeMismatch` for any other shape, a length that is not the text's, or half a character.
        """
        if not isinstance(json, list):
            raise ChangeMismatch("A change set is a list of lengths and insertions.")
        out = Writer()
        units = Units(text)
        unit = at = 0
        for part in json:
            size, new = _read_part(part)
            unit += size
            end = units.to_points(unit)
            out.add(end - at, KEEP if new is None else len(new), new or "")
            at = end
        if at != len(text):
            raise ChangeMismatch(f"The change covers {at} characters of a text of {len(text)}.")
        return _finish(out)

    @property
    def _parts(self) -> tuple[tuple[Section, ...], tuple[str, ...]]:
        return self.sections, self.inserted

    def _check_fit(self, text: str) -> None:
        if self.length != len(text):
            raise ChangeMismatch(f"A change of a text of {self.length} does not fit one of {len(text)}.")


def _finish(out: Writer) -> ChangeSet:
    return ChangeSet(tuple(out.sections), tuple(out.inserted))


def _is_deleted(mode: MapMode, old: int, pos: int, end: int) -> bool:
    if mode == MapMode.TRACK_DELETION:
        return old < pos < end
    return old < pos if mode == MapMode.TRACK_BEFORE else end > pos


def _read_part(part: object) -> tuple[int, str | None]:
    """Return the UTF-16 length of one part and what it inserts, None where it keeps the text."""
    size = part[0] if isinstance(part, list) and part else part
    if type(size) is not int or size < 0:
        raise ChangeMismatch("A part of a change begins with a length that is not a whole number from 0.")
    if not isinstance(part, list):
        return size, None
    lines = part[1:]
    for line in lines:
        if not isinstance(line, str) or "\n" in line or "\r" in line:
            raise ChangeMismatch("An insertion is a list of lines of text.")
        if not line.isascii() and _SURROGATE.search(line):
            raise ChangeMismatch("An insertion holds half a character (a lone surrogate).")
    return size, "\n".join(lines)
