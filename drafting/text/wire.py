"""Change sets as they travel: CodeMirror's JSON in UTF-16 units, read and mapped without knowing the text they fit.

A change on an older revision is carried over the rows that came since; the words of that revision are gone, but in
units the arithmetic needs none of them. A character beyond U+FFFF stands here as its two surrogates, and nothing may
come out of here with half of one: `changes.ChangeSet.from_json` reads the result against the text it is applied to.
"""

from collections.abc import Iterable

from .changes import ChangeSet
from .errors import ChangeMismatch
from .sections import KEEP, Writer


def read(json: object, length: int | None = None) -> ChangeSet:
    """Return the change in units; raises `ChangeMismatch` for another shape, or another length than `length`."""
    if not isinstance(json, list):
        raise ChangeMismatch("A change set is a list of lengths and insertions.")
    out = Writer()
    for part in json:
        size, words = _read_part(part)
        out.add(size, KEEP if words is None else len(words), words or "")
    change = ChangeSet(tuple(out.sections), tuple(out.inserted))
    if length is not None and change.length != length:
        raise ChangeMismatch(f"The change covers {change.length} units of a text of {length}.")
    return change


def write(change: ChangeSet) -> list[object]:
    """Return a change in units as JSON; raises `ChangeMismatch` where it would put in half a character."""
    out: list[object] = []
    for (length, inserted), words in zip(change.sections, change.inserted, strict=True):
        if inserted < 0:
            out.append(length)
        else:
            out.append([length, *_join(words).split("\n")] if inserted else [length])
    return out


def carry(json: object, over: Iterable[ChangeSet]) -> list[object]:
    """Return a change mapped over the rows that were stored since its revision, one by one, as JSON.

    Of two insertions at one point the stored one comes first, as in CodeMirror's `collab`.
    """
    change = read(json)
    for row in over:
        change = change.map(row)
    return write(change)


def units(text: str) -> int:
    """Return the length of `text` in UTF-16 units."""
    return len(text) if text.isascii() else len(text) + sum(char > "\uffff" for char in text)


def _read_part(part: object) -> tuple[int, str | None]:
    size = part[0] if isinstance(part, list) and part else part
    if type(size) is not int or size < 0:
        raise ChangeMismatch("A part of a change begins with a length that is not a whole number from 0.")
    if not isinstance(part, list):
        return size, None
    for line in part[1:]:
        if not isinstance(line, str) or "\n" in line or "\r" in line:
            raise ChangeMismatch("An insertion is a list of lines of text.")
    return size, _split("\n".join(part[1:]))


def _split(words: str) -> str:
    """Return the words with each character beyond U+FFFF as its two surrogates."""
    if words.isascii() or max(words) <= "\uffff":
        return words
    return "".join(map(chr, memoryview(words.encode("utf-16-le", "surrogatepass")).cast("H")))


def _join(words: str) -> str:
    try:
        return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        raise ChangeMismatch("An insertion holds half a character (a lone surrogate).") from None
