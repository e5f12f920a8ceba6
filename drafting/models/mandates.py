"""Who works on which part of a text for the chair: facilitators and co-chairs, until the mandate ends."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from delegations.models import Seat
from drafting.models.documents import NegotiatingText, Provision


class Mandate(models.Model):
    """A facilitator's seat over some provisions with all that stands under them, an article or a chapter each."""

    class Title(models.TextChoices):
        FACILITATOR = "facilitator", "facilitator"
        CO_FACILITATOR = "co-facilitator", "co-facilitator"
        CO_CHAIR = "co-chair", "co-chair"

    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="mandates")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="mandates")
    title = models.CharField(max_length=14, choices=Title.choices, default=Title.FACILITATOR)
    places = models.ManyToManyField(Provision, related_name="mandates")
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    given = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["text", "pk"]

    def __str__(self) -> str:
        return f"{self.seat.user.get_full_name() or self.seat.user.username}, {self.get_title_display()}"
