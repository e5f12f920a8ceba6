"""One document, many formats, one text: what is read from each file are the same words."""

import io
import re
import zipfile
from dataclasses import replace

from lxml import etree
from lxml import html as html_reader

from drafting.exports import akomantoso, docx, html, pdf
from drafting.text.document import Document
from tests.exports.documents import everything
from tests.exports.test_akomantoso import AKN
from tests.exports.test_docx import W, style
from tests.exports.test_pdf import words as words_of_pdf

_OUTSIDE = {"BracketNumber", "Holders", "StatusNote", "FootnoteReference"}


def document() -> Document:
    """The one of each, without changes, whose deleted words some formats show and others do not."""
    whole = everything()
    kept = tuple(part for part in whole.blocks if all(run.mark not in ("inserted", "deleted") for run in part.runs))
    return replace(whole, body=kept)


def expected() -> str:
    return squeeze("".join(document().words()))


def squeeze(text: str) -> str:
    return "".join(text.split())


def test_word_has_the_words_of_the_text() -> None:
    with zipfile.ZipFile(io.BytesIO(docx.write(document()))) as package:
        parts = [etree.fromstring(package.read(f"word/{name}.xml")) for name in ("document", "footnotes")]
    runs = [run for part in parts for run in part.iter(f"{W}r") if style(run) not in _OUTSIDE]
    assert squeeze("".join("".join(run.itertext(f"{W}t")) for run in runs)).endswith(expected())


def test_html_has_the_words_of_the_text() -> None:
    tree = html_reader.document_fromstring(html.write(document()))
    for outside in tree.xpath("//sup | //span[@class='status']"):
        outside.drop_tree()
    said = tree.xpath("//span[@class='said']")
    for gap in said:
        gap.text = "{" + re.sub(r"\D", "", gap.text or "") + "}"
    assert squeeze(tree.xpath("string(//article)")) == expected()


def test_akoma_ntoso_has_the_words_of_the_text() -> None:
    root = etree.fromstring(akomantoso.write(document()))
    notes = ["".join(note.itertext()) for note in root.iter(f"{AKN}authorialNote")]
    for note in root.iter(f"{AKN}authorialNote"):
        for child in list(note):
            note.remove(child)
    body = next(root.iter(f"{AKN}mainBody"))
    assert squeeze("".join((*body.itertext(), *notes))) == expected()


def test_pdf_has_the_words_of_the_text() -> None:
    found = squeeze(words_of_pdf(pdf.write(document())))
    body, _, note = expected().rpartition("The[footnote].")
    assert body.replace("Noted", "Noted1") in found
    assert found.endswith(f"1The[footnote].{note}")
