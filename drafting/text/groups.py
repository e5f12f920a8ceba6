"""Groups of alternatives as a text suggests them: brackets side by side, spaced runs, a rival beside bare words.

A group is a row that a person confirms; what is found here is a suggestion with its degree of certainty.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .pairing import Ends, Position

Certainty = Literal["adjacent", "spaced", "baseline"]
_GLUE: dict[str, Certainty] = {"": "adjacent", " ": "spaced"}

_NUMBERS = (
    r"\d+(?:[.,–-]\d+)*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|ninety"
)
_RIVALRIES = tuple(
    rf"(?i:{words})"
    for words in (
        r"(?:shall|should|must|may|will|can|ought to|"
        r"(?:is|are) (?:required|requested|urged|encouraged|invited|called upon|entitled) to|"
        r"(?:(?:shall|should|may) )?(?:endeavour|strive|seek|aim) to)(?: not)?",
        _NUMBERS,
        r"and|or|and/or",
        r"an?|the|any|all|each|every|some|its|their",
        r"(?:each |the |all )?part(?:y|ies)|states parties|states",
    )
)
"""Classes of words that exclude one another where they stand side by side: only these make bare words a baseline."""

_INSIDE = re.compile(r"\s*(?:" + "|".join(f"({words})" for words in _RIVALRIES) + r")\s*")
_BEFORE = [re.compile(rf"(?<![\w\]])({words}) $") for words in _RIVALRIES]
_AFTER = [re.compile(rf" ({words})(?![\w\[/-])") for words in _RIVALRIES]
_REACH = 40  # code points: no baseline is longer


@dataclass(frozen=True, slots=True)
class Group:
    """Pairs (indices from 0, in the order of their `[`) of which exactly one would survive.

    `baseline` is the span (start, end) of unbracketed words that compete with them.
    """

    pairs: tuple[int, ...]
    sure: Certainty
    baseline: tuple[Position, Position] | None = None


def find(texts: Sequence[str], pairs: Sequence[Ends], left_out: frozenset[int] = frozenset()) -> tuple[Group, ...]:
    """Return the groups in document order; no pair is in two, and pairs `left_out` are in none.

    Brackets with nothing between them are *adjacent*, with one space *spaced*, and the first bind closer: `[a][b] [c]`
    is the group of a and b. A lone bracket beside bare words of its own class (`shall [is encouraged to]`) is a
    *baseline* suggestion; beside a run such words are its baseline.
    """
    taken: set[int] = set()
    found: list[Group] = []
    for glue, sure in _GLUE.items():
        following = _follow(texts, pairs, left_out, glue)
        for index in following:
            run = _run(index, following, taken)
            if len(run) > 1:
                taken.update(run)
                found.append(_with_baseline(texts, pairs, Group(tuple(run), sure)))
    for index in range(len(pairs)):
        if index not in taken and index not in left_out:
            lone = _with_baseline(texts, pairs, Group((index,), "baseline"))
            if lone.baseline:
                found.append(lone)
    return tuple(sorted(found, key=lambda group: group.pairs))


def _follow(texts: Sequence[str], pairs: Sequence[Ends], left_out: frozenset[int], glue: str) -> dict[int, int]:
    """Return, in document order, which pair begins right behind each, `glue` apart."""
    by_start = {pair.start: index for index, pair in enumerate(pairs) if index not in left_out}
    following: dict[int, int] = {}
    for index, pair in enumerate(pairs):
        if index not in left_out and texts[pair.end.provision].startswith(glue + "[", pair.end.offset + 1):
            after = by_start.get(Position(pair.end.provision, pair.end.offset + 1 + len(glue)))
            if after is not None:
                following[index] = after
    return following


def _run(index: int | None, following: dict[int, int], taken: set[int]) -> list[int]:
    run: list[int] = []
    while index is not None and index not in taken:
        run.append(index)
        index = following.get(index)
    return run


def _with_baseline(texts: Sequence[str], pairs: Sequence[Ends], group: Group) -> Group:
    """Return the group with the bare words beside it that are of the class all its members are of, if any."""
    first, last = pairs[group.pairs[0]], pairs[group.pairs[-1]]
    rivalry, words = _read_class(texts, [pairs[index] for index in group.pairs])
    if rivalry is None:
        return group
    text = texts[first.start.provision]
    low = max(0, first.start.offset - _REACH)
    before = _BEFORE[rivalry].search(text[low : first.start.offset])
    after = _AFTER[rivalry].match(texts[last.end.provision], last.end.offset + 1)
    if before and before[1].lower() not in words:
        span = (low + before.start(1), low + before.end(1))
        return replace(group, baseline=_place(first.start.provision, span))
    if after and after[1].lower() not in words:
        return replace(group, baseline=_place(last.end.provision, after.span(1)))
    return group


def _read_class(texts: Sequence[str], members: Sequence[Ends]) -> tuple[int | None, set[str]]:
    """Return the one class of rivals all members are of, and their words; None where there is none."""
    rivalry: int | None = None
    words: set[str] = set()
    for pair in members:
        if pair.start.provision != pair.end.provision or pair.end.offset - pair.start.offset > _REACH:
            return None, words
        found = _INSIDE.fullmatch(texts[pair.start.provision], pair.start.offset + 1, pair.end.offset)
        if not found or rivalry not in (None, found.lastindex):
            return None, words
        rivalry = found.lastindex
        words.add(found[0].strip().lower())
    return (rivalry - 1 if rivalry else None), words


def _place(provision: int, span: tuple[int, int]) -> tuple[Position, Position]:
    return Position(provision, span[0]), Position(provision, span[1])
