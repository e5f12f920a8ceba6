"""Files that mean harm or are broken: each refused with one sentence, little unpacked, nothing fetched or kept."""

from __future__ import annotations

import io
import re
import tracemalloc
import zipfile
from functools import cache
from random import Random
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drafting.errors import EmptyImport, UnreadableImport
from drafting.exports import FORMATS
from drafting.imports import intakes, packages, reading
from drafting.models import NegotiatingText
from tests import factories
from tests.cast import Cast
from tests.exports.documents import everything
from tests.imports.packages import p, package, r, with_part

_ENTITY = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def referring(kind: str) -> bytes:
    """A package that refers to something outside itself."""
    rels = f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r" Type="{_KINDS}/{kind}" Target="http://x.example" '
    with zipfile.ZipFile(out := io.BytesIO(package(p(r("Act.")))), "a") as file:
        file.writestr("word/_rels/document.xml.rels", f'{rels}TargetMode="External"/></Relationships>')
    return out.getvalue()


def locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(64)


def bomb() -> bytes:
    """A package of 100 kB that unpacks to 100 MB."""
    return zipped(**{"word__document.xml": b"<a>" + b" " * 100_000_000})


HOSTILE = {
    "bomb": (bomb, "unpacks to more"),
    "too many parts": (lambda: zipped(**{f"p{n}": b"" for n in range(2_001)}), "more than 2000 parts"),
    "entities": (lambda: with_part(package(p(r("a"))), "word/document.xml", "<w:doc", f"{_ENTITY}<w:doc"), "entities"),
    "entities in XML": (lambda: f'<?xml version="1.0"?>{_ENTITY}<akomaNtoso xmlns="{AKN}"/>'.encode(), "entities"),
    "macros": (lambda: zipped(**{"word__document.xml": b"<a/>", "word__vbaProject.bin": b"x"}), "macros"),
    "template elsewhere": (lambda: referring("attachedTemplate"), "outside itself"),
    "picture elsewhere": (lambda: referring("image"), "outside itself"),
    "cut off": (lambda: written("docx")[:-400], "damaged"),
    "old Word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "before 2007"),
    "password": (locked, "password"),
    "a spreadsheet": (lambda: zipped(**{"xl__workbook.xml": b"<workbook/>"}), "not of Word"),
    "PDF": (lambda: b"%PDF-1.7 ...", "PDF"),
    "web page": (lambda: b"\n<!DOCTYPE html><html><p>1. Parties act.</p></html>", "web page"),
    "other XML": (lambda: b"<?xml version='1.0'?><html/>", "not Akoma Ntoso"),
    "other JSON": (lambda: written("json").replace(b'"version":1', b'"version":9'), "documented shape"),
    "deep JSON": (lambda: b'{"format":"rolling-text/document","body":' + b"[" * 90_000, "documented shape"),
    "500 MB": (lambda: b"a" * (reading.LARGEST + 1), "larger than 20 MB"),
}
AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_with_one_sentence(name: str) -> None:
    make, said = HOSTILE[name]
    with pytest.raises(UnreadableImport, match=said) as refused:
        reading.open(make())
    check_sentence(refused.value.message)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_refused_takes_little_memory(name: str) -> None:
    data = HOSTILE[name][0]()
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableImport):
            reading.open(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3 * packages.LARGEST_PART


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_refused_is_not_kept(name: str, cast: Cast) -> None:
    assert kept(cast, factories.text(cast, "Each Party shall act."), HOSTILE[name][0]()) == b""


def kept(cast: Cast, text: NegotiatingText, data: bytes) -> bytes:
    """Return what is kept of a file that is brought and refused, at the door or by the worker that reads it."""
    try:
        intake = intakes.begin(cast.secretary, text, "a", data, "accepted")
    except UnreadableImport:
        return b""
    intakes.work(intake.key)
    assert intakes.state(intake).code == "unreadable-file"
    return intakes.fetch(cast.secretary, text, intake.key).data


def test_links_to_the_web_are_words_and_nothing_is_fetched() -> None:
    assert reading.read(referring("hyperlink")).texts() == ["Act."]


@pytest.mark.parametrize(("name", "said"), [("a.txt", "a package"), ("a.json", "a package"), ("a.akn", "a package")])
def test_a_name_that_says_otherwise_is_refused(name: str, said: str) -> None:
    with pytest.raises(UnreadableImport, match=said):
        reading.open(package(p(r("Act."))), name)


def test_a_file_without_a_word_is_refused() -> None:
    with pytest.raises(EmptyImport):
        reading.open(package(p()))


@cache
def written(form: str) -> bytes:
    return FORMATS[form].write(everything())


Outcome = Literal["read", "refused"]


@pytest.mark.parametrize("form", ["docx", "xml", "json"])
def test_a_file_with_random_damage_is_read_or_refused(form: str) -> None:
    met: set[Outcome] = set()

    @given(seed=st.integers(0, 2**32), cuts=st.integers(1, 30))
    @example(seed=0, cuts=0)
    @example(seed=0, cuts=1_000)
    def damage(seed: int, cuts: int) -> None:
        random, data = Random(seed), bytearray(written(form))
        for _ in range(cuts):
            data[random.randrange(len(data))] = random.randrange(256)
        met.add(read_or_refuse(bytes(data)))

    damage()
    assert met == {"read", "refused"}


_PIECES = st.lists(
    st.sampled_from(
        '<w:p>|</w:p>|<w:r>|</w:r>|<w:t>words</w:t>|<w:ins w:author="A">|</w:ins>|<w:del>|</w:del>|<w:tbl>|</w:tbl>|'
        '<w:tr>|</w:tr>|<w:tc>|</w:tc>|<w:bookmarkEnd w:id="1"/>|<w:footnoteReference w:id="9"/>|<w:sym w:char="zz"/>|'
        "<w:br/>|"
        '<w:pPr><w:numPr><w:ilvl w:val="x"/><w:numId w:val="-"/></w:numPr></w:pPr>|<w:sdt><w:sdtContent>|[|]'.split("|")
    ),
    max_size=12,
)


def test_any_markup_in_a_package_is_read_or_refused() -> None:
    met: set[Outcome] = set()

    @given(_PIECES)
    @example(["<w:p>", "<w:r>", "<w:t>words</w:t>", "</w:r>", "</w:p>"])
    @example(["<w:p>", "<w:t>words</w:t>"])
    def mark_up(pieces: list[str]) -> None:
        met.add(read_or_refuse(package("".join(pieces))))

    mark_up()
    assert met == {"read", "refused"}


def read_or_refuse(data: bytes) -> Outcome:
    """Return which it was; fail for any other outcome: an error without a sentence, a provision without words."""
    try:
        found = reading.open(data)
    except (UnreadableImport, EmptyImport) as refused:
        check_sentence(refused.message)
        return "refused"
    assert found.structure.entries
    assert all(entry.words.strip() for entry in found.structure.entries)
    return "read"


def check_sentence(said: str) -> None:
    """Fail for what is no sentence a person reads: one line, a capital at its head, a full stop, more than a word."""
    assert re.fullmatch(r"[A-Z“][^\n]*\s[^\n]*\.", said), said
