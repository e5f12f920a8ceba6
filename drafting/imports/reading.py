"""The door for files: what is let in, and what each kind of file is read by; the result is a frozen structure.

A file is what its bytes say, whatever it is called; a name that says otherwise is refused, as somebody was misled.
Opening a text from a structure is `drafting.services.openings`; what an import tells its user is in `report`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import msgspec

from drafting.errors import EmptyImport, UnreadableImport
from drafting.imports import akomantoso, docx, lowering, markdown, outlining, packages, returns, text, wordparts
from drafting.imports.blocks import Remark
from drafting.imports.lowering import Change, Side
from drafting.imports.packages import Package
from drafting.text import packing, tokens
from drafting.text.document import Comment, Document
from drafting.text.errors import TextError
from drafting.text.structures import Structure

#: The largest file let in, in bytes: the largest real text known has 0.3 MB, a Word file with pictures some more.
LARGEST = 20_000_000
#: The largest plain text let in, in bytes.
LARGEST_TEXT = 5_000_000
TOO_LARGE = f"The file is larger than {LARGEST // 1_000_000} MB: bring the text in parts."
#: What parts pages and lines in files of other systems, besides the line feed.
_SEPARATORS = re.compile(r"[\x0b\x0c\x1c-\x1f]")
#: The kinds of file there are, and the endings of names they go by.
_ENDINGS = {
    "Word": ("docx", "dotx"),
    "Akoma Ntoso": ("xml", "akn"),
    "JSON": ("json",),
    "text": ("txt", "md", "markdown", "text", "mdown"),
}


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was read.

    `provisions` are, for each entry, the id of the provision our own file was made from; `document` is None for plain
    texts, which have no marks; `remarks` say what is no words of the text, and where it was kept. `lost` counts the
    characters of a plain text that are in no provision, white space aside; of other files it is null.
    """

    form: str
    structure: Structure
    document: Document | None = None
    provisions: tuple[int | None, ...] = ()
    remarks: tuple[Remark, ...] = ()
    changes: tuple[Change, ...] = ()
    side: Side = Side.ACCEPTED
    lost: int | None = None

    @property
    def letters(self) -> int:
        """How many characters the provisions have, white space left out."""
        return sum(len("".join(entry.words.split())) for entry in self.structure.entries)

    @property
    def comments(self) -> tuple[Comment, ...]:
        """What was written beside the text; it is reported, and no part of the text."""
        return self.document.comments if self.document else ()

    @property
    def placed_comments(self) -> tuple[tuple[Comment, int | None], ...]:
        """The comments, each with the entry it stands at."""
        at = lowering.entries(self.document, self.side) if self.document and self.comments else {}
        return tuple((one, None if one.part is None else at.get(one.part)) for one in self.comments)

    @property
    def is_own(self) -> bool:
        """Whether the file was exported from here and says which provision is which."""
        return any(found is not None for found in self.provisions)


def _count_lost(words: str, structure: Structure) -> int:
    """Return how many characters of a plain text are in no provision: none, or a reader of ours is at fault."""
    here, there = ("".join(text.split()) for text in (words, "".join(structure.texts())))
    if here == there:
        return 0
    one, other = Counter(here), Counter(there)
    return (one - other).total() + (other - one).total()


def read(data: bytes) -> Structure:
    """Return the structure of a file, its changes accepted; every word of a plain text is in some entry's words.

    Raises `EmptyImport`, or `UnreadableImport` for what is too large or none of the kinds, with one sentence.
    """
    return open(data).structure


def open(data: bytes, name: str = "", side: Side = Side.ACCEPTED) -> Read:
    """Return a file as it was read, tracked changes settled to that side; raises as `read` does."""
    form = admit(data, name)
    if form == "text":
        words = decode(data)
        if (ours := returns.read(words)) is not None:
            return _lowered(*ours, side)
        reader = markdown if markdown.recognises(words) else text
        structure = outlining.build(reader.read(words))
        return Read("Markdown" if reader is markdown else "plain text", structure, lost=_count_lost(words, structure))
    return _lowered(form, *_read(form, data), side)


def _lowered(form: str, document: Document, remarks: tuple[Remark, ...], side: Side) -> Read:
    try:
        structure, provisions = lowering.lower(document, side)
    except TextError as error:
        raise UnreadableImport(f"The file holds what is no text: {_lower(error.message)}") from error
    if not structure.entries:
        raise EmptyImport("The file holds no words.")
    return Read(form, structure, document, provisions, remarks, lowering.changes(document), side)


def admit(data: bytes, name: str = "") -> str:
    """Return what kind of file it is, from a look at its outside; raises `UnreadableImport` for what is not let in."""
    if len(data) > LARGEST:
        raise UnreadableImport(TOO_LARGE)
    form = recognise(data)
    _check_name(name, form)
    if form == "Word":
        wordparts.refuse_code(Package(data))
    return form


def pruned(data: bytes) -> bytes:
    """Return the file without what is not read of it, as a report hands it on: pictures, fonts, previews."""
    return packages.pruned(data) if packages.is_package(data) else data


def recognise(data: bytes) -> str:
    """Return what kind of file the bytes are; raises `UnreadableImport` for kinds that are not read."""
    packages.refuse_compound(data)
    if packages.is_package(data):
        return "Word"
    if data.startswith(b"%PDF"):
        raise UnreadableImport("A PDF holds no text that can be relied on: bring the Word file, or its text as .txt.")
    if akomantoso.recognises(data):
        return "Akoma Ntoso"
    head = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:14].lower().startswith((b"<!doctype html", b"<html")):
        raise UnreadableImport("The file is a web page: bring the Word file, or its text as .txt.")
    if head.startswith(b"{") and packing.FORMAT.encode() in data[:400]:
        return "JSON"
    if head.startswith(b"<?xml"):
        raise UnreadableImport("The file is XML but not Akoma Ntoso 3.0.")
    return "text"


def _read(form: str, data: bytes) -> tuple[Document, tuple[Remark, ...]]:
    if form == "Word":
        return docx.read(Package(data))
    if form == "Akoma Ntoso":
        return akomantoso.read(data)
    try:
        return packing.unpack(data), ()
    except (msgspec.ValidationError, msgspec.DecodeError, ValueError, RecursionError) as error:
        raise UnreadableImport(f"The JSON is not of the documented shape: {error}.") from error


def _check_name(name: str, form: str) -> None:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    for kind, endings in _ENDINGS.items():
        if ending in endings and kind != form:
            raise UnreadableImport(
                f"The file’s name ends in “{ending}”, yet it holds {_HOLDS[form]}: rename it, or bring the right one."
            )


_HOLDS = {"Word": "a package", "Akoma Ntoso": "Akoma Ntoso", "JSON": "a document as JSON", "text": "plain words"}


def decode(data: bytes) -> str:
    """Return the text of a file in NFC with line feeds, as every text of the house is kept."""
    if len(data) > LARGEST_TEXT:
        raise UnreadableImport(f"The text is larger than {LARGEST_TEXT // 1_000_000} MB: bring it in parts.")
    if b"\0" in data:
        raise UnreadableImport("The file is not a text: it holds NUL characters, as files of other programs do.")
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableImport(
            f"The file is not in UTF-8 (byte {error.start + 1} is no part of a character): save it as UTF-8."
        ) from error
    words = _SEPARATORS.sub("\n", words)
    if not words or words.isspace():
        raise EmptyImport("The file holds no words.")
    try:
        return tokens.normalise(words)
    except TextError as error:
        raise UnreadableImport(f"The file is not a plain text: {_lower(error.message)}") from error


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]
