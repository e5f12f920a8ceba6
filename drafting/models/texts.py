"""Texts that change (`WorkingText`) and words that never do (`BaseText`)."""

from __future__ import annotations

import hashlib
import uuid

from django.db import models

from drafting.models.journal import Stream


class WorkingText(models.Model):
    """One editable text: plain Unicode with literal brackets. `rev` counts its changes, each a journal row.

    `closers` and `openers` are its unmatched `]` and `[`: folded over the document they tell whether a change keeps
    the pair rule without reading the other texts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="texts")
    content = models.TextField(blank=True)
    rev = models.PositiveIntegerField(default=0)
    closers = models.PositiveIntegerField(default=0)
    openers = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.content[:60]


class BaseText(models.Model):
    """Words a proposal was written against, stored once by their SHA-256 (64 hex digits) and never changed."""

    digest = models.CharField(primary_key=True, max_length=64)
    content = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.content[:60]

    @staticmethod
    def key_of(words: str) -> str:
        """Return the digest words are kept under."""
        return hashlib.sha256(words.encode()).hexdigest()
