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


Place = tuple[int, int]
"""(entry, offset in code points of its words)."""


@dataclass(frozen=True, slots=True)
class KnownPair:
    """A pair that a file of ours says more of than its marks: `at` is where its `[` stands, `id` whose row it was."""

    at: Place
    id: int
    article: str = ""
    number: int | None = None
    kind: str = "disputed"
    holders: tuple[str, ...] = ()
    holders_known: bool = True


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """Alternatives that a file of ours knows, by where their `[` stand; `baseline` is (entry, start, end)."""

    pairs: frozenset[Place]
    confirmed: bool = False
    baseline: tuple[int, int, int] | None = None
    no_text: bool = False


@dataclass(frozen=True, slots=True)
class Structure:
    """All entries in the order of the document; addresses are unique; there is at least one instrument.

    `pairs` and `groups` are those that our own file knows; a group one of whose pairs is gone is not among them.
    """

    entries: tuple[Entry, ...]
    instruments: tuple[str, ...] = ("",)
    title: str = ""
    pairs: tuple[KnownPair, ...] = ()
    groups: tuple[KnownGroup, ...] = ()

    @property
    def confirmed(self) -> frozenset[frozenset[Place]]:
        """The groups a person confirmed: the places of their `[`."""
        return frozenset(group.pairs for group in self.groups if group.confirmed)

    def texts(self) -> list[str]:
        """Return the words of every entry in order."""
        return [entry.words for entry in self.entries]


def plain(texts: Iterable[str]) -> Structure:
    """Return the structure of `texts` with nothing read into it: paragraphs at the addresses 1, 2, 3 …"""
    return Structure(tuple(Entry(words, str(n)) for n, words in enumerate(texts, 1)))
