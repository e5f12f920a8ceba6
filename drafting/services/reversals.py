"""Taking an act back: what to keep of it, and the inverse steps with the rows as they were.

An act is kept as plain JSON (`note`), so that a decision can hold it. It is taken back exactly where nothing touched
its words since; later changes beside them are kept; later changes of them refuse the return.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from drafting import events
from drafting.errors import CannotUndo
from drafting.models import AlternativeGroup, Bracket, Hunk, JournalEntry, NegotiatingText
from drafting.queries import amendments
from drafting.services import anchors, stances, texts
from drafting.services.journal import Writer
from drafting.services.nesting import Place
from drafting.services.pairs import Restoring
from drafting.services.texts import Applied
from drafting.text.changes import ChangeSet
from drafting.text.steps import Edit, Retire, Revive, Step
from drafting.text.steps import Place as Placing

Note = dict[str, Any]


def note(applied: Applied) -> Note:
    """Return all that is needed to take an act back, as JSON; offsets are code points of the words before the act."""
    closed = applied.reconciled.closed
    return {
        "texts": [
            {"provision": text.provision, "revs": list(text.revs), "after": text.after, "back": list(text.back.edits())}
            for text in applied.edited
        ],
        "steps": [step for step in map(_noted, applied.back) if step],
        "pairs": [[pair.row.pk, *pair.start, *pair.end] for pair in closed],
        "anomalies": [[pk, *place] for pk, place in applied.reconciled.mended],
        "groups": applied.reconciled.groups,
        "hunks": [list(hunk) for hunk in applied.carried.hunks],
        "baselines": [list(baseline) for baseline in applied.carried.baselines],
        "stale": list(applied.stale),
    }


def revert(floor: Writer, negotiated: NegotiatingText, noted: Note, *, over_agreed: bool = False) -> Applied:
    """Take an act back: its words, pairs, groups, anomalies, hunks and stances are as they were.

    Changes made since beside its words stay. Raises `CannotUndo`, with the seqs of the later rows in `dependents`,
    where one touched them, and what `texts.apply_steps` raises.
    """
    returns = {text["provision"]: _Return.of(negotiated, text) for text in noted["texts"]}
    dependents = sorted({seq for back in returns.values() for seq in back.dependents})
    if dependents:
        raise CannotUndo("The words were changed again since: take the later act back first.", dependents=dependents)

    def place(provision: int, offset: int) -> Place:
        return provision, returns[provision].follow(offset) if provision in returns else offset

    restoring = Restoring(
        pairs={place(start, at): pk for pk, start, at, _, _ in noted["pairs"]},
        anomalies={place(provision, at): pk for pk, provision, at in noted["anomalies"]},
        undoes={provision: back.undoes for provision, back in returns.items()},
    )
    applied = texts.apply_steps(
        floor,
        negotiated,
        _steps(noted, returns),
        sparing={pk for pk, *_ in noted["hunks"]},
        restoring=restoring,
        over_agreed=over_agreed,
    )
    _restore_groups(floor, noted, place)
    _restore_hunks(floor, noted, returns)
    stances.restore(floor, noted["stale"])
    return applied


@dataclass(frozen=True, slots=True)
class _Return:
    """The way back of one text: `changes` on its words as they stand now, `since` the later changes over it."""

    changes: ChangeSet
    since: tuple[ChangeSet, ...]
    dependents: tuple[int, ...]
    undoes: list[int]

    @staticmethod
    def of(negotiated: NegotiatingText, noted: Note) -> _Return:
        row = negotiated.provisions.get(pk=noted["provision"])
        back = ChangeSet.of([(start, end, words) for start, end, words in noted["back"]], len(noted["after"]))
        since: list[ChangeSet] = []
        dependents: list[int] = []
        for later in since_revision(row.words_id, noted["revs"][-1], noted["after"]):
            if _meet(back, later.changes):
                dependents.append(later.seq)
            since.append(later.changes.map(back))
            back = back.map(later.changes)
        return _Return(back, tuple(since), tuple(dependents), sorted(noted["revs"], reverse=True))

    def follow(self, offset: int) -> int:
        """Return where the character at `offset` of the words before the act stands once it is taken back."""
        for change in self.since:
            offset = change.map_pos(offset, 1) or 0
        return offset


class Later(NamedTuple):
    """A change made since, on the words as they are without what was taken back."""

    seq: int
    rev: int
    changes: ChangeSet


def since_revision(text: UUID, rev: int, words: str) -> list[Later]:
    """Return the changes of a text after `rev`, when it held `words`, that have not been taken back themselves."""
    made: list[Later] = []
    current = words
    for entry in JournalEntry.objects.filter(text=text, rev__gt=rev).order_by("rev"):
        event = events.decode(entry.body) if entry.body is not None else None
        if not isinstance(event, events.Edited | events.Typed):
            raise CannotUndo("Words changed since were erased from the journal.", dependents=[entry.seq])
        changes = ChangeSet.from_json(event.changes, current)
        current = changes.apply(current)
        undone = set(event.undoes) if isinstance(event, events.Edited) else set()
        if undone & {later.rev for later in made}:
            made = _without(made, undone, words)
        else:
            made.append(Later(entry.seq, event.rev, changes))
    return made


def _without(made: Sequence[Later], undone: Collection[int], words: str) -> list[Later]:
    """Return the changes as they are without those undone: each later one is mapped over the way back."""
    kept: list[Later] = []
    back = ChangeSet.of((), len(words))
    for later in made:
        if later.rev in undone:
            back = later.changes.invert(words).compose(back)
        else:
            kept.append(later._replace(changes=later.changes.map(back)))
            back = back.map(later.changes)
        words = later.changes.apply(words)
    return kept


def _meet(back: ChangeSet, later: ChangeSet) -> bool:
    """Tell whether a later change touched what an act changed."""
    return any(anchors.overlaps(start, end, later) for start, end, _ in back.edits()) or any(
        anchors.overlaps(start, end, back) for start, end, _ in later.edits()
    )


def _noted(step: Step) -> list[Any] | None:
    match step:
        case Retire(key):
            return ["retire", key]
        case Revive(key):
            return ["revive", key]
        case Placing(key, parent, order):
            return ["place", key, parent, order]
    return None


def _steps(noted: Note, returns: dict[int, _Return]) -> list[Step]:
    """Return the steps back: first what must stand again, then the words, then what must not."""
    revived = [Revive(key) for name, key, *_ in noted["steps"] if name == "revive"]
    edits = [Edit(provision, back.changes) for provision, back in returns.items()]
    rest: Iterator[Step] = (
        Retire(key) if name == "retire" else Placing(key, *where)
        for name, key, *where in noted["steps"]
        if name != "revive"
    )
    return [*revived, *edits, *rest]


def _restore_groups(floor: Writer, noted: Note, place: Callable[[int, int], Place]) -> None:
    for group, provision, start, end in noted["baselines"]:
        AlternativeGroup.objects.filter(pk=group).update(
            baseline_start=place(provision, start)[1], baseline_end=place(provision, end)[1]
        )
    for group in noted["groups"]:
        AlternativeGroup.objects.filter(pk=group).update(closed=False)
        members = Bracket.objects.filter(group=group, closed=False).order_by("pk")
        floor.append(events.GroupReopened(group=group, brackets=list(members.values_list("pk", flat=True))))


def _restore_hunks(floor: Writer, noted: Note, returns: dict[int, _Return]) -> None:
    before = {pk: (lo, hi, outcome, reason) for pk, lo, hi, outcome, reason in noted["hunks"]}
    moved: list[Hunk] = []
    for hunk in Hunk.objects.filter(pk__in=before, outcome__in=amendments.UNDECIDED).order_by("pk"):
        lo, hi, outcome, reason = before[hunk.pk]
        back = returns.get(hunk.provision_id)
        if back is not None and not hunk.inserts_after:
            lo, hi = anchors.map_range(lo, hi, back.since)
        if (hunk.lo, hunk.hi, hunk.outcome, hunk.reason) != (lo, hi, outcome, reason):
            hunk.lo, hunk.hi, hunk.outcome, hunk.reason = lo, hi, outcome, reason
            moved.append(hunk)
    anchors.save_hunks(floor, moved)
