"""What surrounds issuing a revision: the loss report read before, what becomes of proposals not reflected after."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from delegations.models import Seat
from drafting.models.documents import NegotiatingText
from drafting.models.revisions import Revision


class LossReading(models.Model):
    """Who of the bureau read the loss report, when, and which one: its digest (SHA-256, 64 hex digits)."""

    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="loss_readings")
    by = models.ForeignKey(Seat, models.PROTECT, related_name="loss_readings")
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["text", "-pk"]

    def __str__(self) -> str:
        return f"{self.by}, {self.at:%H:%M}"


class Unreflected(models.Model):
    """What becomes of proposals that the next basis does not reflect; without a row they stay open."""

    class Policy(models.TextChoices):
        STAY = "stay", "stay open"
        LAPSE = "lapse", "lapse with the basis"
        WITHDRAW = "withdraw", "are withdrawn"

    text = models.OneToOneField(NegotiatingText, models.CASCADE, related_name="unreflected")
    policy = models.CharField(max_length=8, choices=Policy.choices, default=Policy.STAY)
    forum = models.CharField(max_length=120, blank=True, help_text="Where the conference adopted it, and when.")
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.get_policy_display()


class Lapse(models.Model):
    """The proposals a new basis does not reflect, by id, and how far the policy has been applied to them.

    `waiting` shrinks from its head as `applied` grows, so that a job taken up again goes on where the last one stopped.
    """

    revision = models.OneToOneField(Revision, models.CASCADE, related_name="lapse")
    policy = models.CharField(max_length=8, choices=Unreflected.Policy.choices)
    waiting = models.JSONField(default=list)
    applied = models.JSONField(default=list)
    revived = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.revision}: {len(self.applied)} {self.get_policy_display()}"
