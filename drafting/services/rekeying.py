"""A delegation's key changed when somebody who held it leaves; as with the notes, all that comes in is ciphertext.

The browser of a colleague makes the new key, seals every note anew under it and wraps it for who stays. Who has left
gets no share of it and fetches nothing; what they read before they have read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from delegations.models import Seat
from drafting.errors import StaleVersion
from drafting.models import DelegationKey, KeyShare, NegotiatingText, SealedNote
from drafting.queries import notes as rings
from drafting.services import notes
from drafting.services.notes import Wrapping

_MOVED = "A colleague was at work on the notes meanwhile; nothing was changed: load the page, and change the key again."


@dataclass(frozen=True, slots=True)
class Resealed:
    """A note as it is sealed under the new key; `rev` is the wording that was sealed."""

    id: UUID
    rev: int
    sealed: str


@dataclass(frozen=True, slots=True)
class Wrapped:
    """The new key wrapped for a seat; `public` is the key it was wrapped with."""

    public: str
    wrapped: str


def forget(seat: Seat) -> None:
    """Delete what a seat that is taken away held of its delegation's key, which is to be changed from then on."""
    shares = KeyShare.objects.filter(seat=seat)
    DelegationKey.objects.filter(pk__in=shares.exclude(wrapped="").values("key")).update(outdated=True)
    shares.delete()


@transaction.atomic
def change(
    by: Seat,
    negotiated: NegotiatingText,
    edition: UUID,
    recovery: Wrapping,
    shares: Mapping[int, Wrapped],
    resealed: Sequence[Resealed],
) -> UUID:
    """Put a new key in the place of the one of `edition`, for the seats in `shares`, and return its edition.

    Every note of the delegation, in all texts, comes sealed anew in its present wording. Who holds the old key and is
    not in `shares` waits to be let in again; what seats that were taken away held is deleted. Raises `StaleVersion`,
    and nothing happens, where a note or a colleague's own key is not the one the browser saw.
    """
    key = notes.present_key(by, negotiated, edition)
    notes.require_holder(by, key)
    _reseal(key, resealed)
    rings.left(key).delete()
    held = KeyShare.objects.filter(key=key)
    kept = {share.seat_id: share for share in held}
    if by.pk not in shares or any(seat not in kept or kept[seat].public != one.public for seat, one in shares.items()):
        raise StaleVersion(_MOVED)
    held.update(wrapped="")
    for seat, one in shares.items():
        held.filter(seat=seat).update(wrapped=notes.sealed(one.wrapped))
    key.edition, key.outdated, key.recovery = uuid4(), False, notes.wrapping(recovery)
    key.save(update_fields=["edition", "outdated", "recovery"])
    return key.edition


def _reseal(key: DelegationKey, resealed: Sequence[Resealed]) -> None:
    """Store each note as it comes, every one of them in the wording it has."""
    rows = {row.pk: row for row in SealedNote.objects.filter(key=key)}
    if {one.id: one.rev for one in resealed} != {pk: row.rev for pk, row in rows.items()}:
        raise StaleVersion(_MOVED)
    for one in resealed:
        rows[one.id].sealed = notes.sealed(one.sealed, notes.LONGEST_NOTE)
    SealedNote.objects.bulk_update(rows.values(), ["sealed"], batch_size=200)
