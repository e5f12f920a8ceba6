"""The form above the list of proposals that keeps some of them; its state is the address of the page and nothing else.

What it finds is in `queries.selections`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from delegations.models import Seat
from drafting.models import Amendment, NegotiatingText
from drafting.queries import attribution, endings, selections
from drafting.queries.selections import Asked
from drafting.views.directories import Directory

#: What each state and fate is called in the list, in its order.
_LABELS = {
    **{state.value: str(state.label) for state in Amendment.State},
    **{fate: endings.FATES[fate] for fate in selections.FATES},
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a list: its value in the address, what it is called, how many proposals it keeps."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Shortlist:
    """What is asked for and what may be; `place` is an address where what was asked names one.

    `is_named` says whether the reader is shown who proposes.
    """

    asked: Asked
    place: str
    state: str
    parties: tuple[Choice, ...]
    states: tuple[Choice, ...]
    fates: tuple[Choice, ...]
    total: int
    is_named: bool

    @property
    def is_sifted(self) -> bool:
        """Whether anything is asked for."""
        return self.asked != selections.EVERY


def read(asked: Mapping[str, str]) -> Asked:
    """Return what an address asks for: `by`, `at`, `state`, `ours`; a status there is none of asks for nothing."""
    states = frozenset({asked.get("state", "")} & _LABELS.keys())
    place, code = (asked.get(name, "").strip()[:200] for name in ("at", "by"))
    return Asked(place, code.upper(), states, bool(asked.get("ours")))


def of(seat: Seat, negotiated: NegotiatingText, asked: Asked, directory: Directory) -> Shortlist:
    """Return the form for a reader.

    A delegation asked for by name stands among the choices whether anything is found of it or not, so that the form
    tells no more of one whose name is hidden than of one without proposals.
    """
    offered = selections.choices(seat, negotiated)
    named = offered.codes | ({asked.code: offered.codes.get(asked.code, 0)} if asked.code else {})
    parties = (Choice(code, directory.names.get(code, code), named[code]) for code in directory.sort(named))
    counts = dict.fromkeys(asked.states, 0) | offered.states
    told = [Choice(name, _LABELS[name], counts[name]) for name in _LABELS if name in counts]
    return Shortlist(
        asked,
        selections.place(negotiated, asked.place),
        next(iter(asked.states), ""),
        tuple(parties),
        tuple(choice for choice in told if choice.value not in selections.FATES),
        tuple(choice for choice in told if choice.value in selections.FATES),
        offered.total,
        attribution.shows_names(seat, negotiated),
    )
