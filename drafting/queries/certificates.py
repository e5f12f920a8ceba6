"""The certificate of an issued text: its hash, its row in the journal, on whose authority every change was made.

It is read from what was stored at issue. A change that nobody answers for has no ground; a text with one is not issued
(`drafting.services.revisions`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.models import FINAL, Decision, JournalEntry, NegotiatingText, Pen, Revision
from drafting.queries import access, finals, mastheads, reports, sources
from drafting.queries.chronicles import LogEntry
from drafting.queries.finals import Confirmed
from drafting.text import addresses
from drafting.text.document import Document, Table

#: What the change log calls the secretariat's mandate, in a decision and with a pen.
_EDITORIAL = frozenset({str(Decision.Authority.EDITORIAL.label), str(Pen.For.EDITORIAL.label)})
_SAID = (
    "Every change of the words since the text before rests on a decision, an agreement, a pen session or an editorial"
    " change; a text with a change that rests on nothing is not issued.",
    "Whoever has the archive of the text proves what is said here with the script in it, and nothing else.",
)
#: The ground of an entry of the change log, by its kind; an editorial mandate goes before both.
_GROUNDS = {
    "decided": "a decision",
    "decision-undone": "a decision taken back",
    "typed": "a pen session",
    "bracketed": "brackets put for who holds them",
    "mended": "a bracket mended",
    "agreed": "an agreement",
    "reopened": "an agreement reopened",
    "editorial": "an editorial change",
    "editorial-undone": "an editorial change taken back",
}


@dataclass(frozen=True, slots=True)
class Traced:
    """One change since the revision before: the floor's seq, its ground, the addresses whose words it changed.

    `at` (ISO 8601), `what` and `authority` are as the change log has them.
    """

    seq: int
    ground: str
    addresses: list[str]
    at: str = ""
    what: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is certified of a revision; `stream`, `seq` and `row` (64 hex digits) name its row in the journal.

    `confirmed` are the notes and blanks that stand in a final text as they are.
    """

    number: int
    symbol: str
    kind: str
    issued: str
    digest: str
    stream: str
    seq: int
    row: str
    grounds: dict[str, int]
    changes: list[Traced]
    confirmed: list[Confirmed]


def ground(entry: LogEntry) -> str:
    """Return what a change of the words rests on, empty where nobody answers for it."""
    if not entry.changes:
        return ""
    found = _GROUNDS.get(entry.kind, "")
    return "an editorial change" if found and entry.authority in _EDITORIAL else found


def untraced(entries: Iterable[LogEntry]) -> list[LogEntry]:
    """Return the changes of the words that rest on nothing."""
    return [entry for entry in entries if entry.changes and not ground(entry)]


def of(seat: Seat, revision: Revision) -> Certificate:
    """Return the certificate of a revision as this seat may read it: which act made which change is the floor's."""
    revision = access.revision(seat, revision.text, revision.number)
    reads_floor = seat.may(Right.READ_FLOOR)
    row = _row(revision, reads_floor)
    changes = [
        Traced(
            entry.seq,
            ground(entry),
            sorted({change.address for change in entry.changes}),
            entry.at,
            entry.what,
            entry.authority,
        )
        for entry in reports.log(revision)
        if entry.changes
    ]
    return Certificate(
        number=revision.number,
        symbol=revision.symbol,
        kind=str(revision.kind),
        issued=revision.issued.isoformat(),
        digest=revision.digest,
        stream=str(row.stream_id),
        seq=row.seq,
        row=bytes(row.digest).hex(),
        grounds=dict(sorted(Counter(change.ground for change in changes).items())),
        changes=changes if reads_floor else [],
        confirmed=finals.confirmed(revision) if revision.kind in FINAL else [],
    )


def document(seat: Seat, negotiated: NegotiatingText, number: int) -> Document:
    """Return the certificate as a document to be handed out; raises `NotFound` for a revision the seat may not read."""
    src = sources.source(seat, negotiated, number)
    found = of(seat, access.revision(seat, negotiated, number))
    zone = negotiated.conference.timezone
    facts = (
        ("SHA-256 of the text", found.digest),
        ("Journal", found.stream),
        ("Row of the issue", str(found.seq)),
        ("SHA-256 of that row, and so of all rows before it", found.row),
        *((f"Changes that rest on {rests_on}", str(count)) for rests_on, count in found.grounds.items()),
    )
    tables = [Table("What is certified", ("Fact", "Value"), facts)]
    if found.changes:
        columns: tuple[str, ...] = ("Row", f"Time ({zone})", "Rests on", "Authority", "Provisions", "What was done")
        rows = tuple(_printed(one, zone) for one in found.changes)
        tables.append(Table("Every change since the text before", columns, rows))
    if found.confirmed:
        columns = ("Provision", "Form", "Words", f"Time ({zone})")
        kept = tuple(
            (addresses.say(one.address), one.form, one.words, mastheads.clocked(one.at, zone))
            for one in found.confirmed
        )
        tables.append(Table("Notes and blanks confirmed as they stand", columns, kept))
    return Document(mastheads.masthead(src, "Certificate"), _SAID, tuple(tables))


def _printed(one: Traced, zone: str) -> tuple[str, ...]:
    where = addresses.say_all(one.addresses)
    return str(one.seq), mastheads.clocked(one.at, zone), one.ground, one.authority, where, one.what


def _row(revision: Revision, reads_floor: bool) -> JournalEntry:
    """Return the row that records the issue: the floor's, or, for who may not read it, the public one."""
    stream = revision.text.floor_id if reads_floor else revision.text.public_id
    for row in JournalEntry.objects.filter(stream=stream, kind="revision-issued").order_by("-seq"):
        event = events.decode(row.body or "")
        if isinstance(event, events.RevisionIssued) and event.revision == revision.pk:
            return row
    raise AssertionError("Every revision is stored with its row.")
