"""The notation of cases: one line says a document, what is done to it, and what comes of it.

`left | acts | result`: `^n` lift, `-n` drop, `/n` pick (pairs by their `[`), `c` clean; `+A` accept (`+A1` its first
hunk), `-A2` drop its second hunk, `#` bracket all, `f` fate, `<` rebase onto; ¶ boundary, ∅ empty provision (alone on
the left: an empty document), `!` refused or flagged, `g:` group, `n:` note, `‖` before each proposal. Reading and
writing only; what the acts do is in `trials`.
"""

import re
from dataclasses import dataclass
from typing import Literal

from . import tokens
from .errors import TextError

REFUSED = "!"
_EMPTY = "∅"
_BOUNDARY = "¶"
_ROWS = re.compile(r"\s*([gn]):(\d+(?:,\d+)*)(?=\s)")
_ACT = re.compile(r"(?P<verb>[-^/])(?P<pair>\d+)|(?P<side>[-+])(?P<by>[^\W\d]+)(?P<hunk>\d*)|(?P<word>[c#f])")

Verb = Literal["lift", "drop", "pick", "clean", "accept", "drop hunk", "bracket", "fate", "rebase"]
_PAIR_VERBS: dict[str, Verb] = {"^": "lift", "-": "drop", "/": "pick"}
_WORDS: dict[str, Verb] = {"c": "clean", "#": "bracket", "f": "fate"}


class BadCase(TextError):
    """A line that is not in the notation."""

    code = "bad-case"


@dataclass(frozen=True, slots=True)
class Deed:
    """One act of a case: on pair `number`, or on hunk `number` of the proposal `by` (0: all of them), or on neither."""

    verb: Verb
    number: int = 0
    by: str = ""
    onto: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A document with its groups, notes and proposals, and the acts to try; `result` is "" where none is given."""

    left: str
    acts: str
    result: str
    texts: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    notes: tuple[int, ...]
    proposals: tuple[tuple[str, tuple[str, ...]], ...]
    deeds: tuple[Deed, ...]


def read(line: str) -> Case:
    """Return the case of a line; raises `BadCase` with a sentence where it is not in the notation."""
    parts = [part.strip() for part in line.split("|")]
    if len(parts) not in (2, 3):
        raise BadCase("A case is written “left | acts” or “left | acts | result”.")
    left, acts, result = (*parts, "")[:3]
    document, *proposals = (part.strip() for part in left.split("‖"))
    groups: list[tuple[int, ...]] = []
    notes: list[int] = []
    while rows := _ROWS.match(document):
        numbers = tuple(map(int, rows[2].split(",")))
        if rows[1] == "g":
            groups.append(numbers)
        else:
            notes += numbers
        document = document[rows.end() :].strip()
    return Case(
        left,
        acts,
        result,
        () if document == _EMPTY else read_texts(document),
        tuple(groups),
        tuple(notes),
        tuple(map(_read_proposal, proposals)),
        tuple(_read_deeds(acts)),
    )


def read_texts(written: str) -> tuple[str, ...]:
    """Return the provisions written between boundaries, normalised."""
    parts = [tokens.normalise(part.strip()) for part in written.split(_BOUNDARY)]
    return tuple("" if part == _EMPTY else part for part in parts)


def write_texts(texts: tuple[str, ...]) -> str:
    """Return provisions as they are written in a case."""
    return f" {_BOUNDARY} ".join(text or _EMPTY for text in texts) or _EMPTY


def _read_proposal(written: str) -> tuple[str, tuple[str, ...]]:
    name, colon, text = written.partition(":")
    if not colon or not re.fullmatch(r"[^\W\d]+", name):
        raise BadCase("A proposal is written “‖ A: its text”, with a name of letters.")
    return name, read_texts(text.strip())


def _read_deeds(acts: str) -> list[Deed]:
    done, sign, onto = acts.partition("<")
    deeds = [_read_deed(act) for act in done.split()]
    if sign:
        deeds.append(Deed("rebase", onto=read_texts(onto.strip())))
    if not deeds:
        raise BadCase("The case names no act.")
    return deeds


def _read_deed(act: str) -> Deed:
    found = _ACT.fullmatch(act)
    if found is None:
        raise BadCase(f"“{act}” is no act: ^n, -n, /n, c, +A, +A1, -A2, #, f and < are.")
    if found["pair"]:
        return Deed(_PAIR_VERBS[found["verb"]], int(found["pair"]))
    if found["by"]:
        return Deed("accept" if found["side"] == "+" else "drop hunk", int(found["hunk"] or 0), found["by"])
    return Deed(_WORDS[found["word"]])
