"""Option sets: rival wordings of whole paragraphs or articles, as `Option 1 …`, `Sub-option 2`, `Option 0: No text`.

Read from the labels of lines; what an option covers is where it begins and ends in the document. Alternatives within a
sentence are groups of brackets, in `groups`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from . import labels, mentions
from .labels import Label, LabelKind
from .mentions import Mention
from .numerals import Style
from .pairing import Ends, Position

Level = Literal["articles", "paragraphs", "subparagraphs", "sub-options"]


@dataclass(frozen=True, slots=True)
class Option:
    """One option, from its label up to `end`; `pair` is the bracket (index from 0) that opens right before the label.

    `no_text` where it offers to have nothing, a position with supporters of its own; `covers` are the provisions it
    says it stands for, as in `Option 2: (paragraphs 3–3 quater)`.
    """

    label: Label
    start: Position
    end: Position
    no_text: bool
    covers: tuple[Mention, ...] = ()
    pair: int | None = None


@dataclass(frozen=True, slots=True)
class OptionSet:
    """Options of which one survives; `inside` is (set, option), both from 0, where it stands within an option."""

    level: Level
    options: tuple[Option, ...]
    inside: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Common:
    """A part said to be common to several options of the set before it, by their numbers."""

    start: Position
    end: Position
    options: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """All option sets of a document in the order they begin, and the parts common to some of them."""

    sets: tuple[OptionSet, ...]
    common: tuple[Common, ...]


def find(texts: Sequence[str], pairs: Sequence[Ends]) -> Options:
    """Return the option sets of a document.

    A set goes on while numbers go on, inside one outer option; it ends with the bracket that opens before its first
    option and closes behind its last, at the next article or heading, at a part common to its options, or where the
    paragraphs that counted before it count on.
    """
    return _Reader(texts, pairs).read()


_NO_TEXT = re.compile(
    r"[\s*_\[(:.]*(?:no\s+(?:text|provision|article|reference|paragraph|blanket|section)\b|nothing\s*[.\]])",
    re.IGNORECASE,
)
_COMMON = re.compile(
    r"[\s*_\[(#]*\w+ common (?:for|to) (sub-?)?options? ([\w, ]{1,80}?)(?: above| below)?[\s:.*_\])]*$", re.I
)
_HEADING = re.compile(r"#{1,6}\s")
_MENTIONED = re.compile(r"[\s*_]*\((?=[^)]{0,200}\d)([^)]{1,200})\)")
_BOUNDARIES = frozenset(
    {LabelKind.ANNEX, LabelKind.PART, LabelKind.CHAPTER, LabelKind.SECTION, LabelKind.HEADING, LabelKind.ARTICLE}
)
_LEVELS: dict[Style, Level] = {
    Style.ROMAN_CAPITALS: "articles",
    Style.ROMAN: "articles",
    Style.CAPITALS: "paragraphs",
    Style.LETTERS: "paragraphs",
}
_OPTIONS = (LabelKind.OPTION, LabelKind.SUB_OPTION)
_REACH = 120  # code points behind a label that tell whether the option is to have no text
_DEPTHS: tuple[Level, ...] = ("articles", "paragraphs", "subparagraphs", "sub-options")


@dataclass(slots=True)
class _Open:
    """A set while it is read; `before` is the paragraph number it began after, `within` the last inside its option."""

    level: Level
    inside: tuple[int, int] | None
    before: int
    within: int = 0
    markers: list[tuple[Label, Position]] = field(default_factory=list)
    end: Position | None = None


class _Reader:
    def __init__(self, texts: Sequence[str], pairs: Sequence[Ends]) -> None:
        self._texts = texts
        self._pairs = pairs
        self._starts = {pair.start: index for index, pair in enumerate(pairs)}
        self._sets: list[_Open] = []
        self._open: list[_Open] = []
        self._common: list[tuple[Position, tuple[int, ...]]] = []
        self._breaks: list[Position] = []
        self._paragraph = 0

    def read(self) -> Options:
        for provision, text in enumerate(self._texts):
            at = 0
            for line in text.split("\n"):
                self._take_line(line, text, Position(provision, at))
                at += len(line) + 1
        self._close(self._open, self._last())
        return Options(tuple(map(self._finish, self._sets)), tuple(self._finish_common()))

    def _take_line(self, line: str, text: str, place: Position) -> None:
        common = _COMMON.match(line) if " common " in line else None
        if common:
            self._take_common(common, place)
            return
        label = labels.read(text, place.offset)
        if _HEADING.match(line) or (label and label.kind in _BOUNDARIES):
            self._close(self._open, place)
            self._breaks.append(place)
            self._paragraph = 0
        if label:
            self._take_label(label, place)
            inner = labels.read(text, label.end)  # "3. Option A: …"
            if inner and inner.kind in _OPTIONS:
                self._take_option(inner, Position(place.provision, inner.start))

    def _take_common(self, common: re.Match[str], place: Position) -> None:
        """End the innermost set of the level a part is common to; the options around it go on."""
        levels = [each.level for each in self._open]
        fitting = [at for at, level in enumerate(levels) if (level == "sub-options") == bool(common[1])]
        self._close(self._open[fitting[-1] :] if fitting else [], place)
        self._common.append((place, tuple(int(number) for number in re.findall(r"\d+", common[2]))))

    def _take_label(self, label: Label, place: Position) -> None:
        if label.kind in _OPTIONS:
            self._take_option(label, Position(place.provision, label.start))
        elif label.kind is LabelKind.PARAGRAPH:
            number = label.number[-1]
            for index, each in enumerate(self._open):
                if each.before == number - 1 != each.within and each.before:
                    self._close(self._open[index:], place)
                    break
            for each in self._open:
                each.within = number
            self._paragraph = number

    def _take_option(self, label: Label, place: Position) -> None:
        level = "sub-options" if label.kind is LabelKind.SUB_OPTION else _LEVELS.get(label.style, "subparagraphs")
        for index, each in enumerate(self._open):
            if each.level == level and each.markers[-1][0].order < label.order:
                self._close(self._open[index + 1 :], place)
                break
            if _DEPTHS.index(each.level) >= _DEPTHS.index(level):
                self._close(self._open[index:], place)
                break
        if not self._open or self._open[-1].level != level:
            outer = self._open[-1] if self._open else None
            inside = (self._sets.index(outer), len(outer.markers) - 1) if outer else None
            self._open.append(_Open(level, inside, self._paragraph))
            self._sets.append(self._open[-1])
        self._open[-1].markers.append((label, place))
        self._open[-1].within = 0

    def _close(self, sets: Sequence[_Open], place: Position) -> None:
        for each in list(sets):
            each.end = place
            self._open.remove(each)

    def _finish(self, found: _Open) -> OptionSet:
        ends = [place for _, place in found.markers[1:]] + [found.end or self._last()]
        around = self._bracket(found.markers[0][1])
        if around is not None and len(ends) > 1 and self._pairs[around].end > found.markers[-1][1]:
            ends[-1] = min(ends[-1], self._pairs[around].end)
        options = [
            self._finish_option(label, place, end) for (label, place), end in zip(found.markers, ends, strict=True)
        ]
        return OptionSet(found.level, tuple(options), found.inside)

    def _finish_option(self, label: Label, place: Position, end: Position) -> Option:
        text = self._texts[place.provision]
        head = text[label.end : label.end + _REACH]
        if not head.strip(" *_\n"):
            head = self._next_words(place, end)
        own = self._bracket(place)
        if own is not None and self._pairs[own].end < end:
            end = self._pairs[own].end
        mentioned = _MENTIONED.match(text, label.end)
        covers = tuple(mentions.find([mentioned[1]])) if mentioned else ()
        return Option(label, place, end, bool(_NO_TEXT.match(head)), covers, own)

    def _next_words(self, place: Position, end: Position) -> str:
        """Return the beginning of the provision behind a label that stands alone, where it belongs to the option."""
        following = place.provision + 1
        return self._texts[following][:_REACH] if following < len(self._texts) and end > (following, 0) else ""

    def _bracket(self, place: Position) -> int | None:
        """Return the innermost pair that opens right before a label, spaces and Markdown signs between them or not."""
        before = self._texts[place.provision][max(0, place.offset - 8) : place.offset]
        bare = before.rstrip(" *_#")
        opens = Position(place.provision, place.offset - (len(before) - len(bare)) - 1)
        return self._starts.get(opens) if bare.endswith("[") else None

    def _last(self) -> Position:
        return Position(len(self._texts) - 1, len(self._texts[-1])) if self._texts else Position(0, 0)

    def _finish_common(self) -> Iterator[Common]:
        stops = sorted([*self._breaks, *(place for each in self._sets for _, place in each.markers), self._last()])
        for place, numbers in self._common:
            yield Common(place, next((stop for stop in stops if stop > place), place), numbers)
