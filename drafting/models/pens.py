"""Pen sessions: who typed in the room, for whom, from when to when."""

from __future__ import annotations

import uuid

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

    def __str__(self) -> str:
        return f"pen on {self.provision}"
