"""The structure of a document as a reader found it: instruments, and entries in order, each one provision to be.

Only the frozen result; the readers of plain and Markdown files, which find it, are in `drafting.imports`.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One provision to be: its full words, the printed label at their head included.

    `part` and `kind` are the values of `Provision.Part` and `Provision.Kind`; `parent` is the index of the entry it
    stands under; `instrument` the index of its instrument; `article` the address where its bracket numbers restart.
    """

    words: str
    address: str
    label: str = ""
    label_length: int = 0
    part: str = "operative"
    kind: str = "paragraph"
    depth: int = 0
    article: str = ""
    instrument: int = 0
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Structure:
    """All entries in the order of the document; addresses are unique; there is at least one instrument.

    `confirmed` are the groups of alternatives a file says a person confirmed: the places (entry, offset) of their `[`.
    """

    entries: tuple[Entry, ...]
    instruments: tuple[str, ...] = ("",)
    title: str = ""
    confirmed: frozenset[frozenset[tuple[int, int]]] = frozenset()

    def texts(self) -> list[str]:
        """Return the words of every entry in order."""
        return [entry.words for entry in self.entries]


def plain(texts: Iterable[str]) -> Structure:
    """Return the structure of `texts` with nothing read into it: paragraphs at the addresses 1, 2, 3 …"""
    return Structure(tuple(Entry(words, str(n)) for n, words in enumerate(texts, 1)))
