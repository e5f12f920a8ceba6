"""Invents amendments: the small edits delegations make, each balanced in its brackets.

Pure: the same random source and words give the same proposal.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from drafting.demo import phrases
from drafting.text import brackets, tokens

_MODAL = re.compile(r"\b(?:shall endeavour to|is encouraged to|shall|should|may|will)\b")
_PLAIN_RUN = re.compile(r"(?<=[\w\]] )(?:[a-z]+ ){1,3}[a-z]+")


def amend(chance: random.Random, words: str) -> str:
    """Return other words than `words`, balanced where they were."""
    edits: list[Callable[[random.Random, str], str]] = [_weaken, _insert, _drop_pair, _lift_pair, _wrap, _strike]
    weights = (30, 30, 10, 8, 12, 10)
    for _ in range(12):
        amended = chance.choices(edits, weights)[0](chance, words)
        if amended != words and brackets.residue(amended) == brackets.residue(words):
            return amended
    return _insert(chance, words)


def _weaken(chance: random.Random, words: str) -> str:
    found = list(_MODAL.finditer(words))
    if not found:
        return words
    modal = chance.choice(found)
    return words[: modal.start()] + chance.choice(phrases.MODALS) + words[modal.end() :]


def _insert(chance: random.Random, words: str) -> str:
    pieces = tokens.tokenize(words)
    places = [i for i, piece in enumerate(pieces) if i > 3 and piece in {",", ".", ";", "]"}]
    at = chance.choice(places) if places else len(pieces)
    return "".join(pieces[:at]) + chance.choice(phrases.INSERTIONS) + "".join(pieces[at:])


def _own_pairs(words: str) -> list[tuple[int, int]]:
    pairs = brackets.parse([words]).pairs
    return [(pair.start.offset, pair.end.offset) for pair in pairs if pair.end.offset - pair.start.offset < 120]


def _drop_pair(chance: random.Random, words: str) -> str:
    found = _own_pairs(words)
    if not found:
        return words
    start, end = chance.choice(found)
    before = words[:start]
    return (before[:-1] if before.endswith(" ") and words[end + 1 : end + 2] in " ,." else before) + words[end + 1 :]


def _lift_pair(chance: random.Random, words: str) -> str:
    found = _own_pairs(words)
    if not found:
        return words
    start, end = chance.choice(found)
    return words[:start] + words[start + 1 : end] + words[end + 1 :]


def _wrap(chance: random.Random, words: str) -> str:
    found = list(_PLAIN_RUN.finditer(words))
    if not found:
        return words
    run = chance.choice(found)
    return f"{words[: run.start()]}[{run.group()}]{words[run.end() :]}"


def _strike(chance: random.Random, words: str) -> str:
    found = list(_PLAIN_RUN.finditer(words))
    if not found:
        return words
    run = chance.choice(found)
    return words[: run.start() - 1] + words[run.end() :]
