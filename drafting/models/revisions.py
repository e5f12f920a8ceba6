"""Issued revisions: immutable snapshots, hashed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from delegations.models import Seat
from drafting.models.documents import NegotiatingText


class Revision(models.Model):
    """A text as issued. `snapshot` is the canonical JSON that `digest` (SHA-256, 64 hex digits) was taken of.

    Shape: {"provisions": [{"id", "address", "label", "part", "kind", "depth", "article", "retired", "text"}],
    "pairs": [{"id", "article", "number", "kind", "start": [provision id, offset], "end": […], "group", "holders"}],
    "agreements": […]}.
    """

    class Kind(models.TextChoices):
        ZERO_DRAFT = "zero-draft", "zero draft"
        COMPILATION = "compilation", "compilation"
        STREAMLINED = "streamlined", "streamlined text"
        CHAIRS_TEXT = "chairs-text", "chair's text"
        NON_PAPER = "non-paper", "non-paper"
        REVISION = "revision", "revision"

    text = models.ForeignKey(NegotiatingText, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(help_text="0 for the text as imported.")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.REVISION)
    symbol = models.CharField(max_length=100)
    note = models.CharField(max_length=400, blank=True)
    basis = models.BooleanField(default=True, help_text="Whether it is the basis of negotiation.")
    issued = models.DateTimeField()
    by = models.ForeignKey(Seat, models.PROTECT, related_name="issued")
    issued_by = models.CharField(max_length=120, blank=True, help_text="In whose name, as its cover says.")
    conventions = models.TextField(blank=True, help_text="What brackets, bold and Options mean in it, as printed.")
    at_seq = models.BigIntegerField(help_text="The floor's seq it was taken at.")
    snapshot = models.TextField()
    digest = models.CharField(max_length=64)
    change_log = models.JSONField(default=list)
    loss_report = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["text", "number"]
        get_latest_by = "number"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "number"], name="revision_number_once_per_text"),
            models.UniqueConstraint(fields=["text"], condition=models.Q(basis=True), name="one_basis_per_text"),
        ]

    def __str__(self) -> str:
        return self.symbol


class Preparation(models.Model):
    """The kind of revision the chair prepares: it limits what may be decided until that revision is issued."""

    text = models.OneToOneField(NegotiatingText, models.CASCADE, related_name="preparation")
    kind = models.CharField(max_length=12, choices=Revision.Kind.choices)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.get_kind_display()
