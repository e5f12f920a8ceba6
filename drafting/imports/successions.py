"""A file beside the text it is to follow: which of its provisions is which, and what became of the text meanwhile.

In our own file the ids it carries say which is which, and when it was taken out says what moved on since; a file of
others is aligned by its words, as a suggestion that a person can correct. Nothing is stored here: the differences are
found and made in `drafting.services.successions`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from drafting.imports.reading import Read
from drafting.models import JournalEntry, NegotiatingText, Provision
from drafting.queries import capitals, moments
from drafting.services.successions import Standing
from drafting.text import addresses, alignment, rebasing
from drafting.text.document import Comment, Document
from drafting.text.successions import Target

NEW = 0
"""What a person says of a provision of the file that is none of the text: no id is 0."""


@dataclass(frozen=True, slots=True)
class Item:
    """One provision to be, in the order of the file: its words, its `entry` in the file, the provision it is for sure.

    `known` is an id, `NEW`, or None where the words have to tell; an item without an entry is kept as the text has it.
    """

    words: str
    entry: int | None
    known: int | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A provision that both the file and the floor changed since the file was taken; the floor's words stay."""

    address: str
    file: str
    floor: str
    why: str


@dataclass(frozen=True)
class Found:
    """What a file comes to on the text as it stands: the target, its items, and what could not be carried.

    `later` counts the provisions that the floor changed since the file was taken and the file did not: they stay.
    """

    target: Target
    items: tuple[Item, ...]
    conflicts: tuple[Conflict, ...] = ()
    later: int = 0
    is_own: bool = False


def find(negotiated: NegotiatingText, read: Read, stood: Standing, said: Mapping[int, int] | None = None) -> Found:
    """Return what the file comes to; `said` are a person's corrections: entry of the file → provision id or `NEW`."""
    sorter = _Sorter(negotiated, read, stood)
    items = sorter.items()
    corrected = [_corrected(item, said or {}) for item in items]
    index_of = {row.pk: index for index, row in enumerate(stood.live)}
    known: dict[int, int | None] = {}
    for at, item in enumerate(corrected):
        if item.known is not None and (item.known == NEW or item.known in index_of):
            known[at] = None if item.known == NEW else index_of[item.known]
    texts = [item.words for item in corrected]
    matches = alignment.align([row.words.content for row in stood.live], texts, known)
    target = Target(texts, matches, _parents(read, corrected), sorter.pairs(corrected))
    return Found(target, tuple(corrected), tuple(sorter.conflicts), sorter.later, sorter.is_own)


@dataclass
class Finder:
    """Finds, as often as it is asked, what one file comes to; `found` is the last answer."""

    negotiated: NegotiatingText
    read: Read
    said: Mapping[int, int] = field(default_factory=dict)
    found: Found | None = None

    def target(self, stood: Standing) -> Target:
        """Return the target on the text as it stands."""
        self.found = find(self.negotiated, self.read, stood, self.said)
        return self.found.target

    def comments(self, provisions: Mapping[int, int]) -> list[tuple[Comment, int | None]]:
        """Return the comments of the file, each with the provision it stands at, given the ids by index."""
        items = self.found.items if self.found else ()
        at = {item.entry: provisions.get(index) for index, item in enumerate(items) if item.entry is not None}
        return [(one, None if entry is None else at.get(entry)) for one, entry in self.read.placed_comments]


def _corrected(item: Item, said: Mapping[int, int]) -> Item:
    """Return the item as a person has it; what was known to be the provision they named elsewhere is open again."""
    if item.entry is not None and item.entry in said:
        return replace(item, known=said[item.entry])
    return replace(item, known=None) if item.known in said.values() and item.known != NEW else item


def _parents(read: Read, items: Sequence[Item]) -> list[int | None]:
    index_of = {item.entry: index for index, item in enumerate(items) if item.entry is not None}
    entries = read.structure.entries
    parents = (None if item.entry is None else entries[item.entry].parent for item in items)
    return [None if parent is None else index_of.get(parent) for parent in parents]


@dataclass
class _Sorter:
    """Sorts the entries of one file against one text."""

    negotiated: NegotiatingText
    read: Read
    stood: Standing
    conflicts: list[Conflict] = field(default_factory=list)
    later: int = 0

    def __post_init__(self) -> None:
        self._rows = {row.pk: row for row in self.stood.rows}
        self._ids = self.read.provisions or (None,) * len(self.read.structure.entries)
        self.is_own = any(pk in self._rows for pk in self._ids)
        self._then = self._words_then() if self.is_own else {}

    def items(self) -> list[Item]:
        """Return the provisions the file comes to, in their order."""
        items = [
            item
            for at, entry in enumerate(self.read.structure.entries)
            if (item := self._item(at, entry.words)) is not None
        ]
        if not self.is_own:
            return items
        notes = {at for at, look in enumerate(self._looks()) if look}
        placed = [item for item in items if item.entry not in notes or item.known is None]
        moved = [item for item in items if item not in placed]
        met = {item.known for item in items}
        since = [Item(row.words.content.strip(), None, row.pk) for row in self._made_since() if row.pk not in met]
        return self._back_in_place(placed, [*moved, *since])

    def pairs(self, items: Sequence[Item]) -> dict[int, dict[int, int]]:
        """Return the ids of pairs by the place of their `[`, for the items that say what the file says."""
        if not self.is_own:
            return {}
        index_of = {item.entry: index for index, item in enumerate(items) if item.entry is not None}
        found: dict[int, dict[int, int]] = {}
        for pair in self.read.structure.pairs:
            entry, offset = pair.at
            if entry in index_of and items[index_of[entry]].words == self.read.structure.entries[entry].words:
                found.setdefault(index_of[entry], {})[offset] = pair.id
        return found

    def _item(self, at: int, words: str) -> Item | None:
        """Return what an entry comes to, None for one that is no provision to be."""
        row = self._rows.get(self._ids[at] or 0)
        if row is None:
            return Item(words, at)
        then = self._then.get(row.pk)
        if row.retired:
            return self._of_tombstone(at, row, words, then)
        current = row.words.content.strip()
        if then is None or words in (then, current) or then == current:
            self.later += then is not None and words == then != current
            return Item(current if words == then else words, at, row.pk)
        carried = rebasing.rebase(then, words, current)
        if carried.status == "flagged":
            self.conflicts.append(Conflict(row.address, words, current, carried.reason))
            return Item(current, at, row.pk)
        return Item(carried.text, at, row.pk)

    def _of_tombstone(self, at: int, row: Provision, words: str, then: str | None) -> Item | None:
        if words in (row.disposition, f"{addresses.say(row.address)}: deleted"):
            return None
        if then is not None and words == then:
            self.later += 1
            return None
        return Item(words, at, NEW)

    def _looks(self) -> list[bool]:
        """Return of each entry whether it is a footnote of the document: its place in the text is where it was."""
        names = {note.provision for note in self.read.document.footnotes} if self.read.document else set()
        return [pk is not None and pk in names for pk in self._ids]

    def _back_in_place(self, placed: list[Item], others: Sequence[Item]) -> list[Item]:
        """Return the items with others, which stand in the text, each after the one it stands after there."""
        order = {row.pk: index for index, row in enumerate(self.stood.live)}
        keys = [row.pk for row in self.stood.live]
        for item in sorted(others, key=lambda one: order.get(one.known or 0, -1)):
            at = order.get(item.known or 0, 0)
            standing = {one.known: index for index, one in enumerate(placed) if one.known}
            before = next((standing[keys[back]] for back in range(at - 1, -1, -1) if keys[back] in standing), -1)
            placed.insert(before + 1, item)
        return placed

    def _made_since(self) -> list[Provision]:
        """Return the provisions that came after the file was taken; without that moment there are none."""
        return [row for row in self.stood.live if row.pk not in self._then] if self._then else []

    def _words_then(self) -> dict[int, str]:
        """Return what each provision read when the file was taken; nothing where that is not known."""
        seq = _taken_at(self.negotiated, self.read.document)
        if seq is None or seq > self.stood.seq:
            return {}
        rows = moments.snapshot(self.negotiated, seq).provisions
        return {row.id: row.text.strip() for row in rows}


def _taken_at(negotiated: NegotiatingText, document: Document | None) -> int | None:
    """Return the act of the floor after which a file of ours was taken: as its notes say, else by its time."""
    if document is None:
        return None
    seq = capitals.taken_at(document)
    if seq is not None or not document.masthead.moment:
        return seq
    moment = document.masthead.moment.replace("Z", "+00:00")
    rows = JournalEntry.objects.filter(stream=negotiated.floor_id, at__lte=moment)
    return rows.order_by("-seq").values_list("seq", flat=True).first()
