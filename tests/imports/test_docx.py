"""Word files of others: every word, every change with who and when, every number Word counts itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafting.exports import docx as writer
from drafting.imports import docx, lowering, reading
from drafting.imports.lowering import Change, Side
from drafting.imports.packages import Package
from drafting.text.document import Document, Mark
from tests import office
from tests.exports.documents import everything, large
from tests.imports.packages import W, changed, p, package, r, with_part

WHEN = "2026-01-02T03:04:05Z"


def words(body: str, side: Side = Side.ACCEPTED, **parts: str) -> list[str]:
    return reading.open(package(body, **parts), side=side).structure.texts()


def changes(body: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.author, one.text) for one in reading.open(package(body)).changes]


def back(document: Document) -> Document:
    return docx.read(Package(writer.write(document)))[0]


def numbered(levels: str, name: str) -> str:
    """The definitions of one list."""
    of = '<w:abstractNumId w:val="0"/>'
    return f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="{name}">{of}</w:num>'


REPLACED = p(r("Each Party "), changed("del", r("should", "delText")), changed("ins", r("shall")), r(" act."))


@pytest.mark.parametrize(
    ("side", "read"), [(Side.ACCEPTED, "Each Party shall act."), (Side.REJECTED, "Each Party should act.")]
)
def test_changes_are_read_as_accepted_or_as_rejected(side: Side, read: str) -> None:
    assert words(REPLACED, side) == [read]


def test_changes_name_author_and_time() -> None:
    assert reading.open(package(REPLACED)).changes == (
        Change("deleted", "Norway", WHEN, "should"),
        Change("inserted", "Norway", WHEN, "shall"),
    )


def test_words_put_in_by_one_and_taken_out_by_another_are_both() -> None:
    body = p(r("a "), changed("ins", r("b ") + changed("del", r("c ", "delText"), "Kenya")), r("d"))
    assert changes(body) == [("inserted", "Norway", "b "), ("inserted", "Norway", "c "), ("deleted", "Kenya", "c ")]
    assert (words(body), words(body, Side.REJECTED)) == (["a b d"], ["a d"])


def test_moved_words_come_and_go_once() -> None:
    body = p(changed("moveFrom", r("a ")), r("b"), changed("moveTo", r(" a")))
    assert [kind for kind, _, _ in changes(body)] == ["moved-from", "moved-to"]
    assert words(body) == ["b a"]


def test_a_paragraph_whose_end_is_taken_out_goes_on_in_the_next() -> None:
    mark = f"<w:rPr>{changed('del', '')}</w:rPr>"
    body = p(r("One "), props=mark) + p(r("two."))
    assert (words(body), words(body, Side.REJECTED)) == (["One two."], ["One", "two."])


def test_numbers_that_word_counts_become_words() -> None:
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    levels = (
        level.format(0, "decimal", "%1.")
        + level.format(1, "lowerLetter", "(%2)")
        + level.format(2, "lowerRoman", "%1.%2.%3")
    )
    numbering = numbered(levels, "3")

    def item(at: int) -> str:
        return p(r("x."), props=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="3"/></w:numPr>')

    body = "".join(map(item, (0, 1, 1, 2, 0, 1)))
    assert words(body, numbering=numbering) == ["1. x.", "(a) x.", "(b) x.", "1.b.i x.", "2. x.", "(a) x."]


def test_numbers_come_from_the_paragraphs_style_too() -> None:
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering = numbered(level, "1")
    based = '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    styles = f'<w:style w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>{based}'
    body = p(r("x."), props='<w:pStyle w:val="B"/>') * 2
    assert words(body, numbering=numbering, styles=styles) == ["I. x.", "II. x."]


def test_a_list_that_starts_anew_leaves_the_count_of_the_others_alone() -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    other = f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{anew}</w:num>'
    going_on = '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    body = "".join(p(r("x."), props=f'<w:numPr><w:numId w:val="{number}"/></w:numPr>') for number in (1, 1, 2, 2, 1, 3))
    texts = words(body, numbering=numbered(level, "1") + other + going_on)
    assert texts == ["1. x.", "2. x.", "7. x.", "8. x.", "3. x.", "4. x."]


def test_footnotes_are_signs_and_notes_after_their_paragraph() -> None:
    sign = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    line = f'<w:footnote w:id="0" w:type="separator">{p(r("-"))}</w:footnote>'
    notes = f'{line}<w:footnote w:id="2">{p(r(" Or later."))}</w:footnote>'
    assert words(p(r("Act"), sign, r(" now.")) + p(r("Next.")), footnotes=notes) == [
        "Act[^1] now.",
        "[^1]: Or later.",
        "Next.",
    ]


def test_comments_are_reported_and_no_words_of_the_text() -> None:
    comments = f'<w:comment w:id="5" w:author="Kenya" w:date="{WHEN}">{p(r("Why?"))}</w:comment>'
    read = reading.open(package(p(r("Act now."), '<w:r><w:commentReference w:id="5"/></w:r>'), comments=comments))
    assert read.structure.texts() == ["Act now."]
    assert [(one.by, one.text, one.words) for one in read.comments] == [("Kenya", "Why?", "Act now.")]


def test_every_cell_of_a_table_is_a_provision_and_said_to_be() -> None:
    table = f"<w:tbl><w:tr><w:tc>{p(r('A'))}</w:tc><w:tc>{p(r('B'))}</w:tc></w:tr></w:tbl>"
    read = reading.open(package(p(r("Before.")) + table))
    assert read.structure.texts() == ["Before.", "A", "B"]
    assert any("table" in remark.what for remark in read.remarks)


def test_words_in_links_fields_and_boxes_are_words() -> None:
    link = f"<w:hyperlink>{r('link ')}</w:hyperlink>"
    field = f'<w:fldSimple w:instr=" PAGE ">{r("7 ")}</w:fldSimple>'
    box = f"<w:r><w:pict><w:txbxContent>{p(r('In a box.'))}</w:txbxContent></w:pict></w:r>"
    assert sorted(words(p(link, field, r("end."), box))) == ["In a box.", "link 7 end."]


def test_hidden_words_are_left_out_and_said_to_be() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
    read = reading.open(package(p(r("Seen."), hidden)))
    assert read.structure.texts() == ["Seen."]
    assert [remark.words for remark in read.remarks] == ["secret"]


def test_the_strict_form_of_the_format_is_read_too() -> None:
    strict = with_part(
        package(p(r("Act."))), "word/document.xml", W, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert docx.read(Package(strict))[0].words() == ["Act."]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_our_own_file_gives_the_whole_document_back(language: str) -> None:
    assert back(everything(language)) == everything(language)
    assert writer.write(back(everything(language))) == writer.write(everything(language))


def test_six_hundred_changes_go_out_and_come_in_the_same() -> None:
    document = large()
    out = lowering.changes(document)
    assert len(out) == 600
    assert lowering.changes(back(document)) == out


def test_what_a_capital_adds_to_our_file_is_a_provision_without_an_id() -> None:
    added = with_part(
        writer.write(everything()), "word/document.xml", "<w:sectPr", p(r("Added by hand.")) + "<w:sectPr"
    )
    read = reading.open(added)
    known = dict(zip(read.structure.texts(), read.provisions, strict=True))
    assert known["[a][b]"] == 18
    assert known["Added by hand."] is None


def test_what_a_capital_takes_out_of_our_file_is_said_to_be_missing() -> None:
    renamed = with_part(writer.write(everything()), "word/document.xml", 'w:name="b8_1_8"', 'w:name="other"')
    remarks = reading.open(renamed).remarks
    assert [remark.words for remark in remarks] == ["1.8"]


def test_no_run_loses_its_marks_where_word_cuts_it_in_pieces() -> None:
    body = p(changed("ins", r("sh")), changed("ins", r("all")))
    (block,) = docx.read(Package(package(body)))[0].blocks
    assert [(run.mark, run.text) for run in block.runs] == [(Mark.INSERTED, "shall")]


def test_changes_survive_another_word_processor(tmp_path: Path, libreoffice: str) -> None:
    file = tmp_path / "in.docx"
    file.write_bytes(writer.write(large()))
    (saved,) = office.convert(libreoffice, [file], "docx:MS Word 2007 XML", tmp_path)
    again = docx.read(Package(saved.read_bytes()))[0]
    assert lowering.changes(again) == lowering.changes(large())
