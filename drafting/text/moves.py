"""Moves: edits that only make sense together because the words that leave one place enter another."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

_LONGEST = 6  # edits in one round of words changing places; a longer round is chance, not a move


def find(changes: Sequence[tuple[str, str]]) -> Iterator[list[int]]:
    """Yield the indices of changes (out, in) that move words: moved from one place to one other, swapped, or rotated.

    Spaces at the edges aside, the words that leave each place are those that enter the next, and the round closes.
    """
    entering: dict[str, list[int]] = defaultdict(list)
    for index, (_, new) in enumerate(changes):
        if new.strip():
            entering[new.strip()].append(index)
    taken: set[int] = set()
    for index, (out, new) in enumerate(changes):
        if index in taken or not out.strip() or out.strip() == new.strip():
            continue
        round_ = _follow(index, changes, entering, taken)
        if round_:
            taken.update(round_)
            yield round_


def _follow(
    first: int, changes: Sequence[tuple[str, str]], entering: dict[str, list[int]], taken: set[int]
) -> list[int]:
    """Return the round that begins with `first`, empty where it does not close."""
    path = [first]
    goal = changes[first][1].strip()
    while len(path) < _LONGEST:
        out = changes[path[-1]][0].strip()
        following = [at for at in entering.get(out, ()) if at not in taken and at not in path] if out else []
        closing = [at for at in following if changes[at][0].strip() == goal]
        if closing:
            return [*path, closing[0]]
        if len(following) != 1:
            return []
        path.append(following[0])
    return []
