"""Groups of alternatives as a text suggests them: brackets side by side, spaced runs, a rival beside bare words.

A group is a row that a person confirms; what is found here is a suggestion with its degree of certainty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .pairing import Matched

Certainty = Literal["adjacent", "spaced", "baseline"]
_GLUE: dict[str, Certainty] = {"": "adjacent", " ": "spaced"}


@dataclass(frozen=True, slots=True)
class Group:
    """Pairs (indices from 0, in the order of their `[`) of which exactly one would survive."""

    pairs: tuple[int, ...]
    sure: Certainty


def find(texts: Sequence[str], pairs: Sequence[Matched], left_out: frozenset[int] = frozenset()) -> tuple[Group, ...]:
    """Return the groups in document order; no pair is in two, and pairs `left_out` are in none.

    Nothing between two brackets binds closer than a space: `[a][b] [c]` is the group of a and b.
    """
    by_start = {pair.start: index for index, pair in enumerate(pairs) if index not in left_out}
    taken: set[int] = set()
    found: list[Group] = []
    for glue, sure in _GLUE.items():
        following = {
            index: by_start.get(pair.end._replace(offset=pair.end.offset + 1 + len(glue)))
            for index, pair in enumerate(pairs)
            if index not in left_out and texts[pair.end.provision].startswith(glue + "[", pair.end.offset + 1)
        }
        for index in range(len(pairs)):
            run = _run(index, following, taken)
            if len(run) > 1:
                taken.update(run)
                found.append(Group(tuple(run), sure))
    return tuple(sorted(found, key=lambda group: group.pairs))


def _run(index: int | None, following: dict[int, int | None], taken: set[int]) -> list[int]:
    run: list[int] = []
    while index is not None and index not in taken:
        run.append(index)
        index = following.get(index)
    return run
