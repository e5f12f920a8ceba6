"""The PDF: accessible by its standard, the same bytes each time, its words those of the text."""

import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import pdfplumber
import pdfua
import pikepdf
import pytest

from drafting.errors import Unprintable
from drafting.exports import pdf
from drafting.text.document import Block, Form, Run, Table
from tests.exports.documents import everything, spoken


@cache
def written(language: str = "en") -> bytes:
    return pdf.write(everything() if language == "en" else spoken(language))


def words(data: bytes) -> str:
    """The words of all pages without artifacts: page heads, line numbers, numbers of brackets, names of holders."""
    with pdfplumber.open(io.BytesIO(data)) as file:
        return "".join(char["text"] for page in file.pages for char in page.chars if char["mcid"] is not None)


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_it_passes_the_checks_of_its_standard(language: str, tmp_path: Path) -> None:
    file = tmp_path / "document.pdf"
    file.write_bytes(written(language))
    assert [finding.message for finding in pdfua.validate(str(file)).findings if finding.severity.name == "ERROR"] == []


def test_it_is_tagged_and_says_what_it_is() -> None:
    with pikepdf.open(io.BytesIO(written())) as file:
        assert bool(file.Root.MarkInfo.Marked)
        assert file.Root.Lang == "en"
        with file.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "A/CONF.9/L.1/Rev.1 Agreement on <rivers> & lakes"


def test_equal_documents_give_equal_bytes() -> None:
    assert pdf.write(everything()) == written()


def test_a_provision_is_read_as_its_words_and_brackets_alone() -> None:
    assert "Each Party [shall] act.At once." in words(written())


def test_the_symbol_and_the_page_of_all_stand_in_the_head() -> None:
    with pdfplumber.open(io.BytesIO(written())) as file:
        assert file.pages[0].extract_text().splitlines()[0] == "A/CONF.9/L.1/Rev.1 1/1"


def test_a_heading_that_lost_its_words_is_none() -> None:
    blank = (Block((Run(" "),), Form.HEADING), Block((), Form.TITLE))
    made = pdf.write(replace(everything(), body=(*everything().body, *blank)))
    assert words(made).replace(" ", "") == words(written()).replace(" ", "")


def test_every_fifth_line_is_numbered() -> None:
    with pdfplumber.open(io.BytesIO(written())) as file:
        left = [word["text"] for word in file.pages[0].extract_words() if word["x0"] < 80]
    assert left == ["5", "10"]


def test_no_sign_of_the_text_is_taken_for_markup() -> None:
    signs = "#let x = 1 *a* _b_ `c` $d$ <e> @f ~ // -- ... 'g' \"h\" \\u{41} = - + /"
    made = pdf.write(replace(everything(), body=(Block((Run(signs),)),)))
    assert "".join(signs.split()) in "".join(words(made).split())


def test_a_character_no_font_has_is_refused_with_a_sentence() -> None:
    with pytest.raises(Unprintable, match="No font of this server"):
        pdf.write(replace(everything(), body=(Block((Run("\u0378"),)),)))


@pytest.mark.parametrize("language", ["ar", "zh"])
def test_no_font_of_the_machine_is_needed_in_any_of_the_six_languages(language: str) -> None:
    with pikepdf.open(io.BytesIO(written(language))) as file:
        fonts = {str(font.BaseFont)[8:] for page in file.pages for font in page.resources.Font.values()}
    assert {name.split("-")[0] for name in fonts} <= {"LibertinusSerif", "Amiri", "NotoSerifSC"}
    assert any(name.startswith({"ar": "Amiri", "zh": "NotoSerifSC"}[language]) for name in fonts)


def test_a_hash_stands_whole_in_its_column() -> None:
    digest = "0123456789abcdef" * 4
    facts = Table("Facts", ("A rather long name of a fact, that has to give way", "Value"), (("x", digest),))
    with pdfplumber.open(io.BytesIO(pdf.write(replace(everything(), body=(facts,))))) as file:
        (found,) = [word for word in file.pages[0].extract_words() if word["text"] == digest]
        assert found["x1"] < file.pages[0].width - 30 / 25.4 * 72  # the margin of 30 mm, in points
