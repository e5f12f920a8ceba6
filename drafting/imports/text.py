"""Reads a plain text: where a provision begins in lines that a page layout has broken.

A blank line ends a run; inside a run a label, the head or foot of a page and the end of a paragraph do. The result is
`blocks`; what they are to each other is found in `outlining`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from drafting.imports.blocks import OPENING, PREAMBLE, SOURCE, Block, Form, join
from drafting.text import labels
from drafting.text.labels import Label, LabelKind

_PAGE = re.compile(
    r"\s*(?:page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*/\s*\d{1,4}(?:\s+\d{2}-\d{4,6})?"
    r"|\d{2}-\d{4,6}(?:\s+\(\w\))?(?:\s+\d{1,4}\s*/\s*\d{1,4})?|\*\d{5,8}\*|\d{1,4})\s*",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"\s*[A-Z][\w.]*(?:[/.][\w.()-]+){2,}\s*")
_NOTE = re.compile(r"\s*(?:\d{1,3}\s+)?note(?: by [^:]{3,60})?:", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\s*(?:\[\^\w+\]:|\d{1,3} (?=[A-Z“]))")
_END = re.compile(r"[.;:,…؛。；][\])”\"’*]*$|\]$")
_START = re.compile(r"[\[(“\"*_]*[A-ZÀ-ÞА-Я\u0600-\u06ff\u4e00-\u9fff]")
_HEADS = frozenset(
    {LabelKind.ARTICLE, LabelKind.ANNEX, LabelKind.PART, LabelKind.CHAPTER, LabelKind.SECTION, LabelKind.TITLE}
)
#: A file with lines longer than this (code points) keeps each paragraph on a line of its own.
_UNBROKEN = 200
#: Lines up to this long tell nothing of the page's width.
_SHORT = 30
#: A line of a broken paragraph is at least this share of the page's width, but for its last.
_FULL = 0.8


def read(text: str) -> list[Block]:
    """Return the blocks of a plain text in order; together they hold every character that is no white space."""
    lines = text.split("\n")
    page = _Page(lines)
    return list(_with_labels([block for run in _runs(lines) for block in page.blocks(run)]))


def _with_labels(blocks: Sequence[Block]) -> Iterator[Block]:
    """Put each label that stands alone before the words that follow it, which a page layout had parted from it.

    Where several labels follow each other, which words are whose is not known, and they stay alone.
    """
    bare = [block.form is not Form.FURNITURE and _is_bare(block.words, labels.read(block.words)) for block in blocks]
    held: Block | None = None
    for index, block in enumerate(blocks):
        if held is not None:
            yield _block([held.words, block.words])
            held = None
        elif bare[index] and not (index and bare[index - 1]) and _takes_label(blocks[index + 1 : index + 2]):
            held = block
        else:
            yield block


def _takes_label(following: Sequence[Block]) -> bool:
    return any(block.form in (Form.PROSE, Form.HEADING) and labels.read(block.words) is None for block in following)


def _is_bare(words: str, label: Label | None) -> bool:
    """Tell whether there is nothing but a label, and not one that stands over others."""
    return label is not None and label.kind not in _HEADS and not words[label.end :].strip(" .:])*_")


def _runs(lines: Sequence[str]) -> Iterator[list[str]]:
    run: list[str] = []
    for line in [*lines, ""]:
        if line and not line.isspace():
            run.append(line)
        elif run:
            yield run
            run = []


class _Page:
    """What the lines of a file tell of its pages: how wide they are, what stands at their head and foot."""

    def __init__(self, lines: Sequence[str]) -> None:
        widths = sorted(len(line) for line in lines if len(line) > _SHORT) or [max(map(len, lines))]
        self.width = widths[int(len(widths) * 0.9)]
        counted = Counter(line.strip() for line in lines)
        self.heads = {line for line, times in counted.items() if times > 2 and _may_head_a_page(line)}

    def blocks(self, run: Sequence[str]) -> Iterator[Block]:
        """Yield the blocks of lines that no blank line parts."""
        held: list[str] = []
        for line in run:
            is_furniture = self._is_furniture(line)
            if held and (is_furniture or self._begins(line, held)):
                yield _block(held)
                held = []
            if is_furniture:
                yield Block(line.strip(), Form.FURNITURE)
            else:
                held.append(line)
        if held:
            yield _block(held)

    def _is_furniture(self, line: str) -> bool:
        if line.startswith(SOURCE) or line.strip() in self.heads:
            return True
        return _PAGE.fullmatch(line) is not None or _SYMBOL.fullmatch(line) is not None

    def _begins(self, line: str, held: Sequence[str]) -> bool:
        """Tell whether a provision begins with `line`, the lines `held` standing before it."""
        label = labels.read(line)
        if label is not None or _NOTE.match(line) or PREAMBLE.fullmatch(line) or OPENING.match(line):
            return True
        first = labels.read(held[0])
        last = held[-1].rstrip()
        if first is not None and first.kind in _HEADS and len(held) > 1 and not last.endswith(","):
            return _START.match(line.strip()) is not None
        if len(held) == 1 and _is_bare(held[0], first):
            return False
        if len(held) == 1 and (PREAMBLE.fullmatch(held[0]) or (OPENING.match(last) and last.endswith(","))):
            return True
        if not _START.match(line.strip()) or not _END.search(last):
            return False
        return self.width > _UNBROKEN or len(last) < self.width * _FULL or last.endswith((",]", ";]", ".]"))


def _may_head_a_page(line: str) -> bool:
    if len(line) > 100 or "[" in line or "]" in line or labels.read(line) is not None:
        return False
    return _SYMBOL.fullmatch(line) is not None or (len(line) > 8 and line.isupper())


def _block(lines: Sequence[str]) -> Block:
    label = labels.read(lines[0])
    is_head = label is not None and label.kind in _HEADS
    words = join(lines, keeping_lines=is_head)
    if _NOTE.match(words) or _FOOTNOTE.match(words):
        return Block(words, Form.NOTE)
    is_heading = is_head or _is_heading(words[label.end :] if label else words)
    return Block(words, Form.HEADING if is_heading else Form.PROSE)


def _is_heading(words: str) -> bool:
    """Tell whether the words look like a title: short, begun with a capital, without an end."""
    bare = words.strip("[]*_ ")
    if not bare or len(bare) > 120 or _END.search(bare) or not _START.match(words.strip()):
        return False
    return bare.isupper() or len(bare.split()) < 9
