"""The journal: every act is one row, gap-free per stream and chained by digests over the stored bodies.

Only `drafting.services.journal` writes here. The digest's recipe is in `drafting.chain`.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from delegations.models import Conference, Delegation


class Stream(models.Model):
    """One audience: all it may see, in one order. `head` and `digest` are the end of its chain."""

    class Kind(models.TextChoices):
        PUBLIC = "public", "what has been issued, for everybody"
        FLOOR = "floor", "the floor, for all seats but observers'"
        BUREAU = "bureau", "the chair and the secretariat"
        DELEGATION = "delegation", "one delegation"
        GROUP = "group", "a group and its members"
        DRAFT = "draft", "the authors of one draft"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="streams")
    delegation = models.ForeignKey(Delegation, models.PROTECT, null=True, blank=True, related_name="streams")
    head = models.BigIntegerField(default=0)
    digest = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["delegation", "draft", "group"], delegation__isnull=False)
                | models.Q(kind__in=["public", "floor", "bureau"], delegation__isnull=True),
                name="only_closed_streams_have_a_delegation",
            ),
            models.UniqueConstraint(
                fields=["delegation"], condition=models.Q(kind="delegation"), name="one_stream_per_delegation"
            ),
            models.UniqueConstraint(fields=["delegation"], condition=models.Q(kind="group"), name="one_group_stream"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class JournalEntry(models.Model):
    """One act as its readers may see it. `body` and `author` can be erased with their salts; the chain holds."""

    pk = models.CompositePrimaryKey("stream_id", "seq")
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="entries", db_index=False)
    seq = models.BigIntegerField()
    at = models.CharField(max_length=32, help_text="UTC, ISO 8601 with microseconds: the very text that is hashed.")
    kind = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    text = models.UUIDField(null=True, help_text="The working text this row changed, if it changed one.")
    rev = models.PositiveIntegerField(null=True, help_text="That text's revision after the row.")
    through = models.BigIntegerField(null=True, help_text="The last seq of the rows a folded row stands for.")
    body = models.TextField(null=True, help_text="Canonical JSON; null once erased.")
    body_salt = models.BinaryField(max_length=16, null=True)
    body_digest = models.BinaryField(max_length=32)
    author = models.TextField(null=True, help_text="Canonical JSON of actor, seat and on_behalf_of; null once erased.")
    author_salt = models.BinaryField(max_length=16, null=True)
    author_digest = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)

    class Meta:
        db_table = "drafting_journal"
        indexes: ClassVar = [
            models.Index(fields=["stream", "through"], name="folded_rows", condition=models.Q(through__isnull=False))
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "rev"], name="one_row_per_revision_of_a_text"),
        ]

    def __str__(self) -> str:
        return f"{self.stream_id}:{self.seq} {self.kind}"


class ClientCursor(models.Model):
    """The last op of one browser on one stream, and what it was answered: how a resend is recognised."""

    stream = models.ForeignKey(Stream, models.CASCADE, related_name="cursors")
    client = models.CharField(max_length=64)
    seat_id = models.BigIntegerField()
    n = models.BigIntegerField(default=0)
    epoch = models.PositiveIntegerField(default=0)
    ack = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream", "client"], name="one_cursor_per_client_and_stream")
        ]

    def __str__(self) -> str:
        return f"{self.client} at {self.n}"
