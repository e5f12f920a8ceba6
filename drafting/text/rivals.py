"""Rivals: what one proposal wants of each place of a text, and what of it a reader must be shown.

Acts on brackets are positions on words, shown by marks and never by repeating the words. The edits themselves are
`edits`; how the rivals of many proposals become one tree is `nesting`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from . import edits, pairing
from .edits import Edit
from .hulls import Hulls, Span
from .trees import Mark, Stance
from .wordings import Wording


class Rival(Struct, frozen=True):
    """What `by` reads in place of `low` to `high` (code points of the base).

    Where it is not shown as words of its own, `marks` (in offsets of the whole base) and the rivals `within` say what
    it changes.
    """

    low: int
    high: int
    text: str
    by: tuple[str, ...]
    is_shown: bool
    marks: tuple[Mark, ...] = ()
    within: tuple["Rival", ...] = ()


def find(base: Wording, new_text: str, by: tuple[str, ...]) -> list[Rival]:
    """Return the rivals of one proposal in order, no two overlapping; all made together they give `new_text`.

    Base part and words of each are bracket-balanced wherever both texts have the same brackets without a partner.
    """
    new = base.revise(new_text)
    changes = edits.find(base, new)
    return _Reader(base.text, new_text, changes, by, _says_the_same(base, new)).read() if changes else []


def _says_the_same(base: Wording, new: Wording) -> bool:
    """Tell whether the two differ in brackets and spaces alone."""
    if not base.has_brackets and not new.has_brackets:
        return False
    return _bare(base) == _bare(new)


def _bare(wording: Wording) -> str:
    return "".join(map(wording.words.word, range(len(wording.words.places))))


class _Reader:
    """The edits of one proposal, read as rivals."""

    def __init__(self, base: str, new: str, changes: Sequence[Edit], by: tuple[str, ...], is_only_marks: bool) -> None:
        self._base, self._new = base, new
        self._changes = changes
        self._by = by
        self._is_only_marks = is_only_marks

    def read(self) -> list[Rival]:
        if len({change.tie for change in self._changes}) == len(self._changes):
            return [self._read_one(change) for change in self._changes]
        ties: dict[int, list[Edit]] = defaultdict(list)
        for change in self._changes:
            ties[change.tie].append(change)
        self._hulls = Hulls(self._base, self._new, self._changes)
        spans = [(self._hulls.find(tied), tied) for tied in ties.values()]
        return [self._read_cluster(cluster) for cluster in _clusters(spans)]

    def _read_one(self, change: Edit) -> Rival:
        low, high, new_low, new_high, _ = change
        out, words = self._base[low:high], self._new[new_low:new_high]
        if self._is_only_marks:
            return Rival(low, high, words, self._by, False)
        if _has_words(words):
            return Rival(low, high, words, self._by, True)
        if _has_words(out) or not words.strip():
            return Rival(low, high, words, self._by, False, tuple(self._deletions(low, out)))
        # Brackets whose partners stand in another provision are no words of their own.
        return Rival(low, high, words, self._by, pairing.is_balanced(words))

    def _deletions(self, low: int, out: str) -> Iterator[Mark]:
        """Yield *delete* on each pair taken out whole, or round words that stand in none."""
        if not _has_words(out):
            return
        pairs = [pair for pair in pairing.match([out]).pairs if pair.depth == 1]
        rest, at = "", 0
        for pair in pairs:
            rest += out[at : pair.start.offset]
            at = pair.end.offset + 1
        if (rest + out[at:]).strip():
            start = low + len(out) - len(out.lstrip())
            yield Mark(start, start + len(out.strip()), Stance.DELETE, self._by, True)
            return
        for pair in pairs:
            yield Mark(low + pair.start.offset, low + pair.end.offset + 1, Stance.DELETE, self._by, False)

    def _read_cluster(self, cluster: tuple[Span, list[list[Edit]]]) -> Rival:
        """Read ties that lie within one another as one rival over them all."""
        (low, high), ties = cluster
        if len(ties) == 1 and len(ties[0]) == 1:
            return self._read_one(ties[0][0])
        words = self._words(low, high, [change for tied in ties for change in tied])
        wordy = [self._hulls.find(tied) for tied in ties if len(tied) > 1 and any(map(self._brings_words, tied))]
        if (low, high) in wordy and not self._is_only_marks:
            return Rival(low, high, words, self._by, True)
        marks: list[Mark] = []
        within: list[Rival] = []
        for tied in ties:
            if any(start <= tied[0].low and tied[-1].high <= end for start, end in wordy):
                continue
            if len(tied) > 1:
                marks += self._tied_marks(tied)
                marks += (mark for change in tied for mark in self._deletions(change.low, self._out(change)))
            else:
                within.append(self._read_one(tied[0]))
        for start, end in set(wordy):
            new_start, new_end = self._hulls.image(start, end)
            within.append(Rival(start, end, self._new[new_start:new_end], self._by, not self._is_only_marks))
        kept = [rival for rival in within if rival.is_shown or rival.marks]
        return Rival(low, high, words, self._by, False, tuple(sorted(marks)), tuple(sorted(kept, key=_place)))

    def _words(self, low: int, high: int, own: Sequence[Edit]) -> str:
        """Return what its `own` edits make of a range; others may insert at its very edges."""
        first, last = min(own), max(own)
        return self._new[first.new_low - (first.low - low) : last.new_high + (high - last.high)]

    def _brings_words(self, change: Edit) -> bool:
        return _has_words(self._new[change.new_low : change.new_high])

    def _out(self, change: Edit) -> str:
        return "" if self._is_only_marks else self._base[change.low : change.high]

    def _tied_marks(self, tied: Sequence[Edit]) -> Iterator[Mark]:
        """Yield *retain* on each pair lifted and *propose* on each pair put round words that stay."""
        ends = {at: change for change in tied for at in range(change.new_low, change.new_high)}
        for at, change in ends.items():
            mate = self._hulls.new_mates.get(at, -1)
            if at < mate and mate in ends and ends[mate] is not change:
                low, high = self._hulls.without_deletions(change.high, ends[mate].low)
                yield Mark(low, high, Stance.PROPOSE, self._by, True)
        old_ends = {at: change for change in tied for at in range(change.low, change.high)}
        for at, change in old_ends.items():
            mate = self._hulls.mates.get(at, -1)
            if at < mate and mate in old_ends and old_ends[mate] is not change:
                yield Mark(at, mate + 1, Stance.RETAIN, self._by, False)


def _place(rival: Rival) -> Span:
    return rival.low, rival.high


def _has_words(text: str) -> bool:
    """Tell whether anything but brackets and white space stands in `text`."""
    return bool(text.replace("[", " ").replace("]", " ").strip())


def _clusters(spans: Iterable[tuple[Span, list[Edit]]]) -> list[tuple[Span, list[list[Edit]]]]:
    """Join the ties whose ranges overlap or, where one only inserts, meet at a point."""
    found: list[tuple[Span, list[list[Edit]]]] = []
    for (low, high), tied in sorted(spans, key=lambda entry: (entry[0][0], -entry[0][1])):
        if found:
            (start, end), members = found[-1]
            is_wide = any(len(member) > 1 for member in members)
            if low < end or (low == end and ((low == high and is_wide) or (start == end and len(tied) > 1))):
                found[-1] = ((start, max(end, high)), [*members, tied])
                continue
        found.append(((low, high), [tied]))
    return found
