"""Agreement over a provision or a run of words in it, and parking, which is none. Absence of brackets is not either."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from delegations.models import Conference, Delegation, Seat
from drafting.models.documents import Provision


class Ladder(models.Model):
    """The rungs of agreement of a conference, the lowest first; shape in `queries.ladders.Rung`."""

    conference = models.OneToOneField(Conference, models.CASCADE, related_name="ladder")
    rungs = models.JSONField()

    def __str__(self) -> str:
        return f"ladder of {self.conference}"


class Agreement(models.Model):
    """Words agreed at a level by a forum; `start` and `end` are code points, null for the whole provision.

    `level` is the key of a rung; its name, style and lock are copied here, and follow when the ladder changes.
    """

    class Level(models.TextChoices):
        """The rungs of a conference that set no ladder of its own."""

        AD_REF = "ad-ref", "agreed ad referendum"
        AGREED = "agreed", "agreed"

    provision = models.ForeignKey(Provision, models.CASCADE, related_name="agreements")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    level = models.CharField(max_length=40)
    name = models.CharField(max_length=40, default="agreed")
    style = models.CharField(max_length=8, default="agreed")
    locks = models.BooleanField(default=True)
    forum = models.CharField(max_length=120, help_text="Who agreed: the plenary, a working group, the room.")
    reached = models.DateTimeField()
    by = models.ForeignKey(Seat, models.PROTECT, related_name="gavelled")
    pending = models.ManyToManyField(Delegation, related_name="agreements_pending", blank=True)
    package = models.CharField(max_length=120, blank=True, help_text="Nothing agreed until all of this name are.")
    ended = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.provision}: {self.name}"


class Reopening(models.Model):
    """An agreement taken back, by whom and why."""

    agreement = models.OneToOneField(Agreement, models.CASCADE, related_name="reopening")
    by = models.ForeignKey(Seat, models.PROTECT, related_name="reopenings")
    reason = models.CharField(max_length=400)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.agreement} reopened"


class Parking(models.Model):
    """A provision put aside until something happens: no agreement, and nothing is locked."""

    provision = models.ForeignKey(Provision, models.CASCADE, related_name="parkings")
    until = models.CharField(max_length=120, help_text="Until when or what: Thursday, finance is done.")
    reason = models.CharField(max_length=400)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="parked")
    at = models.DateTimeField()
    lifted = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provision"], condition=models.Q(lifted=False), name="provision_parked_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.provision} parked until {self.until}"


class Asking(models.Model):
    """The question whether words are agreed, put to the room until `closes`; nobody's silence is written down."""

    provision = models.ForeignKey(Provision, models.CASCADE, related_name="askings")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    rev = models.PositiveIntegerField(help_text="Of the words, as the room was shown them.")
    level = models.CharField(max_length=40)
    forum = models.CharField(max_length=120)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="asked")
    at = models.DateTimeField()
    closes = models.DateTimeField()
    ended = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"agreed on {self.provision}?"


class Objection(models.Model):
    """A delegation's objection to what was asked, for the bureau to read."""

    asking = models.ForeignKey(Asking, models.CASCADE, related_name="objections")
    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="objections")
    by = models.ForeignKey(Seat, models.PROTECT, related_name="objections")
    reason = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["asking", "delegation"], name="objection_once_per_delegation")
        ]

    def __str__(self) -> str:
        return f"{self.delegation} objects: {self.asking}"
