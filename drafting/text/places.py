"""Places: the new provisions proposed at one place, as one stack of which any number may be accepted."""

from collections.abc import Iterable, Sequence

Member = tuple[str, tuple[str, ...]]
"""A new provision's words, and who proposes it."""


def stack(proposed: Iterable[tuple[str, Sequence[str]]]) -> list[Member]:
    """Return the members of the stack: each proposal's provisions in its own order, equal ones shared.

    Ordered by name, and within that so that every proposal finds its own in order. Equal input sets give equal stacks.
    """
    members: list[tuple[str, list[str]]] = []
    for by, texts in sorted((by, tuple(texts)) for by, texts in proposed):
        at = 0
        for text in texts:
            found = next((index for index in range(at, len(members)) if members[index][0] == text), None)
            if found is None:
                found = at if any(other == text for other, _ in members[:at]) else len(members)
                members.insert(found, (text, []))
            members[found][1].append(by)
            at = found + 1
    return [(text, tuple(sorted(by))) for text, by in members]
