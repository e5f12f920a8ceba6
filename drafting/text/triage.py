"""Triage: the proposals on one provision sorted for the chair: same effect, nearly the same, competing, standing alone.

Nothing is merged or decided here; consolidating is `merging`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from rapidfuzz import fuzz

from . import diffs, readings, tokens
from .readings import Run

ALIKE = 80.0
"""Percent of the edit signature two proposals must share; below it, readers of the corpus see two proposals."""


class Likeness(StrEnum):
    """What holds the proposals of a cluster together, or sets it against another."""

    IDENTICAL = "identical"
    SIMILAR = "similar"
    COMPETING = "competing"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording, and the names of the proposals that have it, sorted."""

    text: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Proposals to be looked at together: their wordings, and the clusters (by index) that change the same words.

    `alike` is the least share of edits two of its wordings have in common, in percent.
    """

    likeness: Likeness
    variants: tuple[Variant, ...]
    rivals: tuple[int, ...]
    alike: float

    def differences(self) -> list[tuple[Variant, list[Run]]]:
        """Return each wording but the first with the runs from the first to it: what differs inside the cluster."""
        first = self.variants[0]
        return [(variant, readings.comparison(first.text, variant.text)) for variant in self.variants[1:]]


@dataclass(frozen=True, slots=True)
class _Effect:
    """A wording as its edits: their ranges in the base's tokens, and what was taken out and put in."""

    variant: Variant
    ranges: tuple[tuple[int, int], ...]
    signature: str

    def meets(self, other: "_Effect") -> bool:
        """Tell whether both change the same words, or put words in at one point."""
        return any(
            (low < their_high and their_low < high) or low == their_low
            for low, high in self.ranges
            for their_low, their_high in other.ranges
        )


def cluster(base: str, proposals: Mapping[str, str]) -> list[Cluster]:
    """Return the clusters of the proposals (name → full text) on one provision; each proposal is in exactly one.

    Texts that differ in nothing but white space have the same effect. Nearly the same are those whose edits meet in the
    base and whose signatures share at least `ALIKE` percent. The order of the proposals does not matter; clusters come
    in the order of their first edit, then the largest first.
    """
    words = tokens.tokenize(base)
    effects = [_measure(words, variant) for variant in _gather(proposals)]
    groups = _join(effects)
    groups.sort(
        key=lambda group: (_first_place(group), -sum(len(effect.variant.by) for effect in group), _names(group))
    )
    rivals: list[list[int]] = [[] for _ in groups]
    for one, other in combinations(range(len(groups)), 2):
        if any(mine.meets(theirs) for mine in groups[one] for theirs in groups[other]):
            rivals[one].append(other)
            rivals[other].append(one)
    return [_describe(group, tuple(against)) for group, against in zip(groups, rivals, strict=True)]


def _gather(proposals: Mapping[str, str]) -> list[Variant]:
    """Put proposals of the same wording together, under the wording of the first by name."""
    by_wording: dict[str, list[str]] = {}
    for name in sorted(proposals):
        by_wording.setdefault(" ".join(tokens.normalise(proposals[name]).split()), []).append(name)
    return [Variant(proposals[names[0]], tuple(names)) for names in by_wording.values()]


def _measure(words: Sequence[str], variant: Variant) -> _Effect:
    edits = diffs.edits(words, tokens.tokenize(variant.text))
    signature = "\n".join(f"-{''.join(words[start:end])}+{''.join(new)}" for start, end, new in edits)
    return _Effect(variant, tuple((start, end) for start, end, _ in edits), signature)


def _join(effects: list[_Effect]) -> list[list[_Effect]]:
    """Put each wording into the first group all of whose wordings are nearly the same as it."""
    groups: list[list[_Effect]] = []
    for effect in sorted(effects, key=lambda effect: (-len(effect.variant.by), effect.variant.by)):
        home = next((group for group in groups if all(_is_alike(effect, member) for member in group)), None)
        if home is None:
            groups.append([effect])
        else:
            home.append(effect)
    return groups


def _is_alike(one: _Effect, other: _Effect) -> bool:
    return one.meets(other) and fuzz.ratio(one.signature, other.signature, score_cutoff=ALIKE) >= ALIKE


def _first_place(group: Iterable[_Effect]) -> tuple[int, int]:
    return min((effect.ranges[0] for effect in group if effect.ranges), default=(-1, -1))


def _names(group: Iterable[_Effect]) -> list[str]:
    return sorted(name for effect in group for name in effect.variant.by)


def _describe(group: list[_Effect], rivals: tuple[int, ...]) -> Cluster:
    alike = [fuzz.ratio(one.signature, other.signature) for one, other in combinations(group, 2)]
    if len(group) > 1:
        likeness = Likeness.SIMILAR
    elif len(group[0].variant.by) > 1:
        likeness = Likeness.IDENTICAL
    else:
        likeness = Likeness.COMPETING if rivals else Likeness.ALONE
    return Cluster(likeness, tuple(effect.variant for effect in group), rivals, round(min(alike, default=100.0), 1))
