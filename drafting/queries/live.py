"""What the live floor reads: heads of streams, rows, words of texts, and whether those who listen still may.

Everything here takes many ids at once, so that the number of queries does not grow with the number of browsers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple
from uuid import UUID

from django.contrib.sessions.models import Session
from django.utils import timezone

from delegations.models import Seat
from drafting.models import JournalEntry, Pen, Provision, Stream, WorkingText
from drafting.queries import access


class Standing(NamedTuple):
    """What a seat's rights follow from."""

    active: bool
    role: str
    delegation: int | None


class Words(NamedTuple):
    """A text as it stands, with the stream its changes are told in, that stream's head and its kind."""

    text: UUID
    stream: UUID
    content: str
    rev: int
    head: int
    kind: str

    @property
    def is_private(self) -> bool:
        """Whether it belongs to a draft."""
        return self.kind == Stream.Kind.DRAFT


def door(address: str) -> dict[str, str] | None:
    """Return where an outsider's client may try the socket of the demo conference, None where there is none.

    `address` is the site's; `text` is a provision nothing is agreed on: chair and secretariat may take the pen there.
    """
    paragraphs = Provision.objects.filter(
        text__conference__is_demo=True, retired=False, kind=Provision.Kind.PARAGRAPH, agreements__isnull=True
    )
    unbracketed = paragraphs.exclude(words__content__contains="[").exclude(words__content__contains="]")
    found = unbracketed.order_by("text", "order").first() or paragraphs.order_by("text", "order").first()
    if found is None:
        return None
    socket = address.replace("http", "ws", 1).rstrip("/") + "/live/"
    return {"socket": socket, "stream": str(found.text.floor_id), "text": str(found.words_id)}


def stream(pk: UUID) -> Stream:
    """Return a stream somebody has been found to see."""
    return Stream.objects.get(pk=pk)


def heads(streams: Collection[UUID]) -> dict[UUID, int]:
    """Return the head of each stream."""
    return dict(Stream.objects.filter(pk__in=streams).values_list("pk", "head"))


def rows(stream: UUID, after: int, limit: int) -> list[tuple[int, str, str | None]]:
    """Return (seq, kind, body) of up to `limit` rows of `stream` after a seq, in order."""
    found = JournalEntry.objects.filter(stream=stream, seq__gt=after).order_by("seq")
    return list(found.values_list("seq", "kind", "body")[:limit])


def changes(text: UUID, after: int, limit: int) -> list[tuple[int, str, str | None]]:
    """Return (seq, kind, body) of up to `limit` rows that changed `text` after revision `after`, in order.

    Folded rows are left out: whoever misses what they stand for is too far behind to be told change by change.
    """
    found = JournalEntry.objects.filter(text=text, rev__gt=after, through__isnull=True).order_by("rev")
    return list(found.values_list("seq", "kind", "body")[:limit])


def streams(texts: Collection[UUID]) -> set[UUID]:
    """Return the streams in which the changes of texts are told, whoever may follow them."""
    return set(WorkingText.objects.filter(pk__in=texts).values_list("stream", flat=True))


def words(seat: Seat, texts: Iterable[UUID]) -> dict[UUID, Words]:
    """Return those of `texts` that the seat may read."""
    found = WorkingText.objects.filter(pk__in=list(texts), stream__in=access.streams(seat))
    fields = ("pk", "stream_id", "content", "rev", "stream__head", "stream__kind")
    return {row[0]: Words(*row) for row in found.values_list(*fields)}


def typist(seat: Seat, text: UUID) -> str | None:
    """Return how others who type in a text see a seat that may type there now; None where it may not.

    By name inside its delegation, in a draft without guests; else by delegation or office.
    """
    row = Seat.objects.select_related("user", "delegation").get(pk=seat.pk)
    if not Pen.objects.filter(provision__words=text, typist=seat, closed__isnull=True).exists():
        draft = access.drafts(seat).filter(parts__words=text).first()
        if draft is None:
            return None
        if not draft.invited.exists():
            return row.user.get_full_name() or row.user.get_username()
    return row.delegation.code if row.delegation else str(row.get_role_display())


def standings(seats: Collection[int]) -> dict[int, Standing]:
    """Return where each seat stands now."""
    found = Seat.objects.filter(pk__in=seats).order_by().values_list("pk", "active", "role", "delegation_id")
    return {pk: Standing(active, role, delegation) for pk, active, role, delegation in found}


def signed_in(sessions: Collection[str]) -> set[str]:
    """Return those of the sessions that have not ended."""
    found = Session.objects.filter(session_key__in=sessions, expire_date__gt=timezone.now())
    return set(found.values_list("session_key", flat=True))
