"""Deciding: accept, drop, keep, bridge and bracket, hunk by hunk, on a text with all its proposals.

Pure: each act returns the table as it then stands and its effect as steps and rows. What a hunk is: `hunks`; acts on
pairs: `acts`; the fate of a whole proposal: `fates`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from . import acts, bracketing, fates, following, hunks, joins, pair_rule, stacks
from .bodies import Body, Provision
from .brackets import Pair, Position
from .changes import Edit as TextEdit
from .changes import MapMode
from .errors import ActRefused
from .fates import Fate, Outcome
from .hunks import Hunk, Proposal
from .standing import Bracketed, Effect, PairOpened, Row, whole
from .steps import Anchor, Course, Edit, Key, Retire, Step


@dataclass(frozen=True, slots=True)
class Item:
    """One hunk and what became of it; while open its range is in the words as they stand."""

    hunk: Hunk
    outcome: Outcome = Outcome.OPEN


@dataclass(frozen=True)
class Table:
    """The text on the table, and every hunk of every proposal on it."""

    document: Bracketed
    items: tuple[Item, ...]

    def of(self, by: str) -> list[Item]:
        """Return the hunks of one proposal in order."""
        return [item for item in self.items if item.hunk.by == by]

    def open(self) -> list[Hunk]:
        """Return the hunks not yet decided."""
        return [item.hunk for item in self.items if item.outcome is Outcome.OPEN]


@dataclass(frozen=True, slots=True)
class Decided:
    """The table after an act, and what the act did."""

    table: Table
    effect: Effect


def lay(document: Bracketed, proposals: Iterable[Proposal]) -> Table:
    """Return the table with the hunks of `proposals`, which were all written against this document."""
    found = [hunk for proposal in proposals for hunk in hunks.find(document.texts, proposal, document.keys)]
    return Table(document, tuple(map(Item, found)))


def accept(table: Table, by: str, *indices: int) -> Decided:
    """Make the own edits of these hunks of `by` (of all its open ones where none is named).

    Other proposals' hunks that do the same are done; their rivals are dropped, with the rest of their atoms; all
    others stay, their ranges mapped. Raises `ActRefused` for a hunk decided already, part of an atom, or rivals of one
    another, and `UnpairedBrackets` where a pair would be parted or a bracket left alone.
    """
    chosen = _choose(table, by, indices)
    _check_whole(table, chosen)
    effect = _effect(table.document, chosen)
    outcomes = {_place(hunk): Outcome.ACCEPTED for hunk in chosen}
    for hunk in table.open():
        if _place(hunk) not in outcomes:
            if any(hunk.equals(other) for other in chosen if not hunk.inserts_after):
                outcomes[_place(hunk)] = Outcome.DONE
            elif any(hunk.rivals(other) for other in chosen):
                outcomes.update((_place(mate), Outcome.DROPPED) for mate in _atom(table, hunk))
    return _decide(table, effect, outcomes)


def drop(table: Table, by: str, *indices: int) -> Decided:
    """Close these hunks of `by` (all open ones where none is named) and the rest of their atoms; no word changes."""
    chosen = [mate for hunk in _choose(table, by, indices) for mate in _atom(table, hunk)]
    return _decide(table, Effect((), ()), {_place(hunk): Outcome.DROPPED for hunk in chosen})


def bracket(table: Table, whole: Collection[Hunk] = ()) -> Decided:
    """Put every open hunk into the text as brackets: the base in one pair, each rival's words in another.

    Hunks that only act on pairs add no bracket; those in `whole` stand as one alternative to all they replace. Nothing
    of the text goes; anchors in it live on.
    """
    chosen = table.open()
    effect = bracketing.effect(table.document, chosen, whole)
    return _decide(table, effect, {_place(hunk): Outcome.BRACKETED for hunk in chosen})


def bridge(table: Table, key: Key, lo: int, hi: int, words: str) -> Decided:
    """Put the chair's `words` in place of a range; the hunks that change it are bridged."""
    own = Hunk("", key, lo, hi, words, 1)
    effect = _effect(table.document, [own])
    outcomes = {_place(hunk): Outcome.BRIDGED for hunk in table.open() if hunk.rivals(own)}
    return _decide(table, effect, outcomes)


def follow(table: Table, effect: Effect) -> Table:
    """Return the table after an act on pairs (`acts`): open hunks that did the same are done, any it meets flagged."""
    made = [(step.text, *edit) for step in effect.steps if isinstance(step, Edit) for edit in step.changes.edits()]
    outcomes: dict[tuple[str, int], Outcome] = {}
    for hunk in table.open():
        own = (hunk.provision, hunk.lo, hunk.hi, hunk.words)
        if own in made:
            outcomes[_place(hunk)] = Outcome.DONE
        elif any(key == hunk.provision and low <= hunk.hi and hunk.lo <= high for key, low, high, _ in made):
            outcomes[_place(hunk)] = Outcome.FLAGGED
    return _decide(table, effect, outcomes).table


def carry(table: Table, effect: Effect) -> Table:
    """Return the table after an effect that decides nothing: the document followed, open hunks mapped."""
    return _decide(table, effect, {}).table


def fate_of(table: Table, by: str) -> Fate:
    """Return what became of one proposal."""
    return fates.fate([item.outcome for item in table.of(by)])


def _choose(table: Table, by: str, indices: Collection[int]) -> list[Hunk]:
    items = table.of(by)
    unknown = [index for index in indices if not 1 <= index <= len(items)]
    if not items or unknown:
        raise ActRefused(f"There is no hunk {by}{unknown[0] if unknown else ''} on the table.", by=by)
    chosen = [item for item in items if not indices or item.hunk.index in indices]
    if not indices:
        chosen = [item for item in chosen if item.outcome is Outcome.OPEN]
    decided = next((item for item in chosen if item.outcome is not Outcome.OPEN), None)
    if decided or not chosen:
        raise ActRefused("This change has been decided already.", by=by)
    return [item.hunk for item in chosen]


def _check_whole(table: Table, chosen: Sequence[Hunk]) -> None:
    for hunk in chosen:
        mates = [item for item in table.of(hunk.by) if hunk.atom and item.hunk.atom == hunk.atom]
        if any(mate.hunk not in chosen and mate.outcome in (Outcome.OPEN, Outcome.DROPPED) for mate in mates):
            raise ActRefused("This change is one half of a move or of a pair of brackets: decide both together.")


def _atom(table: Table, hunk: Hunk) -> list[Hunk]:
    """Return the open hunks that stand or fall with `hunk`."""
    return [other for other in table.open() if other == hunk or (other.by == hunk.by and hunk.atom == other.atom != 0)]


def _place(hunk: Hunk) -> tuple[str, int]:
    return hunk.by, hunk.index


def _effect(document: Bracketed, chosen: Sequence[Hunk]) -> Effect:
    """Return what making `chosen` does to texts and pairs; raises `UnpairedBrackets` where it breaks the pair rule."""
    edits: dict[Key, list[TextEdit]] = {}
    for hunk in sorted(chosen, key=lambda hunk: hunk.index):
        if not hunk.inserts_after and hunk.provision is not None:
            edits.setdefault(hunk.provision, []).append((hunk.lo, hunk.hi, hunk.words))
    steps: list[Step] = []
    for key, own in edits.items():
        text = document.texts[document.keys.index(key)]
        changes = joins.compose(text, own)
        steps.append(Edit(key, changes))
        if text.strip() and not changes.apply(text).strip():
            steps.append(Retire(key))
    steps += stacks.create(document, [hunk for hunk in chosen if hunk.inserts_after])
    return Effect(tuple(steps), tuple(_rows(document, steps)))


def _rows(document: Bracketed, steps: Sequence[Step]) -> Iterator[Row]:
    body = Body(tuple(Provision(key, None, text) for key, text in zip(document.keys, document.texts, strict=True)))
    pair_rule.check(body, steps)
    course = Course(steps)
    gone = [pair for pair in document.pairs if _map(document, pair.start, course) is None]
    kept_words = {pair.number for pair in gone if _keeps_words(document, pair, course)}
    closing = tuple(acts.rows_of(document, kept_words, {pair.number for pair in gone} - kept_words))
    yield from closing
    for pair in following.follow(document, Effect(tuple(steps), closing)).pairs:
        if pair.number not in document.by_number:
            yield PairOpened(pair.start, pair.end)


def _map(document: Bracketed, place: Position, course: Course) -> Anchor | None:
    """Return where the character at `place` goes, None where it is taken out."""
    return course.map_anchor(Anchor(document.keys[place.provision], place.offset), 1, MapMode.TRACK_AFTER)


def _keeps_words(document: Bracketed, pair: Pair, course: Course) -> bool:
    places = (
        Position(at, offset)
        for at, (low, high) in document.ranges(whole(pair))
        for offset in range(low, high)
        if document.texts[at][offset] not in "[] "
    )
    return any(_map(document, place, course) is not None for place in places)


def _decide(table: Table, effect: Effect, outcomes: Mapping[tuple[str, int], Outcome]) -> Decided:
    """Return the table after an act: the document followed, outcomes set, what is open mapped."""
    document = following.follow(table.document, effect)
    course = Course(effect.steps)
    retired = {step.provision for step in effect.steps if isinstance(step, Retire)}
    items = tuple(_follow(item, course, retired, outcomes.get(_place(item.hunk))) for item in table.items)
    return Decided(Table(document, items), effect)


def _follow(item: Item, course: Course, retired: Collection[Key], outcome: Outcome | None) -> Item:
    hunk = item.hunk
    if outcome is not None:
        return Item(hunk, outcome)
    if item.outcome is not Outcome.OPEN or hunk.provision is None:
        return item
    if not hunk.inserts_after and hunk.provision in retired:
        return Item(hunk, Outcome.FLAGGED)
    is_insertion = hunk.lo == hunk.hi
    low = course.map_anchor(Anchor(hunk.provision, hunk.lo), -1 if is_insertion else 1)
    high = low if is_insertion else course.map_anchor(Anchor(hunk.provision, hunk.hi), -1)
    if low is None or high is None:
        return Item(hunk, Outcome.FLAGGED)
    return Item(replace(hunk, lo=low.offset, hi=max(low.offset, high.offset)))
