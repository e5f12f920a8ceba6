"""Administration of who takes part: people, conferences, delegations and their groups, for the site's own staff.

Seats are not here: giving and taking one is an act of a conference, journalled by `drafting.services.seats`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from delegations.models import Conference, Delegation, GroupMembership, User

if TYPE_CHECKING:
    ConferenceBase = admin.ModelAdmin[Conference]
    DelegationBase = admin.ModelAdmin[Delegation]
    MembershipBase = admin.ModelAdmin[GroupMembership]
else:  # the class takes no parameter while it runs
    ConferenceBase = DelegationBase = MembershipBase = admin.ModelAdmin

admin.site.register(User, UserAdmin)


@admin.register(Conference)
class ConferenceAdmin(ConferenceBase):
    """Conferences and their policies."""

    list_display = ("slug", "name", "attribution_shown", "additions_bracketed")
    readonly_fields = ("room_listed",)  # the secretariat's act, and journalled


@admin.register(Delegation)
class DelegationAdmin(DelegationBase):
    """Delegations of every kind."""

    list_display = ("code", "kind", "conference")
    list_filter = ("conference", "kind")
    search_fields = ("code",)


@admin.register(GroupMembership)
class GroupMembershipAdmin(MembershipBase):
    """Who belongs to which group; opt-in."""

    list_display = ("group", "member")
    list_filter = ("group__conference",)
