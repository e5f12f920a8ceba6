"""Replaying what the chair does: decisions, agreements, packages, mandates, the pen."""

from __future__ import annotations

from typing import Any

from drafting import events
from tests.replay.states import Rules, State, change


def _hand(state: State, event: Any) -> None:
    state.pens[event.provision, event.delegation] = True


def _take_back(state: State, event: Any) -> None:
    del state.pens[event.provision, event.delegation]


def _name(state: State, event: Any) -> None:
    state.mandates[event.mandate] = (event.seat, event.title, event.provisions)


def _unname(state: State, event: Any) -> None:
    del state.mandates[event.mandate]


def _move(state: State, event: Any) -> None:
    for hunk, low, high, outcome, _ in event.hunks:
        state.hunks[hunk] |= {"at": (low, high), "outcome": outcome}


def _decide(state: State, event: Any) -> None:
    for hunk, outcome in event.hunks:
        state.hunks[hunk]["outcome"] = outcome


def _agree(state: State, event: Any) -> None:
    at = (event.provision, event.start, event.end)
    for row in state.agreements.values():
        if row["at"] == at:
            row["ended"] = True
    said = {"level": event.level, "package": event.package, "name": event.name}
    state.agreements[event.agreement] = {"at": at, "ended": False, **said}


def _ask(state: State, event: Any) -> None:
    at = (event.provision, event.start, event.end)
    state.askings[event.asking] = {"at": at, "closes": event.closes, "ended": False}


def _package(state: State, event: Any) -> None:
    state.packages.pop(event.name, None)
    if event.provisions:
        state.packages[event.name] = event.provisions
        return
    for row in state.agreements.values():
        row["package"] = "" if row["package"] == event.name and not row["ended"] else row["package"]


def _park(state: State, event: Any) -> None:
    said = (event.until, event.reason)
    state.parkings[event.parking] = {"at": event.provision, "said": said, "lifted": False}


def _annotate(state: State, event: Any) -> None:
    at = (event.provision, event.place, event.form, event.officer)
    state.notes[event.annotation] = {"at": at, "words": event.words, "kept": True, "struck": False, "in": []}


def _reword(state: State, event: Any) -> None:
    state.notes[event.annotation]["words"] = event.words


def _choose(state: State, event: Any) -> None:
    state.notes[event.annotation]["kept"] = event.kept


def _print(state: State, event: Any) -> None:
    for row in state.notes.values():
        row["in"] += [event.revision] if row["kept"] and not row["struck"] else []


def _limit(state: State, event: Any) -> None:
    state.deadline = {"deadline": event.deadline, "takes_late": event.takes_late}


RULES: Rules = {
    events.PenHanded: _hand,
    events.PenTakenBack: _take_back,
    events.MandateGiven: _name,
    events.MandateEnded: _unname,
    events.Decided: _decide,
    events.DecisionUndone: _move,
    events.Agreed: _agree,
    events.Reopened: change("agreements", "agreement", ended=True),
    events.AgreementAsked: _ask,
    events.AskingEnded: change("askings", "asking", ended=True),
    events.PackageSet: _package,
    events.Parked: _park,
    events.ParkingLifted: change("parkings", "parking", lifted=True),
    events.AnnotationMade: _annotate,
    events.AnnotationReworded: _reword,
    events.AnnotationChosen: _choose,
    events.AnnotationStruck: change("notes", "annotation", struck=True),
    events.AnnotationRestored: change("notes", "annotation", struck=False),
    events.RevisionIssued: _print,
    events.HunksMoved: _move,
    events.DeadlineSet: _limit,
}
