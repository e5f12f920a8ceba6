"""What one paragraph of a capital's file asks for: which of its changes are ours as lodged, and what is left beside.

Only one paragraph and the words it had; the file as a whole is taken in `capitals`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from drafting.imports import lowering
from drafting.imports.lowering import Side
from drafting.queries import amendments
from drafting.queries.capitals import OwnEdit
from drafting.text.document import CHANGED, Block, Mark, Run, Table

#: Whose words those are that were changed with tracking off.
UNTRACKED = "without a tracked change"


@dataclass(frozen=True, slots=True)
class Asked:
    """The words asked for, None where there are none but ours; `gone` the numbers of ours that are not there as lodged.

    `joins` says that the paragraph's end was taken out, `moved` that all of it went elsewhere.
    """

    words: str | None
    authors: tuple[str, ...]
    is_ours: bool = False
    takes_in_ours: bool = False
    gone: tuple[int, ...] = ()
    joins: bool = False
    moved: bool = False


def of(block: Block, then: str, code: str, known: Set[tuple[Mark, str]], ours: Sequence[OwnEdit]) -> Asked:
    """Return what a paragraph asks for that read `then`; `code` is our own, `ours` the edits the file showed of us.

    Changes of ours as lodged, all of which are `known`, are left out of the words; where somebody changed within them,
    or without tracking, all of them are taken in.
    """
    runs = block.runs
    mine = [run for run in runs if _is_ours(run, code, known)]
    foreign = [run for run in runs if run.mark in CHANGED and run not in mine]
    touched = any(run.by == (code,) or (run.within or ("",))[0] == code for run in foreign)
    untracked = lowering.words(runs, Side.REJECTED) != then.strip()
    divided = block.ends is not None and block.ends.mark is Mark.INSERTED
    who = authors(foreign, code, block.ends)
    if (untracked and not divided) or not who:
        who = (*who, UNTRACKED)
    settled = runs if touched or untracked else list(_without(runs, mine))
    words = _edged(then, lowering.words(settled, Side.ACCEPTED))
    return Asked(
        words=words if (foreign or untracked) and words != then else None,
        authors=who,
        is_ours=bool(mine) and not touched,
        takes_in_ours=bool(ours) and (touched or untracked),
        gone=() if touched or untracked else tuple(_missing(ours, mine)),
        joins=block.ends is not None and block.ends.mark is Mark.DELETED and bool(words.strip()),
        moved=is_moved(runs),
    )


def authors(runs: Iterable[Run], code: str, ends: Run | None = None) -> tuple[str, ...]:
    """Return whoever changed something, each with the day of the first change, but for us."""
    found: dict[str, str] = {}
    for run in (*runs, *((ends,) if ends else ())):
        hands = [(", ".join(run.by), run.when)] if run.mark in CHANGED else []
        for name, when in (*hands, *((run.within,) if run.within else ())):
            if name != code:
                found.setdefault(name or "nobody named", when[:10])
    return tuple(f"{name} ({day})" if day else name for name, day in found.items())


def settled(body: Iterable[Block | Table]) -> Iterator[Block | Table]:
    """Yield the body with each provision where its words are: a paragraph put in before it can take its bookmark."""
    held: Block | None = None
    for part in body:
        now = part
        if held is not None:
            takes = isinstance(now, Block) and now.provision is None and not now.anchor
            if takes and isinstance(now, Block):
                now = replace(held, runs=now.runs, ends=now.ends)
                held = Block(held.runs, depth=held.depth, ends=held.ends)
            yield held
            held = None
        if isinstance(now, Block) and _is_put_before(now):
            held = now
        else:
            yield now
    if held is not None:
        yield held


def _is_put_before(block: Block) -> bool:
    put_in = block.change is not None and block.change.mark is Mark.INSERTED
    return block.provision is not None and put_in and not lowering.words(block.runs, Side.REJECTED)


def is_moved(runs: Sequence[Run]) -> bool:
    """Tell whether all the words of a paragraph are one half of a move."""
    words = [run for run in runs if run.text.strip()]
    return bool(words) and all(run.moved for run in words)


def applied(current: str, ours: Iterable[OwnEdit]) -> str:
    """Return the present words with our open edits made, those that meet an earlier one left out."""
    taken: list[tuple[int, int, str]] = []
    for edit in ours:
        if not edit.inserts_after and all(edit.lo > hi or edit.hi < lo for lo, hi, _ in taken):
            taken.append((edit.lo, edit.hi, edit.words))
    return amendments.applied(current, taken)


def _is_ours(run: Run, code: str, known: Set[tuple[Mark, str]]) -> bool:
    return run.by == (code,) and run.within is None and (run.mark, run.text) in known


def _without(runs: Iterable[Run], mine: Sequence[Run]) -> Iterator[Run]:
    """Yield the runs with our own changes taken back."""
    for run in runs:
        if run not in mine:
            yield run
        elif run.mark is Mark.DELETED:
            yield replace(run, mark=Mark.PLAIN)


def _missing(ours: Iterable[OwnEdit], mine: Sequence[Run]) -> Iterator[int]:
    """Yield the numbers of our proposals of which a change is not in the paragraph."""
    found = {(run.mark, run.text) for run in mine}
    wanted: dict[int, set[tuple[Mark, str]]] = {}
    for edit in ours:
        if not edit.inserts_after:
            pairs = {(Mark.DELETED, edit.struck), (Mark.INSERTED, edit.words)}
            wanted.setdefault(edit.number, set()).update(pair for pair in pairs if pair[1])
    return (number for number, pairs in wanted.items() if not pairs <= found)


def _edged(then: str, words: str) -> str:
    """Return the words with the white space `then` has at its edges, as a file keeps none."""
    if not words or not then.strip():
        return words
    lead, trail = len(then) - len(then.lstrip()), len(then.rstrip())
    return f"{then[:lead]}{words}{then[trail:]}"
