"""What goes out comes in the same: for any document, each format that keeps everything gives it back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.exports import FORMATS
from drafting.imports import akomantoso, docx
from drafting.imports.packages import Package
from drafting.text import packing
from drafting.text.document import Block, Document, Mark, Pair, Run
from tests.exports.documents import MASTHEAD

READERS = {
    "docx": lambda data: docx.read(Package(data))[0],
    "xml": lambda data: akomantoso.read(data)[0],
    "json": packing.unpack,
}
_WORDS = st.text("ab .,;[]<>&\"'\n\té中ة\u2028", min_size=1, max_size=8)
_CODES = st.lists(st.sampled_from(["EU", "NOR", "G77-CN"]), max_size=2, unique=True).map(tuple)
_WHEN = st.sampled_from(["", "2026-01-02T03:04:05Z"])
_CHANGED = st.builds(
    Run, _WORDS, st.sampled_from([Mark.INSERTED, Mark.DELETED]), by=_CODES, when=_WHEN, moved=st.booleans()
)
_PLAIN = st.builds(Run, _WORDS, status=st.sampled_from(["", "agreed"]))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of some blocks with words, changes and numbered brackets, neighbours never of one kind."""
    pairs: list[Pair] = []
    blocks = []
    for at in range(draw(st.integers(1, 4))):
        runs: list[Run] = []
        for run in draw(st.lists(st.one_of(_PLAIN, _CHANGED), min_size=1, max_size=4)):
            if draw(st.booleans()):
                pair = Pair(len(pairs) + 1, "1", len(pairs) + 1, holders=draw(_CODES))
                pairs.append(pair)
                mark = Run("[", Mark.OPEN, pair.number, pair.holders, pair=pair.id)
                runs += [mark, run, replace(mark, text="]", mark=Mark.CLOSE)]
            elif not runs or replace(runs[-1], text="") != replace(run, text=""):
                runs.append(run)
        blocks.append(Block(tuple(runs), anchor=f"1.{at}", provision=at + 1, depth=at % 3))
    return Document(MASTHEAD, (), tuple(blocks), tuple(pairs))


@pytest.mark.parametrize("form", READERS)
@settings(max_examples=settings.default.max_examples // 5)  # a Word package is 50 ms each way
@given(document=documents())
def test_what_is_read_is_what_was_written(form: str, document: Document) -> None:
    data = FORMATS[form].write(document)
    again = READERS[form](data)
    assert again == document
    assert FORMATS[form].write(again) == data
