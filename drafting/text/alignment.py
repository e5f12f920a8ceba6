"""Alignment: which provision of one revision became which of another, over the whole document.

Provisions only, by their words; what changed inside a matched pair is `readings.comparison`, and whether an amendment
still fits is `rebasing`. Suggestions for a person: nothing here changes a text.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel

from . import tokens

_ALIKE = 0.5
"""Two provisions sharing fewer of their words are two provisions; below half a reader sees no kinship."""

_WHOLE = 0.7
_GAIN = 0.1
"""A split must hold together better, and clearly better, than its best single part."""

_LONGEST_RUN = 6
_CANDIDATES = 8


class Fate(StrEnum):
    """What became of provisions between two revisions."""

    MATCHED = "matched"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Match:
    """Provisions of the old revision and what they became; `similarity` is the share of words kept, 0 to 1."""

    fate: Fate
    old: tuple[int, ...]
    new: tuple[int, ...]
    similarity: float


Words = tuple[str, ...]


def align(old: Sequence[str], new: Sequence[str], known: Mapping[int, int | None] | None = None) -> list[Match]:
    """Return what became of every provision, in the order of `new`, dropped ones after what stood before them.

    `known` says of some of `new` which of `old` they are, or that they are none: that is kept, whatever the words.
    Every provision of either side is in exactly one match; `align(x, x)` matches each with itself. Equal input gives
    equal output; time grows with the words, not with the product of the provisions.
    """
    old_words, new_words = [_words(text) for text in old], [_words(text) for text in new]
    said = {here: there for there, here in (known or {}).items() if here is not None}
    fresh = {there for there, here in (known or {}).items() if here is None}
    partner = dict(said)
    _exact(old_words, new_words, partner, fresh)
    scores = {(here, there): _similarity(old_words[here], new_words[there]) for here, there in partner.items()}
    _take_alike(old_words, new_words, partner, scores, fresh)
    splits = _runs(old_words, new_words, partner, scores, fresh)
    inverse = {there: here for here, there in partner.items()}
    inverse_scores = {(there, here): score for (here, there), score in scores.items()}
    merges = [run for run in _runs(new_words, old_words, inverse, inverse_scores) if run[0] not in fresh]
    splits = [(here, run, score) for here, run, score in splits if said.get(here, run[0]) in run]
    there_of = {there: here for here, there in said.items()}
    merges = [(there, run, score) for there, run, score in merges if there_of.get(there, run[0]) in run]
    matches = _collect(len(old), len(new), partner | said, scores, splits, merges)
    return _order(_mark_moved(matches))


def _words(text: str) -> Words:
    return tuple(token.casefold() for token in tokens.tokenize(text) if tokens.is_word(token))


def _similarity(one: Words, other: Words) -> float:
    return Indel.normalized_similarity(one, other) if one or other else 1.0


def _exact(old: list[Words], new: list[Words], partner: dict[int, int], fresh: Collection[int]) -> None:
    """Match provisions of the same words: unique ones anywhere, repeated ones beside a match, then in order."""
    places: dict[Words, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    taken = {*partner.values(), *fresh}
    for at, words in enumerate(old):
        if at not in partner:
            places[words][0].append(at)
    for at, words in enumerate(new):
        if at not in taken:
            places[words][1].append(at)
    partner |= {here[0]: there[0] for here, there in places.values() if len(here) == len(there) == 1}
    taken.update(partner.values())
    for step in (1, -1):
        for at in sorted(partner, reverse=step < 0):
            here, there = at + step, partner[at] + step
            while 0 <= here < len(old) and 0 <= there < len(new) and here not in partner and there not in taken:
                if old[here] != new[there]:
                    break
                partner[here] = there
                taken.add(there)
                here, there = here + step, there + step
    for here_all, there_all in places.values():
        free = [there for there in there_all if there not in taken]
        for here, there in zip((here for here in here_all if here not in partner), free, strict=False):
            partner[here] = there
            taken.add(there)


def _take_alike(
    old: list[Words],
    new: list[Words],
    partner: dict[int, int],
    scores: dict[tuple[int, int], float],
    fresh: Collection[int],
) -> None:
    """Match the provisions left over by their shared words, the most alike first, then the nearest in place."""
    taken = {*partner.values(), *fresh}
    free_old = [at for at, words in enumerate(old) if at not in partner and words]
    free_new = [at for at, words in enumerate(new) if at not in taken and words]
    drift = len(new) / max(len(old), 1)
    found: list[tuple[float, float, int, int]] = []
    for there, candidates in _candidates(old, free_old, new, free_new):
        for here in candidates:
            score = _similarity(old[here], new[there])
            if score >= _ALIKE:
                found.append((-score, abs(here * drift - there), here, there))
    for loss, _, here, there in sorted(found):
        if here not in partner and there not in taken:
            partner[here] = there
            taken.add(there)
            scores[here, there] = -loss


def _candidates(
    old: list[Words], free_old: list[int], new: list[Words], free_new: list[int]
) -> Iterable[tuple[int, list[int]]]:
    """Yield each free new provision with the few old ones that share most of its rarer word pairs."""
    index: dict[Words, list[int]] = defaultdict(list)
    for here in free_old:
        for shingle in _shingles(old[here]):
            index[shingle].append(here)
    for there in free_new:
        shared: dict[int, float] = defaultdict(float)
        for shingle in _shingles(new[there]):
            holders = index.get(shingle, ())
            for here in holders:
                shared[here] += 1 / len(holders)
        ranked = sorted(shared, key=lambda here: (-shared[here], here))
        yield there, ranked[:_CANDIDATES]


def _shingles(words: Words) -> set[Words]:
    return {words[at : at + 2] for at in range(max(len(words) - 1, 1))}


def _runs(
    whole: list[Words],
    parts: list[Words],
    partner: dict[int, int],
    scores: dict[tuple[int, int], float],
    fresh: Collection[int] = (),
) -> list[tuple[int, tuple[int, ...], float]]:
    """Find provisions of `whole` that stand as a run of neighbours in `parts`; takes them out of `partner`."""
    taken = {there: here for here, there in partner.items()} | dict.fromkeys(fresh, -1)
    owner = _container(whole, parts, partner, taken)
    found: list[tuple[int, tuple[int, ...], float]] = []
    for here in sorted(set(owner.values())):
        run = _run(here, owner, partner.get(here), len(parts))
        joined = tuple(word for at in run for word in parts[at])
        score = _similarity(whole[here], joined)
        alone = scores.get((here, partner.get(here, -1)), 0.0)
        if len(run) > 1 and score >= _WHOLE and score >= alone + _GAIN:
            found.append((here, run, score))
            partner.pop(here, None)
    return found


def _container(
    whole: list[Words], parts: list[Words], partner: dict[int, int], taken: dict[int, int]
) -> dict[int, int]:
    """Return, for each free part, the provision of `whole` that holds most of its words, if one holds nearly all."""
    free = [at for at in range(len(parts)) if at not in taken and len(parts[at]) > 1]
    index: dict[Words, list[int]] = defaultdict(list)
    for here, words in enumerate(whole):
        for shingle in _shingles(words):
            index[shingle].append(here)
    owner: dict[int, int] = {}
    for there in free:
        shingles = _shingles(parts[there])
        held = Counter(here for shingle in shingles for here in index.get(shingle, ()))
        best = min(held, key=lambda here: (-held[here], here), default=None)
        if best is not None and held[best] >= _WHOLE * len(shingles):
            owner[there] = best
    return owner


def _run(here: int, owner: dict[int, int], match: int | None, length: int) -> tuple[int, ...]:
    """Return the longest run of neighbours that all belong to `here`, its own match among them where it has one."""

    def belongs(at: int) -> bool:
        return at == match or owner.get(at) == here

    best: tuple[int, ...] = ()
    own = {at for at, whole in owner.items() if whole == here}
    for start in sorted(own if match is None else own | {match}):
        if start > 0 and belongs(start - 1):
            continue
        end = start
        while end < min(length, start + _LONGEST_RUN) and belongs(end):
            end += 1
        if end - start > len(best):
            best = tuple(range(start, end))
    return best


def _collect(
    old: int,
    new: int,
    partner: dict[int, int],
    scores: dict[tuple[int, int], float],
    splits: list[tuple[int, tuple[int, ...], float]],
    merges: list[tuple[int, tuple[int, ...], float]],
) -> list[Match]:
    """Turn what was found into matches, each provision used once, whole runs before single pairs."""
    used_old: set[int] = set()
    used_new: set[int] = set()
    matches: list[Match] = []

    def take(fate: Fate, here: tuple[int, ...], there: tuple[int, ...], score: float) -> None:
        if used_old.isdisjoint(here) and used_new.isdisjoint(there):
            used_old.update(here)
            used_new.update(there)
            matches.append(Match(fate, here, there, round(score, 3)))

    for one, run, score in splits:
        take(Fate.SPLIT, (one,), run, score)
    for one, run, score in merges:
        take(Fate.MERGED, run, (one,), score)
    for here, there in sorted(partner.items()):
        take(Fate.MATCHED, (here,), (there,), scores[here, there])
    matches += [Match(Fate.DROPPED, (at,), (), 0.0) for at in range(old) if at not in used_old]
    matches += [Match(Fate.ADDED, (), (at,), 0.0) for at in range(new) if at not in used_new]
    return matches


def _mark_moved(matches: list[Match]) -> list[Match]:
    """Call *moved* the pairs outside the longest run of pairs that keep their order."""
    pairs = sorted((match for match in matches if match.fate is Fate.MATCHED), key=lambda match: match.old)
    still = _longest_rising([match.new[0] for match in pairs])
    moved = {pairs[at] for at in range(len(pairs)) if at not in still}
    return [Match(Fate.MOVED, m.old, m.new, m.similarity) if m in moved else m for m in matches]


def _longest_rising(values: list[int]) -> set[int]:
    """Return the indices of a longest rising subsequence of `values`."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, value in enumerate(values):
        slot = bisect_left(tails, value)
        before.append(ends[slot - 1] if slot else -1)
        tails[slot : slot + 1] = [value]
        ends[slot : slot + 1] = [at]
    rising: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        rising.add(at)
        at = before[at]
    return rising


def _order(matches: list[Match]) -> list[Match]:
    """Put matches in the order of the new revision, each dropped one after what stood before it in the old."""
    place = {at: match.new[0] for match in matches if match.new and match.fate is not Fate.MOVED for at in match.old}
    last = -1
    after: dict[int, int] = {}
    for at in sorted(here for match in matches for here in match.old):
        last = max(last, place.get(at, -1))
        after[at] = last

    def key(match: Match) -> tuple[int, int, int]:
        return (match.new[0], 0, 0) if match.new else (after[match.old[0]], 1, match.old[0])

    return sorted(matches, key=key)
