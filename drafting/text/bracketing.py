"""Bracketing: open hunks put into the text as brackets, by insertions alone.

The tree is `merging`'s and its print `rendering`'s; here the print becomes steps and rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from . import following, merging, rendering, stacks, trees
from .changes import ChangeSet
from .edges import Piece
from .hunks import Hunk
from .standing import Bracketed, Effect, PairOpened
from .steps import Edit, Step


def effect(document: Bracketed, chosen: Sequence[Hunk]) -> Effect:
    """Return what bracketing `chosen` does: insertions in the texts, new provisions in brackets, pairs opened."""
    steps: list[Step] = []
    for key, text in zip(document.keys, document.texts, strict=True):
        own = [hunk for hunk in chosen if hunk.provision == key and not hunk.inserts_after]
        if own:
            tree = merging.consolidate_one(text, _texts(text, own))
            changes = insertions(rendering.pieces(tree))
            if not changes.is_empty:
                steps.append(Edit(key, changes))
    steps += stacks.create(document, list(_new_provisions(chosen)))
    plain = Effect(tuple(steps), ())
    opened = [
        PairOpened(pair.start, pair.end)
        for pair in following.follow(document, plain).pairs
        if pair.number not in document.by_number
    ]
    return Effect(plain.steps, tuple(opened))


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


def _new_provisions(chosen: Sequence[Hunk]) -> Iterator[Hunk]:
    seen: list[Hunk] = []
    for hunk in chosen:
        if hunk.inserts_after and not any(hunk.equals(other) for other in seen):
            seen.append(hunk)
            yield replace(
                hunk, words=rendering.bracketed((trees.Slot((), (trees.Alternative(hunk.words, (hunk.by,)),)),))
            )
