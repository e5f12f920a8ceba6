"""Plain text: the document as it would be read aloud, in UTF-8 with line feeds.

A comparison marks words put in as {+so+} and taken out as {-so-}; a gap is its number in braces; brackets are bare.
The text stands between two rules, what is beside it has a bar: `imports.returns` reads back the very words.
`manage.py export_text`, which gives an imported text back, is not this: it prints no masthead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafting.text import directions, footnotes, frames, legends
from drafting.text.document import Block, Document, Form, Mark, Run, Table, printed

_INDENT = "    "
#: A brace of the text that would be taken for one of this format's marks; it is written twice.
_LITERAL = re.compile(r"\{(?=[{+-]|\d+\})")


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
    last = max((at for at, part in enumerate(document.body) if isinstance(part, Block)), default=None)
    rule = [frames.rule(head.symbol)]
    yield from rule if last is not None else []
    for at, part in enumerate(document.body):
        yield _table(part, document.is_right_to_left) if isinstance(part, Table) else _block(part)
        yield from rule if at == last else []
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
    is_beside = block.proposal is not None or block.form is Form.TOMBSTONE
    lines = (f"{frames.BESIDE} {line}" if is_beside else _line(line) for line in words.split("\n"))
    return "\n".join(_INDENT * block.depth + line for line in lines)


def _line(words: str) -> str:
    """Return a line of the text; an empty one would end the provision."""
    return f"{frames.BESIDE}{words}" if words.startswith(frames.BESIDE) else words or " "


def _run(run: Run) -> str:
    if run.mark is Mark.INSERTED:
        return f"{{+{run.text}+}}"
    if run.mark is Mark.DELETED:
        return f"{{-{run.text}-}}"
    if run.mark is Mark.FOOTNOTE:
        return footnotes.sign(run.text)
    return printed(run) if run.mark is Mark.GAP else _LITERAL.sub("{{", run.text)


def _table(table: Table, right_to_left: bool) -> str:
    """Return the rows with bars between cells; among words from right to left a code is isolated."""

    def cell(words: str) -> str:
        words = words.replace("\n", " ")
        return directions.isolated(words) if right_to_left and directions.runs_left_to_right(words) else words

    rows = [" | ".join(map(cell, row)).rstrip() for row in (table.columns, *table.rows)]
    return "\n".join((table.title.upper(), *rows))
