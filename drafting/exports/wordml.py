"""WordprocessingML: the paragraphs and tables of a document's body as elements of its namespace, written out.

Only what stands in `word/document.xml` and `word/footnotes.xml`; the package around them is made in `docx`. Source:
ECMA-376, part 1, chapter 17. Bookmarks carry identity: `b7_…` is the block 7 of the body, `pair_12` the bracket 12.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from drafting.text import directions, legends
from drafting.text.document import Block, Document, Form, Mark, Masthead, Run, Table, runs_right_to_left

_STYLES = {
    Form.TITLE: "Title",
    Form.HEADING: "Heading2",
    Form.PARAGRAPH: "Provision",
    Form.NOTE: "ProvisionNote",
    Form.TOMBSTONE: "ProvisionNote",
}
_INDENT = 567  # twentieths of a point: one centimetre a level
_WIDTH = 8504  # the same: 15 centimetres between the margins
_NOT_IN_XML = re.compile("[\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"\W")
_BREAKS = re.compile(r"([\n\t])")
_UNNUMBERED = "<w:suppressLineNumbers/>"
_SHADED = '<w:shd w:val="clear" w:color="auto" w:fill="E2EFDA"/>'
#: The hand of a change whose author is not shown.
NOBODY = "Conference"


def statuses(document: Document) -> list[str]:
    """Return every agreement over words in order; each has a character style of its own, `Status1` and on."""
    return sorted({run.status for part in document.texts for run in part.runs} - {""})


class Body:
    """Writes one document's body; ids of bookmarks and changes are counted through."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._ids = count(1)
        self._rtl = document.is_right_to_left
        self._statuses = {status: at for at, status in enumerate(statuses(document), 1)}
        self._notes = {note.name: at for at, note in enumerate(document.footnotes, 1)}
        self._whole = _whole_pairs(run for block in document.blocks for run in block.runs)
        self._whole |= set().union(*(_whole_pairs(note.runs) for note in document.footnotes))
        self._opened: dict[int, int] = {}

    def write(self) -> str:
        """Return the children of `w:body` but its section."""
        return "".join(self._parts())

    def footnotes(self) -> str:
        """Return the `w:footnote` elements of the document."""
        return "".join(
            f'<w:footnote w:id="{at}">{self._paragraph(self._note_mark() + self._runs(note.runs), "FootnoteText")}'
            "</w:footnote>"
            for at, note in enumerate(self._document.footnotes, 1)
        )

    def _parts(self) -> Iterator[str]:
        yield from self._masthead(self._document.masthead)
        for note in self._document.notes:
            yield self._plain(note, "Convention")
        for mark, meaning in legends.of(self._document):
            content = self._run(mark, "<w:b/>") + self._run(f"\t{meaning}")
            yield self._paragraph(content, "Legend", _UNNUMBERED)
        for at, part in enumerate(self._document.body):
            yield self._table(part) if isinstance(part, Table) else self._block(part, at)

    def _masthead(self, head: Masthead) -> Iterator[str]:
        yield self._plain(f"{head.organ}\t{head.symbol}", "Masthead", "<w:b/>")
        yield self._plain(f"{head.session}\t{head.distributed}", "Masthead")
        yield self._plain(f"{head.agenda}\t{head.date}", "Masthead")
        if head.original:
            yield self._plain(f"\t{head.written_in}", "Masthead")
        yield self._plain(head.title, "Title")
        yield self._plain(head.kind, "Subtitle")

    def _plain(self, text: str, style: str, props: str = "") -> str:
        return self._paragraph(self._run(text, props), style, _UNNUMBERED)

    def _paragraph(self, content: str, style: str, props: str = "", indent: int = 0, mark: str = "") -> str:
        """Return one paragraph; the order of its properties is the schema's."""
        side = f'<w:ind w:start="{indent}"/>' if indent else ""
        mark = f"<w:rPr>{mark}</w:rPr>" if mark else ""
        bidi = "<w:bidi/>" if self._rtl else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{props}{bidi}{side}{mark}</w:pPr>{content}</w:p>'

    def _block(self, block: Block, at: int) -> str:
        """Return one provision; in another language than the document it runs its own way."""
        own, self._rtl = self._rtl, runs_right_to_left(block.language) if block.language else self._rtl
        written = self._provision(block, at)
        self._rtl = own
        return written

    def _provision(self, block: Block, at: int) -> str:
        mark = f"{self._opening(block.change)}/>" if block.change else ""
        content = self._bookmarked(self._runs(block.runs), f"b{at}_{_NOT_IN_NAMES.sub('_', block.anchor)}"[:40])
        if block.status:
            content += self._run(f"  {block.status}", '<w:rStyle w:val="StatusNote"/>')
        shading = _SHADED if block.status else ""
        return self._paragraph(content, _STYLES[block.form], shading, _INDENT * block.depth, mark)

    def _bookmarked(self, content: str, name: str) -> str:
        at = next(self._ids)
        return f'<w:bookmarkStart w:id="{at}" w:name={quoteattr(name)}/>{content}<w:bookmarkEnd w:id="{at}"/>'

    def _runs(self, runs: Iterable[Run]) -> str:
        return "".join(map(self._marked, runs))

    def _marked(self, run: Run) -> str:
        match run.mark:
            case Mark.OPEN | Mark.CLOSE:
                return self._bracket(run)
            case Mark.GAP:
                return self._run(f"{{{run.number}}}", '<w:rStyle w:val="GapMark"/>')
            case Mark.FOOTNOTE if run.text in self._notes:
                sign = f'<w:footnoteReference w:id="{self._notes[run.text]}"/>'
                return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>{sign}</w:r>'
            case Mark.FOOTNOTE:
                return self._run(f"[^{run.text}]")
            case Mark.INSERTED | Mark.DELETED:
                return self._changed(run) if run.text else ""
        return self._run(run.text, f'<w:rStyle w:val="Status{self._statuses[run.status]}"/>' if run.status else "")

    def _bracket(self, run: Run) -> str:
        """Return a bracket with its number or its holders; a bookmark over both its ends is its identity."""
        words = self._run(run.text, "<w:b/>")
        if run.mark is Mark.OPEN:
            number = "" if run.number is None else self._run(str(run.number), '<w:rStyle w:val="BracketNumber"/>')
            if run.pair is None or run.pair not in self._whole:
                return words + number
            at = self._opened[run.pair] = next(self._ids)
            return f'<w:bookmarkStart w:id="{at}" w:name="pair_{run.pair}"/>{words}{number}'
        held = self._run(f" {', '.join(run.by)}", '<w:rStyle w:val="Holders"/>') if run.by else ""
        opened = None if run.pair is None else self._opened.pop(run.pair, None)
        return words + ("" if opened is None else f'<w:bookmarkEnd w:id="{opened}"/>') + held

    def _changed(self, run: Run) -> str:
        opening = self._opening(run)
        written = f"{opening}>{self._run(run.text, '', run.mark is Mark.DELETED)}</{opening[1:].partition(' ')[0]}>"
        if run.within is None:
            return written
        return f"<w:ins{self._signed(*run.within)}>{written}</w:ins>"

    def _opening(self, run: Run) -> str:
        """Return the start, without its `>`, of the element that says who made a change and when."""
        kinds = {
            (Mark.INSERTED, False): "ins", (Mark.DELETED, False): "del",
            (Mark.INSERTED, True): "moveTo", (Mark.DELETED, True): "moveFrom",
        }  # fmt: skip
        return f"<w:{kinds[run.mark, run.moved]}{self._signed(', '.join(run.by), run.when)}"

    def _signed(self, author: str, when: str) -> str:
        moment = when or self._document.masthead.second
        return f' w:id="{next(self._ids)}" w:author={quoteattr(author or NOBODY)} w:date={quoteattr(moment)}'

    def _note_mark(self) -> str:
        return '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'

    def _run(self, text: str, props: str = "", is_deleted: bool = False) -> str:
        if not text:
            return ""
        # A run is isolated by its own direction: a code among Arabic words, the words among codes.
        props += "<w:rtl/>" if self._rtl and not directions.runs_left_to_right(text) else ""
        tag = "w:delText" if is_deleted else "w:t"
        return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{''.join(_pieces(text, tag))}</w:r>"

    def _table(self, table: Table) -> str:
        widths = f'<w:gridCol w:w="{_WIDTH // len(table.columns)}"/>' * len(table.columns)
        head = self._row(table.columns, "<w:tblHeader/>", "<w:b/>")
        rows = "".join(self._row(row) for row in table.rows)
        visual = "<w:bidiVisual/>" if self._rtl else ""
        props = f'<w:tblPr><w:tblStyle w:val="TableGrid"/>{visual}<w:tblW w:w="5000" w:type="pct"/></w:tblPr>'
        caption = self._plain(table.title, "TableCaption")
        return (
            f"{caption}<w:tbl>{props}<w:tblGrid>{widths}</w:tblGrid>{head}{rows}</w:tbl>{self._plain('', 'TableEnd')}"
        )

    def _row(self, cells: Iterable[str], props: str = "", run_props: str = "") -> str:
        row = "".join(f"<w:tc><w:tcPr/>{self._plain(cell, 'TableText', run_props)}</w:tc>" for cell in cells)
        return f"<w:tr><w:trPr><w:cantSplit/>{props}</w:trPr>{row}</w:tr>"


def _whole_pairs(runs: Iterable[Run]) -> set[int]:
    """Return the brackets that both begin and end among the runs: a bookmark must not be left open."""
    counted = Counter((run.pair, run.mark) for run in runs if run.pair is not None)
    return {
        pair
        for (pair, mark), times in counted.items()
        if pair is not None and mark is Mark.OPEN and times == 1 == counted[pair, Mark.CLOSE]
    }


def _pieces(text: str, tag: str) -> Iterator[str]:
    if text.isprintable():  # no tab, no line feed, nothing XML cannot hold
        yield f'<{tag} xml:space="preserve">{escape(text)}</{tag}>'
        return
    for piece in _BREAKS.split(_NOT_IN_XML.sub("\ufffd", text)):
        if piece == "\n":
            yield "<w:br/>"
        elif piece == "\t":
            yield "<w:tab/>"
        elif piece:
            yield f'<{tag} xml:space="preserve">{escape(piece)}</{tag}>'
