"""From blocks to a structure: the engine's outline tells what stands under what, looks tell the rest.

The blocks come from `text` and `markdown`; addresses, articles and instruments from `drafting.text.outlines`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from drafting.imports.blocks import Block, Form
from drafting.text import addresses, outlines
from drafting.text.labels import LabelKind
from drafting.text.structures import Entry, Structure

_TITLE = re.compile(r"^title:\s*(.+)$", re.MULTILINE)
#: What the engine's outline reads as one step further in.
_STEP = "   "


def build(blocks: Sequence[Block]) -> Structure:
    """Return the structure of `blocks`: one entry each, in order, with addresses that are unique.

    The heads and feet of pages belong to the article they stand in, under nothing, at the addresses page~1, page~2 …
    """
    standing = [index for index, block in enumerate(blocks) if block.form is not Form.FURNITURE]
    outline = outlines.read([_STEP * blocks[index].depth + blocks[index].words for index in standing])
    found = dict(zip(standing, outline, strict=True))
    entries: list[Entry] = []
    taken: set[str] = set()
    pages = 0
    for index, block in enumerate(blocks):
        if index in found:
            entries.append(_entry(block, found[index], standing, taken))
            taken.add(entries[-1].address)
        else:
            pages += 1
            entries.append(_page(block, pages, entries[-1] if entries else None))
    return Structure(tuple(entries), _instruments(blocks, found), _title(blocks))


def _entry(block: Block, found: outlines.Entry, standing: Sequence[int], taken: Container[str]) -> Entry:
    label = found.label
    is_below = label is not None and label.kind is LabelKind.PARAGRAPH and found.depth > 0
    return Entry(
        words=block.words,
        address=addresses.free(found.address, taken) if len(found.address) > addresses.LONGEST else found.address,
        label=label.name[:60] if label else "",
        label_length=label.end - len(_STEP) * block.depth if label else 0,
        part=str(found.part),
        kind="subparagraph" if is_below else addresses.kind(label) if label else _kind(block),
        depth=max(found.depth, block.depth),
        article=found.article[: addresses.LONGEST],
        instrument=found.instrument,
        parent=None if found.parent is None else standing[found.parent],
    )


def _page(block: Block, number: int, before: Entry | None) -> Entry:
    return Entry(
        words=block.words,
        address=f"page~{number}",
        part=before.part if before else "masthead",
        kind="furniture",
        article=before.article if before else "",
        instrument=before.instrument if before else 0,
    )


def _kind(block: Block) -> str:
    if block.form is not Form.PROSE:
        return str(block.form)
    return "chapeau" if block.words.rstrip("[]*_ ").endswith(":") else "paragraph"


def _instruments(blocks: Sequence[Block], found: dict[int, outlines.Entry]) -> tuple[str, ...]:
    """Return the title of each instrument: the words it begins with, where they are a heading."""
    titles: dict[int, str] = {0: ""}
    for index, entry in found.items():
        if entry.instrument not in titles:
            titles[entry.instrument] = _plain(blocks[index].words) if blocks[index].form is Form.HEADING else ""
    return tuple(titles[number] for number in sorted(titles))


def _title(blocks: Iterable[Block]) -> str:
    """Return the title the file declares, else the words of its first block."""
    for block in blocks:
        if declared := _TITLE.search(block.words):
            return declared[1][:300]
        if block.form is not Form.FURNITURE:
            return _plain(block.words)
    return ""


def _plain(words: str) -> str:
    return " ".join(words.strip("#*_ []").split())[:300]
