"""The report of a day, a week or any period, drafted from the journal as its reader may see it, for people to edit.

A draft is plain paragraphs; a line that begins with "# " is a heading. Making a document of the edited lines is here
too; nothing of a report is kept on the server.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from delegations.models import Conference, Seat
from drafting import events
from drafting.models import JournalEntry, NegotiatingText
from drafting.queries import access, amendments, boards, documents, endings, histories, mastheads, pages, snapshots
from drafting.queries.chronicles import Chronicle, LogEntry
from drafting.queries.endings import Ending
from drafting.text import addresses as naming
from drafting.text.document import Block, Document, Form, Run

#: Entries of one sort a draft lists before it only counts the rest.
MOST = 200

_ACTS = ("amendment-submitted", "amendment-withdrawn", "stance-taken", "revision-issued")
_HEADING = "# "


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the conference's own time, both included."""

    first: date
    last: date
    zone: str

    def bounds(self) -> tuple[datetime, datetime]:
        """Return the moments at which the period begins and ends."""
        zone = ZoneInfo(self.zone)
        start = datetime.combine(self.first, time.min, zone)
        return start, datetime.combine(self.last + timedelta(days=1), time.min, zone)

    def __str__(self) -> str:
        days = dict.fromkeys((self.first, self.last))
        return " to ".join(f"{day.day} {day:%B %Y}" for day in days)


@dataclass(frozen=True, slots=True)
class _Acts:
    """What a period holds: changes of the text, proposals by their numbers, stances, revisions issued."""

    log: list[LogEntry]
    lodged: list[events.AmendmentSubmitted]
    stances: list[events.StanceTaken]
    withdrawn: int
    issued: list[str]


def today(conference: Conference) -> date:
    """Return the day it is at the conference."""
    return timezone.now().astimezone(ZoneInfo(conference.timezone)).date()


def draft(seat: Seat, negotiated: NegotiatingText, period: Period) -> str:
    """Return a report of the period for the seat to edit: only what it may see, and nothing that is sealed."""
    access.floor(seat, negotiated)
    acts = _acts(seat, negotiated, period)
    own = endings.own(seat, negotiated)
    addresses = pages.addresses(negotiated)
    parts = (
        _summary(acts),
        _log(acts.log, period.zone),
        _proposals(seat, negotiated, acts, own, addresses),
        _stances(acts, own),
        _next(seat, negotiated),
    )
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part))) + "\n"


def document(seat: Seat, negotiated: NegotiatingText, title: str, words: str) -> Document:
    """Return edited lines as a document to write to a file."""
    access.floor(seat, negotiated)
    src = documents.Source(negotiated, snapshots.Snapshot([], [], [], []), None, False, 0)
    now = timezone.now()  # a report is of the day it is written, the text may stand since long before
    dated = {"date": mastheads.dated(negotiated, now), "moment": documents.moment(now)}
    head = replace(documents.masthead(src, title), kind=title, distribution="", **dated)
    name = seat.delegation.name() if seat.delegation else seat.get_role_display()
    lines = (line.strip() for line in words.splitlines())
    return Document(
        head, (f"Reported by {name}. Not an official document.",), tuple(_block(line) for line in lines if line)
    )


def _block(line: str) -> Block:
    if line.startswith(_HEADING):
        return Block((Run(line.removeprefix(_HEADING)),), Form.HEADING)
    return Block((Run(line),))


def _acts(seat: Seat, negotiated: NegotiatingText, period: Period) -> _Acts:
    start, end = (moment.astimezone(UTC).isoformat(timespec="microseconds") for moment in period.bounds())
    floor = JournalEntry.objects.filter(stream=negotiated.floor_id, at__gte=start, at__lt=end, body__isnull=False)
    # Of twelve thousand stances the few on proposals are told; bodies are canonical JSON, so a version is seen in them.
    floor = floor.exclude(~Q(body__contains='"version":"'), kind="stance-taken")
    bodies = floor.filter(kind__in=_ACTS).order_by("seq").values_list("body", flat=True)
    told = [events.decode(body) for body in bodies.iterator(chunk_size=5000) if body]
    log = _changes(negotiated, start, end)
    named = amendments.shows_names(seat, negotiated)
    return _Acts(
        log=log if named else [_unnamed(entry) for entry in log],
        lodged=[act for act in told if isinstance(act, events.AmendmentSubmitted)],
        stances=[act for act in told if isinstance(act, events.StanceTaken)] if named else [],
        withdrawn=sum(isinstance(act, events.AmendmentWithdrawn) for act in told),
        issued=[act.symbol for act in told if isinstance(act, events.RevisionIssued) and act.number],
    )


def _changes(negotiated: NegotiatingText, start: str, end: str) -> list[LogEntry]:
    """Return the acts that changed the text from `start` to before `end`, replayed from the revision before them.

    The import itself is none: on the day of the import it begins with the text as imported.
    """
    kept = negotiated.revisions.only("snapshot", "at_seq")
    before = kept.filter(issued__lte=start).order_by("-number").first() or kept.order_by("number").first()
    words = {row.id: row.text for row in snapshots.provisions(before.snapshot)} if before else {}
    chronicle = Chronicle(pages.addresses(negotiated))
    for row in histories.replay(negotiated, words, before.at_seq if before else 0):
        if row.at >= end:
            break
        chronicle.take(row)
    return [entry for entry in chronicle.close() if entry.at >= start]


def _unnamed(entry: LogEntry) -> LogEntry:
    return LogEntry(entry.seq, entry.at, entry.kind, entry.what, entry.changes, entry.authority, entry.reason)


def _summary(acts: _Acts) -> Iterator[str]:
    kinds = {"decided": "decision", "agreed": "agreement", "reopened": "reopening"}
    counts = [_count(sum(entry.kind == kind for entry in acts.log), name) for kind, name in kinds.items()]
    touched = {change.address for entry in acts.log for change in entry.changes}
    yield "# In short"
    yield f"{_count(len(touched), 'provision')} changed: {', '.join(counts)}."
    yield f"{_count(len(acts.lodged), 'proposal')} lodged, {acts.withdrawn} withdrawn."
    yield from (f"{symbol} was issued." for symbol in acts.issued)


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _log(entries: Sequence[LogEntry], zone: str) -> Iterator[str]:
    if not entries:
        return
    yield "# What changed in the text"
    for entry in entries[:MOST]:
        who = f" ({', '.join(entry.for_whom)})" if entry.for_whom else ""
        why = f" Reason: {entry.reason}" if entry.reason else ""
        on = f" On authority: {entry.authority}." if entry.authority else ""
        yield f"{mastheads.clocked(entry.at, zone, '%H:%M')}. {entry.what}{who}{on}{why}"
        for change in entry.changes:
            yield f"{naming.say(change.address)}: {say_change(change.runs)}"
    yield from _rest(len(entries))


def say_change(runs: Iterable[tuple[str, str]]) -> str:
    """Return a change in words: what went out and what came in; of brackets alone, which words they stood round."""
    found = [(kind, " ".join(words.split())) for kind, words in runs]
    if on_brackets := _say_brackets(found):
        return on_brackets
    out = " … ".join(words for kind, words in found if kind == "deleted" and words)
    put = " … ".join(words for kind, words in found if kind == "inserted" and words)
    parts = (out and f"out “{out}”", put and f"in “{put}”")
    return ", ".join(part for part in parts if part) or "spaces only"


def _say_brackets(found: Sequence[tuple[str, str]]) -> str:
    """Return what happened to brackets where they alone came or went, else nothing."""
    at = [n for n, (kind, words) in enumerate(found) if kind != "same" and words]
    kinds = {found[n][0] for n in at}
    if len(kinds) != 1 or any(found[n][1].strip("[] ") for n in at):
        return ""
    within = " … ".join(words for kind, words in found[at[0] : at[-1]] if kind == "same" and words)
    return f"brackets {'off' if kinds == {'deleted'} else 'round'} “{within}”"


def _proposals(
    seat: Seat, negotiated: NegotiatingText, acts: _Acts, own: Sequence[Ending], addresses: dict[int, str]
) -> Iterator[str]:
    """Yield own proposals with what became of them, then those of others."""
    named = amendments.shows_names(seat, negotiated)
    became = {one.number: one.label for one in own}
    mine = [act for act in acts.lodged if act.number in became]
    others = [act for act in acts.lodged if act.number not in became]
    if mine:
        yield "# Our proposals"
        for act in mine[:MOST]:
            yield f"No. {act.number} on {_places(act, addresses)}: {became[act.number]}."
        yield from _rest(len(mine))
    if others:
        yield "# Proposals by others"
        for act in others[:MOST]:
            by = f" by {', '.join(act.sponsors)}" if named and act.sponsors else ""
            yield f"No. {act.number}{by} on {_places(act, addresses)}."
        yield from _rest(len(others))


def _places(act: events.AmendmentSubmitted, addresses: dict[int, str]) -> str:
    return naming.say_all(dict.fromkeys(addresses.get(hunk.provision, "") for hunk in act.hunks))


def _stances(acts: _Acts, own: Sequence[Ending]) -> Iterator[str]:
    """Yield what others said of own proposals."""
    versions = {str(one.version): one.number for one in own}
    said = [act for act in acts.stances if act.version in versions and act.delegation]
    if not said:
        return
    yield "# What others said of ours"
    for act in said[:MOST]:
        yield f"{act.delegation}: {act.stance.replace('-', ' ')}, on our No. {versions[act.version or '']}."
    yield from _rest(len(said))


def _next(seat: Seat, negotiated: NegotiatingText) -> Iterator[str]:
    if seat.delegation_id is None:
        return
    rows = boards.board(seat, negotiated, size=10).rows
    urgent = [row for row in rows if row.urgency < boards.Urgency.CHANGED]
    if urgent:
        yield "# Next"
        yield from (f"{naming.say(row.address)}: {', '.join(row.reasons)}." for row in urgent)


def _rest(count: int) -> Iterator[str]:
    if count > MOST:
        yield f"And {count - MOST} more."
