"""Footnotes: signs `[^name]` in the words and notes `[^name]: …` of a text become footnotes of a document, and back.

In a text both are words like any other, so that nothing is lost; only a finished document sets them as footnotes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from .document import Block, Document, Footnote, Form, Mark, Run

_SIGN = re.compile(r"\[\^(\w{1,12})\]")
_HEAD = re.compile(r"\[\^(\w{1,12})\]:[ \n]*(?=\S)")


def sign(name: str) -> str:
    """Return the footnote's sign as it stands in a text."""
    return f"[^{name}]"


def lift(document: Document) -> Document:
    """Return the document with every note that a sign refers to as a footnote; others stay as they are."""
    defined = {name: block for block in document.blocks if (name := _defines(block))}
    used = {name for block in document.blocks if not _defines(block) for name in _signs(block.runs)}
    names = used & defined.keys()
    if not names:
        return document
    dropped = {id(defined[name]) for name in names}
    body = tuple(
        replace(part, runs=tuple(_lifted(part.runs, names))) if isinstance(part, Block) else part
        for part in document.body
        if id(part) not in dropped
    )
    lifted = (
        Footnote(name, tuple(_without_head(block.runs)), block.provision, block.anchor)
        for name, block in defined.items()
        if name in names
    )
    return replace(document, body=body, footnotes=(*document.footnotes, *lifted))


def lower(runs: Iterable[Run]) -> str:
    """Return the words of runs as a text holds them: signs written out, deleted words left out."""
    kept = (run for run in runs if run.mark is not Mark.DELETED)
    return "".join(sign(run.text) if run.mark is Mark.FOOTNOTE else run.text for run in kept)


def _defines(block: Block) -> str:
    if block.form is not Form.NOTE or any(run.mark in (Mark.INSERTED, Mark.DELETED) for run in block.runs):
        return ""
    head = _HEAD.match(block.text)
    return head[1] if head else ""


def _signs(runs: Sequence[Run]) -> Iterator[str]:
    return (run.text for run in _lifted(runs, None) if run.mark is Mark.FOOTNOTE)


def _lifted(runs: Sequence[Run], names: set[str] | None) -> Iterator[Run]:
    """Yield the runs with signs as runs of their own: in plain words, or between a note bracket's two marks."""
    at = 0
    while at < len(runs):
        words = "".join(run.text for run in runs[at : at + 3])
        found = _SIGN.fullmatch(words) if runs[at].mark is Mark.OPEN else None
        if found and (names is None or found[1] in names):
            yield Run(found[1], Mark.FOOTNOTE)
            at += 3
            continue
        yield from _split(runs[at], names) if runs[at].mark is Mark.PLAIN else [runs[at]]
        at += 1


def _split(run: Run, names: set[str] | None) -> Iterator[Run]:
    at = 0
    for found in _SIGN.finditer(run.text):
        if names is not None and found[1] not in names:
            continue
        if found.start() > at:
            yield replace(run, text=run.text[at : found.start()])
        yield Run(found[1], Mark.FOOTNOTE)
        at = found.end()
    if at < len(run.text):
        yield replace(run, text=run.text[at:])


def _without_head(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield the runs of a note but for the sign and colon at its head."""
    left = _HEAD.match("".join(run.text for run in runs))
    size = left.end() if left else 0
    for run in runs:
        cut = min(size, len(run.text))
        size -= cut
        if len(run.text) > cut:
            yield replace(run, text=run.text[cut:])
