"""Reads a Word file: words with their tracked changes, numbers, footnotes, comments, tables; nothing is lost silently.

Our own files carry the ids of what they hold (`drafting.text.packing`): they are taken from there, the words from the
body. The package is opened in `packages`, a paragraph read in `wordruns`. Source: ECMA-376 part 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from drafting.errors import EmptyImport, UnreadableImport
from drafting.imports import wordparts, wordruns
from drafting.imports.blocks import Remark
from drafting.imports.packages import Package
from drafting.imports.wordnumbers import Numbering, W
from drafting.imports.wordruns import Paragraph, Setting
from drafting.text.document import CHANGED, Block, Comment, Document, Footnote, Form, Mark, Masthead, Pair, Run, Table

#: What a paragraph's style is called in files of all languages; ids of our own and of Word's own styles.
_FORMS = {"title": Form.TITLE, "heading": Form.HEADING}
#: Our own paragraphs that are made from the document and are no provisions of it.
_MADE = frozenset({"Masthead", "Title", "Subtitle", "Convention", "Legend", "TableEnd"})
_NOBODY = "Conference"
_INDENT = 500  # twentieths of a point: about what Word sets a list level in by


def read(package: Package) -> tuple[Document, tuple[Remark, ...]]:
    """Return the document a Word package holds, and remarks on what of it is no words of the text."""
    body = wordparts.part(package, "word/document.xml")
    if body is None or (inside := body.find(f"{W}body")) is None:
        raise UnreadableImport("The file is a package but not of Word: bring a .docx, a text or Markdown.")
    reader = _Reader(package)
    reader.take(inside)
    return reader.document(), reader.remarks()


class _Reader:
    """Reads one package; the body grows part by part."""

    def __init__(self, package: Package) -> None:
        styles = wordparts.part(package, "word/styles.xml")
        self._own = wordparts.own(package)
        listed = styles.iterfind(f"{W}style") if styles is not None else ()
        self._names = {style.get(f"{W}styleId", ""): _name(style) for style in listed}
        statuses = {key: name for key, name in self._names.items() if key.startswith("Status") and key[6:].isdecimal()}
        self._notes = wordparts.notes(package, self._own)
        setting_notes = {key: name for key, (name, _) in self._notes.items()}
        self._setting = Setting(setting_notes, self._own is not None, statuses)
        self._numbering = Numbering(wordparts.part(package, "word/numbering.xml"), styles)
        self._comments = wordparts.comments(package)
        self._body: list[Block | Table] = []
        self._said: list[Comment] = []
        self._open_pairs: dict[str, int] = {}
        self._counted: Counter[str] = Counter()
        self._hidden: list[str] = []
        self._front: list[str] = []
        self._caption = ""

    def take(self, element: etree._Element) -> None:
        """Read the paragraphs and tables that stand in `element`."""
        for child in element:
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}del"):
                self.take(child)

    def document(self) -> Document:
        """Return what was read; our own file's masthead and notes are those it says."""
        footnotes = tuple(self._footnotes())
        if not any(part for part in self._body) and not footnotes:
            raise EmptyImport("The file holds no words.")
        # A comment at no paragraph of the body, in a header or a footnote, is a comment all the same.
        body, said = tuple(self._body), (*self._said, *self._comments.values())
        if self._own is None:
            title = next((part.text for part in body if isinstance(part, Block) and part.form is Form.TITLE), "")
            head = Masthead("", "", " ".join(title.split())[:300], "", "", "")
            return Document(head, (), body, footnotes=footnotes, comments=said)
        return replace(self._own.document, body=body, footnotes=footnotes, comments=said)

    def remarks(self) -> tuple[Remark, ...]:
        """Return what was found that is no words of the text, and where it was kept."""
        found = [Remark(f"{count} × {what}.") for what, count in self._counted.items()]
        if self._numbering.given:
            found.append(Remark(f"{self._numbering.given} numbers that Word counts itself became words of the text."))
        found += [Remark("Hidden words, left out:", words[:300]) for words in self._hidden if words.strip()]
        found += [Remark("A change of what is printed anew with every file:", words) for words in self._front]
        if self._own is not None:
            gone = [
                part.anchor
                for at, part in enumerate(self._own.document.body)
                if isinstance(part, Block) and at not in self._own.met
            ]
            found += [Remark("A provision of the exported file is not in this one:", anchor) for anchor in gone]
        return tuple(found)

    def _paragraph(self, element: etree._Element) -> None:
        found = wordruns.read(element, self._setting, self._open_pairs)
        self._note(element, found)
        style = _style(element)
        index = next((at for name in found.bookmarks if (at := _index(name)) is not None), None)
        if self._own is not None and index is None and style in _MADE:
            if any(run.mark in CHANGED for run in found.runs):
                self._front.append("".join(run.text for run in found.runs))
            return
        if self._own is not None and style == "TableCaption":
            self._caption = "".join(run.text for run in found.runs)
            return
        block = self._block(element, found, style)
        if self._own is not None and index is not None:
            block = self._identified(block, index)
        if index is not None or any(run.mark is not Mark.PLAIN or run.text.strip() for run in block.runs):
            self._body.append(block)
        for number in found.comments:
            if number in self._comments:
                words = "".join(run.text for run in found.runs)
                part = len(self._body) - 1 if self._body else None
                self._said.append(
                    replace(self._comments.pop(number), anchor=block.anchor, words=words[:120], part=part)
                )

    def _block(self, element: etree._Element, found: Paragraph, style: str) -> Block:
        label, level = self._numbering.label(element)
        runs = ([Run(label)] if label else []) + found.runs
        if label and found.runs and found.runs[0].mark is Mark.PLAIN and found.runs[0].pair is None:
            runs = [replace(found.runs[0], text=label + found.runs[0].text), *found.runs[1:]]
        name = self._names.get(style, "").lower()
        form = next((form for start, form in _FORMS.items() if name.startswith(start)), Form.PARAGRAPH)
        if form is Form.PARAGRAPH and element.find(f"{W}pPr/{W}outlineLvl") is not None:
            form = Form.HEADING
        depth = max(level, _indent(element))
        return self._told(Block(tuple(runs), form, depth=depth, ends=wordruns.ending(element)))

    def _told(self, block: Block) -> Block:
        """Return a block of our own file with what its marks mean, and without what follows from the rest."""
        if self._own is None:
            return block
        moment = self._own.document.masthead.second
        runs = tuple(_told(run, self._own.pairs, moment) for run in block.runs)
        ends = _told(block.ends, {}, moment) if block.ends else None
        whole = replace(block, runs=runs, ends=None).change
        if ends and whole and (ends.mark, ends.by, ends.when) == (whole.mark, whole.by, whole.when):
            ends = None
        return replace(block, runs=runs, ends=ends)

    def _identified(self, block: Block, index: int) -> Block:
        """Return the block with all that our own file says of the one at `index`, met once."""
        own = self._own
        if own is None or index >= len(own.document.body) or index in own.met:
            return block
        known = own.document.body[index]
        if not isinstance(known, Block):
            return block
        own.met.add(index)
        return replace(known, runs=block.runs, ends=block.ends)

    def _table(self, element: etree._Element) -> None:
        rows = [[_cell(cell) for cell in row.iterfind(f"{W}tc")] for row in element.iterfind(f"{W}tr")]
        if self._own is not None and self._caption and rows and len({len(row) for row in rows}) == 1:
            columns, *rest = (tuple(row) for row in rows)
            self._body.append(Table(self._caption, columns, tuple(rest)))
            self._caption = ""
            return
        self._counted["table whose cells became provisions, row by row"] += 1
        for row in element.iter(f"{W}tr"):
            for cell in row.iterfind(f"{W}tc"):
                self.take(cell)

    def _note(self, element: etree._Element, found: Paragraph) -> None:
        for what in found.unseen:
            self._counted[f"{what}, which is not read: look into the file"] += 1
        if found.formatted:
            self._counted["change of formatting alone, which is not read"] += found.formatted
        self._hidden += found.hidden
        boxes = [box for box in element.iter(f"{W}txbxContent") if not _is_fallback(box)]
        for box in boxes:
            self._counted["text box, whose words follow their paragraph"] += 1
            self.take(box)

    def _footnotes(self) -> Iterator[Footnote]:
        known = self._own.document.footnotes if self._own else ()
        for at, (name, note) in enumerate(self._notes.values()):
            runs: list[Run] = []
            for paragraph in note.iterfind(f"{W}p"):
                inner = wordruns.read(paragraph, self._setting, self._open_pairs).runs
                runs += [Run("\n"), *inner] if runs and inner else inner
            if runs and runs[0].mark is Mark.PLAIN:
                runs[0] = replace(runs[0], text=runs[0].text.lstrip(" \t"))
            block = self._told(Block(tuple(run for run in runs if run.text or run.mark is not Mark.PLAIN)))
            own = known[at] if at < len(known) and known[at].name == name else Footnote(name, ())
            yield replace(own, runs=block.runs)


def _told(run: Run, pairs: dict[int, Pair], moment: str) -> Run:
    if run.pair is not None and run.pair in pairs:
        pair = pairs[run.pair]
        return replace(run, number=None if pair.kind == "note" else pair.number, by=pair.holders)
    if run.mark in (Mark.INSERTED, Mark.DELETED):
        names = tuple(name for written in run.by for name in written.split(", ") if written != _NOBODY)
        return replace(run, by=names, when="" if run.when == moment else run.when)
    return run


def _index(bookmark: str) -> int | None:
    figure = bookmark[1:].partition("_")[0] if bookmark.startswith("b") and "_" in bookmark else ""
    return int(figure) if figure.isdecimal() and len(figure) < 9 else None


def _style(element: etree._Element) -> str:
    found = element.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val", "")


def _name(style: etree._Element) -> str:
    found = style.find(f"{W}name")
    return "" if found is None else found.get(f"{W}val", "")


def _indent(element: etree._Element) -> int:
    found = element.find(f"{W}pPr/{W}ind")
    size = "" if found is None else found.get(f"{W}start") or found.get(f"{W}left") or ""
    return min(int(size) // _INDENT, 6) if size.isdecimal() and len(size) < 7 else 0


def _cell(cell: etree._Element) -> str:
    return "\n".join("".join(text.text or "" for text in line.iter(f"{W}t")) for line in cell.iterfind(f"{W}p"))


def _is_fallback(box: etree._Element) -> bool:
    return any(str(above.tag).endswith("}Fallback") for above in box.iterancestors())
