"""Brackets as rows: pairs anchored to their own two characters, groups of alternatives, anomalies of an import."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from drafting.models.documents import NegotiatingText
from drafting.models.texts import WorkingText
from drafting.text import addresses


class AlternativeGroup(models.Model):
    """A set of pairs of which exactly one survives; never inferred from adjacency, confirmed by a person."""

    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="groups")
    confirmed = models.BooleanField(default=False)
    sure = models.CharField(
        max_length=10, blank=True, help_text="adjacent, spaced or baseline: how an import found it."
    )
    baseline_text = models.ForeignKey(WorkingText, models.PROTECT, null=True, blank=True, related_name="+")
    baseline_start = models.PositiveIntegerField(null=True, blank=True)
    baseline_end = models.PositiveIntegerField(null=True, blank=True)
    no_text = models.BooleanField(default=False, help_text="Whether keeping none of them is one of the choices.")
    closed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"group {self.pk}"


class Bracket(models.Model):
    """One `[` and one `]`, in any two provisions. `number` restarts in each article and is never used again.

    Offsets are code points in the two texts at their present `rev`; every act that edits a text carries them along.
    """

    class Kind(models.TextChoices):
        DISPUTED = "disputed", "disputed"
        INSERTION = "insertion", "insertion"
        ALTERNATIVE = "alternative", "alternative"
        PLACEHOLDER = "placeholder", "placeholder"
        WHOLE = "whole", "whole text"
        NOTE = "note", "note (not negotiated)"

    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="brackets")
    article = models.CharField(max_length=80, blank=True)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.DISPUTED)
    start_text = models.ForeignKey(WorkingText, models.PROTECT, related_name="brackets_opened")
    start_offset = models.PositiveIntegerField()
    end_text = models.ForeignKey(WorkingText, models.PROTECT, related_name="brackets_closed")
    end_offset = models.PositiveIntegerField()
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    group = models.ForeignKey(AlternativeGroup, models.SET_NULL, null=True, blank=True, related_name="brackets")
    holders_known = models.BooleanField(
        default=True, help_text="False for a bracket an import brought: unknown stays unknown."
    )
    closed = models.BooleanField(
        default=False, help_text="Lifted or dropped; the row stays for what was said about it."
    )

    class Meta:
        ordering: ClassVar = ["text", "article", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "article", "number"], name="bracket_number_once_per_article")
        ]

    def __str__(self) -> str:
        return (
            f"{addresses.say_article(self.article)}, bracket {self.number}"
            if self.article
            else f"bracket {self.number}"
        )


class ImportAnomaly(models.Model):
    """A bracket of an imported text without its partner: named, shown, never increased."""

    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="anomalies")
    words = models.ForeignKey(WorkingText, models.PROTECT, related_name="anomalies")
    offset = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=[("unclosed", "unclosed"), ("stray", "stray")])
    suggestion = models.CharField(max_length=400)
    mended = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "import anomalies"

    def __str__(self) -> str:
        return f"{self.kind} at {self.offset}"
