"""A consolidation: its input, its progress and its results, saved together or not at all."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from delegations.models import Seat
from drafting.models.documents import NegotiatingText


class Consolidation(models.Model):
    """One run over one snapshot. `fence` rises with every start: only the holder of the last one may save."""

    class State(models.TextChoices):
        QUEUED = "queued", "waiting for a worker"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"
        CANCELLED = "cancelled", "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="consolidations")
    by = models.ForeignKey(Seat, models.PROTECT, related_name="consolidations")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    requested = models.DateTimeField()
    beat = models.DateTimeField(null=True, help_text="When the worker last gave a sign of life.")
    fence = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0, help_text="Provisions worked through.")
    total = models.PositiveIntegerField(default=0)
    at_seq = models.BigIntegerField(default=0, help_text="The floor's seq of the snapshot.")
    input_hash = models.CharField(max_length=64, blank=True)
    failure = models.CharField(max_length=400, blank=True)
    results = models.JSONField(default=dict, help_text="bracketed, clean, gaps, trees, log, loss and figures.")

    class Meta:
        ordering: ClassVar = ["-requested"]
        get_latest_by = "requested"

    def __str__(self) -> str:
        return f"consolidation of {self.text}: {self.state}"


class Overnight(models.Model):
    """A standing order: consolidate a text once a day, at an hour of the conference's time zone."""

    text = models.OneToOneField(NegotiatingText, models.CASCADE, related_name="overnight")
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    hour = models.TimeField(help_text="On the conference's clock.")
    last = models.DateField(null=True, blank=True, help_text="The conference's day it last ran for.")

    def __str__(self) -> str:
        return f"{self.text} at {self.hour:%H:%M}"
