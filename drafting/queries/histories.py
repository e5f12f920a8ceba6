"""The journal read as history: how the words came to be what they are, row by row, from any moment on.

`after` is what replaying gives: base + acts = present text. What a reader is told of it is in `reports`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Max, Q

from drafting import events
from drafting.models import JournalEntry, NegotiatingText, WorkingText
from drafting.text.changes import ChangeSet

#: The kinds of row in which words change, and those that say on whose behalf and why.
_TOLD = (
    *("provision-created", "edited", "typed", "pen-opened", "pen-closed", "decided", "decision-undone", "agreed"),
    *("reopened", "anomaly-mended", "stance-taken", "stance-lifted", "provision-retired", "provision-revived"),
)


@dataclass(frozen=True, slots=True)
class Replayed:
    """One row with its event, and the words before and after where it changed a provision's."""

    row: JournalEntry
    event: events.Event
    provision: int | None = None
    before: str = ""
    after: str = ""
    changes: ChangeSet | None = None


def replay(
    negotiated: NegotiatingText, words: Mapping[int, str], since: int, until: int | None = None
) -> Iterator[Replayed]:
    """Yield the acts of the floor after `since` (up to `until`), each edit applied to the `words` that it found.

    `words` are the provisions' at `since`, by id; a provision created later brings its own.
    """
    now = dict(words)
    rows = JournalEntry.objects.filter(stream=negotiated.floor_id, seq__gt=since, kind__in=_TOLD, body__isnull=False)
    if until is not None:
        rows = rows.filter(seq__lte=until)
    for row in rows.only("seq", "at", "kind", "body").order_by("seq").iterator(chunk_size=2000):
        event = events.decode(row.body or "")
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
    """Return the content `words` had at the stream's `seq`, and each change since with the kind of its row."""
    then, since = "", []
    for row, changes, content in _past(words):
        if row is None or row.seq <= seq:
            then = content
        elif changes is not None:
            since.append((row.kind, changes))
    return then, since


def words_of(words: WorkingText, rev: int) -> str:
    """Return the content `words` had at revision `rev`, which counts from 0."""
    then = ""
    for row, _, content in _past(words):
        if row is None or (row.rev or 0) <= rev:
            then = content
    return then


def rev_at(words: WorkingText, seq: int) -> int:
    """Return the revision `words` had at the stream's `seq`."""
    rows = JournalEntry.objects.filter(stream=words.stream_id, text=words.pk, seq__lte=seq)
    return rows.aggregate(last=Max("rev"))["last"] or 0


def _past(words: WorkingText) -> Iterator[tuple[JournalEntry | None, ChangeSet | None, str]]:
    """Yield every content the text had: the first with no row, then each with the row and the change that made it."""
    content = _first(words)
    yield None, None, content
    rows = JournalEntry.objects.filter(stream=words.stream_id, text=words.pk, body__isnull=False).order_by("rev")
    for row in rows:
        event = events.decode(row.body or "")
        if isinstance(event, events.Edited | events.Typed):
            changes = ChangeSet.from_json(event.changes, content)
            content = changes.apply(content)
            yield row, changes, content


def _first(words: WorkingText) -> str:
    """Return the words a text began with: those its provision or its draft was made with."""
    opening = JournalEntry.objects.filter(stream=words.stream_id, kind__in=("provision-created", "draft-opened"))
    for row in opening.filter(Q(kind="draft-opened") | Q(body__contains=str(words.pk))).order_by("seq"):
        event = events.decode(row.body or "")
        if isinstance(event, events.ProvisionCreated | events.DraftOpened):
            return event.content
    return ""
