"""The numbers Word prints before paragraphs, which are no words of the file: counted from its numbering definitions.

Source: ECMA-376 part 1, 17.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from drafting.text import numerals
from drafting.text.numerals import Style

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLES = {
    "lowerLetter": Style.LETTERS,
    "upperLetter": Style.CAPITALS,
    "lowerRoman": Style.ROMAN,
    "upperRoman": Style.ROMAN_CAPITALS,
}
_PLACES = re.compile(r"%([1-9])")
#: Beyond this a figure is printed in digits: Roman numerals end at 3,999.
_LARGEST = 3_999
_DEEPEST = 9


@dataclass(slots=True)
class _Level:
    """One level of a list: the text around its figure, how figures are written, where they start."""

    text: str = ""
    format: str = "decimal"
    start: int = 1
    legal: bool = False


@dataclass(slots=True)
class _List:
    """The levels of a list and how far it has counted; several lists of a file may share one count."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the paragraphs of one document."""

    def __init__(self, definitions: etree._Element | None, styles: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._of_style = dict(_by_style(styles)) if styles is not None else {}
        if definitions is not None:
            self._read(definitions)
        #: How many paragraphs were given a number.
        self.given = 0

    def label(self, paragraph: etree._Element) -> tuple[str, int]:
        """Return the number printed before a paragraph with a space after it, "" where none is, and its level."""
        number, level = self._numbered(paragraph)
        found = self._lists.get(number)
        if found is None or level not in found.levels:
            return "", 0
        found.counts[level] = found.counts.get(level, found.levels[level].start - 1) + 1
        for deeper in [each for each in found.counts if each > level]:
            del found.counts[deeper]
        printed = self._print(found, level)
        self.given += bool(printed)
        return (f"{printed} " if printed else ""), level

    def _numbered(self, paragraph: etree._Element) -> tuple[str, int]:
        own = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        number, level = self._of_style.get(_value(style), ("", 0)) if style is not None else ("", 0)
        if own is not None:
            chosen = own.find(f"{W}numId")
            number = _value(chosen) if chosen is not None else number
            deep = own.find(f"{W}ilvl")
            level = _number(deep, level) if deep is not None else level
        return number, level

    def _print(self, found: _List, level: int) -> str:
        own = found.levels[level]
        if own.format == "none":
            return ""
        if own.format == "bullet":
            return "•" if not own.text or "\ue000" <= own.text[0] <= "\uf8ff" else own.text

        def figure(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            level_at = found.levels.get(at, _Level())
            count = found.counts.get(at, level_at.start)
            return _figure(count, "decimal" if own.legal else level_at.format)

        return _PLACES.sub(figure, own.text)

    def _read(self, definitions: etree._Element) -> None:
        abstract = {
            item.get(f"{W}abstractNumId", ""): _List(dict(_levels(item)))
            for item in definitions.iterfind(f"{W}abstractNum")
        }
        for item in definitions.iterfind(f"{W}num"):
            name = item.find(f"{W}abstractNumId")
            shared = abstract.get(_value(name)) if name is not None else None
            if shared is None:
                continue
            starts = {
                _attribute(over, "ilvl"): _number(start, 1)
                for over in item.iterfind(f"{W}lvlOverride")
                if (start := over.find(f"{W}startOverride")) is not None
            }
            own = {at: replace(level, start=starts.get(at, level.start)) for at, level in shared.levels.items()}
            # A list that starts anew counts by itself; those that do not go on from one another.
            self._lists[item.get(f"{W}numId", "")] = _List(own) if starts else shared


def _levels(item: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in item.iterfind(f"{W}lvl"):
        at = _attribute(level, "ilvl")
        if at < _DEEPEST:
            yield (
                at,
                _Level(
                    text=_value(level.find(f"{W}lvlText")),
                    format=_value(level.find(f"{W}numFmt")) or "decimal",
                    start=_number(level.find(f"{W}start"), 1),
                    legal=level.find(f"{W}isLgl") is not None,
                ),
            )


def _by_style(styles: etree._Element) -> list[tuple[str, tuple[str, int]]]:
    """Return the list and level each paragraph style brings, through the styles it is based on."""
    own: dict[str, tuple[str, int]] = {}
    bases: dict[str, str] = {}
    for style in styles.iterfind(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        number = style.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None:
            own[name] = (_value(number), _number(style.find(f"{W}pPr/{W}numPr/{W}ilvl"), 0))
        bases[name] = _value(style.find(f"{W}basedOn"))
    return [(name, found) for name in bases if (found := _inherited(name, own, bases)) is not None]


def _inherited(name: str, own: Mapping[str, tuple[str, int]], bases: Mapping[str, str]) -> tuple[str, int] | None:
    seen: set[str] = set()
    while name and name not in seen:
        if name in own:
            return own[name]
        seen.add(name)
        name = bases.get(name, "")
    return None


def _figure(count: int, kind: str) -> str:
    if kind == "decimalZero":
        return f"{count:02}"
    style = _STYLES.get(kind, Style.DIGITS)
    return numerals.write(count, style) if 0 < count <= _LARGEST else str(count)


def _value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _attribute(element: etree._Element, name: str) -> int:
    found = element.get(f"{W}{name}", "0")
    return int(found) if found.isdecimal() and len(found) < 7 else 0


def _number(element: etree._Element | None, otherwise: int) -> int:
    found = _value(element)
    return int(found) if found.isdecimal() and len(found) < 7 else otherwise
