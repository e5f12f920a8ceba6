"""WordprocessingML: the paragraphs and tables of a document's body as elements of its namespace, written out.

Only what stands in `word/document.xml`; the package around it is made in `docx`. Source: ECMA-376, part 1, chapter 17.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from drafting.text.document import Block, Document, Form, Mark, Masthead, Run, Table

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
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


class Body:
    """Writes one document's body; ids of bookmarks and changes are counted through."""

    def __init__(self, document: Document, author: str) -> None:
        self._document = document
        self._author = author
        self._ids = count(1)
        self._rtl = "<w:rtl/>" if document.is_right_to_left else ""
        self._bidi = "<w:bidi/>" if document.is_right_to_left else ""

    def write(self) -> str:
        """Return the children of `w:body` but its section."""
        return "".join(self._parts())

    def _parts(self) -> Iterator[str]:
        yield from self._masthead(self._document.masthead)
        for note in self._document.notes:
            yield self._plain(note, "ListBullet")
        for part in self._document.body:
            yield self._table(part) if isinstance(part, Table) else self._block(part)

    def _masthead(self, head: Masthead) -> Iterator[str]:
        yield self._plain(f"{head.organ}\t{head.symbol}", "Masthead", "<w:b/>")
        yield self._plain(f"{head.session}\t{head.distribution and f'Distr.: {head.distribution}'}", "Masthead")
        yield self._plain(f"\t{head.date}", "Masthead")
        yield self._plain(head.title, "Title")
        yield self._plain(head.kind, "Subtitle")

    def _plain(self, text: str, style: str, props: str = "") -> str:
        return self._paragraph(self._run(text, props), style, _UNNUMBERED)

    def _paragraph(self, content: str, style: str, props: str = "", indent: int = 0, mark: str = "") -> str:
        """Return one paragraph; the order of its properties is the schema's."""
        side = f'<w:ind w:start="{indent}"/>' if indent else ""
        mark = f"<w:rPr>{mark}</w:rPr>" if mark else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{props}{self._bidi}{side}{mark}</w:pPr>{content}</w:p>'

    def _block(self, block: Block) -> str:
        marks = {run.mark for run in block.runs}
        mark = self._change(block.runs[0]) if len(marks) == 1 and marks <= {Mark.INSERTED, Mark.DELETED} else ""
        content = "".join(map(self._marked, block.runs))
        if block.status:
            content += self._run(f"  {block.status}", '<w:i/><w:color w:val="1D6A4B"/><w:sz w:val="18"/>')
        content = self._bookmarked(content, block.anchor) if block.anchor else content
        return self._paragraph(content, _STYLES[block.form], "", _INDENT * block.depth, mark)

    def _bookmarked(self, content: str, anchor: str) -> str:
        at = next(self._ids)
        name = f"p{at}_{_NOT_IN_NAMES.sub('_', anchor)}"[:40]
        return f'<w:bookmarkStart w:id="{at}" w:name={quoteattr(name)}/>{content}<w:bookmarkEnd w:id="{at}"/>'

    def _marked(self, run: Run) -> str:
        match run.mark:
            case Mark.OPEN:
                number = "" if run.number is None else str(run.number)
                return self._run(run.text, "<w:b/>") + self._run(number, '<w:b/><w:vertAlign w:val="superscript"/>')
            case Mark.CLOSE:
                return self._run(run.text, "<w:b/>")
            case Mark.GAP:
                return self._run(f"{{{run.number}}}", "<w:b/>")
            case Mark.INSERTED | Mark.DELETED:
                opening = self._change(run)[:-2]
                tag = opening[1:6]
                return f"{opening}>{self._run(run.text, '', run.mark is Mark.DELETED)}</{tag}>" if run.text else ""
        return self._run(run.text)

    def _change(self, run: Run) -> str:
        """Return the empty element that says who made a change and when."""
        tag = "w:ins" if run.mark is Mark.INSERTED else "w:del"
        author = quoteattr(", ".join(run.by) or self._author)
        when = self._document.masthead.moment
        return f'<{tag} w:id="{next(self._ids)}" w:author={author} w:date="{when}"/>'

    def _run(self, text: str, props: str = "", is_deleted: bool = False) -> str:
        if not text:
            return ""
        props += self._rtl
        tag = "w:delText" if is_deleted else "w:t"
        return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{''.join(_pieces(text, tag))}</w:r>"

    def _table(self, table: Table) -> str:
        widths = f'<w:gridCol w:w="{_WIDTH // len(table.columns)}"/>' * len(table.columns)
        head = self._row(table.columns, "<w:tblHeader/>", "<w:b/>")
        rows = "".join(self._row(row) for row in table.rows)
        visual = "<w:bidiVisual/>" if self._bidi else ""
        props = f'<w:tblPr><w:tblStyle w:val="TableGrid"/>{visual}<w:tblW w:w="5000" w:type="pct"/></w:tblPr>'
        caption = self._plain(table.title, "Heading2")
        return f"{caption}<w:tbl>{props}<w:tblGrid>{widths}</w:tblGrid>{head}{rows}</w:tbl>{self._plain('', 'Normal')}"

    def _row(self, cells: Iterable[str], props: str = "", run_props: str = "") -> str:
        row = "".join(f"<w:tc><w:tcPr/>{self._plain(cell, 'TableText', run_props)}</w:tc>" for cell in cells)
        return f"<w:tr><w:trPr><w:cantSplit/>{props}</w:trPr>{row}</w:tr>"


def _pieces(text: str, tag: str) -> Iterator[str]:
    for piece in _BREAKS.split(_NOT_IN_XML.sub("\ufffd", text)):
        if piece == "\n":
            yield "<w:br/>"
        elif piece == "\t":
            yield "<w:tab/>"
        elif piece:
            yield f'<{tag} xml:space="preserve">{escape(piece)}</{tag}>'
