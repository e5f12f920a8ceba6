"""Merging: N-way consolidation of the proposals on an ordered list of provisions into one tree each.

Every reader gets its own words back: read as nobody a tree is the base, read as a proposal that proposal's text. What
one proposal changes is `rivals`, how rivals share a tree `nesting`, printing `rendering`, deciding `deciding`.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass

from . import crossings, nesting, places, rivals, trees
from .hunks import Proposal
from .overlays import End
from .trees import Alternative, Slot, Tree
from .wordings import Wording

ENGINE_VERSION = 5
"""Raised whenever the same input may give another tree or print, so that nothing stored is taken for a new one."""

Cache = MutableMapping[str, Tree]
"""Trees by `fingerprint`; any mapping will do, kept as long as its owner likes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One provision of the consolidation: `index` in the base, or None for a new one after provision `after`.

    `ends` are those of new pairs that reach from here into other provisions.
    """

    index: int | None
    after: int
    tree: Tree
    ends: tuple[End, ...] = ()


def consolidate(
    base: Sequence[str], proposals: Iterable[Proposal], cache: Cache | None = None, is_nested: bool = True
) -> tuple[Entry, ...]:
    """Return the provisions in document order, new ones after the one they name, each as its tree.

    Names are unique. Nothing depends on the order of the proposals. With a `cache` a provision is worked out again
    only where its base or its proposals changed. Alternatives may be chosen slot by slot and the brackets of every
    provision stay those of the base, but for *ends*: an alternative with other brackets without a partner than its
    slot's base holds one end of a pair across provisions, and is taken with all of its proposal's ends or not at all.
    """
    return tuple(grow(base, proposals, cache, is_nested))


def grow(
    base: Sequence[str], proposals: Iterable[Proposal], cache: Cache | None = None, is_nested: bool = True
) -> Iterator[Entry]:
    """Yield what `consolidate` returns, each provision as soon as it is worked out."""
    proposals = list(proposals)
    by_provision: dict[int, dict[str, str]] = defaultdict(dict)
    by_place: dict[int, list[tuple[str, Sequence[str]]]] = defaultdict(list)
    for proposal in proposals:
        for index, text in proposal.texts.items():
            by_provision[index][proposal.by] = text
        for index, texts in proposal.after.items():
            by_place[index].append((proposal.by, texts))
    ends = crossings.find(base, proposals)
    dropped: dict[int, list[crossings.Dropped]] = defaultdict(list)
    for part in crossings.find_dropped(base, proposals):
        dropped[part.provision].append(part)
    yield from _stack(by_place, -1, ends)
    for index, text in enumerate(base):
        tree = consolidate_one(text, by_provision.get(index, {}), cache, is_nested)
        for part in dropped[index]:
            tree = trees.hush(tree, part.low, part.high, part.by)
        yield Entry(index, index, tree, tuple(ends.get((index, None), ())))
        yield from _stack(by_place, index, ends)


def consolidate_one(base: str, texts: Mapping[str, str], cache: Cache | None = None, is_nested: bool = True) -> Tree:
    """Return the tree of one provision, given its words and each proposal's words for it."""
    if not texts:
        return (base,) if base else ()
    if cache is None:
        return _grow(base, texts, is_nested)
    key = fingerprint(base, texts, is_nested)
    tree = cache.get(key)
    if tree is None:
        tree = cache[key] = _grow(base, texts, is_nested)
    return tree


def fingerprint(base: str, texts: Mapping[str, str], is_nested: bool = True) -> str:
    """Return the hash of all that one provision's tree depends on, the engine's version with it."""
    found = hashlib.sha256(f"{ENGINE_VERSION}:{is_nested}".encode())
    for text in (base, *(part for by in sorted(texts) for part in (by, texts[by]))):
        words = text.encode()
        found.update(b"%d:" % len(words))
        found.update(words)
    return found.hexdigest()


def read(entries: Iterable[Entry], by: str | None = None) -> list[str]:
    """Return the document as `by` would have it, one text an entry ("" for a new provision of others)."""
    return [trees.read(entry.tree, by) for entry in entries]


def count_slots(entries: Iterable[Entry]) -> int:
    """Return how many slots the trees hold, nested ones included."""
    return sum(1 for entry in entries for _ in trees.slots(entry.tree))


def _grow(base: str, texts: Mapping[str, str], is_nested: bool) -> Tree:
    holders: dict[str, list[str]] = defaultdict(list)
    for by in sorted(texts):
        holders[texts[by]].append(by)
    wording = Wording.of(base)
    found = [rival for text, by in holders.items() for rival in rivals.find(wording, text, tuple(by))]
    return nesting.grow(base, found, is_nested)


def _stack(
    by_place: Mapping[int, Sequence[tuple[str, Sequence[str]]]],
    index: int,
    ends: Mapping[crossings.Home, Sequence[End]],
) -> Iterator[Entry]:
    told: set[str] = set()
    for text, by in places.stack(by_place.get(index, ())):
        tree = (Slot((), (Alternative(text, by),)),) if text else ()
        yield Entry(None, index, tree, () if text in told else tuple(ends.get((index, text), ())))
        told.add(text)
