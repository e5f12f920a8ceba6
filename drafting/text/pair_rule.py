"""The pair rule: the two brackets of a pair live and die together, whatever an act does to the document.

After the steps, partners that both survive are still partners, none survives alone, every new bracket has a partner,
and none is unmatched that was not so before. Old anomalies may stay, go, or be given a partner.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from . import bodies, pairing, steps
from .bodies import Body
from .changes import MapMode
from .errors import UnpairedBrackets
from .steps import Anchor, Course, Edit, Key, Step

Residue = tuple[int, int]
"""(unmatched closers, unmatched openers) of one text."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What the rule must know of a document: its live provisions in order, each with its residue.

    `words` holds at least the texts the steps change; of the others the two numbers are enough.
    """

    residues: Mapping[Key, Residue]
    words: Mapping[Key, str]


def check(body: Body, act: Sequence[Step], *, restores: bool = False) -> Body:
    """Return the body after the steps; raises `UnpairedBrackets` where they break the pair rule."""
    after = bodies.apply(body, act)
    keep(outline(body, act), outline(after, act), act, restores=restores)
    return after


def outline(body: Body, act: Sequence[Step]) -> Outline:
    """Return the outline of a body for an act: the residues of all live texts, the words of those the act changes."""
    changed = steps.touched(act)
    live = list(body.live())
    residues = {provision.key: pairing.residue(provision.words) for provision in live}
    return Outline(residues, {provision.key: provision.words for provision in live if provision.key in changed})


def keep(before: Outline, after: Outline, act: Sequence[Step], *, restores: bool = False) -> None:
    """Raise `UnpairedBrackets`, naming the first bracket that breaks the rule, unless the act keeps it.

    An act that `restores`, taking another back, may bring back the anomalies that one removed or mended. Linear in the
    length of the texts changed, and where brackets reach across provisions in the number of texts and those brackets.
    """
    if all(isinstance(step, Edit) for step in act) and _keeps_within(before, after, act):
        return
    old, new = _read(before), _read(after)
    course = Course(act)
    images = {mark: _follow(mark, course, after) for mark in old.marks}
    for mark, partner in old.partners.items():
        here, there = images[mark], images[partner]
        if here and not there and not restores:
            raise _refusal("would leave a bracket without its partner", here)
        if here and there and new.partners.get(here) != there:
            raise _refusal("would part a bracket from its partner", here)
    survivors = set(images.values())
    for mark in new.marks:
        if mark not in new.partners and mark not in survivors and not restores:
            raise _refusal("would add a bracket without a partner", mark)


def _keeps_within(before: Outline, after: Outline, act: Sequence[Step]) -> bool:
    """Tell whether every changed text keeps its own pairs and lets its unmatched brackets stand as they stood.

    Then nothing outside them can have changed, and the other texts need no reading: the usual keystroke.
    """
    course = Course(act)
    for text, words in before.words.items():
        old = _read(Outline({text: (0, 0)}, {text: words}))
        new = _read(Outline({text: (0, 0)}, {text: after.words[text]}))
        images = {mark: _follow(mark, course, after) for mark in old.marks}
        pairs = {(images[mark], images[partner]) for mark, partner in old.partners.items() if images[mark]}
        alone = [images[mark] for mark in old.marks if mark not in old.partners]
        stays = alone == [mark for mark in new.marks if mark not in new.partners]
        if not stays or not pairs <= set(new.partners.items()):
            return False
    return True


class _Mark(NamedTuple):
    """One bracket: by its offset in a text that changes; by -1, -2 … among the unmatched of one that does not."""

    text: Key
    offset: int


@dataclass(frozen=True, slots=True)
class _Marks:
    marks: list[_Mark]
    partners: dict[_Mark, _Mark]


def _read(outline: Outline) -> _Marks:
    """Pair the brackets of an outline: of the texts not given in words, only those that reach beyond them."""
    found = _Marks([], {})
    waiting: list[_Mark] = []
    for text, residue in outline.residues.items():
        for mark, opens in _list_marks(text, residue, outline.words.get(text)):
            found.marks.append(mark)
            if opens:
                waiting.append(mark)
            elif waiting:
                partner = waiting.pop()
                found.partners[mark] = partner
                found.partners[partner] = mark
    return found


def _list_marks(text: Key, residue: Residue, words: str | None) -> Iterator[tuple[_Mark, bool]]:
    """Yield each bracket of one text with whether it opens."""
    if words is not None:
        for offset, opens in pairing.marks(words):
            yield _Mark(text, offset), opens
        return
    closers, openers = residue
    for index in range(closers + openers):
        yield _Mark(text, -1 - index), index >= closers


def _follow(mark: _Mark, course: Course, after: Outline) -> _Mark | None:
    """Return the mark after the act, None where it is gone."""
    if mark.offset < 0:
        return mark if mark.text in after.residues else None
    # A bracket goes with the character at its offset, hence the side behind and the deletion of what follows.
    moved = course.map_anchor(Anchor(*mark), assoc=1, mode=MapMode.TRACK_AFTER)
    return _Mark(*moved) if moved and moved.text in after.residues else None


def _refusal(what: str, mark: _Mark) -> UnpairedBrackets:
    return UnpairedBrackets(f"This change {what}.", provision=mark.text, offset=max(mark.offset, 0))
