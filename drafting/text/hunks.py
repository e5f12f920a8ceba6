"""Hunks: the single edits of a proposal, by which it is decided, and those that must be decided together.

A hunk is one edit of one provision, or one new provision at one place. The edits of one text are `edits`; how hunks of
many proposals are shown is `merging`, what is decided on them `deciding`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from . import edits, moves, pairing
from .edits import Edit
from .steps import Key
from .wordings import Wording


@dataclass(frozen=True)
class Proposal:
    """Full words of provisions by index from 0, and new provisions after one (-1: at the start); texts normalised."""

    by: str
    texts: Mapping[int, str] = field(default_factory=dict)
    after: Mapping[int, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hunk:
    """`words` in place of `lo` to `hi` (code points) of `provision`, or as a new provision after it.

    `provision` is its permanent key, None for the head of the document. `index` counts the proposal's hunks from 1 in
    the order of the text. Hunks of one proposal with one `atom` other than 0 are decided together. `verdict` is
    *retain* or *delete* where the hunk only lifts or drops pairs.
    """

    by: str
    provision: Key | None
    lo: int
    hi: int
    words: str
    index: int
    atom: int = 0
    inserts_after: bool = False
    verdict: str = ""

    def rivals(self, other: "Hunk") -> bool:
        """Tell whether both change the same words or insert at the same point; new provisions are never rivals."""
        if self.provision != other.provision or self.inserts_after or other.inserts_after:
            return False
        if self.lo == self.hi == other.lo == other.hi:
            return True
        return self.lo < other.hi and other.lo < self.hi

    def equals(self, other: "Hunk") -> bool:
        """Tell whether both change the text alike."""
        return (self.provision, self.lo, self.hi, self.words, self.inserts_after) == (
            other.provision,
            other.lo,
            other.hi,
            other.words,
            other.inserts_after,
        )


def find(
    base: Sequence[str], proposal: Proposal, keys: Sequence[Key] | None = None, *, moves_words: bool = True
) -> tuple[Hunk, ...]:
    """Return the hunks of a proposal in document order, `keys` naming the provisions (by default 0, 1, 2 …).

    All made together they give the proposal's texts. One atom have: the ends of a pair lifted or opened, across
    provisions too; and, unless told otherwise, words that leave one place and enter another or change places.
    """
    names: Sequence[Key] = range(len(base)) if keys is None else keys
    found: list[Hunk] = []
    ties: list[tuple[int, int]] = []  # one for each hunk: provision, tie in it
    for at in range(-1, len(base)):
        key = names[at] if at >= 0 else None
        for edit in _edits(base, proposal, at):
            words = proposal.texts[at][edit.new_low : edit.new_high]
            ties.append((at, edit.tie))
            found.append(Hunk(proposal.by, key, edit.low, edit.high, words, len(found) + 1))
        end = len(base[at]) if at >= 0 else 0
        for nth, text in enumerate(proposal.after.get(at, ())):
            ties.append((at, -1 - nth))
            found.append(Hunk(proposal.by, key, end, end, text, len(found) + 1, inserts_after=True))
    bonds = [*_by_tie(ties), *_across(base, proposal, found, names)]
    if moves_words:
        bonds += moves.find(_in_and_out(base, found, names))
    return _with_verdicts(base, _with_atoms(found, bonds), names)


def _edits(base: Sequence[str], proposal: Proposal, at: int) -> list[Edit]:
    text = proposal.texts.get(at)
    return [] if text is None else edits.find(Wording.of(base[at]), Wording.of(text))


def _by_tie(ties: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    members: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, tie in enumerate(ties):
        members[tie].append(index)
    return iter(members.values())


def _in_and_out(base: Sequence[str], found: Sequence[Hunk], names: Sequence[Key]) -> list[tuple[str, str]]:
    places = {key: at for at, key in enumerate(names)}
    return [(_out(base, hunk, places), hunk.words) if not hunk.inserts_after else ("", "") for hunk in found]


def _out(base: Sequence[str], hunk: Hunk, places: Mapping[Key, int]) -> str:
    return "" if hunk.provision is None else base[places[hunk.provision]][hunk.lo : hunk.hi]


def _across(
    base: Sequence[str], proposal: Proposal, found: Sequence[Hunk], names: Sequence[Key]
) -> Iterator[list[int]]:
    """Yield the hunks that take out, or put in, the two ends of a pair that reaches across provisions."""
    places = {key: at for at, key in enumerate(names)}
    old = {
        (places[hunk.provision], at): index
        for index, hunk in enumerate(found)
        if hunk.provision is not None and not hunk.inserts_after
        for at in range(hunk.lo, hunk.hi)
    }
    yield from _ends(base, old)
    texts: list[str] = []
    new: dict[tuple[int, int], int] = {}
    waiting = list(enumerate(found))
    for at in range(-1, len(base)):
        key = names[at] if at >= 0 else None
        own = [(index, hunk) for index, hunk in waiting if hunk.provision == key]
        drift = 0
        for index, hunk in own:
            if hunk.inserts_after:
                continue
            start = hunk.lo + drift
            new.update({(len(texts), start + step): index for step in range(len(hunk.words))})
            drift += len(hunk.words) - (hunk.hi - hunk.lo)
        if at >= 0:
            texts.append(proposal.texts.get(at, base[at]))
        for index, hunk in own:
            if hunk.inserts_after:
                new.update({(len(texts), step): index for step in range(len(hunk.words))})
                texts.append(hunk.words)
    yield from _ends(texts, new)


def _ends(texts: Sequence[str], owners: Mapping[tuple[int, int], int]) -> Iterator[list[int]]:
    for pair in pairing.match(texts).pairs:
        if pair.start.provision != pair.end.provision:
            ends = [owners[end] for end in (pair.start, pair.end) if end in owners]
            if len(ends) == 2:
                yield ends


def _with_atoms(found: Sequence[Hunk], bonds: Iterable[Sequence[int]]) -> list[Hunk]:
    """Give the hunks that are bound together one number, from 1 in the order of their first."""
    root = list(range(len(found)))

    def top(index: int) -> int:
        while root[index] != index:
            index = root[index]
        return index

    for bond in bonds:
        for index in bond:
            low, high = sorted((top(bond[0]), top(index)))
            root[high] = low
    sizes: dict[int, int] = defaultdict(int)
    for index in range(len(found)):
        sizes[top(index)] += 1
    numbers: dict[int, int] = {}
    fresh = count(1)
    for index in range(len(found)):
        if sizes[top(index)] > 1 and top(index) not in numbers:
            numbers[top(index)] = next(fresh)
    return [replace(hunk, atom=numbers.get(top(index), 0)) for index, hunk in enumerate(found)]


def _with_verdicts(base: Sequence[str], found: Sequence[Hunk], names: Sequence[Key]) -> tuple[Hunk, ...]:
    places = {key: at for at, key in enumerate(names)}
    by_atom: dict[int, list[Hunk]] = defaultdict(list)
    for hunk in found:
        by_atom[hunk.atom or -hunk.index].append(hunk)
    verdicts = {
        hunk.index: verdict
        for members in by_atom.values()
        for verdict in [_verdict([(_out(base, hunk, places), hunk.words) for hunk in members])]
        for hunk in members
    }
    return tuple(replace(hunk, verdict=verdicts[hunk.index]) for hunk in found)


def _verdict(changes: Sequence[tuple[str, str]]) -> str:
    """Return what changes (out, in) say of the pairs there: *retain* where marks go, *delete* where whole pairs do."""
    if any(words.strip() for _, words in changes) or not any(out.strip() for out, _ in changes):
        return ""
    if all(not out.strip("[] \t\n") for out, _ in changes):
        return "retain"
    return "delete" if all(is_pairs(out.strip()) for out, _ in changes if out.strip()) else ""


def is_pairs(text: str) -> bool:
    """Tell whether `text` is whole pairs with nothing but spaces between."""
    rest, at = "", 0
    for pair in pairing.match([text]).pairs:
        if pair.depth == 1:
            rest += text[at : pair.start.offset]
            at = pair.end.offset + 1
    return at > 0 and not (rest + text[at:]).strip()
