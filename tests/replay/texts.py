"""Replaying what happens to words, provisions, brackets, groups and languages."""

from __future__ import annotations

from typing import Any

from drafting import events
from drafting.text.changes import ChangeSet
from tests.replay.states import Rules, State, change


def _begin(state: State, event: Any) -> None:
    state.deadline = {"deadline": None, "takes_late": False}


def _edit(state: State, event: Any) -> None:
    text = state.texts[event.text]
    changes = ChangeSet.from_json(event.changes, text["content"])
    text["content"] = changes.apply(text["content"])
    text["rev"] = event.rev
    for row in state.brackets.values():
        if row["ends"]:
            row["ends"] = tuple(_follow(end, event.text, changes) for end in row["ends"])
    for row in state.anomalies.values():
        row["at"] = row["at"] and _follow(row["at"], event.text, changes)
    for row in state.groups.values():
        if row["baseline"] and row["baseline"][0] == event.text:
            row["baseline"] = (event.text, *_range(row["baseline"][1:], changes))
    for row in state.agreements.values():
        provision, start, end = row["at"]
        if start is not None and not row["ended"] and state.provisions[provision]["text"] == event.text:
            row["at"] = (provision, *_range((start, end), changes))


def _follow(place: tuple[str, int], text: str, changes: ChangeSet) -> tuple[str, int]:
    return (text, changes.map_pos(place[1], 1) or 0) if place[0] == text else place


def _range(ends: tuple[int, int], changes: ChangeSet) -> tuple[int, int]:
    low, high = changes.map_pos(ends[0], 1) or 0, changes.map_pos(ends[1], -1) or 0
    return low, max(low, high)


def _create(state: State, event: Any) -> None:
    for row in state.provisions.values():
        row["order"] += row["order"] >= event.order
    named = ("order", "address", "label", "part", "depth", "article", "text")
    state.provisions[event.provision] = {name: getattr(event, name) for name in named} | {
        "kind": event.form,
        "parent_id": event.parent,
        "retired": False,
        "disposition": "",
    }
    state.texts[event.text] = {"content": event.content, "rev": 0}


def _place(state: State, event: Any) -> None:
    moved = state.provisions[event.provision]
    for row in state.provisions.values():
        row["order"] -= row["order"] > moved["order"]
    for row in state.provisions.values():
        row["order"] += row is not moved and row["order"] >= event.order
    moved |= {"order": event.order, "parent_id": event.parent}


def _retire(state: State, event: Any) -> None:
    state.provisions[event.provision] |= {"retired": True, "disposition": event.disposition}


def _open(state: State, event: Any) -> None:
    state.brackets[event.bracket] = {
        "article": event.article,
        "number": event.number,
        "form": event.form,
        "group": event.group,
        "known": event.holders_known,
        "ends": (event.start, event.end),
    }


def _reopen(state: State, event: Any) -> None:
    state.brackets[event.bracket]["ends"] = (event.start, event.end)


def _form(state: State, event: Any) -> None:
    state.groups[event.group] = {"confirmed": event.confirmed, "closed": False, "baseline": event.baseline}
    for bracket in event.brackets:
        state.brackets[bracket]["group"] = event.group


def _regroup(state: State, event: Any) -> None:
    for bracket, group in event.brackets:
        state.brackets[bracket]["group"] = group


def _reopen_group(state: State, event: Any) -> None:
    state.groups[event.group]["closed"] = False


def _find(state: State, event: Any) -> None:
    state.anomalies[event.anomaly] = {"mended": False, "at": (event.text, event.offset)}


def _return(state: State, event: Any) -> None:
    state.anomalies[event.anomaly] = {"mended": False, "at": (event.text, event.offset)}


def _open_language(state: State, event: Any) -> None:
    state.languages[event.version] = {"is": (event.language, event.title)}


def _translate(state: State, event: Any) -> None:
    of = (event.version, event.provision, event.source)
    state.translations[event.translation] = {"of": of, "is": (event.words, event.order)}


RULES: Rules = {
    events.TextOpened: _begin,
    events.Edited: _edit,
    events.Typed: _edit,
    events.Folded: _edit,
    events.ProvisionCreated: _create,
    events.ProvisionPlaced: _place,
    events.ProvisionRetired: _retire,
    events.ProvisionRevived: change("provisions", "provision", retired=False, disposition=""),
    events.BracketOpened: _open,
    events.HoldersUnknown: lambda state, event: [state.brackets[pk].update(known=False) for pk in event.brackets],
    events.BracketClosed: change("brackets", "bracket", ends=None),
    events.BracketReopened: _reopen,
    events.GroupFormed: _form,
    events.GroupConfirmed: change("groups", "group", confirmed=True),
    events.GroupClosed: change("groups", "group", closed=True, baseline=None),
    events.GroupReopened: _reopen_group,
    events.Regrouped: _regroup,
    events.AnomalyFound: _find,
    events.AnomalyMended: change("anomalies", "anomaly", mended=True, at=None),
    events.AnomalyReturned: _return,
    events.LanguageOpened: _open_language,
    events.Translated: _translate,
}
