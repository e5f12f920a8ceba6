"""Proposed changes: drafts nobody else sees, amendments with their versions, and the hunks they are decided by."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from delegations.models import Delegation, Seat
from drafting.models.documents import NegotiatingText, Provision
from drafting.models.journal import Stream
from drafting.models.texts import BaseText, WorkingText
from drafting.text import addresses


class Draft(models.Model):
    """A delegation's private draft of an amendment, in a stream of its own; its very existence is a secret.

    It spans one provision or several (`parts`); submitted, it is one amendment.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stream = models.OneToOneField(Stream, models.PROTECT, related_name="draft")
    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="drafts")
    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="drafts")
    op = models.CharField(max_length=12, default="replace", help_text="As of the amendment it becomes.")
    is_one = models.BooleanField(default=False, help_text="Whether all it changes is decided together.")
    language = models.CharField(max_length=7, blank=True, help_text="Of its words, where it is not the text's.")
    rationale = models.TextField(blank=True)
    created = models.DateTimeField(auto_now_add=True)
    submitted = models.BooleanField(default=False)
    invited = models.ManyToManyField(
        Delegation, related_name="invited_to", blank=True, help_text="Who may read and type in it besides its own."
    )
    asked = models.BooleanField(default=False, help_text="Waits for the head of delegation to sign it off.")

    def __str__(self) -> str:
        return f"draft on {addresses.say_all(self.addresses)}"

    @property
    def addresses(self) -> list[str]:
        """The provisions it changes or comes after, in the order of the text."""
        return list(dict.fromkeys(part.provision.address for part in self.parts.all()))


class DraftPart(models.Model):
    """What a draft would have one provision say, or a new one after it; `base` are the words it was begun with.

    Outside it is named by its text: a number would tell how many parts others have begun. Its base is its own, since
    whoever lodges an amendment on the same words would wait for a draft being stored to end.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="parts")
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="drafted")
    inserts_after = models.BooleanField(default=False, help_text="Proposes a new provision after this one.")
    base = models.TextField(blank=True)
    words = models.OneToOneField(WorkingText, models.PROTECT, related_name="drafted")

    class Meta:
        ordering: ClassVar = ["provision__order", "inserts_after", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draft", "provision"],
                condition=models.Q(inserts_after=False),
                name="provision_changed_once_per_draft",
            )
        ]

    def __str__(self) -> str:
        return f"draft on {self.provision}"


class Amendment(models.Model):
    """A proposal on the floor. Authors as lodged never change; who typed it stands apart (`recorder`)."""

    class State(models.TextChoices):
        OPEN = "open", "open"
        DECIDED = "decided", "decided"
        FLAGGED = "flagged", "to be confirmed by its sponsor"
        WITHDRAWN = "withdrawn", "withdrawn"
        LAPSED = "lapsed", "lapsed with its basis"
        AWAITING = "awaiting", "awaiting translation"
        NOTED = "noted", "noted"
        JOINED = "joined", "joined again with the one it was split from"

    class Op(models.TextChoices):
        """What it would do; the last three have no words to decide."""

        REPLACE = "replace", "change of words"
        INSERT = "insert", "insertion"
        DELETE = "delete", "deletion"
        MOVE = "move", "move"
        MERGE = "merge", "merger"
        SPLIT = "split", "division"
        RETITLE = "retitle", "new title"
        ALTERNATIVE = "alternative", "alternative"
        THROUGHOUT = "throughout", "change throughout"
        PREFER = "prefer", "preference"
        TO_DECISION = "to-decision", "move to the decision"
        COMMENT = "comment", "general comment"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="amendments")
    number = models.PositiveIntegerField(help_text="Its number on the floor, given at submission.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    rationale = models.TextField(blank=True)
    recorder = models.ForeignKey(Seat, models.PROTECT, related_name="recorded")
    from_the_floor = models.BooleanField(default=False, help_text="Typed by a pen-holder for whoever spoke.")
    lodged = models.DateTimeField()
    base_seq = models.BigIntegerField(help_text="The floor's seq the proposal was written against.")
    op = models.CharField(max_length=12, choices=Op.choices, default=Op.REPLACE)
    about = models.ForeignKey(
        Provision, models.PROTECT, null=True, blank=True, related_name="remarks", help_text="What a remark is about."
    )
    late = models.BooleanField(default=False, help_text="Lodged after the deadline, as the chair allowed.")
    confirmed = models.BooleanField(default=True, help_text="False until its owner confirms what was recorded for it.")
    sponsors_open = models.BooleanField(default=True, help_text="Whether anybody may join its sponsors uninvited.")
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="rivals", help_text="What it would have amended."
    )

    class Meta:
        ordering: ClassVar = ["text", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "number"], name="amendment_number_once_per_text")
        ]

    def __str__(self) -> str:
        return f"amendment {self.number}"


class AmendmentVersion(models.Model):
    """One wording of an amendment; sponsors and stances stand on a version, a new one needs consent anew.

    What another delegation offers to an amendment is a version too, with no hunks until the sponsor takes it.
    """

    class Answer(models.TextChoices):
        NONE = "", "a version of the sponsors"
        OFFERED = "offered", "offered to the sponsors"
        TAKEN = "taken", "taken by the sponsors as friendly"
        DECLINED = "declined", "declined by the sponsors"
        STANDING = "standing", "stands as an amendment of its own"
        BACK = "back", "taken back"
        OVERTAKEN = "overtaken", "overtaken by the words that were taken"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="versions")
    ordinal = models.PositiveIntegerField(default=1)
    current = models.BooleanField(default=True)
    strength = models.SmallIntegerField(default=0, help_text="Change of normative force: negative weakens.")
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True, default=Answer.NONE)
    language = models.CharField(max_length=7, blank=True, help_text="Empty where it is in the text's own language.")
    note = models.TextField(blank=True, help_text="Why it was offered.")

    class Meta:
        ordering: ClassVar = ["amendment", "ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["amendment", "ordinal"], name="version_ordinal_once"),
            models.UniqueConstraint(fields=["amendment"], condition=models.Q(current=True), name="one_current_version"),
        ]

    def __str__(self) -> str:
        return f"{self.amendment}, version {self.ordinal}"


class ProposedText(models.Model):
    """The full words a version proposes for one provision, or for a new one after it; kept for ever."""

    version = models.ForeignKey(AmendmentVersion, models.CASCADE, related_name="texts")
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="proposed")
    inserts_after = models.BooleanField(default=False)
    base = models.ForeignKey(BaseText, models.PROTECT, related_name="+")
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.words[:60]


class Sponsorship(models.Model):
    """Who stands behind a version: a sponsor as lodged, or a co-sponsor who joined."""

    class Role(models.TextChoices):
        SPONSOR = "sponsor", "sponsor"
        COSPONSOR = "cosponsor", "co-sponsor"

    version = models.ForeignKey(AmendmentVersion, models.CASCADE, related_name="sponsorships")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="sponsorships")
    role = models.CharField(max_length=10, choices=Role.choices)
    withdrawn = models.BooleanField(default=False)
    withheld = models.BooleanField(default=False, help_text="Joined while names were hidden: they stay hidden.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "delegation"], name="one_sponsorship_per_delegation")
        ]

    def __str__(self) -> str:
        return f"{self.delegation}: {self.role}"


class Invitation(models.Model):
    """A delegation asked to co-sponsor a version; known to the sponsors and to the delegation asked."""

    version = models.ForeignKey(AmendmentVersion, models.CASCADE, related_name="invitations")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="invitations")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "delegation"], name="one_invitation_per_delegation")
        ]

    def __str__(self) -> str:
        return f"{self.delegation} invited to {self.version}"


class Hunk(models.Model):
    """One edit of one version on one provision, or one place for a new provision (`inserts_after`).

    `lo` and `hi` are code points in the provision's words at their present rev while the outcome is open; decided
    hunks keep the range they had. Hunks of one `atom` are decided together.
    """

    class Outcome(models.TextChoices):
        OPEN = "open", "open"
        ACCEPTED = "accepted", "in text"
        DONE = "done", "in text already"
        BRACKETED = "bracketed", "bracketed"
        BRIDGED = "bridged", "bridged"
        DROPPED = "dropped", "dropped"
        FLAGGED = "flagged", "flagged"

    version = models.ForeignKey(AmendmentVersion, models.CASCADE, related_name="hunks")
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="hunks")
    index = models.PositiveIntegerField(help_text="Counts a version's hunks from 1, in the order of the text.")
    atom = models.PositiveIntegerField(default=0, help_text="Hunks of a version with one non-zero atom go together.")
    inserts_after = models.BooleanField(default=False)
    lo = models.PositiveIntegerField()
    hi = models.PositiveIntegerField()
    struck = models.TextField(blank=True, help_text="The words it takes out, as lodged.")
    words = models.TextField(blank=True)
    verdict = models.CharField(
        max_length=8, blank=True, help_text="retain, delete or pick where it only acts on brackets."
    )
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering: ClassVar = ["version", "index"]
        indexes: ClassVar = [models.Index(fields=["provision", "outcome"])]
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "index"], name="hunk_index_once")]

    def __str__(self) -> str:
        return f"hunk {self.index} of {self.version}"
