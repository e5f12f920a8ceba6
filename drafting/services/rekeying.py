"""A delegation's key changed when somebody who held it leaves; as with the notes, all that comes in is ciphertext.

The browser of a colleague makes the new key, seals every note anew under it, in pieces, and wraps it for who stays. The
old key opens everything until the last step, which takes all at once. Who has left gets no share of the new one and
fetches nothing; what they read before they have read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery

from delegations.models import Seat
from drafting.errors import StaleVersion, TooLong
from drafting.models import DelegationKey, KeyShare, NegotiatingText, ResealedNote, SealedNote
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
def reseal(by: Seat, negotiated: NegotiatingText, edition: UUID, change: UUID, piece: Sequence[Resealed]) -> None:
    """Keep some notes as sealed under the key that `change` will bring; safe to repeat. Until then nothing is changed.

    Raises `StaleVersion` where a note has other words by now.
    """
    key = notes.present_key(by, negotiated, edition)
    notes.require_holder(by, key)
    if len(piece) > rings.PIECE:
        raise TooLong(f"Notes are sealed anew {rings.PIECE} at a time: load the page again.")
    own = dict(SealedNote.objects.filter(key=key, pk__in=[one.id for one in piece]).values_list("pk", "rev"))
    if any(own.get(one.id) != one.rev for one in piece):
        raise StaleVersion(_MOVED)
    ResealedNote.objects.bulk_create(
        [
            ResealedNote(
                note_id=one.id, change=change, rev=one.rev, sealed=notes.sealed(one.sealed, notes.LONGEST_NOTE)
            )
            for one in piece
        ],
        update_conflicts=True,
        unique_fields=["note"],
        update_fields=["change", "rev", "sealed"],
    )


@transaction.atomic
def change(
    by: Seat,
    negotiated: NegotiatingText,
    edition: UUID,
    change: UUID,
    recovery: Wrapping,
    shares: Mapping[int, Wrapped],
) -> UUID:
    """Put a new key in the place of the one of `edition`, for the seats in `shares`, and return its edition.

    Every note of the delegation, in all texts, was resealed for this `change` in its present wording. Who holds the old
    key and is not in `shares` waits to be let in again; what seats that were taken away held is deleted. Raises
    `StaleVersion`, and nothing happens, where a note or a colleague's own key is not the one the browser saw.
    """
    key = notes.present_key(by, negotiated, edition)
    notes.require_holder(by, key)
    _take_over(key, change)
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


def _take_over(key: DelegationKey, change: UUID) -> None:
    """Put what was resealed in the place of every note, each in the wording it has."""
    fresh = ResealedNote.objects.filter(note=OuterRef("pk"), change=change, rev=OuterRef("rev"))
    rows = SealedNote.objects.filter(key=key)
    if rows.exclude(Exists(fresh)).exists():
        raise StaleVersion(_MOVED)
    rows.update(sealed=Subquery(fresh.values("sealed")))
    ResealedNote.objects.filter(note__key=key).delete()
