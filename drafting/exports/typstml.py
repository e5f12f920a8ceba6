"""Typst's markup for a document: what `pdf` has typeset. Every character of the text is escaped, none is markup.

Numbers of brackets and names of holders are set as artifacts: who copies the text or hears it read gets its words.
Source: the Typst reference, 0.15.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from drafting.text import legends
from drafting.text.document import Block, Document, Form, Mark, Masthead, Run, Table, runs_right_to_left

_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")
_UNBROKEN = re.compile("[0-9a-f]{32}")
_NOT_A_CHARACTER = re.compile("[\ufffe\uffff\x00-\x08\x0b-\x1f]")
#: Arabic is set in Amiri: in Noto Naskh letter and dots are two glyphs, and both are copied from the page.
_FONTS = ("Libertinus Serif", "Amiri", "Noto Serif SC", "Noto Serif CJK SC", "DejaVu Sans Mono")

_SETUP = """\
#set page(paper: "a4", margin: (x: 30mm, top: 28mm, bottom: 22mm), header: context text(9pt)[\
*{symbol}* #h(1fr) #counter(page).display()/#counter(page).final().first()])
#set text(font: ({fonts}), size: 11pt, lang: "{language}", dir: {direction}, kerning: {kerning}, hyphenate: false)
#set smartquote(enabled: false)
#set par(leading: {leading}em, spacing: {spacing}em)
#set enum(numbering: "1.")
#show heading.where(level: 1): set text(17pt)
#show heading.where(level: 2): it => block(above: 1.4em, below: 0.8em, text(12pt, it.body))
#let mark(body) = text(weight: "bold", body)
#let number(n) = pdf.artifact(super(text(weight: "bold", n)))
#let held(names) = pdf.artifact(text(7pt, style: "italic", fill: rgb("#56534c"), dir: ltr, [ ] + names))
#let came(body) = text(fill: rgb("#0b57a4"), underline(body))
#let gone(body) = text(fill: rgb("#a41e22"), strike(body))
#let agreed(body) = highlight(fill: rgb("#e2efda"), body)
#let status(body) = pdf.artifact(text(8pt, style: "italic", fill: rgb("#1d6a4b"), [ ] + body))
#let provision(depth, body) = pad({side}: depth * 8mm, par(body))
#let shaded(depth, body) = pad({side}: depth * 8mm, block(fill: rgb("#e2efda"), width: 100%, outset: 3pt, par(body)))
#let noted(body) = text(10pt, style: "italic", fill: rgb("#56534c"), par(body))
"""
_NUMBERED = """\
#set par.line(numbering: n => if calc.rem(n, 5) == 0 [#text(8pt)[#n]], numbering-scope: "page")
"""


def write(document: Document) -> str:
    """Return the document as one self-contained Typst file."""
    return "\n".join(_parts(document)) + "\n"


def _parts(document: Document) -> Iterator[str]:
    head = document.masthead
    yield (
        f"#set document(title: {_string(f'{head.symbol} {head.title}')}, author: {_string(head.organ)}, "
        f"description: {_string(head.kind)}, date: {_moment(head.moment)})"
    )
    yield _SETUP.format(
        symbol=escape(head.symbol),
        fonts=", ".join(map(_string, _FONTS)),
        language=head.language[:2],
        side="right" if document.is_right_to_left else "left",
        direction="rtl" if document.is_right_to_left else "ltr",
        # Programs take a gap within a joined Arabic word for a space.
        kerning="false" if document.is_right_to_left else "true",
        # Arabic letters reach higher and lower: with the leading of Latin the marks of two lines would touch.
        leading=0.95 if document.is_right_to_left else 0.62,
        spacing=1.2 if document.is_right_to_left else 0.9,
    )
    yield from _masthead(document, head)
    notes = {note.name: f"#footnote[{_runs(note.runs, {})}]" for note in document.footnotes}
    body = "\n\n".join(_table(part) if isinstance(part, Table) else _block(part, notes) for part in document.body)
    yield f"#[\n{_NUMBERED}\n{body}\n]"


def _masthead(document: Document, head: Masthead) -> Iterator[str]:
    facts = (
        (head.organ, head.symbol),
        (head.session, head.distributed),
        (head.agenda, head.date),
        ("", head.written_in),
    )
    # A grid, not one line: from right to left the columns change sides, and each fact keeps its own direction.
    cells = [f"[{escape(fact)}]" for row in facts if any(row) for fact in row]
    yield f"#grid(columns: (1fr, auto), align: (start, end), row-gutter: 0.55em, {', '.join(cells)})\n"
    yield "#pdf.artifact(line(length: 100%, stroke: 1.2pt))\n"
    yield f"#heading(level: 1)[{escape(head.title)}]\n\n{escape(head.kind)}\n"
    said = [escape(note) for note in document.notes]
    yield f"#text(9pt)[#list({', '.join(f'[{note}]' for note in said)})]\n" if said else ""
    marks = [f"[*{escape(mark)}*], [{escape(meaning)}]" for mark, meaning in legends.of(document)]
    if marks:
        yield f"#text(9pt)[#grid(columns: (28mm, 1fr), row-gutter: 0.5em, {', '.join(marks)})]\n"


def _block(block: Block, notes: dict[str, str]) -> str:
    set_apart = _provision(block, notes)
    if not block.language:
        return set_apart
    direction = "rtl" if runs_right_to_left(block.language) else "ltr"
    return f"#[#set text(lang: {_string(block.language[:2])}, dir: {direction})\n{set_apart}]"


def _provision(block: Block, notes: dict[str, str]) -> str:
    words = _runs(block.runs, notes)
    if block.status:
        words += f"#status[{escape(block.status)}]"
    if block.form in (Form.HEADING, Form.TITLE) and words.strip():
        return f"#heading(level: 2)[{words}]"
    if block.form in (Form.NOTE, Form.TOMBSTONE):
        return f"#noted[{words}]"
    return f"#{'shaded' if block.status else 'provision'}({block.depth})[{words}]"


def _runs(runs: tuple[Run, ...], notes: dict[str, str]) -> str:
    return "".join(_run(run, notes) for run in runs)


def _run(run: Run, notes: dict[str, str]) -> str:
    words = escape(run.text)
    match run.mark:
        case Mark.OPEN:
            return f"#mark[{words}]" + ("" if run.number is None else f"#number[{run.number}]")
        case Mark.CLOSE:
            return f"#mark[{words}]" + (f"#held[{escape(', '.join(run.by))}]" if run.by else "")
        case Mark.GAP:
            return f"#mark[{escape(f'{{{run.number}}}')}]"
        case Mark.FOOTNOTE:
            return notes.get(run.text, escape(f"[^{run.text}]"))
        case Mark.INSERTED:
            return f"#came[{words}]" if words else ""
        case Mark.DELETED:
            return f"#gone[{words}]" if words else ""
    return f"#agreed[{words}]" if run.status else words


def _table(table: Table) -> str:
    head = ", ".join(f"[*{escape(column)}*]" for column in table.columns)
    rows = ", ".join(f"[{escape(cell)}]" for row in table.rows for cell in row)
    # The last column takes what is left, unless a hash stands in it, which no line can be broken in.
    whole = {at for row in table.rows for at, cell in enumerate(row) if _UNBROKEN.search(cell)}
    last = max((at for at in range(len(table.columns)) if at not in whole), default=0)
    columns = ", ".join("1fr" if at == last else "auto" for at in range(len(table.columns)))
    return (
        f"#heading(level: 2)[{escape(table.title)}]\n\n#text(9pt)[#set par.line(numbering: none)\n"
        f"#table(columns: ({columns},), stroke: 0.4pt, table.header({head}), {rows})]"
    )


def escape(text: str) -> str:
    """Return words as markup that sets them as they are; a line feed breaks the line."""
    return _SIGNS.sub(r"\\\1", _NOT_A_CHARACTER.sub("\ufffd", text)).replace("\n", " \\\n")


def _string(text: str) -> str:
    quoted = _NOT_A_CHARACTER.sub("\ufffd", text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


def _moment(moment: str) -> str:
    at = datetime.fromisoformat(moment)
    return (
        f"datetime(year: {at.year}, month: {at.month}, day: {at.day}, hour: {at.hour}, minute: {at.minute}, "
        f"second: {at.second})"
    )
