"""What a conference adopted as its policies, when and where; what is in force now is on the conference itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from delegations.models import Conference, Seat


class Adoption(models.Model):
    """One policy switched on or off; `forum` is the room that adopted it and when, empty where the chair alone did."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="adoptions")
    policy = models.CharField(max_length=40, help_text="The field of the conference that it sets.")
    value = models.BooleanField()
    forum = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="adoptions")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["conference", "-pk"]

    def __str__(self) -> str:
        return f"{self.policy}: {self.value}"
