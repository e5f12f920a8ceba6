"""Readings: what a bracketed document reads as, without changing it: clean, compared, as a delegation would have it.

As one version would have it is `trees.read`, bracketed with or without names `rendering.bracketed` in one of `styles`;
which provision became which is `alignment`.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations, groupby
from operator import attrgetter
from typing import Literal

from . import deciding, edits, joins, pairing
from .brackets import Pair, Position
from .changes import ChangeSet
from .errors import UnpairedBrackets
from .hunks import Proposal
from .joins import Range
from .standing import Bracketed, by_provision, whole
from .wordings import Wording


@dataclass(frozen=True, slots=True)
class Gap:
    """An undecided place of a clean text: where it stands there (code points), whose marks, the words left out.

    `pairs` names the undecided pair and then those inside it; it is empty for a bracket that stands alone, and names
    the group's pairs where `words` are the unbracketed words that compete with them and were left standing.
    """

    provision: int
    offset: int
    pairs: tuple[int, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Clean:
    """A clean text, one entry a provision (empty ones stay), and its gaps in document order."""

    texts: tuple[str, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a comparison."""

    kind: Literal["same", "deleted", "inserted"]
    text: str


@dataclass(frozen=True, slots=True)
class Together:
    """Several versions read together: their texts, or, where they collide, no texts and the names that do."""

    texts: tuple[str, ...]
    colliding: tuple[str, ...]


def clean(document: Bracketed) -> Clean:
    """Return the text as it reads while undecided words are left out, and a gap for each of them.

    No negotiation bracket and no word inside an undecided pair stands in it; notes and baselines stay; a bracket that
    stands alone goes and is a gap. A final kind of revision is issued only where there is no gap.
    """
    undecided = _undecided(document)
    alone = [Position(*place) for place in _alone(document)]
    cut = [whole(pair) for pair, _ in undecided]
    places = [place for span in cut for place in document.ranges(span)]
    places += [(at, (offset, offset + 1)) for at, offset in alone]
    cuts = _cuts(document, by_provision(places))
    found = [(pair.start, numbers, document.words(pair.number)) for pair, numbers in undecided]
    found += [(place, (), document.texts[place.provision][place.offset]) for place in alone]
    found += [gap for gap in _baselines(document) if not any(span.holds(gap[0]) for span in cut)]
    offsets = list(map(_Offsets, cuts))
    gaps = [
        Gap(place.provision, offsets[place.provision].after(place.offset), pairs, words)
        for place, pairs, words in sorted(found)
    ]
    return Clean(tuple(cuts[at].apply(text) for at, text in enumerate(document.texts)), tuple(gaps))


def comparison(old: str, new: str) -> list[Run]:
    """Return the runs from `old` to `new`: without the inserted ones they are `old`, without the deleted ones `new`.

    A bracket that stands in both is no change to a reader, whichever its partner is.
    """
    runs: list[Run] = []
    at = 0
    for low, high, new_low, new_high in _seen(old, new):
        runs += [Run("same", old[at:low]), Run("deleted", old[low:high]), Run("inserted", new[new_low:new_high])]
        at = high
    runs.append(Run("same", old[at:]))
    return list(_joined(runs))


def together(document: Bracketed, versions: Sequence[Proposal]) -> Together:
    """Return the document as a delegation would have it that stands on all these versions, its own and co-sponsored.

    Versions collide where two change the same words differently, or where their brackets would cross.
    """
    table = deciding.lay(document, versions)
    rivals = [(one, other) for one, other in combinations(table.open(), 2) if one.by != other.by and one.rivals(other)]
    colliding = {hunk.by for pair in rivals if not pair[0].equals(pair[1]) for hunk in pair}
    if colliding:
        return Together((), tuple(sorted(colliding)))
    try:
        for version in versions:
            if any(hunk.by == version.by for hunk in table.open()):
                table = deciding.accept(table, version.by).table
    except UnpairedBrackets:
        return Together((), tuple(sorted(version.by for version in versions)))
    return Together(table.document.texts, ())


def _seen(old: str, new: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield the edits, those that touch as one, without the brackets that both texts have at their ends."""
    whole: list[tuple[int, int, int, int]] = []
    for low, high, new_low, new_high, _ in edits.find(Wording.of(old), Wording.of(new)):
        if whole and whole[-1][1::2] == (low, new_low):
            low, _, new_low, _ = whole.pop()
        whole.append((low, high, new_low, new_high))
    for low, high, new_low, new_high in whole:
        while low < high and new_low < new_high and old[low] == new[new_low] and old[low] in "[]":
            low, new_low = low + 1, new_low + 1
        while low < high and new_low < new_high and old[high - 1] == new[new_high - 1] and old[high - 1] in "[]":
            high, new_high = high - 1, new_high - 1
        yield low, high, new_low, new_high


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    for kind, group in groupby((run for run in runs if run.text), key=attrgetter("kind")):
        yield Run(kind, "".join(run.text for run in group))


def _undecided(document: Bracketed) -> list[tuple[Pair, tuple[int, ...]]]:
    """Return each outermost undecided pair with the numbers of the undecided pairs it holds, its own first."""
    found: list[tuple[Pair, list[int]]] = []
    for pair in document.pairs:
        if pair.number in document.notes:
            continue
        if found and pair.start < found[-1][0].end:
            found[-1][1].append(pair.number)
        else:
            found.append((pair, [pair.number]))
    return [(pair, tuple(numbers)) for pair, numbers in found]


def _alone(document: Bracketed) -> list[Position]:
    matching = pairing.match(document.texts)
    return sorted((*matching.unclosed, *matching.stray))


def _cuts(document: Bracketed, ranges: dict[int, list[Range]]) -> list[ChangeSet]:
    return [joins.cut(text, ranges.get(at, ()), document.language) for at, text in enumerate(document.texts)]


def _baselines(document: Bracketed) -> Iterator[tuple[Position, tuple[int, ...], str]]:
    for group in document.groups:
        if group.baseline is not None:
            words = (document.texts[at][low:high] for at, (low, high) in document.ranges(group.baseline))
            yield group.baseline.start, group.pairs, "\n".join(words)


class _Offsets:
    """Where positions stand after a cut; quick for many positions."""

    def __init__(self, change: ChangeSet) -> None:
        edits = list(change.edits())
        self._starts = [start for start, _, _ in edits]
        self._ends = [end for _, end, _ in edits]
        self._shifts = list(accumulate((len(new) - (end - start) for start, end, new in edits), initial=0))

    def after(self, at: int) -> int:
        """Return where `at` stands now, the cut's own place for one that was cut."""
        passed = bisect_right(self._ends, at)
        if passed < len(self._starts):
            at = min(at, self._starts[passed])
        return at + self._shifts[passed]
