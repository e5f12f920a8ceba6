"""Where delegations stand: one row per delegation, stance and thing stood on. Nothing is inferred."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from delegations.models import Delegation, Seat
from drafting.models.amendments import AmendmentVersion
from drafting.models.brackets import Bracket


class Stance(models.TextChoices):
    """What a delegation says of a bracket or of an amendment's version, in the floor's words."""

    PROPOSE = "propose", "proposes"
    SUPPORT = "support", "supports"
    RETAIN = "retain", "retains"
    DELETE = "delete", "wants it deleted"
    OPPOSE = "oppose", "opposes"
    RESERVE = "reserve", "reserves"
    CAN_LIVE_WITH = "can-live-with", "can live with it"
    CANNOT_ACCEPT = "cannot-accept", "cannot accept it"


#: To hold a bracket is to propose or to retain it.
HOLDING = frozenset({Stance.PROPOSE, Stance.RETAIN})


class Position(models.Model):
    """One delegation's stance on one bracket or one version; `lifted` keeps the row when it lets go."""

    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="positions")
    bracket = models.ForeignKey(Bracket, models.CASCADE, null=True, blank=True, related_name="positions")
    version = models.ForeignKey(AmendmentVersion, models.CASCADE, null=True, blank=True, related_name="positions")
    stance = models.CharField(max_length=14, choices=Stance.choices)
    stale = models.BooleanField(default=False, help_text="The words inside changed; to be confirmed.")
    recorder = models.ForeignKey(Seat, models.PROTECT, related_name="positions_recorded")
    from_the_floor = models.BooleanField(default=False)
    taken = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(bracket__isnull=False, version__isnull=True)
                | models.Q(bracket__isnull=True, version__isnull=False),
                name="position_on_exactly_one_thing",
            ),
            models.UniqueConstraint(
                fields=["delegation", "bracket"],
                name="one_stance_per_delegation_and_bracket",
            ),
            models.UniqueConstraint(
                fields=["delegation", "version"],
                name="one_stance_per_delegation_and_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegation} {self.get_stance_display()}"
