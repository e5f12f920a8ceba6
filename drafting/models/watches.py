"""How one seat follows a text: how far it has read, what it watches, when it wants a digest.

Private to the seat: no row of a journal tells of any of it.
"""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from delegations.models import Seat
from drafting.models.documents import NegotiatingText


class ReadMark(models.Model):
    """How far one seat had read the floor at a moment; the newest begins "since I last read"."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="read_marks")
    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="read_marks")
    seq = models.BigIntegerField(help_text="The floor's seq up to which the seat has read.")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["seat", "text", "-at"])]

    def __str__(self) -> str:
        return f"read to {self.seq}"


class Watch(models.Model):
    """One thing a seat watches in a text; `value` is an address, a word or a delegation's code."""

    class Kind(models.TextChoices):
        PROVISION = "provision", _("provision")
        ARTICLE = "article", _("article")
        WORD = "word", _("word")
        DELEGATION = "delegation", _("delegation")

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="watches")
    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="watches")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=100)

    class Meta:
        ordering: ClassVar = ["kind", "value"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["seat", "text", "kind", "value"], name="watched_once_per_seat")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class DigestOrder(models.Model):
    """That a seat wants a digest by e-mail, at a full hour of the conference's day; `sent_on` is the last such day."""

    seat = models.OneToOneField(Seat, models.CASCADE, related_name="digest_order")
    hour = models.PositiveSmallIntegerField(validators=[MaxValueValidator(23)])
    sent_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(hour__lte=23), name="a_day_has_24_hours"),
        ]

    def __str__(self) -> str:
        return f"digest at {self.hour}:00"
