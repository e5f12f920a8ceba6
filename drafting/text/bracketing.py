"""Bracketing: open hunks put into the text as brackets, by insertions alone.

The tree is `merging`'s and its print `rendering`'s; here the print becomes steps and rows.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from . import following, merging, rendering, stacks, trees
from .brackets import Pair
from .changes import ChangeSet
from .edges import Piece
from .hunks import Hunk
from .standing import Bracketed, Effect, Grouped, PairOpened, Row
from .steps import Anchor, Create, Edit, Key, Step
from .styles import Holders


class _Rivals(NamedTuple):
    """The rivals of one slot, by the place of their `[`, and whether words of the base compete with them."""

    places: Sequence[Anchor]
    have_base: bool


def effect(document: Bracketed, chosen: Sequence[Hunk], whole: Collection[Hunk] = ()) -> Effect:
    """Return what bracketing `chosen` does: insertions in the texts, new provisions in brackets, pairs and groups.

    Hunks in `whole` stand as one alternative to all they replace.
    """
    steps: list[Step] = []
    holders: dict[Anchor, Holders] = {}
    slots: list[_Rivals] = []
    on: dict[Key | None, list[Hunk]] = defaultdict(list)
    for hunk in chosen:
        if not hunk.inserts_after:
            on[hunk.provision].append(hunk)
    for key, text in zip(document.keys, document.texts, strict=True):
        pieces = rendering.pieces(_tree(text, on[key], whole)) if key in on else ()
        changes = insertions(pieces)
        if not changes.is_empty:
            steps.append(Edit(key, changes))
        slots += _note(key, pieces, holders)
    created = list(_new_provisions(chosen))
    steps += stacks.create(document, [hunk for hunk, _ in created])
    keys = [step.provision for step in steps if isinstance(step, Create)]
    holders |= {Anchor(key, 0): by for key, (_, by) in zip(keys, created, strict=True)}
    return Effect(tuple(steps), tuple(_rows(document, steps, holders, slots)))


def _tree(text: str, own: Sequence[Hunk], whole: Collection[Hunk]) -> trees.Tree:
    """Return the words with the hunks as rivals: in one slot where each stands whole and would come apart otherwise."""
    tree = merging.consolidate_one(text, _texts(text, own))
    if not all(hunk in whole for hunk in own) or sum(1 for _ in trees.slots(tree)) < 2:
        return tree
    lo, hi = min(hunk.lo for hunk in own), max(hunk.hi for hunk in own)
    alike: dict[str, list[str]] = defaultdict(list)
    for hunk in own:
        alike[text[lo : hunk.lo] + hunk.words + text[hunk.hi : hi]].append(hunk.by)
    rivals = sorted((tuple(sorted(by)), words) for words, by in alike.items())
    slot = trees.Slot((text[lo:hi],), tuple(trees.Alternative(words, by) for by, words in rivals))
    return (text[:lo], slot, text[hi:])


def _note(key: Key, pieces: Sequence[Piece], holders: dict[Anchor, Holders]) -> list[_Rivals]:
    """Note who holds each bracket that pieces open; return the rivals of each slot."""
    slots: dict[int, list[Anchor]] = defaultdict(list)
    at = 0
    for piece in pieces:
        place = Anchor(key, at + piece.text.find("["))
        if piece.holders:
            holders[place] = piece.holders
        if piece.slot:
            slots[piece.slot].append(place)
        at += len(piece.text)
    return [_Rivals(places, slot > 0) for slot, places in slots.items()]


def _rows(
    document: Bracketed, steps: Sequence[Step], holders: Mapping[Anchor, Holders], slots: Sequence[_Rivals]
) -> Iterator[Row]:
    """Yield the pairs opened with their holders, and a group for each slot with two pairs or more."""
    after = following.follow(document, Effect(tuple(steps), ()))
    starts = {Anchor(after.keys[pair.start.provision], pair.start.offset): pair for pair in after.pairs}
    for place, pair in starts.items():
        if pair.number not in document.by_number:
            yield PairOpened(pair.start, pair.end, tuple((str(stance), by) for stance, by in holders.get(place, ())))
    ends = {Anchor(after.keys[pair.end.provision], pair.end.offset): pair for pair in after.pairs}
    for rivals in slots:
        found = [starts[place] for place in rivals.places if place in starts]
        base = _beside(after, ends, found[0]) if found and rivals.have_base else None
        if len(found) + (base is not None) > 1:
            yield Grouped(tuple(pair.start for pair in found), base.start if base else None)


def _beside(after: Bracketed, ends: Mapping[Anchor, Pair], rival: Pair) -> Pair | None:
    """Return the pair that ends just before a rival, at most one space between."""
    key, offset = after.keys[rival.start.provision], rival.start.offset
    is_spaced = after.texts[rival.start.provision][offset - 1 : offset] == " "
    return ends.get(Anchor(key, offset - 1)) or (ends.get(Anchor(key, offset - 2)) if is_spaced else None)


def insertions(pieces: Sequence[Piece]) -> ChangeSet:
    """Return the change that makes what is printed out of the base."""
    edits: list[tuple[int, int, str]] = []
    at = 0
    for piece in pieces:
        if piece.is_base:
            at += len(piece.text)
        elif piece.text:
            edits.append((at, at, piece.text))
    return ChangeSet.of(edits, at)


def _texts(text: str, own: Sequence[Hunk]) -> dict[str, str]:
    """Return the words of each proposal that has hunks here."""
    edits: dict[str, list[tuple[int, int, str]]] = {}
    for hunk in sorted(own, key=lambda hunk: hunk.index):
        edits.setdefault(hunk.by, []).append((hunk.lo, hunk.hi, hunk.words))
    return {by: ChangeSet.of(changes, len(text)).apply(text) for by, changes in edits.items()}


def _new_provisions(chosen: Sequence[Hunk]) -> Iterator[tuple[Hunk, Holders]]:
    """Yield each new provision once, in brackets, with everybody who proposes it."""
    alike: dict[Hunk, list[str]] = {}
    for hunk in chosen:
        if hunk.inserts_after:
            first = next((other for other in alike if other.equals(hunk)), hunk)
            alike.setdefault(first, []).append(hunk.by)
    for hunk, by in alike.items():
        names = tuple(sorted(by))
        words = rendering.bracketed((trees.Slot((), (trees.Alternative(hunk.words, names),)),))
        yield replace(hunk, words=words), ((trees.Stance.PROPOSE, names),)
