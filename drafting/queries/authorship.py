"""Whose words they are: for every character that came or went since a revision, who had it put in or taken out.

Worked out from the journal, never stored. Names are delegations' codes, an office, or nobody where the conference does
not show names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from drafting import events
from drafting.models import NegotiatingText, Pen, Sponsorship
from drafting.queries import histories
from drafting.queries.histories import Replayed
from drafting.text.changes import ChangeSet

#: Who changes words where no delegation does.
CHAIR = "Chair"
_CREDITED = ("accepted", "done", "bracketed")


@dataclass(slots=True)
class Authored:
    """One provision's words since the base: who put in each present character, who struck each character of the base.

    `came` is as long as the present words, `origin` gives each present character's place in the base or None; the
    times (ISO 8601) stand in the same places.
    """

    origin: list[int | None]
    came: list[str] = field(default_factory=list)
    struck: dict[int, str] = field(default_factory=dict)
    came_at: list[str] = field(default_factory=list)
    struck_at: dict[int, str] = field(default_factory=dict)

    @staticmethod
    def of(words: str) -> Authored:
        """Return the authorship of words nobody has changed."""
        return Authored(list(range(len(words))), [""] * len(words), came_at=[""] * len(words))

    def take(self, changes: ChangeSet, author: str, at: str = "") -> None:
        """Take one more change, made by `author` at a time (ISO 8601)."""
        for start, end, inserted in reversed(list(changes.edits())):
            for place in self.origin[start:end]:
                if place is not None:
                    self.struck[place], self.struck_at[place] = author, at
            self.origin[start:end] = [None] * len(inserted)
            self.came[start:end] = [author] * len(inserted)
            self.came_at[start:end] = [at] * len(inserted)


def between(negotiated: NegotiatingText, words: Mapping[int, str], since: int, until: int) -> dict[int, Authored]:
    """Return the authorship of every provision that changed after `since`, when they read `words`, up to `until`."""
    ledger = Ledger(_Sponsors(negotiated), Authored.of)
    for row in histories.replay(negotiated, words, since, until):
        ledger.take(row)
    ledger.close()
    return ledger.found


class Account(Protocol):
    """What is written down of one provision's words."""

    def take(self, changes: ChangeSet, author: str, at: str = "") -> None:
        """Take one more change, made by `author` at a time (ISO 8601)."""


Kept = TypeVar("Kept", bound=Account)


def trace(
    negotiated: NegotiatingText, words: Mapping[int, str], of: Callable[[str], Kept], provision: int, since: int
) -> Kept | None:
    """Return the account `of` begins of a provision from `since` on, when it read `words`; None: nothing changed."""
    ledger = Ledger(_Sponsors(negotiated), of)
    for row in histories.replay(negotiated, words, since):
        ledger.take(row)
    ledger.close()
    return ledger.found.get(provision)


class Ledger(Generic[Kept]):
    """Credits each change to whoever had it made: an act's edits come before its own row and wait for it."""

    def __init__(self, sponsors: _Sponsors, of: Callable[[str], Kept]) -> None:
        self.found: dict[int, Kept] = {}
        self._of = of
        self._sponsors = sponsors
        self._waiting: list[Replayed] = []
        self._holder: str | None = None
        self._speakers: dict[str, str] = {}

    def take(self, row: Replayed) -> None:
        """Take the next row of the floor."""
        if self._holder is not None and not isinstance(row.event, events.StanceTaken | events.Decided):
            self.credit(self._holder)
        match row.event:
            case events.ProvisionCreated(provision=provision):
                self.found[provision] = self._of("")
                self.found[provision].take(ChangeSet.of([(0, 0, row.after)], 0), CHAIR, row.at)
            case events.Edited():
                self._waiting.append(row)
            case events.PenOpened(pen=pen, authority=authority, speakers=speakers):
                self._speakers[pen] = ", ".join(speakers) if authority == Pen.For.DELEGATION else CHAIR
            case events.Typed(pen=pen):
                self._waiting.append(row)
                self.credit(self._speakers.get(pen or "", CHAIR))
            case events.StanceTaken(delegation=delegation) if self._waiting and self._holder is None:
                self._holder = delegation or ""
            case events.Decided(hunks=hunks):
                self.credit(self._sponsors.of(pk for pk, outcome in hunks if outcome in _CREDITED))
            case events.DecisionUndone():
                self.credit(CHAIR)

    def close(self) -> None:
        """Credit what still waits for the act it belongs to."""
        self.credit(CHAIR if self._holder is None else self._holder)

    def credit(self, author: str) -> None:
        """Credit the edits that wait to `author`."""
        for row in self._waiting:
            if row.provision is not None and row.changes is not None:
                account = self.found.setdefault(row.provision, self._of(row.before))
                account.take(row.changes, author, row.at)
        self._waiting, self._holder = [], None


class _Sponsors:
    """Who sponsors each hunk, read once and only where it is asked for."""

    def __init__(self, negotiated: NegotiatingText) -> None:
        self._negotiated = negotiated

    def of(self, hunks: Iterable[int]) -> str:
        """Return the codes of those behind any of `hunks`, or the chair where there are none to name."""
        return ", ".join(sorted({code for pk in hunks for code in self._codes.get(pk, ())})) or CHAIR

    @cached_property
    def _codes(self) -> Mapping[int, set[str]]:
        found: dict[int, set[str]] = defaultdict(set)
        if self._negotiated.conference.attribution_shown:
            rows = Sponsorship.objects.filter(
                version__amendment__text=self._negotiated,
                role=Sponsorship.Role.SPONSOR,
                version__hunks__isnull=False,
            )
            for hunk, code in rows.values_list("version__hunks", "delegation__code"):
                found[hunk].add(code)
        return found
