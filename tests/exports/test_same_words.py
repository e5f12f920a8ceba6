"""One document, many formats, one text: what is read from each file are the same words."""

import io
import re
import unicodedata
import zipfile
from collections import Counter
from dataclasses import replace

import pytest
from lxml import etree
from lxml import html as html_reader

from drafting.exports import akomantoso, docx, html, pdf
from drafting.text import legends
from drafting.text.document import Block, Document, Mark, Run
from tests.exports import pdfwords
from tests.exports.documents import everything, spoken
from tests.exports.test_akomantoso import AKN
from tests.exports.test_docx import W, style

_OUTSIDE = {"BracketNumber", "Holders", "StatusNote", "FootnoteReference"}


#: One of each without changes, whose deleted words some formats show and others do not; and other scripts.
DOCUMENTS = ("each", "ar", "zh")
in_all = pytest.mark.parametrize("name", DOCUMENTS)


def document(name: str) -> Document:
    if name != "each":
        return spoken(name)
    whole = everything()
    kept = tuple(part for part in whole.blocks if all(run.mark not in ("inserted", "deleted") for run in part.runs))
    return replace(whole, body=kept)


def expected(name: str) -> str:
    return squeeze("".join(document(name).words()))


def squeeze(text: str) -> str:
    return "".join(text.split())


@in_all
def test_word_has_the_words_of_the_text(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(docx.write(document(name)))) as package:
        parts = [etree.fromstring(package.read(f"word/{part}.xml")) for part in ("document", "footnotes")]
    runs = [run for part in parts for run in part.iter(f"{W}r") if style(run) not in _OUTSIDE]
    assert squeeze("".join("".join(run.itertext(f"{W}t")) for run in runs)).endswith(expected(name))


@in_all
def test_html_has_the_words_of_the_text(name: str) -> None:
    tree = html_reader.document_fromstring(html.write(document(name)))
    for outside in tree.xpath("//sup | //span[@class='status']"):
        outside.drop_tree()
    said = tree.xpath("//span[@class='said']")
    for gap in said:
        gap.text = "{" + re.sub(r"\D", "", gap.text or "") + "}"
    assert squeeze(tree.xpath("string(//article)")) == expected(name)


@in_all
def test_akoma_ntoso_has_the_words_of_the_text(name: str) -> None:
    root = etree.fromstring(akomantoso.write(document(name)))
    notes = ["".join(note.itertext()) for note in root.iter(f"{AKN}authorialNote")]
    for note in root.iter(f"{AKN}authorialNote"):
        for child in list(note):
            note.remove(child)
    body = next(root.iter(f"{AKN}mainBody", f"{AKN}body"))
    assert squeeze("".join((*body.itertext(), *notes))) == expected(name)


@pytest.mark.parametrize("name", ["each", "zh"])
def test_pdf_has_the_words_of_the_text(name: str) -> None:
    found = squeeze(pdfwords.words(pdf.write(document(name))))
    *body, note = [squeeze(part.text) for part in document(name).texts]
    noted = [
        f"{text}1" if any(run.mark is Mark.FOOTNOTE for run in block.runs) else text
        for text, block in zip(body, document(name).blocks, strict=True)
    ]
    assert squeeze("".join(noted)).replace("Notedandagreed1", "Noted1andagreed") in found
    assert found.endswith(f"1{note}")


@pytest.mark.parametrize("name", ["ar", "zh"])
def test_the_tags_of_a_pdf_tell_the_words_in_their_order(name: str) -> None:
    """Arabic stands on the page from right to left, and is told from its first word to its last."""
    found = squeeze(pdfwords.told(pdf.write(document(name))))
    places = [found.find(squeeze(block.text)) for block in document(name).blocks]
    assert -1 not in places
    assert places == sorted(places)
    assert all(squeeze(note.text) in found for note in document(name).footnotes)


def test_arabic_lines_that_break_are_told_line_by_line() -> None:
    words = " ".join(f"كلمة{number} [أو غيرها] ثم" for number in range(40))
    made = replace(spoken("ar"), body=(Block((Run(words),)),), pairs=(), footnotes=())
    assert squeeze(words) in squeeze(pdfwords.told(pdf.write(made)))


def test_a_pdf_in_arabic_has_every_letter_of_the_text() -> None:
    """Letters are written as they stand on the line; which comes before which is for the reader's program to tell."""
    made = document("ar")
    found = Counter(squeeze(pdfwords.words(pdf.write(made))))
    head = made.masthead
    front = (head.title, head.distributed, head.written_in, *(words for mark in legends.of(made) for words in mark))
    whole = Counter(squeeze("".join((*made.words(), *front))))
    arabic = {letter for letter in found + whole if unicodedata.bidirectional(letter) == "AL"}
    assert {letter: found[letter] for letter in arabic} == {letter: whole[letter] for letter in arabic}
    assert Counter(expected("ar")) - found == Counter()


def test_arabic_is_copied_from_the_page_in_the_order_of_its_words() -> None:
    """What a browser makes of the page by looking at it; the signs between the words it turns round by itself."""
    found = arabic_words(pdfwords.copied(pdf.write(document("ar"))))
    for block in document("ar").texts:
        wanted = arabic_words(block.text)
        assert any(found[at : at + len(wanted)] == wanted for at in range(len(found)))


def arabic_words(text: str) -> list[str]:
    return re.findall("[\u0620-\u065f\u0660-\u06d3]+", text)
