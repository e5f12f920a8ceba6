"""Issued revisions: immutable snapshots, hashed; what was confirmed for a final one; what corrects one later."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from delegations.models import Seat
from drafting.models.documents import NegotiatingText, Provision


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
        EDITED = "edited", "edited version"
        ADOPTED = "adopted", "adopted text"

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
    change_log = models.TextField(default="[]", help_text="JSON, as `queries.reports` reads it.")
    loss_report = models.TextField(default="[]", help_text="JSON, as `queries.reports` reads it.")

    class Meta:
        ordering: ClassVar = ["text", "number"]
        get_latest_by = "number"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "number"], name="revision_number_once_per_text"),
            models.UniqueConstraint(fields=["text"], condition=models.Q(basis=True), name="one_basis_per_text"),
        ]

    def __str__(self) -> str:
        return self.symbol


#: The final kinds: nothing in them is undecided.
FINAL = frozenset({Revision.Kind.EDITED, Revision.Kind.ADOPTED})


class Confirmation(models.Model):
    """A note bracket or a blank of the text, from `lo` to `hi` of the words at `rev`, that the secretariat confirmed.

    It stands for these words alone: where the provision changes, it is confirmed anew.
    """

    class Form(models.TextChoices):
        NOTE = "note", "note in brackets"
        BLANK = "blank", "blank left to be completed"

    provision = models.ForeignKey(Provision, models.CASCADE, related_name="confirmations")
    rev = models.PositiveIntegerField()
    lo = models.PositiveIntegerField()
    hi = models.PositiveIntegerField()
    form = models.CharField(max_length=5, choices=Form.choices)
    words = models.CharField(max_length=400)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="confirmations")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provision", "rev", "lo"], name="place_confirmed_once_as_it_stands")
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()} in {self.provision}"


class Rectification(models.Model):
    """A correction of an issued text, which stays as it was issued: this stands beside it.

    `body` is the canonical JSON that `digest` (SHA-256, 64 hex digits) was taken of; its shape is in
    `queries.rectifications.Body`.
    """

    class Form(models.TextChoices):
        CORRIGENDUM = "corrigendum", "corrigendum"
        REISSUE = "reissue", "re-issue for technical reasons"
        PROCES_VERBAL = "proces-verbal", "procès-verbal of rectification"

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="rectifications")
    form = models.CharField(max_length=14, choices=Form.choices)
    number = models.PositiveIntegerField(help_text="Among those of its form for one issued text, from 1.")
    symbol = models.CharField(max_length=110)
    body = models.TextField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="rectified")
    issued = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["revision", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["revision", "form", "number"], name="rectification_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.symbol} ({self.get_form_display()})"


class Preparation(models.Model):
    """The kind of revision the chair prepares: it limits what may be decided until that revision is issued."""

    text = models.OneToOneField(NegotiatingText, models.CASCADE, related_name="preparation")
    kind = models.CharField(max_length=12, choices=Revision.Kind.choices)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.get_kind_display()
