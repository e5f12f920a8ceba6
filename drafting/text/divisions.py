"""Divisions: one proposal parted into two that are decided apart; together they say what it said, alone each its own.

Pure: edits of one text go in, full words come out. Which proposals may be parted, and the rows, are in the services.
"""

from collections.abc import Collection, Sequence

from . import edits
from .changes import ChangeSet, Edit
from .errors import ActRefused
from .wordings import Wording


def part(base: str, made: Sequence[Edit], apart: Collection[int]) -> tuple[str, str]:
    """Return `base` with the edits at the indices `apart` alone, and with the others alone; offsets in code points."""
    own = [edit for at, edit in enumerate(made) if at in apart]
    rest = [edit for at, edit in enumerate(made) if at not in apart]
    return ChangeSet.of(own, len(base)).apply(base), ChangeSet.of(rest, len(base)).apply(base)


def halve(struck: str, words: str, first: str) -> tuple[list[Edit], list[Edit]]:
    """Part one change of `struck` into `words`: `first` is how the words read with the first half alone.

    Returns the edits of each half on `struck`, in code points; made together they give `words`. Raises `ActRefused`
    where a half changes nothing, or both change the same words or insert at one point: such halves would be rivals.
    """
    if first in (struck, words):
        raise ActRefused("Each part must change something: write how the words read with the first part alone.")
    own = _between(struck, first)
    rest = list(_between(first, words).map(own.invert(struck)).edits())
    halves = list(own.edits()), rest
    if any(_meet(one, other) for one in halves[0] for other in rest):
        raise ActRefused("Both parts would change the same words: they would compete, not be decided apart.")
    if ChangeSet.of([*halves[0], *rest], len(struck)).apply(struck) != words:
        raise ActRefused("The two parts together do not say what was proposed: write the first part alone.")
    return halves


def _between(before: str, after: str) -> ChangeSet:
    found = edits.find(Wording.of(before), Wording.of(after))
    return ChangeSet.of([(edit.low, edit.high, after[edit.new_low : edit.new_high]) for edit in found], len(before))


def _meet(one: Edit, other: Edit) -> bool:
    return (one[0] < other[1] and other[0] < one[1]) or one[:2] == other[:2]
