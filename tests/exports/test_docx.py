"""The Word file: tracked changes with their authors, line numbers, and packages that Word opens."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document as Word
from lxml import etree
from openxml_audit import OpenXmlValidator

from drafting.exports import docx
from drafting.text.document import Mark
from tests import office
from tests.exports.documents import everything, spoken

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(name: str, language: str = "en") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(docx.write(everything(language)))) as package:
        return etree.fromstring(package.read(name))


def text_of(paragraph: etree._Element, accepted: bool) -> str:
    """The paragraph's words with all its changes accepted, or all rejected."""
    left_out = W + ("del" if accepted else "ins")
    tags = {f"{W}t", f"{W}delText"}
    return "".join(
        node.text or ""
        for node in paragraph.iter()
        if node.tag in tags and not any(above.tag == left_out for above in node.iterancestors())
    )


def style(run: etree._Element) -> str | None:
    found = run.find(f"{W}rPr/{W}rStyle")
    return None if found is None else found.get(f"{W}val")


def provision(text: str) -> etree._Element:
    return next(p for p in part("word/document.xml").iter(f"{W}p") if text in "".join(p.itertext()))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_opens_without_a_complaint(tmp_path: Path, language: str) -> None:
    file = tmp_path / "document.docx"
    file.write_bytes(docx.write(everything(language)))
    found = OpenXmlValidator().validate(str(file))
    assert [error.description for error in found.errors] == []


def test_another_word_processor_opens_it_with_its_words(tmp_path: Path, libreoffice: str) -> None:
    documents = {"each": everything(), "ar": spoken("ar"), "zh": spoken("zh")}
    files = [tmp_path / f"{name}.docx" for name in documents]
    for file, document in zip(files, documents.values(), strict=True):
        file.write_bytes(docx.write(document))
    for saved, document in zip(office.convert(libreoffice, files, "odt", tmp_path), documents.values(), strict=True):
        with zipfile.ZipFile(saved) as package:
            shown = "".join("".join(etree.fromstring(package.read("content.xml")).itertext()).split())
        for part in document.texts:
            plain = [run.text for run in part.runs if run.mark is Mark.PLAIN]
            assert all("".join(words.split()) in shown for words in plain)


def test_equal_documents_give_equal_bytes() -> None:
    assert docx.write(everything()) == docx.write(everything())


def test_accepting_all_changes_gives_the_new_words_and_rejecting_them_the_old() -> None:
    changed = provision("Kept ")
    assert text_of(changed, accepted=True) == "Kept in"
    assert text_of(changed, accepted=False) == "Kept out"


def test_a_change_names_the_delegation_that_made_it() -> None:
    changed = provision("Kept ")
    assert [change.get(f"{W}author") for change in changed.iter(f"{W}del", f"{W}ins")] == ["KEN", "EU, NOR"]


def test_deleted_words_are_written_as_deleted_text() -> None:
    deleted = list(part("word/document.xml").iter(f"{W}del"))
    assert not [change for change in deleted if list(change.iter(f"{W}t"))]


def test_a_wholly_new_paragraph_goes_with_its_mark_when_rejected() -> None:
    mark = provision("A wholly new").find(f"{W}pPr/{W}rPr/{W}ins")
    assert mark is not None


def test_change_and_bookmark_ids_are_unique() -> None:
    document = part("word/document.xml")
    ids = [node.get(f"{W}id") for node in document.iter(f"{W}ins", f"{W}del", f"{W}bookmarkStart")]
    assert len(ids) == len(set(ids))


def test_the_symbol_stands_on_every_page_and_the_page_is_numbered() -> None:
    word = Word(io.BytesIO(docx.write(everything())))
    section = word.sections[0]
    assert section.header.paragraphs[0].text.startswith("A/CONF.9/L.1/Rev.1\t")
    fields = [field.get(f"{W}instr") for field in section.header._element.iter(f"{W}fldSimple")]
    assert fields == [" PAGE ", " NUMPAGES "]


def test_every_fifth_line_of_the_body_is_numbered_and_no_line_of_the_masthead() -> None:
    document = part("word/document.xml")
    assert [node.get(f"{W}countBy") for node in document.iter(f"{W}lnNumType")] == ["5"]
    assert provision("Conference on Rivers").find(f"{W}pPr/{W}suppressLineNumbers") is not None
    assert provision("Each Party").find(f"{W}pPr/{W}suppressLineNumbers") is None


def test_a_bracket_prints_its_number_raised() -> None:
    raised = [run for run in provision("Each Party").iter(f"{W}r") if style(run) == "BracketNumber"]
    assert ["".join(run.itertext()) for run in raised] == ["1"]


def test_arabic_runs_from_right_to_left_and_what_is_not_arabic_in_it_does_not() -> None:
    with zipfile.ZipFile(io.BytesIO(docx.write(spoken("ar")))) as package:
        document = etree.fromstring(package.read("word/document.xml"))
    runs = {"".join(run.itertext()): run.find(f"{W}rPr/{W}rtl") is not None for run in document.iter(f"{W}r")}
    assert runs["أن يحمي"]
    assert runs["["]
    assert not runs[" NOR, EU"]
    *_, untranslated = document.iter(f"{W}p")
    directions = [p.find(f"{W}pPr/{W}bidi") is not None for p in document.iter(f"{W}p")]
    assert "".join(untranslated.itertext()) == "3. Article 9 waits for its translation."
    assert directions == [True] * (len(directions) - 1) + [False]
