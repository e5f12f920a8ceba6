"""Where delegations stand: one row per delegation, stance and thing stood on. Nothing is inferred."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from delegations.models import Delegation, Seat
from drafting.models.amendments import AmendmentVersion
from drafting.models.brackets import Bracket
from drafting.models.documents import NegotiatingText, Provision


class Stance(models.TextChoices):
    """What a delegation says of a bracket, an option or an amendment's version, in the floor's words."""

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


class Option(models.Model):
    """An option somebody stood on: named as the text calls it ("Option 2"), in the provision that opens it.

    Options are read from the words (`drafting.text.choices`); where they no longer name it so, it stands no more.
    """

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="options")
    name = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provision", "name"], name="one_option_per_name_in_a_provision"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """What the floor calls it: "9.2, Option 1", or "9, option 1" where it is a provision of its own."""
        return str(self.provision) if self.provision.label == self.name else f"{self.provision}, {self.name}"


class Position(models.Model):
    """One delegation's stance on one bracket, one version or one option; the row is gone when it lets go.

    On an option, `words` is the print of those it was taken on (`choices.Choice.print`): others make it stale.
    """

    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="positions")
    bracket = models.ForeignKey(Bracket, models.CASCADE, null=True, blank=True, related_name="positions")
    version = models.ForeignKey(AmendmentVersion, models.CASCADE, null=True, blank=True, related_name="positions")
    option = models.ForeignKey(Option, models.CASCADE, null=True, blank=True, related_name="positions")
    words = models.CharField(max_length=16, blank=True)
    stance = models.CharField(max_length=14, choices=Stance.choices)
    stale = models.BooleanField(default=False, help_text="The words inside changed; to be confirmed.")
    recorder = models.ForeignKey(Seat, models.PROTECT, related_name="positions_recorded")
    from_the_floor = models.BooleanField(default=False)
    taken = models.DateTimeField()
    withheld = models.BooleanField(default=False, help_text="Taken while names were hidden: they stay hidden.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(bracket__isnull=False, version__isnull=True, option__isnull=True)
                | models.Q(bracket__isnull=True, version__isnull=False, option__isnull=True)
                | models.Q(bracket__isnull=True, version__isnull=True, option__isnull=False),
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
            models.UniqueConstraint(
                fields=["delegation", "option"],
                name="one_stance_per_delegation_and_option",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegation} {self.get_stance_display()}"


class Reserve(models.Model):
    """A reserve on words, a provision, a chapter or the whole text, until it is lifted.

    On words it quotes them as they stood: where they no longer stand there it is stale.
    """

    class Scope(models.TextChoices):
        WORDS = "words", "on words"
        PROVISION = "provision", "on the provision"
        CHAPTER = "chapter", "on the chapter"
        TEXT = "text", "on the whole text"

    class Kind(models.TextChoices):
        GENERAL = "general", "reserve"
        SCRUTINY = "scrutiny", "scrutiny reserve"
        PARLIAMENTARY = "parliamentary", "parliamentary reserve"
        LINGUISTIC = "linguistic", "linguistic reserve"

    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="reserves")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="reserves")
    scope = models.CharField(max_length=10, choices=Scope.choices)
    kind = models.CharField(max_length=14, choices=Kind.choices, default=Kind.GENERAL)
    provision = models.ForeignKey(Provision, models.PROTECT, null=True, blank=True, related_name="reserves")
    words = models.CharField(max_length=400, blank=True)
    recorder = models.ForeignKey(Seat, models.PROTECT, related_name="reserves_recorded")
    from_the_floor = models.BooleanField(default=False)
    withheld = models.BooleanField(default=False)
    taken = models.DateTimeField()
    lifted = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.delegation}: {self.get_kind_display()} {self.get_scope_display()}"


class Endorsement(models.Model):
    """What a member says, inside its group, of a stance the group takes: it endorses it, or opts out.

    `stance` is what the group said then (a stance, or its part among the sponsors): of another one nothing is said yet.
    An opt-out changes nothing on the floor until the member takes a stance of its own there.
    """

    group = models.ForeignKey(Delegation, models.PROTECT, related_name="endorsements_of_group")
    member = models.ForeignKey(Delegation, models.PROTECT, related_name="endorsements")
    bracket = models.ForeignKey(Bracket, models.CASCADE, null=True, blank=True, related_name="endorsements")
    version = models.ForeignKey(AmendmentVersion, models.CASCADE, null=True, blank=True, related_name="endorsements")
    option = models.ForeignKey(Option, models.CASCADE, null=True, blank=True, related_name="endorsements")
    stance = models.CharField(max_length=14)
    endorses = models.BooleanField(default=True)
    said = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(bracket__isnull=False, version__isnull=True, option__isnull=True)
                | models.Q(bracket__isnull=True, version__isnull=False, option__isnull=True)
                | models.Q(bracket__isnull=True, version__isnull=True, option__isnull=False),
                name="endorsement_of_exactly_one_thing",
            ),
            models.UniqueConstraint(fields=["group", "member", "bracket"], name="one_endorsement_of_a_bracket"),
            models.UniqueConstraint(fields=["group", "member", "version"], name="one_endorsement_of_a_version"),
            models.UniqueConstraint(fields=["group", "member", "option"], name="one_endorsement_of_an_option"),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.group}"
