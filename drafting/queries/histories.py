"""The journal read as history: how the words came to be what they are, row by row, from any moment on.

Base + acts = present text. What a reader is told of it is in `reports`, whose words they are in `authorship`.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Max, QuerySet

from drafting import events
from drafting.models import JournalEntry, NegotiatingText, Revision, WorkingText
from drafting.queries import journal, snapshots
from drafting.text.changes import ChangeSet

#: The kinds of row in which words change, and those that say on whose behalf and why.
_TOLD = (
    *("provision-created", "edited", "typed", "pen-opened", "pen-closed", "decided", "decision-undone", "agreed"),
    *("reopened", "anomaly-mended", "stance-taken", "stance-lifted", "provision-retired", "provision-revived"),
    *("editorial-applied", "editorial-undone"),
)


class Told(NamedTuple):
    """What is read of a row to replay it: ten thousand of them are read for a day's report."""

    seq: int
    through: int | None
    at: str
    kind: str
    body: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """One row with its event, and the words before and after where it changed a provision's."""

    row: Told
    event: events.Event
    provision: int | None = None
    before: str = ""
    after: str = ""
    changes: ChangeSet | None = None

    @property
    def at(self) -> str:
        """When it happened (ISO 8601); of typing that was folded, when the last of it did."""
        return self.event.typed[1] if isinstance(self.event, events.Folded) else self.row.at


def replay(
    negotiated: NegotiatingText, words: Mapping[int, str], since: int, until: int | None = None
) -> Iterator[Replayed]:
    """Yield the acts of the floor after `since` (up to `until`), each edit applied to the `words` that it found.

    `words` are the provisions' at `since`, by id; a provision created later brings its own.
    """
    now = dict(words)
    rows = JournalEntry.objects.filter(journal.happened(since, until), stream=negotiated.floor_id, body__isnull=False)
    told = _read(rows.filter(through=None, kind__in=_TOLD).order_by("seq"))
    folded = _read(rows.filter(through__isnull=False).order_by("through"))
    for row in heapq.merge(told, folded, key=_moment):
        event = events.decode(row.body)
        if isinstance(event, events.ProvisionCreated):
            now[event.provision] = event.content
            yield Replayed(row, event, event.provision, "", event.content)
        elif isinstance(event, events.Edited | events.Typed) and event.provision is not None:
            before = now[event.provision]
            changes = ChangeSet.from_json(event.changes, before)
            now[event.provision] = changes.apply(before)
            yield Replayed(row, event, event.provision, before, now[event.provision], changes)
        else:
            yield Replayed(row, event)


def words_at(words: WorkingText, seq: int) -> tuple[str, list[tuple[str, ChangeSet]]]:
    """Return what a provision's words were at the floor's `seq`, and each change since with its kind.

    Where that moment was folded away, the words are those before the run it belonged to.
    """
    then, start = _standing(words, seq)
    since: list[tuple[str, ChangeSet]] = []
    for row, changes, content in _changes(words, then, JournalEntry.objects.filter(journal.happened(start))):
        if _moment(row) <= seq:
            then = content
        else:
            since.append(("typed" if row.kind == "folded" else row.kind, changes))
    return then, since


def rev_at(words: WorkingText, seq: int) -> int:
    """Return the revision `words` had at the stream's `seq`."""
    rows = JournalEntry.objects.filter(journal.happened(until=seq), text=words.pk)
    return rows.aggregate(last=Max("rev"))["last"] or 0


def draft_at(words: WorkingText, rev: int) -> str:
    """Return the content the words of a draft had at revision `rev`, which counts from 0."""
    first = _draft_begun(words)
    contents = [content for _, _, content in _changes(words, first, JournalEntry.objects.filter(rev__lte=rev))]
    return contents[-1] if contents else first


def _draft_begun(words: WorkingText) -> str:
    """Return what a text of a draft began with: as the draft was widened by it, else as the draft was opened."""
    content = ""
    for row in JournalEntry.objects.filter(stream=words.stream_id, kind__in=("draft-opened", "draft-widened")):
        event = events.decode(row.body or "")
        if isinstance(event, events.DraftWidened) and event.text == str(words.pk):
            return event.content
        if isinstance(event, events.DraftOpened):
            content = event.content
    return content


def _read(rows: QuerySet[JournalEntry]) -> Iterator[Told]:
    return map(Told._make, rows.values_list(*Told._fields).iterator(chunk_size=2000))


def _moment(row: JournalEntry | Told) -> int:
    """Return the seq at which what a row tells had happened."""
    return row.seq if row.through is None else row.through


def _changes(
    words: WorkingText, content: str, rows: QuerySet[JournalEntry]
) -> Iterator[tuple[JournalEntry, ChangeSet, str]]:
    """Yield each of `rows` that changed the text, its change, and the content it left, from `content` on."""
    for row in rows.filter(text=words.pk, body__isnull=False).order_by("rev"):
        event = events.decode(row.body or "")
        if isinstance(event, events.Edited | events.Typed):
            changes = ChangeSet.from_json(event.changes, content)
            content = changes.apply(content)
            yield row, changes, content


def _standing(words: WorkingText, seq: int) -> tuple[str, int]:
    """Return words of a provision, and a seq up to `seq` at which they stood: of a revision, or as it was made."""
    provision = words.provision
    issued = Revision.objects.filter(text=provision.text_id, at_seq__lte=seq).order_by("-at_seq")
    found = issued.values_list("at_seq", "snapshot").first()
    at_seq, snapshot = found or (0, None)
    rows = snapshots.provisions(snapshot) if snapshot else []
    standing = next((row.text for row in rows if row.id == provision.pk), None)
    if standing is not None:
        return standing, at_seq
    made = JournalEntry.objects.filter(stream=words.stream_id, seq__gt=at_seq, kind="provision-created")
    event = events.decode(made.get(body__contains=str(words.pk)).body or "")
    return (event.content if isinstance(event, events.ProvisionCreated) else ""), at_seq
