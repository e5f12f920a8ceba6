"""Plain text: the document as it would be read aloud, in UTF-8 with line feeds.

A comparison marks words put in as {+so+} and taken out as {-so-}; a gap is its number in braces; brackets are bare.
`manage.py export_text`, which gives an imported text back, is not this: it prints no masthead.
"""

from __future__ import annotations

from collections.abc import Iterator

from drafting.text import directions, footnotes, legends
from drafting.text.document import Block, Document, Form, Mark, Run, Table, printed

_INDENT = "    "


def write(document: Document) -> bytes:
    """Return the document as plain text: blocks parted by blank lines, one line feed at the end."""
    written = "\n\n".join(_parts(document)) + "\n"
    if document.is_right_to_left:
        written = "\n".join(map(directions.begun, written.split("\n")))
    return written.encode()


def _parts(document: Document) -> Iterator[str]:
    head = document.masthead
    lines = (
        head.organ, head.symbol, head.session, head.agenda, head.date,
        head.distributed, head.written_in,
    )  # fmt: skip
    yield "\n".join(filter(None, lines))
    yield f"{head.title}\n{head.kind}"
    yield "\n".join(f"* {note}" for note in document.notes)
    if marks := "\n".join(f"{mark}  {meaning}" for mark, meaning in _marks(document)):
        yield marks
    for part in document.body:
        yield _table(part, document.is_right_to_left) if isinstance(part, Table) else _block(part)
    for note in document.footnotes:
        yield f"{footnotes.sign(note.name)}: {''.join(map(_run, note.runs))}"


def _marks(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the legend in the marks of this format."""
    own = {"underlined": "{+ +}", "struck through": "{- -}", "shaded": "< >"}
    for mark, meaning in legends.of(document, own):
        if mark not in ("[¹ ]", "] EU, NOR"):
            yield mark, meaning


def _block(block: Block) -> str:
    words = "".join(map(_run, block.runs))
    if block.form is Form.TOMBSTONE:
        words = f"({words})"
    if block.status:
        words = f"{words}  <{block.status}>"
    indent = _INDENT * block.depth
    return "\n".join(indent + line for line in words.split("\n"))


def _run(run: Run) -> str:
    if run.mark is Mark.INSERTED:
        return f"{{+{run.text}+}}"
    if run.mark is Mark.DELETED:
        return f"{{-{run.text}-}}"
    if run.mark is Mark.FOOTNOTE:
        return footnotes.sign(run.text)
    return printed(run)


def _table(table: Table, right_to_left: bool) -> str:
    """Return the rows with bars between cells; among words from right to left a code is isolated."""

    def cell(words: str) -> str:
        words = words.replace("\n", " ")
        return directions.isolated(words) if right_to_left and directions.runs_left_to_right(words) else words

    rows = [" | ".join(map(cell, row)).rstrip() for row in (table.columns, *table.rows)]
    return "\n".join((table.title.upper(), *rows))
