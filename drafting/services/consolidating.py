"""What a consolidation computes: one short read, then every provision's tree without the database.

The life of the job around it, its fence and its progress, is in `consolidation`.
"""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from drafting.models import Hunk, NegotiatingText, Stream
from drafting.queries import amendments, reports, snapshots
from drafting.queries.amendments import applied
from drafting.queries.chronicles import LogEntry
from drafting.queries.reports import LossEntry
from drafting.queries.snapshots import Snapshot
from drafting.text import budgets, merging, places, readings, trees
from drafting.text.hunks import Proposal
from drafting.text.merging import Entry
from drafting.text.shelves import Shelf
from drafting.text.standing import Bracketed

Report = Callable[[int, int], None]
"""Told how many provisions are done, of how many; may raise to stop the computation."""

#: Seconds between two signs of progress: half of what the page is promised.
_EVERY = 0.5

#: Trees of this process's last runs: a text is consolidated again after every few proposals.
_shelf = Shelf(10_000)


@dataclass(frozen=True)
class Read:
    """All that a consolidation needs, as of the floor's `at_seq`; proposals are named by their floor numbers."""

    at_seq: int
    snapshot: Snapshot
    document: Bracketed
    words: Mapping[int, Mapping[str, str]]
    new: Mapping[int, Sequence[tuple[str, Sequence[str]]]]
    log: Sequence[LogEntry]
    losses: Sequence[LossEntry]

    def digest(self) -> str:
        """Return the SHA-256 of everything the results depend on, 64 hex digits."""
        words = sorted((key, sorted(own.items())) for key, own in self.words.items())
        new = sorted((key, sorted(own)) for key, own in self.new.items())
        parts = (merging.ENGINE_VERSION, self.document.texts, words, new, self.log, self.losses)
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


@dataclass(frozen=True)
class Result:
    """What is saved: every provision's tree and bracketed form, the clean text with its gaps, log and losses."""

    at_seq: int
    input_hash: str
    provisions: int
    slots: int
    body: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Return the results as a row stores them."""
        return self.body


def compute(negotiated: NegotiatingText, report: Report) -> Result:
    """Return the consolidation of the floor as it stands, telling `report` at least once a second."""
    read = take(negotiated)
    total = len(read.snapshot.provisions)
    report(0, total)
    entries: list[Entry] = []
    told = time.monotonic()
    for entry in merging.grow(*_question(read), cache=_shelf):
        entries.append(entry)
        if entry.index is not None and time.monotonic() - told >= _EVERY:
            report(entry.index + 1, total)
            told = time.monotonic()
    report(total, total)
    slots = merging.count_slots(entries)
    return Result(read.at_seq, read.digest(), total, slots, _results(read, entries, slots))


def _question(read: Read) -> tuple[list[str], list[Proposal]]:
    """Return the provisions, retired ones blank, and the open proposals on them, under their floor numbers."""
    texts: dict[str, dict[int, str]] = defaultdict(dict)
    after: dict[str, dict[int, Sequence[str]]] = defaultdict(dict)
    for at, provision in enumerate(read.snapshot.provisions):
        for number, words in read.words.get(provision.id, {}).items():
            texts[number][at] = words
        for number, new in read.new.get(provision.id, ()):
            after[number][at] = new
    base = ["" if provision.retired else provision.text for provision in read.snapshot.provisions]
    return base, [Proposal(number, texts[number], after[number]) for number in {**texts, **after}]


def take(negotiated: NegotiatingText) -> Read:
    """Read the input in one consistent read that holds up no writer."""
    with snapshots.reading():
        at_seq = Stream.objects.values_list("head", flat=True).get(pk=negotiated.floor_id)
        taken = snapshots.taken(negotiated)
        hunks = list(_open(negotiated))
        log, losses = reports.change_log(negotiated), reports.loss_report(negotiated)
    texts = {provision.id: provision.text for provision in taken.provisions}
    edits: dict[int, dict[str, list[tuple[int, int, str]]]] = defaultdict(lambda: defaultdict(list))
    new: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for provision, number, lo, hi, words, inserts_after in hunks:
        if inserts_after:
            new[provision][number].append(words)
        else:
            edits[provision][number].append((lo, hi, words))
    return Read(
        at_seq,
        taken,
        snapshots.bracketed(taken, negotiated.language),
        {key: {by: applied(texts[key], own) for by, own in found.items()} for key, found in edits.items()},
        {key: list(found.items()) for key, found in new.items()},
        log,
        losses,
    )


def _open(negotiated: NegotiatingText) -> Sequence[tuple[int, str, int, int, str, bool]]:
    found = amendments.open_hunks(negotiated).filter(outcome=Hunk.Outcome.OPEN).order_by("version", "index")
    rows = found.values_list("provision", "version__amendment__number", "lo", "hi", "words", "inserts_after")
    return [(key, str(number), lo, hi, words, after) for key, number, lo, hi, words, after in rows]


def _results(read: Read, entries: Sequence[Entry], slots: int) -> dict[str, Any]:
    clean = readings.clean(read.document)
    live = [(at, provision) for at, provision in enumerate(read.snapshot.provisions) if not provision.retired]
    grown = [
        (read.snapshot.provisions[entry.index], entry, printed)
        for entry, printed in zip(entries, budgets.bracketed(entries), strict=True)
        if entry.index is not None
    ]
    return {
        "bracketed": [[provision.id, printed] for provision, _, printed in grown if not provision.retired],
        "trees": {
            str(provision.id): trees.to_json(entry.tree) for provision, entry, _ in grown if provision.id in read.words
        },
        "new": [[after, text, list(by)] for after in read.new for text, by in places.stack(read.new[after])],
        "clean": [[provision.id, clean.texts[at]] for at, provision in live],
        "gaps": [
            [read.snapshot.provisions[gap.provision].id, gap.offset, list(gap.pairs), gap.words] for gap in clean.gaps
        ],
        "log": reports.as_json(read.log),
        "loss": reports.as_json(read.losses),
        "figures": _figures(read, slots, len(clean.gaps)),
    }


def _figures(read: Read, slots: int, gaps: int) -> dict[str, int]:
    return {
        "provisions": len(read.snapshot.standing()),
        "pairs": len(read.snapshot.pairs),
        "proposals": sum(not entry.final for entry in read.losses),
        "slots": slots,
        "gaps": gaps,
        "contested": sum(len(own) > 1 for own in read.words.values()),
    }
