"""What a seat follows: how far it has read, what it watches, when it wants its digest. Private rows, no journal.

Sending the digest is in `digests`; what one says, in `drafting.queries.digests`.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from delegations.models import Seat
from delegations.queries import delegations
from drafting.errors import Forbidden, NotFound
from drafting.models import DigestOrder, NegotiatingText, ReadMark, Watch
from drafting.queries import access, amendments, finds

#: Marks kept of one seat and text, and things one seat may watch in a text.
KEPT, MOST = 20, 100


def mark_read(by: Seat, negotiated: NegotiatingText, seq: int) -> ReadMark:
    """Note that the seat has read the floor up to `seq`, and return the mark; the oldest beyond `KEPT` go."""
    marks = access.read_marks(by, negotiated)
    negotiated.floor.refresh_from_db(fields=["head"])
    if not 0 <= seq <= negotiated.floor.head:
        raise NotFound("The text has not come that far: load the page again.")
    with transaction.atomic():
        made = ReadMark.objects.create(seat=by, text=negotiated, seq=seq, at=timezone.now())
        marks.filter(pk__in=list(marks.values_list("pk", flat=True)[KEPT:])).delete()
    return made


def add(by: Seat, negotiated: NegotiatingText, kind: str, value: str) -> Watch:
    """Watch a provision, an article, a word or a delegation; what is watched already stays as it is."""
    watched = access.watches(by, negotiated)
    wanted = _checked(by, negotiated, Watch.Kind(kind), " ".join(value.split()))
    if watched.count() >= MOST:
        raise Forbidden(f"You watch {MOST} things in this text already: let one go first.")
    return Watch.objects.get_or_create(seat=by, text=negotiated, kind=kind, value=wanted)[0]


def drop(by: Seat, negotiated: NegotiatingText, kind: str, value: str) -> None:
    """Watch something no longer. It is named, not numbered: a number would tell how much others watch."""
    if not access.watches(by, negotiated).filter(kind=kind, value=value).delete()[0]:
        raise NotFound("You do not watch that.")


def order_digest(by: Seat, hour: int | None) -> None:
    """Have a digest sent every day at that hour of the conference's time, or none at all."""
    if hour is None:
        DigestOrder.objects.filter(seat=by).delete()
    elif not by.user.email:
        raise Forbidden("Your account has no e-mail address: ask the secretariat to enter one.")
    else:
        DigestOrder.objects.update_or_create(seat=by, defaults={"hour": hour})


def _checked(by: Seat, negotiated: NegotiatingText, kind: Watch.Kind, value: str) -> str:
    """Return `value` as it is kept, or refuse what nothing of this text answers to."""
    if not value or len(value) > 100:
        raise NotFound("Say what to watch, in up to 100 characters.")
    if kind is Watch.Kind.WORD:
        return value
    if kind is Watch.Kind.DELEGATION:
        if not amendments.shows_names(by, negotiated):
            raise Forbidden("This conference does not show who acts, so no delegation can be watched.")
        found = delegations(by.conference).filter(code__iexact=value).values_list("code", flat=True).first() or ""
    elif kind is Watch.Kind.ARTICLE:
        found = finds.article(negotiated, value)
    else:
        found = finds.address(negotiated, value)
    if not found:
        raise NotFound(f"Nothing here is called {value}.")
    return found
