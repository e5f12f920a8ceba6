"""Our own files keep identity: addresses, kinds and ids are those of the file, not those of a new reading."""

from __future__ import annotations

import pytest

from drafting.exports import FORMATS
from drafting.imports import reading
from drafting.imports.lowering import Side
from tests.exports.documents import everything


@pytest.mark.parametrize("form", ["docx", "xml", "json"])
def test_provisions_are_known_again_by_their_ids(form: str) -> None:
    read = reading.open(FORMATS[form].write(everything()), f"text.{form}")
    known = {entry.address: number for entry, number in zip(read.structure.entries, read.provisions, strict=True)}
    assert read.is_own
    assert (known["1.8"], known["1.6"]) == (18, 16)


@pytest.mark.parametrize("form", ["docx", "xml", "json"])
def test_a_group_that_was_confirmed_is_known_again_by_its_brackets(form: str) -> None:
    structure = reading.read(FORMATS[form].write(everything()))
    at = structure.texts().index("[a][b]")
    assert structure.confirmed == {frozenset({(at, 0), (at, 3)})}


@pytest.mark.parametrize("form", ["docx", "xml", "json"])
def test_words_are_those_of_the_text_without_what_is_printed_beside_them(form: str) -> None:
    texts = reading.read(FORMATS[form].write(everything())).texts()
    assert "Each Party [shall] act.\nAt once." in texts
    assert "Noted[^1] and agreed" in texts
    assert "[^1]: The [footnote]." in texts


@pytest.mark.parametrize("form", ["docx", "xml", "json"])
def test_rejecting_the_changes_of_our_file_gives_the_base(form: str) -> None:
    texts = reading.open(FORMATS[form].write(everything()), side=Side.REJECTED).structure.texts()
    assert "Kept out" in texts
    assert "A paragraph taken out." in texts
    assert "A wholly new paragraph." not in texts
