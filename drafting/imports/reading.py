"""The door for files: what is let in, and what each kind of file is read by; the result is a frozen structure.

Opening a text from a structure is `drafting.services.openings`; what an import tells its user is in `report`.
"""

from __future__ import annotations

import re

from drafting.errors import EmptyImport, UnreadableImport
from drafting.imports import markdown, outlining, text
from drafting.text import tokens
from drafting.text.errors import TextError
from drafting.text.structures import Structure

#: The largest file let in, in bytes: the largest real text known has 0.3 MB.
LARGEST = 5_000_000
TOO_LARGE = f"The file is larger than {LARGEST // 1_000_000} MB: bring the text in parts."
#: What parts pages and lines in files of other systems, besides the line feed.
_SEPARATORS = re.compile(r"[\x0b\x0c\x1c-\x1f]")


def read(data: bytes) -> Structure:
    """Return the structure of a plain or Markdown file; every character but white space is in some entry's words.

    Raises `EmptyImport`, or `UnreadableImport` for what is too large, binary or not UTF-8, with one sentence.
    """
    words = decode(data)
    reader = markdown if markdown.recognises(words) else text
    return outlining.build(reader.read(words))


def decode(data: bytes) -> str:
    """Return the text of a file in NFC with line feeds, as every text of the house is kept."""
    if len(data) > LARGEST:
        raise UnreadableImport(TOO_LARGE)
    if b"\0" in data:
        raise UnreadableImport("The file is not a text: it holds NUL characters, as a Word or PDF file does.")
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
        what = error.message[0].lower() + error.message[1:]
        raise UnreadableImport(f"The file is not a plain text: {what}") from error
