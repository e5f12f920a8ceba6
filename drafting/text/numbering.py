"""Numbering: whether labels stand in order, which suffix is free, and the closing up of numbers for a final text.

Works on the entries of an outline, each sequence of siblings by itself, so every instrument keeps its own numbers.
Mentions of the renumbered provisions are carried along by `references`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from . import labels, numerals
from .changes import ChangeSet
from .errors import TextError
from .labels import Label, LabelKind
from .outlines import Entry

Fault = Literal["twice", "out of order", "gap", "irregular"]


@dataclass(frozen=True, slots=True)
class Irregularity:
    """A label of a provision (by index) that a reader should look at; `sentence` says why, `remedy` is its better form.

    There is no remedy where another label than this one may be wrong.
    """

    provision: int
    fault: Fault
    sentence: str
    remedy: str = ""


class NoFreeSuffix(TextError):
    """All Latin suffixes from *bis* to *sexvicies* after one number are taken."""

    code = "no-free-suffix"


def check(entries: Sequence[Entry]) -> list[Irregularity]:
    """Return the labels that stand twice, out of order, behind a gap, or in an irregular form, in document order."""
    found = [fault for sequence in _list_sequences(entries) for fault in _check_sequence(sequence)]
    return sorted(found, key=lambda irregularity: irregularity.provision)


def free(label: Label, taken: Collection[Label]) -> Label:
    """Return the label with the next suffix that is free among its siblings: *5 bis*, *5 ter*; itself when it is free.

    A tombstone's label counts as taken: numbers are not used again. Raises `NoFreeSuffix` after *sexvicies*.
    """
    used = {other.order for other in taken}
    if label.order not in used:
        return label
    for suffix in range(max(label.suffix + 1, 2), len(numerals.LATIN) + 2):
        candidate = labels.renumber(label, suffix=suffix)
        if candidate.order not in used:
            return candidate
    raise NoFreeSuffix(f"Every suffix from bis to sexvicies after {label.name} is taken.")


def relabel(text: str, label: Label, new: Label) -> ChangeSet:
    """Return the change that rewrites the label's own span and nothing else."""
    return ChangeSet.of([(label.start, label.end, new.printed)], len(text))


def renumber(
    entries: Sequence[Entry], retired: Collection[int] = (), keep_tombstones: bool = False
) -> dict[int, Label]:
    """Return the new label of each provision whose label changes when numbers close up, by index.

    Each sequence of siblings counts on from its first number; *bis*, *ter*, *ante* and *supra* dissolve; a rival
    wording takes the number of what it rivals. A tombstone is passed over, or keeps its place in the count with
    `keep_tombstones`. The leading parts of a dotted number follow the provision they name.
    """
    gone = frozenset() if keep_tombstones else frozenset(retired)
    changed: dict[int, Label] = {}
    for sequence in _list_sequences(entries):
        changed |= _renumber_sequence([(index, label) for index, label in sequence if index not in gone])
    for index, entry in enumerate(entries):
        label = changed.get(index, entry.label)
        if label and len(label.number) > 1 and index not in gone:
            changed[index] = _follow_parent(entries, entry, label, changed)
    return {
        index: label
        for index, label in changed.items()
        if index not in retired and label.printed != _printed(entries[index])
    }


def add_suffixes(entries: Sequence[Entry], retired: Collection[int] = ()) -> dict[int, Label]:
    """Return, by index, the new label of each provision whose label stands twice: the next Latin suffix that is free.

    Every other number stays, in its regular form; a tombstone's number counts as taken. Raises `NoFreeSuffix`.
    """
    changed: dict[int, Label] = {}
    for sequence in _list_sequences(entries):
        taken = [label for index, label in sequence if index in retired]
        taken += [label for index, label in sequence if index not in retired and label.suffix]
        before: list[Label] = []
        for index, label in sequence:
            if index in retired:
                continue
            is_first = label.order not in {other.order for other in before}
            own = label if is_first else free(label, [*taken, *before])
            before.append(own)
            changed[index] = replace(own, printed=labels.write(own))
    return {index: label for index, label in changed.items() if label.printed != _printed(entries[index])}


_Sequence = list[tuple[int, Label]]


def _list_sequences(entries: Sequence[Entry]) -> Iterator[_Sequence]:
    """Yield each run of siblings that count on from one another; a list that begins again at 1 is another run."""
    runs: dict[tuple[object, ...], list[_Sequence]] = defaultdict(list)
    for index, entry in enumerate(entries):
        label = entry.label
        if label is None or not label.number:
            continue
        # Articles count through the parts of an instrument, annexes through the document.
        through = {LabelKind.ARTICLE: entry.instrument, LabelKind.ANNEX: -1}.get(label.kind)
        found = runs[(label.kind, entry.parent) if through is None else (label.kind, through)]
        if not found or (_is_first(label) and not _is_first(found[-1][-1][1])):
            found.append([])
        found[-1].append((index, label))
    for group in runs.values():
        yield from group


def _is_first(label: Label) -> bool:
    return label.number[-1] <= 1 and not label.suffix and not label.alt


def _check_sequence(sequence: _Sequence) -> Iterator[Irregularity]:
    last: Label | None = None
    seen: set[object] = set()
    for index, label in sequence:
        if not label.is_regular:
            proposal = labels.write(label)
            yield Irregularity(index, "irregular", f"“{label.printed}” is usually printed “{proposal}”.", proposal)
        if label.order in seen:
            free_label = free(label, [other for _, other in sequence])
            yield Irregularity(index, "twice", f"“{label.name}” stands twice.", free_label.printed)
        if last and label.order < last.order:
            yield Irregularity(index, "out of order", f"“{label.name}” stands after “{last.name}”.")
        elif last and label.number[-1] > last.number[-1] + 1:
            said = f"A number is missing between “{last.name}” and “{label.name}”."
            wanted = labels.renumber(
                replace(label, number=(*label.number[:-1], last.number[-1] + 1)), suffix=label.suffix
            )
            yield Irregularity(index, "gap", said, wanted.printed)
        last = label
        seen.add(label.order)


def _renumber_sequence(sequence: _Sequence) -> dict[int, Label]:
    changed: dict[int, Label] = {}
    count = (sequence[0][1].number[-1] if sequence and not sequence[0][1].suffix else 1) - 1
    rivalled: tuple[object, ...] | None = None
    for index, label in sequence:
        base = (label.number, label.before, label.suffix, label.sub)
        if not (label.alt and base == rivalled):
            count += 1
        rivalled = base
        changed[index] = labels.renumber(replace(label, sub=0), number=max(count, 0), suffix=0)
    return changed


def _follow_parent(entries: Sequence[Entry], entry: Entry, label: Label, changed: dict[int, Label]) -> Label:
    """Return a dotted label with the leading numbers its parent has now."""
    parent = entry.parent
    while parent is not None:
        old = entries[parent].label
        if old and old.number == label.number[:-1]:
            outer = changed.get(parent, old).number
            moved = replace(label, number=(*outer, label.number[-1]))
            return replace(moved, printed=labels.write(moved))
        parent = entries[parent].parent
    return label


def _printed(entry: Entry) -> str:
    return entry.label.printed if entry.label else ""
