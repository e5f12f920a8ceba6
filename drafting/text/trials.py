"""Trials: a case of the notation carried out, as anyone may try it and as the tests do.

Reading and writing the line is `notation`; every act is the engine's own.
"""

from typing import cast

from . import acts, following, notation, readings, rebasing
from .errors import TextError
from .notation import BadCase, Case, Deed
from .standing import AlternativeGroup, Bracketed, Effect


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
    groups = [AlternativeGroup(pairs) for pairs in case.groups]
    document = Bracketed.read(case.texts, groups, case.notes)
    for number in (*case.notes, *(number for group in case.groups for number in group)):
        if number not in document.by_number:
            raise BadCase(f"The document has no bracket {number}.")
    return document


def _do(case: Case, document: Bracketed) -> str:
    for deed in case.deeds:
        if deed.verb == "clean":
            document = Bracketed.read(readings.clean(document).texts)
        elif deed.verb == "rebase":
            return _rebase(case, document, deed)
        else:
            document = following.follow(document, _act(document, deed))
    return notation.write_texts(document.texts)


def _act(document: Bracketed, deed: Deed) -> Effect:
    return acts.settle(document, cast(acts.Act, deed.verb), [deed.number])


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
