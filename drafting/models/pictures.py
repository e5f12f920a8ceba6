"""What belongs to the chair's pictures: who else sees them, and which conversations of two were held."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from delegations.models import Delegation, Seat
from drafting.models.documents import NegotiatingText


class Viewer(models.Model):
    """A seat that the chair lets see the pictures of a text."""

    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="viewers")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="views")
    by = models.ForeignKey(Seat, models.PROTECT, related_name="views_given")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["text", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["text", "seat"], name="viewer_once_per_text")]

    def __str__(self) -> str:
        return f"{self.seat} sees {self.text}"


class Bilateral(models.Model):
    """A conversation held between two delegations; between whom and about what only who sees the pictures reads."""

    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="bilaterals")
    parties = models.ManyToManyField(Delegation, related_name="bilaterals")
    about = models.CharField(max_length=400)
    held = models.DateTimeField()
    by = models.ForeignKey(Seat, models.PROTECT, related_name="bilaterals_noted")

    class Meta:
        ordering: ClassVar = ["text", "-held", "-pk"]

    def __str__(self) -> str:
        return self.about[:60]
