"""Pen sessions: who typed in the room, for whom, from when to when; and to whom the chair handed the pen."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from delegations.models import Delegation, Seat
from drafting.models.amendments import Amendment
from drafting.models.documents import Provision


class Pen(models.Model):
    """One session of typing on one provision, always for someone."""

    class For(models.TextChoices):
        DELEGATION = "delegation", "a delegation"
        CHAIR = "chair", "the chair"
        ROOM = "room", "the room"
        EDITORIAL = "editorial", "editorial"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="pens")
    typist = models.ForeignKey(Seat, models.PROTECT, related_name="pens")
    authority = models.CharField(max_length=10, choices=For.choices)
    speakers = models.ManyToManyField(Delegation, related_name="spoken_for", blank=True)
    amendment = models.ForeignKey(Amendment, models.PROTECT, null=True, blank=True, related_name="pens")
    opened = models.DateTimeField()
    closed = models.DateTimeField(null=True, blank=True)

    class Meta:
        # Every keystroke asks who holds the pen and every second who rests, beside thousands that are closed.
        indexes: ClassVar = [
            models.Index(fields=["typist", "provision"], name="open_pens", condition=models.Q(closed__isnull=True))
        ]

    def __str__(self) -> str:
        return f"pen on {self.provision}"


class Handover(models.Model):
    """The pen of one provision in the hands of a delegation, by the chair's leave, until it is taken back."""

    provision = models.ForeignKey(Provision, models.CASCADE, related_name="handovers")
    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="handovers")
    by = models.ForeignKey(Seat, models.PROTECT, related_name="handed_over")
    given = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provision", "delegation"],
                condition=models.Q(ended__isnull=True),
                name="pen_handed_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"pen of {self.provision} with {self.delegation}"
