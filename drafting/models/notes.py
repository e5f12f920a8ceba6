"""A delegation's sealed notes: what the server keeps of them is ciphertext and wrapped keys, never a word.

What a note says, on which provision, of which sort and by whom is inside the seal. Sealing and opening happen in the
browser alone (`static/src/notes/`). No journal, mail, job, export or administration page knows of these rows.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from delegations.models import Delegation, Seat
from drafting.models.documents import NegotiatingText


class DelegationKey(models.Model):
    """That a delegation has a key, and that key wrapped by the recovery code printed when it was made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    delegation = models.OneToOneField(Delegation, models.CASCADE, related_name="note_key")
    edition = models.UUIDField(default=uuid.uuid4, help_text="Another one each time the key is changed.")
    outdated = models.BooleanField(default=False, help_text="Who held it has left, and it has not been changed since.")
    recovery = models.JSONField(help_text="salt, iterations, iv and the wrapped key, in Base64.")
    made = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"key {self.pk}"


class KeyShare(models.Model):
    """One seat's part in the key: its public key, its private one locked by a passphrase, the key wrapped for it.

    `wrapped` is empty until a colleague who holds the key lets the seat in.
    """

    key = models.ForeignKey(DelegationKey, models.CASCADE, related_name="shares")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="key_shares")
    public = models.TextField(help_text="SPKI in Base64.")
    locked = models.JSONField(help_text="salt, iterations, iv and the private key, locked; in Base64.")
    wrapped = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "seat"], name="one_share_per_seat")]

    def __str__(self) -> str:
        return f"share of seat {self.seat_id}"


class SealedNote(models.Model):
    """One note, sealed with the delegation's key; `rev` counts its wordings."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey(DelegationKey, models.CASCADE, related_name="notes")
    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="sealed_notes")
    sealed = models.TextField(help_text="iv and ciphertext in Base64.")
    rev = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"sealed note {self.pk}"


class ResealedNote(models.Model):
    """A note as sealed under a key that is on its way: it takes the note's place when that key does.

    `change` is what the browser calls the change it is part of, `rev` the wording that was sealed.
    """

    note = models.OneToOneField(SealedNote, models.CASCADE, primary_key=True, related_name="resealed")
    change = models.UUIDField()
    rev = models.PositiveIntegerField()
    sealed = models.TextField(help_text="iv and ciphertext in Base64.")

    def __str__(self) -> str:
        return f"resealed note {self.note_id}"
