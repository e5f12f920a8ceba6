"""WHO takes part: people, conferences, delegations of every kind, groups and seats.

What they negotiate lives in `drafting`, which this package never imports.
"""

from __future__ import annotations

from typing import ClassVar

from babel import Locale, UnknownLocaleError
from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from delegations import names
from delegations.roles import DUTIES, OFFICES, RIGHTS, Right, Role

#: The six official languages, in the order in which the United Nations lists them.
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


class User(AbstractUser):
    """A person who signs in. What they may do hangs on their seats, never on the person."""


class Conference(models.Model):
    """One conference with its rules; every object belongs to exactly one."""

    slug = models.SlugField(unique=True, max_length=60, validators=[names.refuse_reserved])
    name = models.CharField(max_length=200)
    organ = models.CharField(max_length=200, blank=True)
    session = models.CharField(max_length=200, blank=True)
    timezone = models.CharField(
        max_length=60,
        default="UTC",
        validators=[names.refuse_unknown_zone],
        help_text=_("The clock of its rooms, such as Africa/Nairobi; pages and documents print times on it."),
    )
    attribution_shown = models.BooleanField(
        default=True, help_text=_("Whether delegations see who proposes, holds and opposes.")
    )
    additions_bracketed = models.BooleanField(
        default=True, help_text=_("Whether an addition recorded from the floor starts in brackets.")
    )
    unopposed_go_in = models.BooleanField(
        default=False, help_text=_("Whether proposals that nobody opposes may go in without a decision on each.")
    )
    delegations_bracket = models.BooleanField(
        default=False, help_text=_("Whether a delegation puts brackets of its own, besides whoever holds the pen.")
    )
    counts_in_triage = models.BooleanField(
        default=True, help_text=_("Whether triage may show how many delegations are for and against.")
    )
    room_listed = models.BooleanField(
        default=False, help_text=_("Whether the secretariat sees whose browsers are connected.")
    )
    is_demo = models.BooleanField(default=False, help_text=_("A fictional conference with one-click seats."))

    class Meta:
        ordering: ClassVar = ["slug"]

    def __str__(self) -> str:
        return self.name


class Delegation(models.Model):
    """A participant in its own right: a State, an organisation, or a group speaking for its members."""

    class Kind(models.TextChoices):
        STATE = "state", _("State")
        OBSERVER_STATE = "observer-state", _("Observer State")
        REGIONAL = "regional", _("Regional economic integration organisation")
        GROUP = "group", _("Group")
        INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organisation")
        OTHER = "other", _("Other participant")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="delegations")
    code = models.CharField(max_length=12, validators=[RegexValidator(r"^[A-Z0-9][A-Z0-9-]*$")])
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.STATE)
    territory = models.CharField(max_length=2, blank=True, help_text=_("ISO 3166-1 alpha-2; names follow from it."))
    names = models.JSONField(default=dict, blank=True, help_text=_("Names by language where ISO has none."))
    signs_off = models.BooleanField(
        default=False, help_text=_("Whether its head signs proposals off before they reach the floor.")
    )

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conference", "code"], name="delegation_code_once_per_conference")
        ]

    def __str__(self) -> str:
        return self.code

    def name(self, language: str = "en") -> str:
        """Return the name in `language` (one of `LANGUAGES`), from ISO data through CLDR, else as registered."""
        given = self.names.get(language) or self.names.get("en")
        if given:
            return str(given)
        try:
            territories = Locale.parse(language.replace("-", "_")).territories
        except (UnknownLocaleError, ValueError):
            territories = Locale.parse("en").territories
        return str(territories.get(self.territory, self.code))


class GroupMembership(models.Model):
    """A delegation's membership in a group; opt-in, and a group may have groups as members."""

    group = models.ForeignKey(Delegation, models.CASCADE, related_name="memberships_of_group")
    member = models.ForeignKey(Delegation, models.CASCADE, related_name="memberships")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "member"], name="member_once_per_group"),
            models.CheckConstraint(condition=~Q(group=models.F("member")), name="no_group_in_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.group}"


class Seat(models.Model):
    """One person in one role: for a delegation, or in an office that belongs to none."""

    user = models.ForeignKey(User, models.CASCADE, related_name="seats")
    conference = models.ForeignKey(Conference, models.CASCADE, related_name="seats")
    delegation = models.ForeignKey(Delegation, models.CASCADE, null=True, blank=True, related_name="seats")
    role = models.CharField(max_length=20, choices=Role.choices)
    active = models.BooleanField(default=True, help_text=_("An inactive seat reads and does nothing."))

    class Meta:
        ordering: ClassVar = ["conference", "role", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role__in=sorted(OFFICES), delegation__isnull=True)
                | Q(delegation__isnull=False) & ~Q(role__in=sorted(OFFICES)),
                name="offices_belong_to_no_delegation",
            ),
            models.UniqueConstraint(fields=["user", "conference", "delegation", "role"], name="delegation_seat_once"),
            models.UniqueConstraint(
                fields=["user", "conference", "role"], condition=Q(delegation__isnull=True), name="office_seat_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.delegation.code}" if self.delegation else str(self.get_role_display())

    @property
    def duty(self) -> str:
        """What somebody on this seat does, in a sentence."""
        return DUTIES[self.role]

    def may(self, right: Right) -> bool:
        """Tell whether this seat has `right` at all; on which object, `drafting.access` decides."""
        return self.active and right in RIGHTS[self.role]


class Attendance(models.Model):
    """When a seat's browser was last known to be connected; kept only while the conference lists who is in the room."""

    seat = models.OneToOneField(Seat, models.CASCADE, related_name="attendance")
    seen = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.seat}, {self.seen:%H:%M}"
