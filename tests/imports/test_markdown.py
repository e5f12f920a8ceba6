"""Markdown: its signs stay words, its headings and indentation tell the structure."""

from __future__ import annotations

from drafting.imports import markdown, reading
from drafting.imports.blocks import Form

TEXT = """# SOURCE: somewhere

---
title: Draft [Agreement]
---

## Article 1 *(purpose)*

1. **The purpose** is to [protect][use]
   the waters.

    1. in general;
    2. in particular.

**Option 2:** No text[^1]

## Article 2

[^1]: A note.
"""


def test_it_is_known_by_its_headings() -> None:
    assert markdown.recognises(TEXT)
    assert not markdown.recognises("# SOURCE: somewhere\n\n# One heading\n\n1. text")


def test_signs_come_back_where_they_stood() -> None:
    read = reading.read(TEXT.encode())
    assert "".join("".join(read.texts()).split()) == "".join(TEXT.split())
    assert read.title == "Draft [Agreement]"


def test_front_matter_and_notes_are_no_provisions_of_substance() -> None:
    forms = [block.form for block in markdown.read(TEXT)]
    assert forms == [Form.FURNITURE, Form.FURNITURE, Form.HEADING, *[Form.PROSE] * 4, Form.HEADING, Form.NOTE]


def test_a_list_set_in_stands_under_its_paragraph() -> None:
    entries = {entry.address: entry for entry in reading.read(TEXT.encode()).entries}
    assert (entries["1.1.2"].kind, entries["1.1.2"].depth, entries["1.1.2"].article) == ("subparagraph", 1, "1")
