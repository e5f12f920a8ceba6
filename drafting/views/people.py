"""Accreditation: who sits where, seats given and taken, members of groups, who is there. For the secretariat alone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from delegations.middleware import SeatedRequest
from delegations.models import Seat
from drafting.errors import NotFound
from drafting.forms.floor import EnrolForm, SeatForm
from drafting.queries import accreditations, attendances
from drafting.services import attendances as rooms
from drafting.services import invitations, seats
from drafting.text.errors import RollingTextError
from drafting.views import doors


def listed(request: SeatedRequest, conference: str) -> HttpResponse:
    """Shows who is accredited; gives a seat, takes one, enrols delegations in a group."""
    seat, row = doors.conference(request, conference)
    sought = request.GET.get("q", "")
    names = {found.delegation.code: found.name for found in accreditations.register(seat).delegations}
    give = SeatForm(names, request.POST if "give" in request.POST else None)
    enrol = EnrolForm(names, request.POST if "enrol" in request.POST else None, prefix="group")
    status, refused = (200 if request.method == "GET" else 422), None
    try:
        if said := _act(request, seat, give, enrol):
            messages.success(request, said)
            return redirect("people", conference)
    except RollingTextError as refusal:
        refused, status = refusal, refusal.status
    context: dict[str, Any] = {"conference": row, "place": "people", "sought": sought, "names": names}
    context |= {"register": accreditations.register(seat, sought), "give": give, "enrol": enrol, "refused": refused}
    return render(request, "drafting/people.html", context, status=status)


def room(request: SeatedRequest, conference: str) -> HttpResponse:
    """Shows whose browsers are connected, where the conference lists that; switches the list on and off."""
    seat, row = doors.conference(request, conference)
    if request.method == "POST":
        wanted = request.POST.get("listed") == "1"
        rooms.list_room(seat, wanted=wanted)
        said = (
            "The room is listed: its delegations read so on their home." if wanted else "The room is listed no longer."
        )
        messages.success(request, said)
        return redirect("room", conference)
    context = {"conference": row, "place": "people", "room": attendances.room(seat)}
    return render(request, "drafting/room.html", context)


def _act(request: SeatedRequest, seat: Seat, give: SeatForm, enrol: EnrolForm) -> str:
    """Do what a form asks for and say so; nothing where it is not filled in."""
    if "take" in request.POST:
        return _take(seat, request.POST["take"])
    if give.is_bound and give.is_valid():
        return _give(seat, give.cleaned_data)
    if enrol.is_bound and enrol.is_valid():
        group = accreditations.delegation(seat, enrol.cleaned_data["group"][0])
        members = [accreditations.delegation(seat, code) for code in enrol.cleaned_data["members"]]
        seats.enrol(seat, group, members)
        return f"{', '.join(map(str, members))} in {group}."
    return ""


def _give(seat: Seat, asked: dict[str, Any]) -> str:
    delegation = accreditations.delegation(seat, asked["delegation"][0]) if asked["delegation"] else None
    given, link, is_told = invitations.invite(seat, asked["called"], asked["role"], delegation, asked["name"])
    said = f"{given.user.get_full_name() or given.user.username} is seated: {given}."
    if is_told:
        return f"{said} We wrote to {given.user.email}."
    return f"{said} No mail went out: hand over this link, at which a password is set: {link}" if link else said


def _take(seat: Seat, asked: str) -> str:
    if not (asked.isascii() and asked.isdigit() and len(asked) < 16):
        raise NotFound("There is no such seat in this conference.")
    taken = accreditations.one(seat, int(asked))
    seats.take(seat, taken)
    return f"{taken.user.get_full_name() or taken.user.username} sits no longer as {taken}. What was done there stays."
