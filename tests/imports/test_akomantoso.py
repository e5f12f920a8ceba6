"""Akoma Ntoso comes back whole from our own files, and as the words of its provisions from those of others."""

from __future__ import annotations

import pytest

from drafting.exports import akomantoso as writer
from drafting.imports import akomantoso, lowering, reading
from tests.exports.documents import everything, large, spoken
from tests.exports.test_akomantoso import compiled, treaty

FOREIGN = """<?xml version="1.0"?><akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><bill name="x">
<meta/><preface><p><docTitle>An Act</docTitle></p></preface><body><article eId="art_1"><num>Article 1</num>
<heading>Aim</heading><paragraph eId="p"><num>1.</num><content>
<p>Each <del refersTo="#org-NOR">State</del><ins refersTo="#org-NOR">Party</ins>
 acts<authorialNote marker="1"><p>Or not.</p></authorialNote>.</p></content></paragraph></article></body></bill>
</akomaNtoso>"""


@pytest.mark.parametrize(
    "document", [everything(), everything("ar"), treaty(), compiled(), spoken("ar"), large(60, 40)]
)
def test_our_own_file_gives_the_whole_document_back(document: object) -> None:
    data = writer.write(document)  # type: ignore[arg-type]  # a parameter of pytest has no type
    assert akomantoso.read(data)[0] == document
    assert writer.write(akomantoso.read(data)[0]) == data


def test_what_somebody_adds_to_our_file_is_a_provision_without_an_id() -> None:
    added = '<hcontainer name="x" eId="new"><content><p>Added by hand.</p></content></hcontainer></mainBody>'
    read = reading.open(writer.write(everything()).replace(b"</mainBody>", added.encode()))
    known = dict(zip(read.structure.texts(), read.provisions, strict=True))
    assert known["[a][b]"] == 18
    assert known["Added by hand."] is None


def test_the_file_of_others_is_read_as_its_provisions_changes_and_notes() -> None:
    read = reading.open(FOREIGN.encode())
    assert read.structure.texts() == ["An Act", "Article 1 Aim", "1. Each Party\n acts[^1].", "[^1]: Or not."]
    assert [(one.kind, one.author, one.text) for one in read.changes] == [
        ("deleted", "NOR", "State"),
        ("inserted", "NOR", "Party"),
    ]


def test_the_changes_of_a_large_file_go_out_and_come_in_the_same() -> None:
    document = large(200, 120, 20)
    assert lowering.changes(akomantoso.read(writer.write(document))[0]) == lowering.changes(document)
