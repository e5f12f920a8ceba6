"""What a browser gets to open its delegation's notes with: ciphertext and wrapped keys, for that delegation alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from delegations.models import Seat
from drafting.models import DelegationKey, KeyShare, NegotiatingText, SealedNote
from drafting.queries import access

#: Notes sealed anew in one request: the longest of them, in Base64, stay below 9 MB.
PIECE = 100


def ring(seat: Seat, negotiated: NegotiatingText) -> dict[str, Any]:
    """Return the key as it is wrapped, the seat's share, its colleagues who hold it or wait, and the sealed notes.

    `key` is null for a delegation that has made none; `left` says that who held it has left and it is not changed yet.
    Names are those of colleagues: this never leaves a delegation.
    """
    key = access.note_key(seat, negotiated)
    if key is None:
        return {"key": None, "mine": None, "members": [], "notes": [], "left": False}
    rows = KeyShare.objects.filter(key=key).select_related("seat__user").order_by("pk")
    shares = [share for share in rows if _sits(share.seat)]
    mine = next((share for share in shares if share.seat_id == seat.pk), None)
    own = access.notes(seat, negotiated).order_by("pk").values_list("pk", "rev", "sealed")
    return {
        "key": {"id": str(key.edition), "recovery": key.recovery},
        "mine": mine and {"public": mine.public, "locked": mine.locked, "wrapped": mine.wrapped},
        "members": [_member(share) for share in shares],
        "left": key.outdated or any(share.wrapped and not _sits(share.seat) for share in rows),
        "notes": [{"id": str(pk), "rev": rev, "sealed": sealed} for pk, rev, sealed in own],
    }


def piece(seat: Seat, negotiated: NegotiatingText, after: UUID | None = None) -> list[dict[str, Any]]:
    """Return the next `PIECE` notes of the seat's delegation, of all its texts, to be sealed anew; none at the end."""
    rows = SealedNote.objects.filter(key=access.note_key(seat, negotiated)).order_by("pk")
    rows = rows.filter(pk__gt=after) if after else rows
    found = rows.values_list("pk", "rev", "sealed")[:PIECE]
    return [{"id": str(pk), "rev": rev, "sealed": sealed} for pk, rev, sealed in found]


def left(key: DelegationKey) -> QuerySet[KeyShare]:
    """Return the shares of seats that were taken away, and of people whose account was closed."""
    return KeyShare.objects.filter(Q(seat__active=False) | Q(seat__user__is_active=False), key=key)


def _sits(seat: Seat) -> bool:
    return seat.active and seat.user.is_active


def addresses(seat: Seat, negotiated: NegotiatingText) -> list[str]:
    """Return what provisions are called, in the order of the text, to attach notes to."""
    access.floor(seat, negotiated)
    rows = negotiated.provisions.filter(retired=False).order_by("order")
    return list(rows.values_list("address", flat=True))


def _member(share: KeyShare) -> dict[str, Any]:
    user = share.seat.user
    name = user.get_full_name() or user.get_username()
    return {"seat": share.seat_id, "name": name, "public": share.public, "in": bool(share.wrapped)}
