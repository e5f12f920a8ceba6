"""What tells a document that is asked for from every other, before it is made: equal prints are equal documents.

A print is taken behind the doors of the document itself, so that who may not read it gets none. Of what is issued it
is taken of the digests it was issued with, and of what the reader may read; of the floor, of how far every journal of
the conference goes, for one seat alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db.models import Sum

from delegations.models import Seat
from delegations.roles import Right
from drafting.models import NegotiatingText, Stream
from drafting.queries import access


def of(seat: Seat, negotiated: NegotiatingText, kind: str, number: int | None = None, language: str = "") -> str:
    """Return the print (64 hex digits) of a document of a revision, or of the floor; raises as reading that does."""
    return _print(kind, *_common(seat, negotiated), *_text(seat, negotiated, number, language))


def of_comparison(seat: Seat, negotiated: NegotiatingText, old: int, new: int | None = None, language: str = "") -> str:
    """The same of a comparison; who changed what is read from the journal, of which something may be erased."""
    texts = (*_text(seat, negotiated, old, language), *_text(seat, negotiated, new, language))
    erased = negotiated.floor.entries.filter(kind="erased").count()
    return _print("comparison", erased, *_common(seat, negotiated), *texts)


def _print(*facts: object) -> str:
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def _common(seat: Seat, negotiated: NegotiatingText) -> Iterator[object]:
    """Yield what stands at the head of every document, and which readers it is the same for."""
    conference = negotiated.conference
    yield from (negotiated.pk, negotiated.title, negotiated.symbol, negotiated.agenda, negotiated.language)
    yield from (conference.name, conference.organ, conference.session, conference.timezone)
    yield from (conference.attribution_shown, [str(right) for right in Right if seat.may(right)])


def _text(seat: Seat, negotiated: NegotiatingText, number: int | None, language: str) -> Iterator[object]:
    yield language
    is_translated = bool(language) and language != negotiated.language
    if number is None:
        access.floor(seat, negotiated)
        if is_translated:
            access.language(seat, negotiated, language)
        kept = Stream.objects.filter(conference=negotiated.conference_id).exclude(kind=Stream.Kind.DRAFT)
        yield from (seat.pk, kept.aggregate(Sum("head"))["head__sum"])
        return
    row = access.revision(seat, negotiated, number)
    yield from (row.pk, row.digest, row.symbol, row.kind, row.issued, row.issued_by, row.note, row.conventions)
    if is_translated:
        issue = access.language_issue(seat, negotiated, number, language)
        yield from (issue.digest, issue.title)
