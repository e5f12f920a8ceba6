"""Markdown: the document for those who keep texts under version control, in UTF-8 with line feeds.

Brackets and words stand as they are; signs that Markdown would read as its own are escaped. Words in and out are
`<ins>` and `<del>`, which Markdown passes on; a provision's address is a comment before it, so that it can be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafting.text import directions, footnotes, legends
from drafting.text.document import Block, Document, Form, Mark, Run, Table

_SIGNS = re.compile(r"([\\`*_<>|~])")
_HOLDERS = re.compile(r"<sup>([^<]*)</sup>")
_AT_HEAD = re.compile(r"^(\s*\d{0,9})([#+.)-])(?=\s)", re.MULTILINE)


def write(document: Document) -> bytes:
    """Return the document as Markdown: blocks parted by blank lines, one line feed at the end."""
    written = "\n\n".join(_parts(document)) + "\n"
    if document.is_right_to_left:
        written = _HOLDERS.sub(lambda held: f"<sup>{directions.isolated(held[1])}</sup>", written)
        written = "\n".join(map(directions.begun, written.split("\n")))
    return written.encode()


def _parts(document: Document) -> Iterator[str]:
    head = document.masthead
    yield f"# {_escape(head.title)}"
    facts = (
        head.organ, head.symbol, head.kind, head.session, head.agenda, head.date,
        head.distributed, head.written_in,
    )  # fmt: skip
    yield "  \n".join(_escape(fact) for fact in facts if fact)
    said = (*document.notes, *(f"{mark} — {meaning}" for mark, meaning in legends.of(document)))
    yield "\n".join(f"> * {_escape(note)}" for note in said)
    for part in document.body:
        yield _table(part) if isinstance(part, Table) else _block(part)
    for note in document.footnotes:
        yield f"{footnotes.sign(note.name)}: {''.join(map(_run, note.runs))}"


def _block(block: Block) -> str:
    words = _AT_HEAD.sub(r"\1\\\2", "".join(map(_run, block.runs)))
    words = words.replace("\n", "  \n")
    if block.form in (Form.HEADING, Form.TITLE):
        words = f"## {words.replace(chr(10), ' ')}"
    elif block.form is Form.TOMBSTONE:
        words = f"*({words})*"
    elif block.depth:
        words = "\n".join("> " * block.depth + line for line in words.split("\n"))
    return f"{words} **{_escape(block.status)}**" if block.status else words


def _run(run: Run) -> str:
    match run.mark:
        case Mark.INSERTED:
            return f"<ins>{_escape(run.text)}</ins>"
        case Mark.DELETED:
            return f"<del>{_escape(run.text)}</del>"
        case Mark.GAP:
            return f"**{{{run.number}}}**"
        case Mark.FOOTNOTE:
            return footnotes.sign(run.text)
        case Mark.CLOSE if run.by:
            return f"{run.text}<sup>{', '.join(run.by)}</sup>"
    return _escape(run.text)


def _table(table: Table) -> str:
    rows = [table.columns, *table.rows]
    lines = ["| " + " | ".join(_escape(cell).replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join([f"**{_escape(table.title)}**\n", lines[0], "|" + " --- |" * len(table.columns), *lines[1:]])


def _escape(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)
