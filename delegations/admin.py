"""Administration of who takes part: people, conferences, delegations and their groups, for the site's own staff.

Seats are not here: giving and taking one is an act of a conference, journalled by `drafting.services.seats`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from delegations.models import Conference, Delegation, GroupMembership, User

if TYPE_CHECKING:
    ConferenceBase = admin.ModelAdmin[Conference]
    DelegationBase = admin.ModelAdmin[Delegation]
    MembershipBase = admin.ModelAdmin[GroupMembership]
    PeopleBase = UserAdmin[User]
else:  # the classes take no parameter while they run
    ConferenceBase = DelegationBase = MembershipBase = admin.ModelAdmin
    PeopleBase = UserAdmin


class Kept:
    """What is never deleted here: what it takes with it would be listed first, a delegation's private drafts among it.

    An account is closed by making it inactive.
    """

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody deletes."""
        return False


@admin.register(User)
class PeopleAdmin(Kept, PeopleBase):
    """Accounts."""


@admin.register(Conference)
class ConferenceAdmin(Kept, ConferenceBase):
    """Conferences and their policies."""

    list_display = ("slug", "name", "attribution_shown", "additions_bracketed")
    readonly_fields = ("room_listed",)  # the secretariat's act, and journalled


@admin.register(Delegation)
class DelegationAdmin(Kept, DelegationBase):
    """Delegations of every kind."""

    list_display = ("code", "kind", "conference")
    list_filter = ("conference", "kind")
    search_fields = ("code",)


@admin.register(GroupMembership)
class GroupMembershipAdmin(MembershipBase):
    """Who belongs to which group; opt-in."""

    list_display = ("group", "member")
    list_filter = ("group__conference",)
