"""Successions: what turns a text as it stands into the next one that a file brings, difference by difference.

Which provision became which is `alignment`, or known from ids; what an edit is, `hunks`. Each difference is an act of
its own that keeps the pair rule after those before it, so that each can be taken back alone; those that keep it only
together are one. How an act looks in steps is `sequences`; nothing here changes a text.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from . import hunks, identities
from .alignment import Fate, Match
from .bodies import Body
from .hunks import Hunk, Proposal
from .identities import Span
from .sequences import Act, Draft
from .steps import Key, Step


@dataclass(frozen=True, slots=True)
class Target:
    """What a file holds: words and parents (by index) in order, `matches` of the live provisions with them.

    `pairs` are, by provision, the ids of pairs by the offset of their `[`, where the file says them.
    """

    texts: Sequence[str]
    matches: Sequence[Match]
    parents: Sequence[int | None] = ()
    pairs: Mapping[int, Mapping[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """One act on the provisions `old` (keys), which become `new` (indices); *matched* means: words changed in place.

    `steps` fit after the acts before. Where it cannot be made they are empty and `why` is a sentence.
    """

    fate: Fate
    old: tuple[Key, ...]
    new: tuple[int, ...]
    act: Act
    steps: tuple[Step, ...] = ()
    why: str = ""


Unit = tuple[int, int]
Refusal = Callable[[Difference], str]
"""Says, in a sentence, why a difference may not be made; empty where it may."""

ALONE = "A bracket would be left without its partner: mend it in the file, or say which provision this is."
#: Differences that may keep the pair rule only together, beyond those whose brackets say so.
_TOGETHER = 6
_IN_PLACE = (Fate.MATCHED, Fate.MOVED)


def compare(
    body: Body, target: Target, standing: Mapping[Key, Mapping[int, int]], refuse: Refusal = lambda _: ""
) -> tuple[Difference, ...]:
    """Return the differences in an order in which they can be made; all made, the live words are the target's.

    `standing` are the ids of pairs by the offset of their `[`, for each provision; a pair the file names stays that
    pair. White space at the edges of a provision is no difference.
    """
    draft = Draft(body, target.texts, target.parents, _continued(body, target))
    found: list[Difference] = []
    waiting: list[Difference] = []
    for one in _differences(body, target, standing):
        if why := refuse(one):
            found.append(replace(one, why=why))
        elif steps := draft.make(one.act):
            found.append(replace(one, steps=steps))
        else:
            waiting.append(one)
    return (*found, *_together(draft, waiting))


def _together(draft: Draft, waiting: Sequence[Difference]) -> Iterator[Difference]:
    """Yield what could not be made at once: after the others, with the next few, by words typed anew, or why not."""
    left = list(waiting)
    while found := next(_makeable(draft, left), None):
        members, steps = found
        yield replace(_joined(members), steps=steps)
        left = [one for one in left if one not in members]
    while left:
        one = left.pop(0)
        same = [other for other in left if one.act.spans and other.act.spans.keys() == one.act.spans.keys()]
        left = [other for other in left if other not in same]
        whole = _joined([one, *same])
        steps = draft.retype(whole.act)
        yield replace(whole, steps=steps, why="" if steps else ALONE)


def _makeable(draft: Draft, left: Sequence[Difference]) -> Iterator[tuple[list[Difference], tuple[Step, ...]]]:
    """Yield, once made, the fewest differences that can be: neighbours in the order of the file."""
    for size in range(1, _TOGETHER + 1):
        for at in range(len(left) - size + 1):
            members = list(left[at : at + size])
            if steps := draft.make(_joined(members).act):
                yield members, steps


def _joined(found: Sequence[Difference]) -> Difference:
    first = next((one for one in found if one.fate is not Fate.MATCHED), found[0])
    old = dict.fromkeys(key for one in found for key in one.old)
    new = dict.fromkeys(index for one in found for index in one.new)
    return Difference(first.fate, tuple(old), tuple(new), Act.joined([one.act for one in found]))


def _continued(body: Body, target: Target) -> dict[int, Key]:
    """Return the standing provision that each of the file's goes on with."""
    keys = [provision.key for provision in body.live()]
    return {match.new[0]: keys[match.old[0]] for match in target.matches if match.old and match.new}


def _differences(body: Body, target: Target, standing: Mapping[Key, Mapping[int, int]]) -> list[Difference]:
    """Return what differs in the order of the file, not yet in steps."""
    live = list(body.live())
    base, keys = [provision.words for provision in live], [provision.key for provision in live]
    wanted: dict[int, str] = {}
    rigid: dict[int, list[Span]] = {}
    for match in target.matches:
        if match.old and match.new and base[match.old[0]].strip() != target.texts[match.new[0]]:
            here, there = match.old[0], match.new[0]
            words = edged(base[here], target.texts[there])
            ids = standing.get(keys[here], {}), target.pairs.get(there, {})
            rigid[here] = identities.spans(base[here], words, *ids)
            wanted |= {} if rigid[here] else {here: words}
    gone = {at: "" for match in target.matches for at in (match.old[1:] if match.new else match.old)}
    after = _after(target)
    new = {at: [target.texts[there] for there in own] for at, own in after.items()}
    found = hunks.find(base, Proposal("file", wanted | gone, new), moves_words=False)
    units = _units(target, keys, found, {at: spans for at, spans in rigid.items() if spans}, after)
    return [_joined(group) if len(group) > 1 else group[0] for group in units]


def edged(base: str, words: str) -> str:
    """Return the words with the white space that `base` has at its edges, as a file keeps none."""
    if not words or not base.strip():
        return words
    return f"{base[: len(base) - len(base.lstrip())]}{words}{base[len(base.rstrip()) :]}"


def _after(target: Target) -> dict[int, list[int]]:
    """Return the provisions that are new, by the standing one (index, -1 for none) that they come after."""
    after: dict[int, list[int]] = defaultdict(list)
    owner = {there: match for match in target.matches for there in match.new}
    last = -1
    for there in range(len(target.texts)):
        match = owner[there]
        if not match.old or there != match.new[0]:
            after[last].append(there)
        elif match.fate is not Fate.MOVED:
            last = max(match.old)
    return after


def _units(
    target: Target,
    keys: Sequence[Key],
    found: Sequence[Hunk],
    rigid: Mapping[int, Sequence[Span]],
    after: Mapping[int, Sequence[int]],
) -> list[list[Difference]]:
    """Return the differences in the order of the file, in groups that go together.

    A unit is (match, hunk) for words that change in place, (match, 0) for the fate of whole provisions.
    """
    owner = {at: index for index, match in enumerate(target.matches) for at in match.old}
    owner_of_new = {there: index for index, match in enumerate(target.matches) for there in match.new}
    new = {at: iter(own) for at, own in after.items()}
    fates = (index for index, match in enumerate(target.matches) if match.fate is not Fate.MATCHED)
    spans: dict[Unit, list[tuple[int, Span]]] = {(index, 0): [] for index in fates}
    bonds: dict[Unit, set[object]] = defaultdict(set)
    for hunk in found:
        at = -1 if hunk.provision is None else int(hunk.provision)
        index = owner_of_new[next(new[at])] if hunk.inserts_after else owner[at]
        match = target.matches[index]
        unit = (index, hunk.index if match.fate in _IN_PLACE else 0)
        if hunk.atom:
            bonds[unit].add(hunk.atom)
        if not hunk.inserts_after and match.new and at == match.old[0]:
            spans.setdefault(unit, []).append((at, Span(hunk.lo, hunk.hi, hunk.words, hunk.index)))
            # Which of two insertions at one point comes first would be lost where each is made by itself.
            bonds[unit] |= {("touches", at, hunk.lo), ("touches", at, hunk.hi)}
    spans |= {(owner[at], -1): [(at, span) for span in edits] for at, edits in rigid.items()}
    made = {unit: _difference(target, keys, unit, own) for unit, own in sorted(spans.items())}
    return [[made[unit] for unit in group] for group in _grouped(list(made), bonds)]


def _grouped(units: Sequence[Unit], bonds: Mapping[Unit, set[object]]) -> list[list[Unit]]:
    """Return the units in groups, each where its first one stands: those that share a bond, at one remove or more."""
    groups: list[tuple[set[object], list[Unit]]] = []
    by_bond: dict[object, tuple[set[object], list[Unit]]] = {}
    for unit in units:
        group: tuple[set[object], list[Unit]] = (set(bonds.get(unit, ())), [unit])
        for met in {id(by_bond[bond]): by_bond[bond] for bond in group[0] if bond in by_bond}.values():
            met[0].update(group[0])
            met[1].extend(group[1])
            groups = [other for other in groups if other is not group]
            group = met
        if group[1] == [unit]:
            groups.append(group)
        by_bond |= dict.fromkeys(group[0], group)
    return [sorted(members) for _, members in groups]


def _difference(
    target: Target, keys: Sequence[Key], unit: tuple[int, int], spans: Sequence[tuple[int, Span]]
) -> Difference:
    index, number = unit
    match = target.matches[index]
    is_whole = number == 0
    edits: dict[Key, list[Span]] = defaultdict(list)
    for at, span in spans:
        edits[keys[at]].append(span)
    goes_on = bool(match.old and match.new)
    act = Act(
        spans={key: tuple(own) for key, own in edits.items()},
        creates=match.new[goes_on:] if is_whole else (),
        moves=((keys[match.old[0]], match.new[0]),) if is_whole and match.fate is Fate.MOVED else (),
        retires=tuple(keys[at] for at in match.old[goes_on:]) if is_whole else (),
    )
    fate = match.fate if is_whole else Fate.MATCHED
    return Difference(fate, tuple(keys[at] for at in match.old), match.new, act)
