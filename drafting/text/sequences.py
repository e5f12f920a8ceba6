"""Sequences: acts on whole provisions put into steps one after the other, each where the acts before have left it.

What the acts are is `successions`; a step that would break the pair rule makes its whole act fail, and none is made.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from . import pair_rule, pairing
from .bodies import Body
from .changes import ChangeSet
from .errors import UnpairedBrackets
from .identities import Span
from .pair_rule import Outline, Residue
from .steps import Create, Edit, Key, Place, Retire, Step


@dataclass(frozen=True, slots=True)
class Act:
    """Edits of standing provisions (`spans`, in their words before all acts), provisions to create, move and retire.

    `creates` are indices of the new text, `moves` standing provisions with the index they are to stand at.
    """

    spans: Mapping[Key, Sequence[Span]] = field(default_factory=dict)
    creates: tuple[int, ...] = ()
    moves: tuple[tuple[Key, int], ...] = ()
    retires: tuple[Key, ...] = ()

    @property
    def is_of_words(self) -> bool:
        """Whether the act changes words of standing provisions and nothing else."""
        return not (self.creates or self.moves or self.retires)

    @staticmethod
    def joined(acts: Iterable["Act"]) -> "Act":
        """Return several acts, which change different words, as one."""
        whole = list(acts)
        spans: dict[Key, list[Span]] = defaultdict(list)
        for act in whole:
            for key, own in act.spans.items():
                spans[key].extend(own)
        return Act(
            spans={key: sorted(own, key=lambda span: span.nth) for key, own in spans.items()},
            creates=tuple(sorted(index for act in whole for index in act.creates)),
            moves=tuple(sorted((move for act in whole for move in act.moves), key=lambda move: move[1])),
            retires=tuple(key for act in whole for key in act.retires),
        )


def named(index: int) -> Key:
    """Return what steps call the provision that is made for the new text's one at `index`."""
    return f"new {index}"


class Draft:
    """A document while acts are made on it one by one; `standing` are its provisions by their index in the new text."""

    def __init__(
        self, body: Body, texts: Sequence[str], parents: Sequence[int | None], standing: Mapping[int, Key]
    ) -> None:
        self._texts, self._parents = texts, parents
        self._base = {provision.key: provision.words for provision in body.provisions}
        self._parent_of = {provision.key: provision.parent for provision in body.provisions}
        self._words = dict(self._base)
        self._order = [provision.key for provision in body.provisions]
        self._residues = {provision.key: pairing.residue(provision.words) for provision in body.live()}
        self._placed = dict(standing)
        self._done: dict[Key, ChangeSet] = {}

    def make(self, act: Act) -> tuple[Step, ...]:
        """Make an act and return its steps; none, and nothing is made, where brackets would lose their partners."""
        return self._make(act, {key: self._mapped(key, spans) for key, spans in act.spans.items()})

    def retype(self, act: Act) -> tuple[Step, ...]:
        """Make an act of words by all the new words of its provisions at once, whose brackets are then new ones."""
        if not act.is_of_words:
            return ()
        index_of = {key: index for index, key in self._placed.items()}
        wanted = {key: self._texts[index_of[key]] for key in act.spans}
        whole = {
            key: ChangeSet.of([(0, len(self._words[key]), words)], len(self._words[key]))
            for key, words in wanted.items()
        }
        return self._make(act, whole)

    def _make(self, act: Act, edits: Mapping[Key, ChangeSet]) -> tuple[Step, ...]:
        steps: list[Step] = [Edit(key, changes) for key, changes in edits.items()]
        order, placed = list(self._order), dict(self._placed)
        words = {key: changes.apply(self._words[key]) for key, changes in edits.items()}
        for index in sorted((*act.creates, *(index for _, index in act.moves))):
            moved = next((key for key, there in act.moves if there == index), None)
            steps += self._put(index, moved, order, placed)
            if moved is None:
                words[placed[index]] = self._texts[index]
        steps += [Retire(key) for key in act.retires]
        residues = self._after(order, words, act.retires)
        if not self._keeps(steps, residues, words):
            return ()
        self._order, self._placed, self._residues = order, placed, residues
        self._words |= words
        for key, changes in edits.items():
            self._done[key] = self._done[key].compose(changes) if key in self._done else changes
        return tuple(steps)

    def _mapped(self, key: Key, spans: Sequence[Span]) -> ChangeSet:
        changes = ChangeSet.of([span[:3] for span in spans], len(self._base[key]))
        return changes.map(self._done[key]) if key in self._done else changes

    def _put(self, index: int, moved: Key | None, order: list[Key], placed: dict[int, Key]) -> list[Step]:
        """Put a provision where the new text has it, right after the nearest before it that is there; return how."""
        key = named(index) if moved is None else moved
        if moved is not None:
            order.remove(moved)
        before = next((placed[at] for at in range(index - 1, -1, -1) if at in placed and placed[at] in order), None)
        at = 0 if before is None else order.index(before) + 1
        order.insert(at, key)
        placed[index] = key
        parent = self._parent(index, moved, placed)
        if moved is not None:
            return [Place(moved, parent, at)]
        return [Create(key, parent, at), Edit(key, ChangeSet.of([(0, 0, self._texts[index])], 0))]

    def _parent(self, index: int, moved: Key | None, placed: Mapping[int, Key]) -> Key | None:
        above = self._parents[index] if index < len(self._parents) else None
        if above is not None and above in placed:
            return placed[above]
        return self._parent_of.get(moved) if moved is not None else None

    def _after(self, order: Sequence[Key], words: Mapping[Key, str], retired: Sequence[Key]) -> dict[Key, Residue]:
        fresh = {key: pairing.residue(text) for key, text in words.items()}
        known = self._residues | fresh
        return {key: known[key] for key in order if key in known and key not in retired}

    def _keeps(self, steps: Sequence[Step], residues: dict[Key, Residue], words: Mapping[Key, str]) -> bool:
        before = Outline(self._residues, {key: self._words[key] for key in words if key in self._words})
        try:
            pair_rule.keep(before, Outline(residues, words), steps)
        except UnpairedBrackets:
            return False
        return True
