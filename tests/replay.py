"""State before + events = state after: the law of every service, checked by one helper.

    with replay.verified(text):
        brackets.put(...)

The state is what the readers of the floor may see. Events are replayed on the state before by rules of their own,
never through the services, and must give the state the rows are in after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from drafting import events
from drafting.events import decode
from drafting.models import (
    Agreement,
    Amendment,
    AmendmentVersion,
    Asking,
    Handover,
    Hunk,
    JournalEntry,
    NegotiatingText,
    Package,
    Parking,
    Position,
    Reserve,
    Sponsorship,
    Stream,
    Translation,
)
from drafting.text.changes import ChangeSet
from tests import replay_editorials

Row = dict[str, Any]


@dataclass
class State:
    """Tables by id, each row a plain dictionary."""

    provisions: dict[int, Row] = field(default_factory=dict)
    texts: dict[str, Row] = field(default_factory=dict)
    brackets: dict[int, Row] = field(default_factory=dict)
    groups: dict[int, Row] = field(default_factory=dict)
    anomalies: dict[int, Row] = field(default_factory=dict)
    positions: dict[tuple[str, str], Row] = field(default_factory=dict)
    amendments: dict[str, Row] = field(default_factory=dict)
    sponsors: dict[tuple[str, str], bool] = field(default_factory=dict)
    hunks: dict[int, Row] = field(default_factory=dict)
    agreements: dict[int, Row] = field(default_factory=dict)
    parkings: dict[int, Row] = field(default_factory=dict)
    askings: dict[int, Row] = field(default_factory=dict)
    editorials: dict[int, Row] = field(default_factory=dict)
    confirmations: dict[int, Row] = field(default_factory=dict)
    rectifications: dict[int, Row] = field(default_factory=dict)
    versions: dict[str, Row] = field(default_factory=dict)
    reserves: dict[int, Row] = field(default_factory=dict)
    deadline: Row = field(default_factory=dict)
    mandates: dict[int, tuple[int, str, list[int]]] = field(default_factory=dict)
    pens: dict[tuple[int, str], bool] = field(default_factory=dict)
    packages: dict[str, list[int]] = field(default_factory=dict)
    languages: dict[int, Row] = field(default_factory=dict)
    translations: dict[int, Row] = field(default_factory=dict)


def verify_act(stream: Stream, act: Callable[[], Any]) -> Any:
    """Do `act`, check that the rows it wrote to a floor's stream tell all it did, and return its result."""
    with verified(NegotiatingText.objects.get(floor=stream)):
        return act()


@contextmanager
def verified(negotiated: NegotiatingText) -> Iterator[None]:
    """Check that what is done inside is told, completely, by the rows it writes to the floor's stream."""
    before = read(negotiated)
    head = Stream.objects.get(pk=negotiated.floor_id).head
    yield
    rows = JournalEntry.objects.filter(stream=negotiated.floor_id, seq__gt=head).order_by("seq")
    for row in rows:
        assert row.body is not None
        replay(before, decode(row.body))
    after = read(negotiated)
    for table in vars(after):
        assert getattr(before, table) == getattr(after, table), table


def read(negotiated: NegotiatingText) -> State:
    """Return the state of a text as its rows have it."""
    named = negotiated.conference.attribution_shown
    return State(
        provisions={row.pk: _provision(row) for row in negotiated.provisions.all()},
        texts={
            str(row.words_id): {"content": row.words.content, "rev": row.words.rev}
            for row in negotiated.provisions.select_related("words")
        },
        brackets={row.pk: _bracket(row) for row in negotiated.brackets.all()},
        groups={row.pk: _group(row) for row in negotiated.groups.all()},
        anomalies={
            row.pk: {"mended": row.mended, "at": None if row.mended else (str(row.words_id), row.offset)}
            for row in negotiated.anomalies.all()
        },
        positions=_positions(negotiated) if named else {},
        amendments={str(row.pk): _amendment(row) for row in negotiated.amendments.all()},
        sponsors=_sponsors(negotiated) if named else {},
        hunks={
            row.pk: {"at": (row.lo, row.hi), "words": row.words, "outcome": row.outcome}
            for row in Hunk.objects.filter(version__amendment__text=negotiated)
        },
        agreements={row.pk: _agreement(row) for row in Agreement.objects.filter(provision__text=negotiated)},
        parkings={
            row.pk: {"at": row.provision_id, "said": (row.until, row.reason), "lifted": row.lifted}
            for row in Parking.objects.filter(provision__text=negotiated)
        },
        askings={
            row.pk: {"at": (row.provision_id, row.start, row.end), "closes": row.closes.isoformat(), "ended": row.ended}
            for row in Asking.objects.filter(provision__text=negotiated)
        },
        **replay_editorials.read(negotiated, named),
        versions={
            str(row.pk): {
                "of": str(row.amendment_id),
                "ordinal": row.ordinal,
                "current": row.current,
                "answer": row.answer,
                "words": sorted(row.texts.values_list("provision", "words")),
            }
            for row in AmendmentVersion.objects.filter(amendment__text=negotiated)
        },
        reserves={row.pk: _reserve(row, named) for row in negotiated.reserves.select_related("delegation")},
        deadline=_deadline(negotiated),
        mandates={
            row.pk: (row.seat_id, row.title, sorted(row.places.values_list("pk", flat=True)))
            for row in negotiated.mandates.filter(ended=None)
        },
        pens={
            (row.provision_id, row.delegation.code): True
            for row in Handover.objects.filter(provision__text=negotiated, ended=None).select_related("delegation")
        },
        packages={
            row.name: sorted(row.members.values_list("pk", flat=True))
            for row in Package.objects.filter(text=negotiated)
        },
        languages={row.pk: {"is": (row.language, row.title)} for row in negotiated.languages.all()},
        translations={
            row.pk: {"of": (row.version_id, row.provision_id, row.source_id), "is": (row.words, tuple(row.order))}
            for row in Translation.objects.filter(version__text=negotiated)
        },
    )


def _amendment(row: Amendment) -> Row:
    return {
        "number": row.number,
        "withdrawn": row.state == "withdrawn",
        "joined": row.state == "joined",
        "lapsed": row.state == "lapsed",
        "awaiting": row.state == "awaiting",
        "op": row.op,
        "late": row.late,
        "confirmed": row.confirmed,
        "is_open": row.sponsors_open,
        "amends": str(row.amends_id) if row.amends_id else None,
    }


def _deadline(negotiated: NegotiatingText) -> Row:
    row = NegotiatingText.objects.get(pk=negotiated.pk)
    until = row.deadline.astimezone(UTC).isoformat(timespec="seconds") if row.deadline else None
    return {"deadline": until, "takes_late": row.takes_late}


def _reserve(row: Reserve, named: bool) -> Row:
    return {
        "by": row.delegation.code if named else None,
        "on": (row.scope, row.kind, row.provision_id, row.words),
        "lifted": row.lifted is not None,
    }


def _provision(row: Any) -> Row:
    fields = ("order", "address", "label", "part", "kind", "depth", "article", "retired", "disposition", "parent_id")
    return {name: getattr(row, name) for name in fields} | {"text": str(row.words_id)}


def _bracket(row: Any) -> Row:
    ends = ((str(row.start_text_id), row.start_offset), (str(row.end_text_id), row.end_offset))
    return {
        "article": row.article,
        "number": row.number,
        "form": row.kind,
        "group": row.group_id,
        "known": row.holders_known,
        "ends": None if row.closed else ends,
    }


def _group(row: Any) -> Row:
    baseline = None
    if row.baseline_text_id is not None:
        baseline = (str(row.baseline_text_id), row.baseline_start, row.baseline_end)
    return {"confirmed": row.confirmed, "closed": row.closed, "baseline": None if row.closed else baseline}


def _agreement(row: Agreement) -> Row:
    return {
        "at": (row.provision_id, row.start, row.end),
        "level": row.level,
        "ended": row.ended,
        "package": row.package,
        "name": row.name,
    }


def _positions(negotiated: NegotiatingText) -> dict[tuple[str, str], Row]:
    rows = Position.objects.select_related("delegation")
    mine = [*rows.filter(bracket__text=negotiated), *rows.filter(version__amendment__text=negotiated)]
    return {
        (str(row.bracket_id or row.version_id), row.delegation.code): {"stance": row.stance, "stale": row.stale}
        for row in mine
    }


def _sponsors(negotiated: NegotiatingText) -> dict[tuple[str, str], bool]:
    rows = Sponsorship.objects.filter(version__amendment__text=negotiated).select_related("delegation")
    return {(str(row.version_id), row.delegation.code): not row.withdrawn for row in rows}


def replay(state: State, event: events.Event) -> None:
    """Change `state` as `event` tells; an event that changes nothing of it is passed over."""
    rule = _RULES.get(type(event))
    if rule is not None:
        rule(state, event)


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


def _open(state: State, event: Any) -> None:
    state.brackets[event.bracket] = {
        "article": event.article,
        "number": event.number,
        "form": event.form,
        "group": event.group,
        "known": event.holders_known,
        "ends": (event.start, event.end),
    }


def _form(state: State, event: Any) -> None:
    state.groups[event.group] = {"confirmed": event.confirmed, "closed": False, "baseline": event.baseline}
    for bracket in event.brackets:
        state.brackets[bracket]["group"] = event.group


def _regroup(state: State, event: Any) -> None:
    for bracket, group in event.brackets:
        state.brackets[bracket]["group"] = group


def _reopen_group(state: State, event: Any) -> None:
    state.groups[event.group]["closed"] = False


def _take(state: State, event: Any) -> None:
    if event.delegation is not None:
        key = (str(event.bracket or event.version), event.delegation)
        state.positions[key] = {"stance": event.stance, "stale": False}


def _lift(state: State, event: Any) -> None:
    if event.delegation is not None:
        del state.positions[str(event.bracket or event.version), event.delegation]


def _doubt(is_stale: bool) -> Callable[[State, Any], None]:
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


def _unname(state: State, event: Any) -> None:
    del state.mandates[event.mandate]


def _name(state: State, event: Any) -> None:
    state.mandates[event.mandate] = (event.seat, event.title, event.provisions)


def _answer(state: State, event: Any) -> None:
    state.versions[event.version]["answer"] = event.answer


def _reserved(state: State, event: Any) -> None:
    on = (event.scope, event.form, event.provision, event.words)
    state.reserves[event.reserve] = {"by": event.delegation, "on": on, "lifted": False}


def _limit(state: State, event: Any) -> None:
    state.deadline = {"deadline": event.deadline, "takes_late": event.takes_late}


def _sponsor(stands: bool) -> Callable[[State, Any], None]:
    def rule(state: State, event: Any) -> None:
        if event.delegation is not None:
            state.sponsors[event.version, event.delegation] = stands

    return rule


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


def _park(state: State, event: Any) -> None:
    said = (event.until, event.reason)
    state.parkings[event.parking] = {"at": event.provision, "said": said, "lifted": False}


def _open_language(state: State, event: Any) -> None:
    state.languages[event.version] = {"is": (event.language, event.title)}


def _translate(state: State, event: Any) -> None:
    of = (event.version, event.provision, event.source)
    state.translations[event.translation] = {"of": of, "is": (event.words, event.order)}


def _set(table: str, key: str, **values: Any) -> Callable[[State, Any], None]:
    def rule(state: State, event: Any) -> None:
        getattr(state, table)[getattr(event, key)] |= values

    return rule


def _begin(state: State, event: Any) -> None:
    state.deadline = {"deadline": None, "takes_late": False}


def _retire(state: State, event: Any) -> None:
    state.provisions[event.provision] |= {"retired": True, "disposition": event.disposition}


def _reopen(state: State, event: Any) -> None:
    state.brackets[event.bracket]["ends"] = (event.start, event.end)


def _return(state: State, event: Any) -> None:
    state.anomalies[event.anomaly] = {"mended": False, "at": (event.text, event.offset)}


def _find(state: State, event: Any) -> None:
    state.anomalies[event.anomaly] = {"mended": False, "at": (event.text, event.offset)}


def _hand(state: State, event: Any) -> None:
    state.pens[event.provision, event.delegation] = True


def _package(state: State, event: Any) -> None:
    state.packages.pop(event.name, None)
    if event.provisions:
        state.packages[event.name] = event.provisions
        return
    for row in state.agreements.values():
        row["package"] = "" if row["package"] == event.name and not row["ended"] else row["package"]


def _take_back(state: State, event: Any) -> None:
    del state.pens[event.provision, event.delegation]


_RULES: dict[type[events.Event], Callable[[State, Any], None]] = {
    events.TextOpened: _begin,
    events.Edited: _edit,
    events.PenHanded: _hand,
    events.PenTakenBack: _take_back,
    events.Typed: _edit,
    events.Folded: _edit,
    events.ProvisionCreated: _create,
    events.ProvisionPlaced: _place,
    events.ProvisionRetired: _retire,
    events.ProvisionRevived: _set("provisions", "provision", retired=False, disposition=""),
    events.BracketOpened: _open,
    events.HoldersUnknown: lambda state, event: [state.brackets[pk].update(known=False) for pk in event.brackets],
    events.BracketClosed: _set("brackets", "bracket", ends=None),
    events.BracketReopened: _reopen,
    events.GroupFormed: _form,
    events.GroupConfirmed: _set("groups", "group", confirmed=True),
    events.GroupClosed: _set("groups", "group", closed=True, baseline=None),
    events.GroupReopened: _reopen_group,
    events.Regrouped: _regroup,
    events.AnomalyFound: _find,
    events.AnomalyMended: _set("anomalies", "anomaly", mended=True, at=None),
    events.AnomalyReturned: _return,
    events.StanceTaken: _take,
    events.StanceLifted: _lift,
    events.StancesStale: _doubt(True),
    events.StancesFresh: _doubt(False),
    events.AmendmentSubmitted: _submit,
    events.AmendmentWithdrawn: _set("amendments", "amendment", withdrawn=True),
    events.VersionOffered: _offer,
    events.VersionMade: _renew,
    events.OfferAnswered: _answer,
    events.SplitJoined: _join,
    events.MandateGiven: _name,
    events.MandateEnded: _unname,
    events.AmendmentsLapsed: _lapse,
    events.AmendmentsRevived: _revive,
    events.RecordConfirmed: _set("amendments", "amendment", confirmed=True),
    events.SponsorListSet: lambda state, event: state.amendments[event.amendment].update(is_open=event.is_open),
    events.DeadlineSet: _limit,
    events.ReserveTaken: _reserved,
    events.ReserveLifted: _set("reserves", "reserve", lifted=True),
    events.CosponsorJoined: _sponsor(True),
    events.CosponsorLeft: _sponsor(False),
    events.HunksMoved: _move,
    events.Decided: _decide,
    events.DecisionUndone: _move,
    events.Agreed: _agree,
    events.Reopened: _set("agreements", "agreement", ended=True),
    events.AgreementAsked: _ask,
    events.AskingEnded: _set("askings", "asking", ended=True),
    events.PackageSet: _package,
    events.Parked: _park,
    events.LanguageOpened: _open_language,
    events.Translated: _translate,
    events.ParkingLifted: _set("parkings", "parking", lifted=True),
    **replay_editorials.RULES,
}
