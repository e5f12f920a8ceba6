"""Reads Markdown as negotiators use it: headings, lists by indentation, front matter, notes; its signs stay words.

The result is `blocks`; what they are to each other is found in `outlining`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafting.imports.blocks import SOURCE, Block, Form, join
from drafting.text import labels

_HEADING = re.compile(r" {0,3}(#{1,6})\s+\S")
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,}|={3,})\s*")
_ITEM = re.compile(r"\s*(?:[*+-]|\d{1,3}[.)])\s+\S")
_REFERENCE = re.compile(r"\s*\[[^\]^]+\]:\s*\S")
_FOOTNOTE = re.compile(r"\s*\[\^\w+\]:")
_DIRECTIVE = re.compile(r"\s*(?:\{:.*\}|\* TOC)\s*")


def recognises(text: str) -> bool:
    """Tell whether a text is Markdown: at least two lines are headings, a first line that names a source aside."""
    return sum(1 for line in text.split("\n") if _HEADING.match(line) and not line.startswith(SOURCE)) > 1


def read(text: str) -> list[Block]:
    """Return the blocks of a Markdown text in order; together they hold every character that is no white space."""
    lines = text.split("\n")
    start, end = _front_matter(lines)
    front = [Block(join(lines[start:end], keeping_lines=True), Form.FURNITURE)] if end else []
    return [*_blocks(lines[:start]), *front, *_blocks(lines[end:])]


def _front_matter(lines: Sequence[str]) -> tuple[int, int]:
    """Return the lines between which a file describes itself: two rules before everything but the note of a source."""
    rules = [index for index, line in enumerate(lines) if _RULE.fullmatch(line)][:2]
    if len(rules) < 2 or any(line.strip() and not line.startswith(SOURCE) for line in lines[: rules[0]]):
        return 0, 0
    return rules[0], rules[1] + 1


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    held: list[str] = []
    for line in lines:
        if held and (not line.strip() or _begins(line, held)):
            yield _block(held)
            held = []
        if line.strip():
            held.append(line)
    if held:
        yield _block(held)


def _begins(line: str, held: Sequence[str]) -> bool:
    special = (_HEADING, _RULE, _ITEM, _REFERENCE, _FOOTNOTE, _DIRECTIVE)
    if any(pattern.match(line) for pattern in special) or _HEADING.match(held[0]) or _RULE.fullmatch(held[0]):
        return True
    return labels.read(line) is not None


def _block(lines: Sequence[str]) -> Block:
    first = lines[0]
    heading = _HEADING.match(first)
    if first.startswith(SOURCE):
        return Block(join(lines), Form.FURNITURE)
    if heading:
        return Block(join(lines), Form.HEADING, level=len(heading[1]))
    if _RULE.fullmatch(first) or _REFERENCE.match(first) or _DIRECTIVE.fullmatch(first):
        return Block(join(lines, keeping_lines=True), Form.FURNITURE)
    if _FOOTNOTE.match(first):
        return Block(join(lines), Form.NOTE)
    return Block(join(lines), depth=_indentation(first))


def _indentation(line: str) -> int:
    spaces = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(" "))
    return min(spaces // 3, 6)
