"""Trials: a case of the notation carried out, as anyone may try it and as the tests do.

Reading and writing the line is `notation`; every act is the engine's own.
"""

from collections.abc import Sequence
from typing import cast

from . import acts, alignment, deciding, notation, readings, rebasing
from .alignment import Fate
from .deciding import Table
from .errors import ActRefused, TextError
from .hunks import Proposal
from .notation import BadCase, Case, Deed
from .standing import Bracketed


def answer(line: str) -> str:
    """Return `left | acts | result` for a line `left | acts`; raises `BadCase` where it is not in the notation."""
    case = notation.read(line)
    return f"{case.left} | {case.acts} | {solve(case)}"


def solve(case: Case) -> str:
    """Return what comes of a case in the notation: the texts, the fates, or `!` where an act is refused or flagged."""
    document = _read(case)
    try:
        return _do(case, document)
    except BadCase:
        raise
    except TextError:
        return notation.REFUSED


def _read(case: Case) -> Bracketed:
    try:
        return Bracketed.read(case.texts, case.groups, case.notes)
    except ActRefused as refusal:
        raise BadCase(refusal.message) from refusal


def _do(case: Case, document: Bracketed) -> str:
    table = deciding.lay(document, [_propose(document.texts, by, texts) for by, texts in case.proposals])
    for deed in case.deeds:
        match deed.verb:
            case "clean":
                return notation.write_texts(readings.clean(table.document).texts)
            case "fate":
                return ", ".join(f"{by} {deciding.fate_of(table, by)}" for by, _ in case.proposals)
            case "rebase":
                return _rebase(case, document, deed)
            case _:
                table = _act(table, deed)
    return notation.write_texts(table.document.texts)


def _act(table: Table, deed: Deed) -> Table:
    hunks = [deed.number] if deed.number else []
    match deed.verb:
        case "accept":
            return deciding.accept(table, deed.by, *hunks).table
        case "drop hunk":
            return deciding.drop(table, deed.by, *hunks).table
        case "bracket":
            return deciding.bracket(table).table
        case verb:
            return deciding.follow(table, acts.settle(table.document, cast(acts.Act, verb), [deed.number]))


def _propose(base: Sequence[str], by: str, texts: Sequence[str]) -> Proposal:
    """Return the proposal that reads `texts`; where it has more or fewer provisions, the likest are held the same."""
    if len(base) == len(texts):
        return Proposal(by, dict(enumerate(texts)))
    changed = dict.fromkeys(range(len(base)), "")
    after: dict[int, list[str]] = {}
    last = -1
    for match in alignment.align(base, texts):
        if match.fate not in (Fate.MATCHED, Fate.ADDED, Fate.DROPPED):
            raise BadCase(f"Proposal {by} moves, splits or merges provisions, which one line cannot say.")
        if match.fate is Fate.ADDED:
            after.setdefault(last, []).append(texts[match.new[0]])
        else:
            last = match.old[0]
            changed[last] = "".join(texts[at] for at in match.new)
    return Proposal(by, changed, after)


def _rebase(case: Case, document: Bracketed, deed: Deed) -> str:
    """Carry the one proposal, provision by provision; `!` where any of them is flagged."""
    if len(case.proposals) != 1:
        raise BadCase("One proposal is rebased at a time.")
    amended = case.proposals[0][1]
    if not len(document.texts) == len(amended) == len(deed.onto):
        raise BadCase("The base, the proposal and the text it is rebased onto must have as many provisions.")
    outcomes = list(map(rebasing.rebase, document.texts, amended, deed.onto))
    if any(outcome.status == "flagged" for outcome in outcomes):
        return notation.REFUSED
    return notation.write_texts(tuple(outcome.text for outcome in outcomes))
