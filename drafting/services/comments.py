"""Keeping the comments of an imported file: each at the provision it stood at, for who imports and who decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Forbidden
from drafting.models import FileComment, NegotiatingText
from drafting.queries import access
from drafting.services import journal
from drafting.text.document import Comment


def keep(
    by: Seat, negotiated: NegotiatingText, file: str, found: Iterable[tuple[Comment, int | None]]
) -> list[FileComment]:
    """Keep comments, each with the id of the provision it stands at, or none; the bureau's journal tells of them.

    A comment that is kept already (same place, author, time and words) is not kept twice.
    """
    access.floor(by, negotiated)
    if not (by.may(Right.IMPORT) or by.may(Right.DECIDE)):
        raise Forbidden("Comments of files are kept by who imports or decides.")
    fields = ("provision", "author", "when", "words", "said")
    known = set(FileComment.objects.filter(text=negotiated).values_list(*fields))
    rows: list[FileComment] = []
    for comment, provision in found:
        told = (provision, comment.by[:200], comment.when[:40], comment.words[:200], comment.text)
        if told not in known:
            known.add(told)
            named: Mapping[str, object] = dict(zip(("provision_id", *fields[1:]), told, strict=True))
            rows.append(FileComment(text=negotiated, file=file[:255], by=by, **named))
    if rows:
        with journal.writing(negotiated.bureau, by=by) as bureau:
            made = FileComment.objects.bulk_create(rows, batch_size=500)
            bureau.append(events.CommentsKept(file=file[:255], comments=[_told(row) for row in made]))
    return rows


def keep_opened(
    by: Seat, opened: NegotiatingText, file: str, found: Iterable[tuple[Comment, int | None]]
) -> list[FileComment]:
    """Keep the comments of the file that a text was just opened from, each with the entry it stands at."""
    rows = list(opened.provisions.order_by("order").values_list("pk", flat=True))
    return keep(by, opened, file, ((one, None if entry is None else rows[entry]) for one, entry in found))


def _told(row: FileComment) -> events.CommentTold:
    return events.CommentTold(
        comment=row.pk, provision=row.provision_id, author=row.author, when=row.when, words=row.words, said=row.said
    )
