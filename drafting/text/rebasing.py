"""Rebasing: carrying an amendment onto a text that moved on since, right or flagged, never silently wrong.

A three-way merge of tokens that would rather ask than guess. How far a change reaches is `reaches`; carrying an act or
an anchor over recorded steps is `changes` and `steps`, not this.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import Literal

from . import diffs, pairing, reaches, tokens
from .enclosures import Change, Zone
from .reaches import Atom

GAP = 2
"""Words that must stand untouched between an amendment and a foreign change; with none, 1 carry of 400 was wrong."""

_CONTEXT = 8  # words on either side of a flagged change that are looked for in the current text
_LIKE = 0.5  # how like a place must be for words to be suggested there
_QUOTED = 80  # code points of a change that a reason quotes
_TWO_WAYS = "On the text as it stands now this change can be read in more than one way."


Meeting = tuple[Atom, Zone, Atom, Zone]
"""An atom of ours, its zone, a foreign atom, and the zone of that which ours meets."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a flagged amendment may belong now: an offset of the current text in code points, and how sure, 0 to 1."""

    offset: int
    words: str
    score: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """An amendment carried (its text on the current one) or flagged (its own text, and the reason as a sentence)."""

    status: Literal["carried", "flagged"]
    text: str
    reason: str = ""


def rebase(base: str, amended: str, current: str) -> Outcome:
    """Return the amendment `base` → `amended` as an amendment of `current`.

    A change made on both sides is done; where all are, the text is `current`. A change that touches a foreign one,
    stands within two words of one, or encloses one is flagged, and so is one whose result does not differ from
    `current` by exactly the changes that remained. Brackets that both sides moved inside brackets that only one moved
    could be other brackets: flagged too. Texts are normalised; raises `TextError` where they cannot be.
    """
    base, amended, current = map(tokens.normalise, (base, amended, current))
    words, now = tokens.tokenize(base), tokens.tokenize(current)
    ours, theirs = reaches.atoms(words, tokens.tokenize(amended)), reaches.atoms(words, now)
    own, foreign = _without_done(ours, theirs)
    meeting = next(chain(_meetings(words, own, foreign), _doubts(words, ours, theirs, own, foreign)), None)
    if meeting is not None:
        return Outcome("flagged", amended, _explain(words, now, *meeting))
    moved = sorted(change for atom in theirs for change in atom.changes)
    remaining = sorted(change for atom in own for change in atom.changes)
    result = "".join(_apply(words, sorted({*moved, *remaining})))
    if remaining and not (
        _is_shown(now, result, _shift(remaining, moved), own)
        and _is_plain(words, amended, now, result, some_are_done=len(own) < len(ours))
    ):
        return Outcome("flagged", amended, _TWO_WAYS)
    return Outcome("carried", result)


def suggest(base: str, amended: str, current: str) -> Place | None:
    """Return the place of the current text most like the first one a flagged amendment changes, if any is like it.

    A suggestion with its score, for a person to confirm; nothing is ever carried there.
    """
    words, now, remaining = _remaining(base, amended, current)
    if not remaining:
        return None
    _, wanted, near = _surroundings(words, remaining[0])
    found = diffs.locate(now, wanted, near)
    if found is None:
        return None
    return Place(sum(map(len, now[: found.low])), "".join(now[found.low : found.high]), found.score)


def fit(base: str, amended: str, current: str) -> str | None:
    """Return `current` with each change that is not done made where the text is most like its place.

    A suggestion for a person to look at and confirm, never an amendment carried. None where a place is not found or
    not like enough, two changes meet, nothing is changed, or brackets would be other ones than with the amendment.
    """
    words, now, remaining = _remaining(base, amended, current)
    made: list[Change] = []
    for change in remaining:
        before, wanted, near = _surroundings(words, change)
        found = diffs.locate(now, wanted, near)
        if found is None or found.score < _LIKE:
            return None
        across = diffs.edits(wanted, now[found.low : found.high])
        low, high = (_across(across, at) for at in (before, before + change.end - change.start))
        if low is None or high is None:
            return None
        made.append(Change(found.low + low, found.low + high, change.new))
    made.sort()
    if not made or any(later.start < earlier.end for earlier, later in pairwise(made)):
        return None
    result = "".join(_apply(now, made))
    if pairing.residue(amended) == pairing.residue(base) and pairing.residue(result) != pairing.residue("".join(now)):
        return None
    return result if result != "".join(now) else None


def _remaining(base: str, amended: str, current: str) -> tuple[list[str], list[str], list[Change]]:
    """Return both texts in tokens and, in order, the changes that are not done in the current one."""
    words, now = tokens.tokenize(tokens.normalise(base)), tokens.tokenize(tokens.normalise(current))
    ours = reaches.atoms(words, tokens.tokenize(tokens.normalise(amended)))
    own, _ = _without_done(ours, reaches.atoms(words, now))
    return words, now, sorted(change for atom in own for change in atom.changes)


def _surroundings(words: list[str], change: Change) -> tuple[int, list[str], int]:
    """Return how many tokens stand before a change among those round it, these, and where in the base they begin."""
    before = len(_context(words[: change.start][::-1]))
    start = change.start - before
    return before, words[start : change.end] + _context(words[change.end :]), start


def _across(changes: Iterable[diffs.Edit], at: int) -> int | None:
    """Return where a boundary between tokens stands after changes; None for one inside a change."""
    by = 0
    for change in changes:
        if change.start >= at:
            break
        by += len(change.new) - (change.end - change.start)
        if change.end > at:
            return None
    return at + by


def _without_done(own: list[Atom], foreign: list[Atom]) -> tuple[list[Atom], list[Atom]]:
    """Leave out the atoms that both sides made: an atom is done whole or not at all."""
    shared = {change for atom in own for change in atom.changes}
    shared &= {change for atom in foreign for change in atom.changes}
    size = -1
    while size != len(shared):
        size = len(shared)
        for atom in (*own, *foreign):
            if not shared.issuperset(atom.changes):
                shared.difference_update(atom.changes)
    return (
        [atom for atom in own if shared.isdisjoint(atom.changes)],
        [atom for atom in foreign if shared.isdisjoint(atom.changes)],
    )


def _doubts(
    words: Sequence[str], ours: list[Atom], theirs: list[Atom], own: list[Atom], foreign: list[Atom]
) -> Iterator[Meeting]:
    """Yield where brackets that both sides moved meet brackets that only one side moved.

    Which bracket is which cannot always be told: one taken out and one put in beside it read like words that moved.
    """
    done = [atom for atom in theirs if atom.pairs and atom not in foreign]
    yield from _meetings(words, [atom for atom in own if atom.pairs], done)
    for mine in [atom for atom in ours if atom.pairs and atom not in own]:
        others = [atom for atom in foreign if atom.pairs and atom.opens != mine.opens]
        yield from _meetings(words, [mine], others)


def _meetings(words: Sequence[str], own: list[Atom], foreign: list[Atom]) -> Iterator[Meeting]:
    """Yield each atom of ours that a foreign one meets: they overlap, or fewer than `GAP` words part them."""
    counts = list(accumulate(map(tokens.is_word, words), initial=0))
    for mine in own:
        for other in foreign:
            for near in mine.zones:
                for far in other.zones:
                    first, second = sorted((near, far))
                    if second[0] < first[1] or counts[second[0]] - counts[first[1]] < GAP:
                        yield mine, near, other, far


def _apply(words: Sequence[str], changes: Sequence[Change]) -> Iterator[str]:
    at = 0
    for start, end, new in changes:
        yield from words[at:start]
        yield from new
        at = end
    yield from words[at:]


def _shift(remaining: Sequence[Change], moved: Sequence[Change]) -> list[Change]:
    """Return changes of the base as changes of the current text."""
    return [
        Change(change.start + drift, change.end + drift, change.new)
        for change in remaining
        for drift in [sum(len(new) - (end - start) for start, end, new in moved if end <= change.start)]
    ]


def _is_shown(now: Sequence[str], result: str, expected: list[Change], own: list[Atom]) -> bool:
    """Tell whether `result` is clean text and differs from the current one by exactly the changes expected."""
    if tokens.normalise(result) != result:
        return False
    found = reaches.atoms(now, tokens.tokenize(result))
    changes = sorted(change for atom in found for change in atom.changes)
    pairs = sum(len(atom.pairs) for atom in found)
    return changes == expected and pairs == sum(len(atom.pairs) for atom in own)


def _is_plain(words: Sequence[str], amended: str, now: Sequence[str], result: str, *, some_are_done: bool) -> bool:
    """Tell whether the shortest edit scripts, read without any sense for words and from either end, say the same.

    Where words repeat they may find other changes than a reader does; the amendment then waits for one.
    """
    texts = words, tokens.tokenize(amended), now, tokens.tokenize(result)
    for step in (1, -1):
        base, wanted, before, after = (text[::step] for text in texts)
        asked = _spell(base, wanted)
        for change in _spell(base, before) if some_are_done else ():
            if change in asked:
                asked.remove(change)
        if _spell(before, after) != asked:
            return False
    return True


def _spell(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the words out and in, `+` between them, of each change in the shortest edit script, spaces aside."""
    before, after = ([token for token in side if not token.isspace()] for side in (old, new))
    return [
        _turn(before[low:high], after[new_low:new_high])
        for low, high, new_low, new_high in diffs.shortest(before, after)
    ]


def _turn(out: list[str], put_in: list[str]) -> tuple[str, ...]:
    """Return one change, an insertion or deletion turned to the first of its rotations: equal words let it slide."""
    if out and put_in:
        return (*out, "+", *put_in)
    words = out or put_in
    first = min(words[at:] + words[:at] for at in range(len(words)))
    return (*first, "+") if out else ("+", *first)


def _explain(words: Sequence[str], now: Sequence[str], mine: Atom, near: Zone, other: Atom, far: Zone) -> str:
    """Return the sentence that says why a person must look."""
    if any(map(tokens.is_word, words)) and not any(map(tokens.is_word, now)):
        return "The provision was emptied since: none of its words is left."
    since = _describe(words, other.changes[0])
    if far in other.pairs:
        return f"Brackets round the words of this change were put, lifted or struck since: {since}."
    if near in mine.pairs:
        return f"Words inside the brackets this change puts or takes away were changed since: {since}."
    first, second = sorted((near, far))
    if second[0] < first[1]:
        return f"Words of this change were changed since: {since}."
    return f"Fewer than {GAP} words from this change the text was changed since: {since}."


def _describe(words: Sequence[str], change: Change) -> str:
    """Return a change in words."""
    old, new = "".join(words[change.start : change.end]).strip(), "".join(change.new).strip()
    old, new = (text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…" for text in (old, new))
    if old and new:
        return f"“{old}” became “{new}”"
    return f"“{old}” was deleted" if old else f"“{new}” was inserted" if new else "white space was changed"


def _context(words: Sequence[str]) -> list[str]:
    """Return the first few words, and what stands between them."""
    left = _CONTEXT
    taken: list[str] = []
    for word in words:
        left -= tokens.is_word(word)
        if left < 0:
            break
        taken.append(word)
    return taken
