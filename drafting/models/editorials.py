"""Editorial changes: a list apart from substance, under the secretariat's mandate, each with a time to object."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from delegations.models import Conference, Delegation, Seat
from drafting.models.amendments import Amendment
from drafting.models.documents import NegotiatingText, Provision
from drafting.models.texts import BaseText


class EditorialTime(models.Model):
    """How long delegations have to object to an editorial change, in hours, where the conference set it."""

    conference = models.OneToOneField(Conference, models.CASCADE, related_name="editorial_time")
    hours = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.hours} hours to object at {self.conference}"


class EditorialChange(models.Model):
    """Words the secretariat corrects of its own motion, unless a delegation objects until `closes`.

    `undo` holds the inverse steps and the labels as they were; `amendment` is what an objected one returned as.
    """

    class Kind(models.TextChoices):
        SPELLING = "spelling", "spelling"
        PUNCTUATION = "punctuation", "punctuation"
        NUMBERING = "numbering", "numbering"
        REFERENCE = "reference", "cross-reference"
        TERM = "term", "consistency of terms"
        MANIFEST = "manifest", "manifest error"

    class State(models.TextChoices):
        PROPOSED = "proposed", "open to objection"
        APPLIED = "applied", "in the text"
        OBJECTED = "objected", "objected to"
        WITHDRAWN = "withdrawn", "withdrawn"
        OVERTAKEN = "overtaken", "overtaken: the words changed meanwhile"
        UNDONE = "undone", "taken back"

    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="editorials")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reason = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="editorials")
    at = models.DateTimeField()
    closes = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    seq = models.BigIntegerField(null=True, blank=True, help_text="The floor's row it was made by.")
    undo = models.JSONField(default=dict)
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, blank=True, related_name="objected_to", help_text="Who objected."
    )
    objection = models.CharField(max_length=400, blank=True)
    withheld = models.BooleanField(default=False, help_text="Whether names were hidden when it was objected to.")
    amendment = models.ForeignKey(Amendment, models.PROTECT, null=True, blank=True, related_name="editorials")

    class Meta:
        ordering: ClassVar = ["text", "-pk"]

    def __str__(self) -> str:
        return f"editorial change {self.pk} ({self.get_kind_display()})"


class EditorialPlace(models.Model):
    """One place of an editorial change: `struck`, from `lo` to `hi` (code points) of the `base` words, gives way."""

    change = models.ForeignKey(EditorialChange, models.CASCADE, related_name="places")
    provision = models.ForeignKey(Provision, models.CASCADE, related_name="editorial_places")
    rev = models.PositiveIntegerField(help_text="Of the words, as they were sent round.")
    base = models.ForeignKey(BaseText, models.PROTECT, related_name="+")
    lo = models.PositiveIntegerField()
    hi = models.PositiveIntegerField()
    struck = models.TextField(blank=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["provision__order", "lo"]

    def __str__(self) -> str:
        return f"{self.provision}: {self.struck} → {self.words}"
