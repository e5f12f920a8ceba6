"""A renumbering as it is shown before it is made: old and new labels, and every mention that goes with them.

Which labels change is decided in `numbering`, which mentions in `references`; a person confirms each.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from . import numbering, outlines, references
from .outlines import Entry


class Way(StrEnum):
    """How a text is renumbered."""

    SUFFIXES = "suffixes"
    CLOSE = "close"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Rewriting:
    """Words of a provision (by index), from `start` on, that others replace; `target` is the provision renumbered.

    Its own label where `target` is `provision` and `is_label` is set, else a mention of it.
    """

    provision: int
    start: int
    old: str
    new: str
    target: int
    is_label: bool


def plan(
    texts: Sequence[str], retired: Collection[int], way: Way, instruments: Collection[int] | None = None
) -> list[Rewriting]:
    """Return all rewritings in document order.

    `SUFFIXES` keeps every number and gives a label that stands twice the next free Latin suffix; `CLOSE` closes all
    numbers up and passes tombstones over; `KEEP` does too, and a tombstone keeps its place in the count.
    """
    entries = outlines.read(texts, instruments)
    if way is Way.SUFFIXES:
        changed = numbering.add_suffixes(entries, retired)
    else:
        changed = numbering.renumber(entries, retired, keep_tombstones=way is Way.KEEP)
    found = [
        Rewriting(at, _start(entries[at]), _printed(entries[at]), label.printed, at, is_label=True)
        for at, label in changed.items()
    ]
    # Where two now bear one label a mention means the first of them, which keeps it.
    carried = references.carry(texts, entries, changed) if way is not Way.SUFFIXES else []
    found += [
        Rewriting(one.provision, one.start, texts[one.provision][one.start : one.end], one.words, one.target, False)
        for one in carried
        if one.provision not in retired and texts[one.provision][one.start : one.end] != one.words
    ]
    return sorted(found, key=lambda one: (one.provision, one.start))


def _start(entry: Entry) -> int:
    return entry.label.start if entry.label else 0


def _printed(entry: Entry) -> str:
    return entry.label.printed if entry.label else ""
