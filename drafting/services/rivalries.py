"""Rivals of what has been bracketed: proposals on words that by now stand in brackets beside another's words.

They were written against the same words as what was bracketed, so they are read against these: without the marks round
them and without the alternatives beside them. Accepted, such a hunk takes these marks and alternatives away and makes
its own edit; bracketed, it stands beside them as one more alternative.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from drafting.models import Decision, Hunk, NegotiatingText, Stance
from drafting.services.tables import Laid
from drafting.text import acts, deciding
from drafting.text.brackets import Pair
from drafting.text.changes import ChangeSet
from drafting.text.deciding import Item, Table
from drafting.text.errors import ActRefused
from drafting.text.hunks import Hunk as EngineHunk
from drafting.text.standing import Effect
from drafting.text.steps import Edit

#: For each hunk the hunks it is a rival of.
Rivals = Mapping[int, Collection[int]]


@dataclass(frozen=True, slots=True)
class Beside:
    """What brackets made of a hunk's words: `lifted` are round them, `dropped` beside them, `others` of no rival."""

    lifted: frozenset[int]
    dropped: frozenset[int]
    others: frozenset[int]


@dataclass
class _Bracketed:
    """What was bracketed by decisions that stand: pairs opened, for which hunks an alternative, and the rivals then."""

    opened: set[int] = field(default_factory=set)
    spoken: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    rivals: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


def note(laid: Laid, chosen: Sequence[Hunk]) -> list[tuple[int, list[int]]]:
    """Return each open hunk that stays beside those `chosen` to be bracketed, with those of them it is a rival of."""
    own: dict[int, list[tuple[int, EngineHunk]]] = defaultdict(list)
    for hunk in chosen:
        own[hunk.provision_id].append((hunk.pk, laid.item(hunk).hunk))
    decided = {hunk.pk for hunk in chosen}
    found: list[tuple[int, list[int]]] = []
    for hunk in laid.undecided():
        if hunk.pk not in decided and hunk.outcome == Hunk.Outcome.OPEN and hunk.provision_id in own:
            rivals = [pk for pk, other in own[hunk.provision_id] if laid.item(hunk).hunk.rivals(other)]
            found += [(hunk.pk, rivals)] if rivals else []
    return found


def find(negotiated: NegotiatingText, laid: Laid, chosen: Iterable[Hunk]) -> dict[int, Beside]:
    """Return what stands beside each of the hunks whose words have been bracketed, by id."""
    wanted = [hunk for hunk in chosen if not hunk.inserts_after]
    bracketed = _read(negotiated, {hunk.provision_id for hunk in wanted})
    found = ((hunk.pk, _beside(laid, hunk, bracketed)) for hunk in wanted if bracketed.opened)
    return {pk: beside for pk, beside in found if beside is not None}


def free(table: Table, besides: Collection[Beside]) -> tuple[Table, Effect]:
    """Return the table with the marks and alternatives beside hunks to be accepted gone, and the effect of that.

    Raises `ActRefused` where an alternative is of a proposal that is no rival: accepting would take it away unasked.
    """
    if any(beside.others for beside in besides):
        raise ActRefused(
            "These words stand in brackets beside a proposal that this one does not compete with: "
            "pick one of the alternatives, or bracket this one as well."
        )
    if not besides:
        return table, Effect((), ())
    effect = _unwrap(table, besides)
    return deciding.carry(table, effect), effect


def restate(laid: Laid, chosen: Sequence[Hunk], besides: Mapping[int, Beside]) -> tuple[Table, list[EngineHunk]]:
    """Return the table of hunks to be bracketed, and those with `besides`, each one change of all that stands there."""
    plain = laid.table([hunk for hunk in chosen if hunk.pk not in besides])
    own: dict[tuple[object, int], list[Hunk]] = defaultdict(list)
    for hunk in chosen:
        if hunk.pk in besides:
            own[hunk.version_id, hunk.provision_id].append(hunk)
    restated = [_restate(laid, hunks, [besides[hunk.pk] for hunk in hunks]) for hunks in own.values()]
    return replace(plain, items=(*plain.items, *restated)), [item.hunk for item in restated]


def _restate(laid: Laid, hunks: Sequence[Hunk], besides: Sequence[Beside]) -> Item:
    """Return the hunks of one version in one provision as one that says the same of the bracketed words."""
    table = laid.table(hunks)
    first = table.items[0]
    key = first.hunk.provision
    effect = _unwrap(table, besides)
    freed = deciding.carry(table, effect)
    text = laid.document.texts[laid.document.keys.index(key)]
    changes = next(step.changes for step in effect.steps if isinstance(step, Edit) and step.text == key)
    edits = [(item.hunk.lo, item.hunk.hi, item.hunk.words) for item in freed.items]
    changes = changes.compose(ChangeSet.of(edits, changes.new_length))
    made = list(changes.edits())
    lo, hi = made[0][0], made[-1][1]
    words = changes.apply(text)[lo : changes.new_length - (len(text) - hi)]
    return replace(first, hunk=replace(first.hunk, lo=lo, hi=hi, words=words, atom=0, verdict=""))


def _unwrap(table: Table, besides: Iterable[Beside]) -> Effect:
    lifted: set[int] = set()
    dropped: set[int] = set()
    for beside in besides:
        lifted |= beside.lifted
        dropped |= beside.dropped
    return acts.unwrap(table.document, sorted(lifted), sorted(dropped))


def _read(negotiated: NegotiatingText, provisions: Collection[int]) -> _Bracketed:
    """Return what was bracketed, and still stands, in the provisions."""
    found = _Bracketed()
    made = Decision.objects.filter(
        text=negotiated,
        act=Decision.Act.BRACKET,
        undone=False,
        brackets__closed=False,
        brackets__start_text__provision__in=provisions,
    )
    for noted in made.distinct().values_list("undo", flat=True):
        found.opened.update(noted["opened"])
        for bracket, stance, hunks in noted["spoken"]:
            if stance == Stance.PROPOSE:
                found.spoken[bracket].update(hunks)
        for hunk, rivals in noted.get("rivals", ()):
            found.rivals[hunk].update(rivals)
    return found


def _beside(laid: Laid, hunk: Hunk, bracketed: _Bracketed) -> Beside | None:
    rivals = bracketed.rivals.get(hunk.pk, set())
    here = list(_opened_here(laid, hunk, bracketed))
    met = [pair for pair in here if _meets(hunk, pair)]
    if not rivals and not any(_cuts(hunk, pair) for pair in met):
        return None
    lifted = {pair.number for pair in met if pair.number not in bracketed.spoken}
    dropped = {pair.number for pair in here if bracketed.spoken.get(pair.number, set()) & rivals}
    groups = [group for group in laid.document.groups if {*group.pairs} & (lifted | dropped)]
    mates = {number for group in groups for number in group.pairs}
    dropped |= {pair.number for pair in here if pair.number in mates and pair.number in bracketed.spoken}
    if not lifted and not dropped:
        return None
    others = {number for number in dropped if not bracketed.spoken[number] <= rivals}
    return Beside(frozenset(lifted), frozenset(dropped), frozenset(others))


def _opened_here(laid: Laid, hunk: Hunk, bracketed: _Bracketed) -> Iterator[Pair]:
    """Yield the open pairs that decisions opened in the hunk's provision."""
    at = laid.document.keys.index(laid.item(hunk).hunk.provision)
    for pair in laid.document.pairs:
        if pair.number in bracketed.opened and pair.start.provision == pair.end.provision == at:
            yield pair


def _meets(hunk: Hunk, pair: Pair) -> bool:
    """Tell whether a hunk changes something inside a pair, or a mark of it."""
    if hunk.lo == hunk.hi:
        return pair.start.offset < hunk.lo <= pair.end.offset
    return pair.start.offset < hunk.hi and hunk.lo <= pair.end.offset


def _cuts(hunk: Hunk, pair: Pair) -> bool:
    """Tell whether a hunk takes out one mark of a pair and leaves the other."""
    return (hunk.lo <= pair.start.offset < hunk.hi) != (hunk.lo <= pair.end.offset < hunk.hi)
