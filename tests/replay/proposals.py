"""Replaying what delegations do: amendments and their versions, sponsors, stances, reserves."""

from __future__ import annotations

from typing import Any

from drafting import events
from tests.replay.states import Rule, Rules, State, change


def _take(state: State, event: Any) -> None:
    if event.delegation is not None:
        taken = {"stance": event.stance, "stale": False, "words": event.words}
        state.positions[_stood_on(event), event.delegation] = taken


def _lift(state: State, event: Any) -> None:
    if event.delegation is not None:
        del state.positions[_stood_on(event), event.delegation]


def _stood_on(event: Any) -> str:
    return f"{event.provision} {event.option}" if event.option else str(event.bracket or event.version)


def _doubt(is_stale: bool) -> Rule:
    def rule(state: State, event: Any) -> None:
        wanted = {str(bracket) for bracket in event.brackets}
        spared = event.sparing if is_stale else ()
        for (target, code), row in state.positions.items():
            row["stale"] = is_stale if target in wanted and code not in spared else row["stale"]

    return rule


def _submit(state: State, event: Any) -> None:
    state.amendments[event.amendment] = {
        "number": event.number,
        "withdrawn": False,
        "joined": False,
        "lapsed": False,
        "awaiting": bool(event.language and event.proposed),
        "op": event.op,
        "late": event.late,
        "confirmed": not event.from_the_floor,
        "is_open": True,
        "amends": event.amends,
    }
    _write(state, event, ordinal=1, current=True)


def _write(state: State, event: Any, *, ordinal: int, current: bool, answer: str = "") -> None:
    state.sponsors |= {(event.version, code): True for code in event.sponsors}
    state.versions[event.version] = {
        "of": event.amendment,
        "ordinal": ordinal,
        "current": current,
        "answer": answer,
        "words": sorted((words.provision, words.words) for words in event.proposed),
    }
    for hunk in getattr(event, "hunks", ()):
        state.hunks[hunk.hunk] = {"at": (hunk.lo, hunk.hi), "words": hunk.words, "outcome": hunk.outcome}


def _offer(state: State, event: Any) -> None:
    _write(state, event, ordinal=event.ordinal, current=False, answer="offered")


def _renew(state: State, event: Any) -> None:
    for row in state.versions.values():
        row["current"] = row["current"] and row["of"] != event.amendment
    state.amendments[event.amendment] |= {"awaiting": False, "confirmed": event.confirmed}
    _write(state, event, ordinal=event.ordinal, current=True)


def _join(state: State, event: Any) -> None:
    state.amendments[event.amendment]["joined"] = True
    for key, row in state.versions.items():
        row["current"] = key == event.version if row["of"] == event.into else row["current"]


def _lapse(state: State, event: Any) -> None:
    for key in event.amendments:
        state.amendments[key]["withdrawn" if event.withdrawn else "lapsed"] = True


def _revive(state: State, event: Any) -> None:
    for key in event.amendments:
        state.amendments[key] |= {"withdrawn": False, "lapsed": False}


def _answer(state: State, event: Any) -> None:
    state.versions[event.version]["answer"] = event.answer


def _reserved(state: State, event: Any) -> None:
    on = (event.scope, event.form, event.provision, event.words)
    now = {"by": event.delegation, "on": on, "lifted": False, "from_the_floor": event.from_the_floor}
    state.reserves[event.reserve] = now


def _sponsor(stands: bool) -> Rule:
    def rule(state: State, event: Any) -> None:
        if event.delegation is not None:
            state.sponsors[event.version, event.delegation] = stands

    return rule


RULES: Rules = {
    events.StanceTaken: _take,
    events.StanceLifted: _lift,
    events.StancesStale: _doubt(True),
    events.StancesFresh: _doubt(False),
    events.AmendmentSubmitted: _submit,
    events.AmendmentWithdrawn: change("amendments", "amendment", withdrawn=True),
    events.VersionOffered: _offer,
    events.VersionMade: _renew,
    events.OfferAnswered: _answer,
    events.SplitJoined: _join,
    events.AmendmentsLapsed: _lapse,
    events.AmendmentsRevived: _revive,
    events.RecordConfirmed: change("amendments", "amendment", confirmed=True),
    events.SponsorListSet: lambda state, event: state.amendments[event.amendment].update(is_open=event.is_open),
    events.ReserveTaken: _reserved,
    events.ReserveLifted: change("reserves", "reserve", lifted=True),
    events.CosponsorJoined: _sponsor(True),
    events.CosponsorLeft: _sponsor(False),
}
