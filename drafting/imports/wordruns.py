"""Runs of a Word paragraph: words with who put them in or took them out, bracket bookmarks, signs of footnotes.

Only what stands in one paragraph; the document around it is read in `docx`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from drafting.imports.wordnumbers import W
from drafting.text.document import Mark, Run

_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHANGES = {
    f"{W}ins": (Mark.INSERTED, False), f"{W}moveTo": (Mark.INSERTED, True),
    f"{W}del": (Mark.DELETED, False), f"{W}moveFrom": (Mark.DELETED, True),
}  # fmt: skip
_THROUGH = {
    *(f"{W}{tag}" for tag in ("hyperlink", "sdt", "sdtContent", "smartTag", "customXml", "fldSimple", "dir", "bdo")),
    *(f"{W}{tag}" for tag in ("ruby", "rubyBase")),
}
_WORDS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011", f"{W}ptab": "\t"}
_UNSEEN = {f"{W}drawing": "picture", f"{W}pict": "picture", f"{W}object": "embedded object"}
_PAIR = re.compile(r"pair_(\d{1,18})")
#: Our own styles of characters, which are no words of the text.
_PRINTED = frozenset({"BracketNumber", "Holders", "StatusNote"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What runs are read with: names of footnotes by id, whether the file is ours, and what its styles are called."""

    notes: dict[str, str] = field(default_factory=dict)
    is_own: bool = False
    statuses: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Paragraph:
    """The runs of one paragraph, and what was found in it that is no word: comment ids, bookmarks, unseen things."""

    runs: list[Run] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    formatted: int = 0


def read(element: etree._Element, setting: Setting, open_pairs: dict[str, int]) -> Paragraph:
    """Return what a paragraph holds; `open_pairs` are the bracket bookmarks that began before it, kept up to date."""
    reader = _Reader(setting, open_pairs)
    reader.children(element, None, None)
    reader.found.runs = list(_merged(reader.found.runs))
    return reader.found


class _Reader:
    """Reads one paragraph in the order of its elements."""

    def __init__(self, setting: Setting, open_pairs: dict[str, int]) -> None:
        self.found = Paragraph()
        self._setting = setting
        self._open_pairs = open_pairs
        self._begun: list[int] = []

    def children(self, element: etree._Element, change: Run | None, outer: Run | None) -> None:
        """Read what stands in `element`; `change` is the change it stands in, `outer` the one around that."""
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, change, outer)
            elif tag in _CHANGES:
                mark, moved = _CHANGES[tag]
                own = Run("", mark, by=_author(child), when=child.get(f"{W}date", ""), moved=moved)
                self.children(child, own, change)
            elif tag in _THROUGH:
                self.children(child, change, outer)
            elif tag == f"{W}bookmarkStart":
                self._begin(child)
            elif tag == f"{W}bookmarkEnd":
                self._end(child)
            elif isinstance(tag, str) and tag.startswith(_MATHS):
                self._add(_text(child, f"{_MATHS}t"), change, outer)

    def _run(self, run: etree._Element, change: Run | None, outer: Run | None) -> None:
        props = run.find(f"{W}rPr")
        style = None if props is None else props.find(f"{W}rStyle")
        name = "" if style is None else style.get(f"{W}val", "")
        if props is not None:
            self.found.formatted += props.find(f"{W}rPrChange") is not None
            if _is_on(props.find(f"{W}vanish")):
                self.found.hidden.append(_text(run, f"{W}t"))
                return
        if self._setting.is_own and name in _PRINTED:
            return
        for child in run:
            self._piece(child, name, change, outer)

    def _piece(self, child: etree._Element, style: str, change: Run | None, outer: Run | None) -> None:
        tag = child.tag
        if tag in (f"{W}t", f"{W}delText"):
            self._words(child.text or "", style, change, outer)
        elif tag in _WORDS:
            self._add(_WORDS[tag], change, outer, self._setting.statuses.get(style, ""))
        elif tag == f"{W}sym":
            self._symbol(child, change, outer)
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            kind = "f" if tag == f"{W}footnoteReference" else "e"
            if note := self._setting.notes.get(kind + child.get(f"{W}id", "")):
                self.found.runs.append(Run(note, Mark.FOOTNOTE))
        elif tag == f"{W}commentReference":
            self.found.comments.append(child.get(f"{W}id", ""))
        elif tag in _UNSEEN:
            self.found.unseen.append(_UNSEEN[tag])

    def _words(self, words: str, style: str, change: Run | None, outer: Run | None) -> None:
        if self._setting.is_own and style == "GapMark" and words.strip("{}").isdecimal():
            self.found.runs.append(Run("", Mark.GAP, int(words.strip("{}"))))
        elif self._begun and words.startswith("["):
            self.found.runs.append(Run("[", Mark.OPEN, pair=self._begun.pop()))
            self._add(words[1:], change, outer)
        else:
            self._add(words, change, outer, self._setting.statuses.get(style, ""))

    def _add(self, words: str, change: Run | None, outer: Run | None, status: str = "") -> None:
        if not words:
            return
        if change is None:
            self.found.runs.append(Run(words, status=status))
            return
        within = (", ".join(outer.by), outer.when) if outer and change.mark is Mark.DELETED else None
        self.found.runs.append(replace(change, text=words, within=within))

    def _symbol(self, child: etree._Element, change: Run | None, outer: Run | None) -> None:
        """Take a character of a symbol font; one that only that font can tell stands as an empty square."""
        code = child.get(f"{W}char", "")
        value = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else 0
        is_private = not 0x20 < value < 0xE000
        self._add("□" if is_private else chr(value), change, outer)
        if is_private:
            self.found.unseen.append(f"sign of the font {child.get(f'{W}font', '?')}")

    def _begin(self, child: etree._Element) -> None:
        name, own = child.get(f"{W}name", ""), child.get(f"{W}id", "")
        self.found.bookmarks.append(name)
        if (pair := _PAIR.fullmatch(name)) and self._setting.is_own:
            self._open_pairs[own] = int(pair[1])
            self._begun.append(int(pair[1]))

    def _end(self, child: etree._Element) -> None:
        """Make the `]` before the end of a bracket's bookmark that bracket's; where it is gone there is none."""
        pair = self._open_pairs.pop(child.get(f"{W}id", ""), None)
        runs = self.found.runs
        if pair is None or not runs or runs[-1].mark is not Mark.PLAIN or not runs[-1].text.endswith("]"):
            return
        last = runs.pop()
        if last.text[:-1]:
            runs.append(replace(last, text=last.text[:-1]))
        runs.append(Run("]", Mark.CLOSE, pair=pair))


def ending(paragraph: etree._Element) -> Run | None:
    """Return how the paragraph's own end changed, None where it did not."""
    for child in paragraph.iterfind(f"{W}pPr/{W}rPr/*"):
        if child.tag in _CHANGES:
            mark, moved = _CHANGES[child.tag]
            return Run("", mark, by=_author(child), when=child.get(f"{W}date", ""), moved=moved)
    return None


def _author(child: etree._Element) -> tuple[str, ...]:
    author = child.get(f"{W}author", "").strip()
    return (author,) if author else ()


def _text(element: etree._Element, tag: str) -> str:
    return "".join(part.text or "" for part in element.iter(tag))


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get(f"{W}val", "true") not in ("0", "false", "off")


def _merged(runs: list[Run]) -> Iterator[Run]:
    """Yield the runs with neighbours of one kind, hand and time joined: Word cuts them where it likes."""
    held: Run | None = None
    for run in runs:
        if held is not None and _is_same(held, run):
            held = replace(held, text=held.text + run.text)
            continue
        if held is not None:
            yield held
        held = run
    if held is not None:
        yield held


def _is_same(one: Run, other: Run) -> bool:
    return replace(one, text="") == replace(other, text="") and one.mark in (Mark.PLAIN, Mark.INSERTED, Mark.DELETED)
