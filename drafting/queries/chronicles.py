"""The change log as it is gathered: rows of the floor go in one by one, entries a reader understands come out.

An act's edits come before its own row, so they wait for it; typing waits for the end of its pen session. What is not
a change of the text (a proposal, a stance) leaves no entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from drafting import events
from drafting.models import Decision, EditorialChange, Pen
from drafting.queries.histories import Replayed
from drafting.text import addresses, readings


class Change(msgspec.Struct, frozen=True):
    """One provision before and after an act, as runs of (kind, words); the kinds are those of `readings.Run`."""

    provision: int
    address: str
    runs: list[tuple[str, str]]


class LogEntry(msgspec.Struct, frozen=True):
    """One act that changed the text: `what` says it in words, `authority` and `reason` as given for it."""

    seq: int
    at: str
    kind: str
    what: str
    changes: list[Change]
    authority: str = ""
    reason: str = ""
    for_whom: list[str] = []


#: What may follow a stance within one act: more stances, and the decision they were taken by.
_AFTER_STANCES = (events.StanceTaken, events.StanceLifted, events.Decided)


@dataclass
class _Session:
    """The typing of one pen so far: words before and after, by provision."""

    at: str
    authority: str = ""
    speakers: list[str] = field(default_factory=list)
    words: dict[int, tuple[str, str]] = field(default_factory=dict)


class Chronicle:
    """Gathers the change log from replayed rows; `addresses` by provision id, those of new provisions included."""

    def __init__(self, addresses: Mapping[int, str]) -> None:
        self._addresses = addresses
        self._entries: list[LogEntry] = []
        self._pending: dict[int, tuple[str, str]] = {}
        self._pens: dict[str, _Session] = {}
        self._holder: Replayed | None = None

    def take(self, row: Replayed) -> None:
        """Take the next row of the floor."""
        if self._holder is not None and not isinstance(row.event, _AFTER_STANCES):
            self._bracketed(self._holder)
        if isinstance(row.event, events.StanceTaken):  # nine of ten rows: they need not pass all the cases
            self._holder = row if self._pending else None
            return
        match row.event:
            case events.Edited(provision=int(provision)):
                _widen(self._pending, provision, row)
            case events.ProvisionCreated(provision=provision):
                _widen(self._pending, provision, row)
            case events.Typed(provision=int(provision), pen=pen):
                session = self._pens.setdefault(pen or "", _Session(row.at))
                _widen(session.words, provision, row)
            case events.PenOpened(pen=pen, authority=authority, speakers=speakers):
                self._pens[pen] = _Session(row.at, authority, speakers)
            case events.PenClosed(pen=pen):
                self._seal(row.row.seq, pen)
            case event:
                self._take_act(row, event)

    def close(self) -> list[LogEntry]:
        """Return the entries in order; pens still open are reported as far as they came."""
        last = self._entries[-1].seq if self._entries else 0
        for pen in list(self._pens):
            self._seal(last, pen)
        if self._holder is not None:
            self._bracketed(self._holder)
        self._flush(last, "", "edited", "The words were changed.")
        return self._entries

    def _take_act(self, row: Replayed, event: events.Event) -> None:
        seq, at = row.row.seq, row.at
        match event:
            case events.Decided(act=act, authority=authority, reason=reason, provisions=provisions):
                where = "" if self._pending else self._on(provisions)
                what = f"Decided: {Decision.Act(act).label}{where}."
                self._flush(seq, at, "decided", what, Decision.Authority(authority).label, reason, always=True)
            case events.DecisionUndone(decision=decision):
                self._flush(seq, at, "decision-undone", f"Decision {decision} was taken back.", always=True)
            case events.Agreed(provision=provision, level=level, name=name, forum=forum):
                what = f"{addresses.say(self._address(provision))}: {name or level} ({forum})."
                self._flush(seq, at, "agreed", what, always=True)
            case events.Reopened(provision=provision, reason=reason):
                self._flush(
                    seq,
                    at,
                    "reopened",
                    f"{addresses.say(self._address(provision))} was reopened.",
                    "",
                    reason,
                    always=True,
                )
            case events.EditorialApplied(form=form, reason=reason):
                what = f"Editorial change: {EditorialChange.Kind(form).label}."
                self._flush(seq, at, "editorial", what, Decision.Authority.EDITORIAL.label, reason, always=True)
            case events.EditorialUndone(editorial=editorial):
                self._flush(seq, at, "editorial-undone", f"Editorial change {editorial} was taken back.", always=True)
            case events.AnomalyMended():
                self._flush(seq, at, "mended", "A bracket without its partner was mended.")

    def _bracketed(self, row: Replayed) -> None:
        """Report brackets that were put for somebody, where no decision followed: the stance on them is the act."""
        holder = row.event.delegation if isinstance(row.event, events.StanceTaken) else None
        self._flush(
            row.row.seq, row.at, "bracketed", "Words were put in brackets.", for_whom=[holder] if holder else []
        )

    def _seal(self, seq: int, pen: str) -> None:
        session = self._pens.pop(pen, None)
        if session is None or not session.words:
            return
        label = Pen.For(session.authority).label if session.authority else ""
        changes = [self._change(provision, *words) for provision, words in session.words.items()]
        self._entries.append(
            LogEntry(seq, session.at, "typed", "Typed in the room.", changes, label, for_whom=session.speakers)
        )

    def _flush(
        self,
        seq: int,
        at: str,
        kind: str,
        what: str,
        authority: str = "",
        reason: str = "",
        for_whom: list[str] | None = None,
        always: bool = False,
    ) -> None:
        changes = [self._change(provision, *words) for provision, words in self._pending.items()]
        self._pending, self._holder = {}, None
        if changes or always:
            self._entries.append(LogEntry(seq, at, kind, what, changes, authority, reason, for_whom or []))

    def _change(self, provision: int, before: str, after: str) -> Change:
        runs = [(str(run.kind), run.text) for run in readings.comparison(before, after)]
        return Change(provision, self._address(provision), runs)

    def _address(self, provision: int) -> str:
        return self._addresses.get(provision, "")

    def _on(self, provisions: list[int]) -> str:
        """Return where an act was that changed no word, which no change beside it tells."""
        named = [self._address(provision) for provision in provisions if provision in self._addresses]
        return f", on {addresses.say_all(named)}" if named else ""


def _widen(words: dict[int, tuple[str, str]], provision: int, row: Replayed) -> None:
    first = words.get(provision, (row.before, ""))[0]
    words[provision] = (first, row.after)
