"""Markdown: the document for those who keep texts under version control, in UTF-8 with line feeds.

Brackets and words stand as they are; signs that Markdown would read as its own are escaped. Words in and out are
`<ins>` and `<del>`, which Markdown passes on; comments say where the text begins and ends, so that `imports.returns`
reads back the very words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafting.text import directions, footnotes, frames, legends
from drafting.text.document import Block, Document, Form, Mark, Run, Table

_SIGNS = re.compile(r"([\\`*_<>|~]|&(?=#?\w+;))")
_HOLDERS = re.compile(r"<sup>([^<]*)</sup>")
_AT_HEAD = re.compile(r"^(\s*\d{0,9})(#{1,6}(?=\s)|[+.)-](?=\s)|[-=]+$)", re.MULTILINE)
#: A bracket before these would be taken for a link or what one refers to, and its words would not be shown.
_LINK = re.compile(r"\](?=[(:])")


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
    last = max((at for at, part in enumerate(document.body) if isinstance(part, Block)), default=None)
    yield from [frames.MARKDOWN[0]] if last is not None else []
    for at, part in enumerate(document.body):
        yield _table(part) if isinstance(part, Table) else _block(part)
        yield from [frames.MARKDOWN[1]] if at == last else []
    for note in document.footnotes:
        yield f"{footnotes.sign(note.name)}: {''.join(map(_run, note.runs))}"


def _block(block: Block) -> str:
    words = _AT_HEAD.sub(r"\1\\\2", _LINK.sub(r"]\\", "".join(map(_run, block.runs))))
    words = words.replace("\n", "<br>" if block.form in (Form.HEADING, Form.TITLE) else "  \n")
    if block.form in (Form.HEADING, Form.TITLE):
        words = f"## {words}"
    elif block.form is Form.TOMBSTONE:
        words = f"*({words})*"
    if block.status:
        words = f"{words} **{_escape(block.status)}**"
    if block.proposal is not None:
        words = f"{frames.PROPOSAL}\n{words}"
    depth = block.depth if block.form in (Form.PARAGRAPH, Form.NOTE) else 0
    return "\n".join("> " * depth + line for line in words.split("\n"))


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
