"""What the chair decided, on whose authority, and how to take it back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from delegations.models import Seat
from drafting.models.amendments import Hunk
from drafting.models.brackets import Bracket
from drafting.models.documents import NegotiatingText, Provision


class Decision(models.Model):
    """One act on hunks or pairs. `undo` holds the inverse steps and the rows as they were, for an exact return."""

    class Act(models.TextChoices):
        ACCEPT = "accept", "accept"
        BRACKET = "bracket", "bracket"
        KEEP = "keep", "keep the base"
        DROP_HUNK = "drop-hunk", "drop the proposal"
        BRIDGE = "bridge", "bridge with the chair's words"
        LIFT = "lift", "lift the brackets"
        DROP = "drop", "drop the words"
        PICK = "pick", "pick an alternative"
        MERGE = "merge", "merge into one wording"
        SPLIT = "split", "split a proposal"
        TAKE_OVER = "take-over", "take over from a file"

    class Authority(models.TextChoices):
        ROOM = "room", "agreed in the room"
        PROPOSER = "proposer", "withdrawn or accepted by the proposer"
        CHAIR = "chair", "chair's responsibility"
        EDITORIAL = "editorial", "editorial mandate"
        POLICY = "policy", "policy"

    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="decisions")
    act = models.CharField(max_length=10, choices=Act.choices)
    authority = models.CharField(max_length=10, choices=Authority.choices)
    reason = models.CharField(max_length=400, blank=True)
    forum = models.CharField(
        max_length=120, blank=True, help_text="Which room agreed, and when, as the chair names it."
    )
    batch = models.UUIDField(null=True, blank=True, db_index=True, help_text="Decisions of one act on many places.")
    by = models.ForeignKey(Seat, models.PROTECT, related_name="decisions")
    at = models.DateTimeField()
    seq = models.BigIntegerField(help_text="Its row in the floor's stream.")
    hunks = models.ManyToManyField(Hunk, related_name="decisions", blank=True)
    brackets = models.ManyToManyField(Bracket, related_name="decisions", blank=True)
    undo = models.JSONField(default=dict)
    undone = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["text", "seq"]

    def __str__(self) -> str:
        return f"{self.get_act_display()} ({self.get_authority_display()})"


class ShiftNote(models.Model):
    """What one shift of the bureau leaves to the next, about a part of the text or all of it; nobody else reads it."""

    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="shift_notes")
    by = models.ForeignKey(Seat, models.PROTECT, related_name="shift_notes")
    about = models.ForeignKey(Provision, models.PROTECT, null=True, blank=True, related_name="shift_notes")
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["text", "-at"]

    def __str__(self) -> str:
        return self.words[:60]
