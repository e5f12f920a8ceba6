"""Places: the new provisions proposed at one place, as one stack of which any number may be accepted."""

from collections.abc import Iterable, Sequence

from . import diffs

Member = tuple[str, tuple[str, ...]]
"""A new provision's words, and who proposes it."""


def stack(proposed: Iterable[tuple[str, Sequence[str]]]) -> list[Member]:
    """Return the members of the stack: each proposal's provisions in its own order, equal ones shared if they can be.

    Those of the first name come first; those of later ones go where their order puts them, else behind. Equal input
    sets give equal stacks.
    """
    members: list[tuple[str, list[str]]] = []
    for by, texts in sorted((by, tuple(texts)) for by, texts in proposed):
        merged: list[tuple[str, list[str]]] = []
        at = 0
        end = (len(members), len(members), len(texts), len(texts))
        for low, high, new_low, new_high in (*diffs.blocks([text for text, _ in members], texts, "No"), end):
            merged += ((text, [*names, by]) for text, names in members[at:low])
            merged += members[low:high]
            merged += ((text, [by]) for text in texts[new_low:new_high])
            at = high
        members = merged
    return [(text, tuple(names)) for text, names in members]
