"""The list of editorial changes: sent by the secretariat, objected to by delegations, made, withdrawn, taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from delegations.middleware import SeatedRequest
from delegations.models import Seat
from drafting.forms import editorials as forms
from drafting.forms.editorials import EditorialForm, HoursForm
from drafting.models import NegotiatingText
from drafting.queries import editorials as sent
from drafting.queries import mastheads
from drafting.services import corrections, editorials, objections
from drafting.text.errors import RollingTextError
from drafting.views import doors
from drafting.views.desk import UnknownChoice


def listed(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Lists the editorial changes of a text; sends one written by hand, or sets the time to object."""
    seat, negotiated = doors.text(request, conference, slug)
    sent.rows(seat, negotiated)
    form = EditorialForm(request.POST if "send" in request.POST else None, initial=request.GET.dict())
    hours = HoursForm(request.POST if "hours" in request.POST else None, initial={"hours": sent.hours(seat.conference)})
    context = {"form": form, "hours_form": hours}
    try:
        if form.is_bound and form.is_valid():
            editorials.propose(seat, negotiated, [form.correction(negotiated)])
            messages.success(request, "Sent to all delegations.")
            return redirect("editorials", conference, slug)
        if hours.is_bound and hours.is_valid():
            editorials.set_hours(seat, hours.cleaned_data["hours"])
            messages.success(request, "The time to object is set; what was sent before keeps its own.")
            return redirect("editorials", conference, slug)
    except RollingTextError as refused:
        page = _page(seat, negotiated) | context | {"refused": refused}
        return render(request, "drafting/editorials.html", page, status=refused.status)
    return render(request, "drafting/editorials.html", _page(seat, negotiated) | context)


@require_POST
def act(request: SeatedRequest, conference: str, slug: str, pk: int) -> HttpResponse:
    """Objects to a change, makes it when its time is over, withdraws it, or takes it back."""
    seat, negotiated = doors.text(request, conference, slug)
    row = sent.one(seat, negotiated, pk)
    match request.POST.get("do", ""):
        case "object":
            objections.object(seat, row, request.POST.get("reason", ""))
            returned = f"It is proposal {row.amendment.number} now." if row.amendment else "Agreed words stand."
            messages.success(request, f"You object: it is not made. {returned}")
        case "make":
            done = corrections.make(seat, row)
            messages.success(request, f"Editorial change {pk}: {done.get_state_display()}.")
        case "withdraw":
            editorials.withdraw(seat, row)
            messages.success(request, f"Editorial change {pk} is withdrawn.")
        case "undo":
            corrections.undo(seat, row)
            messages.success(request, f"Editorial change {pk} is taken back.")
        case _:
            raise UnknownChoice("Object, make, withdraw or take back.")
    return redirect("editorials", conference, slug)


@require_POST
def send(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Sends the findings of a page: the one whose button was pressed, or all that are ticked, each by itself."""
    seat, negotiated = doors.text(request, conference, slug)
    chosen = request.POST.getlist("one") or request.POST.getlist("ticked")
    if not chosen:
        raise UnknownChoice("Tick what is to be corrected.")
    wanted = [forms.correction(negotiated, forms.printed(one)) for one in chosen]
    made = editorials.propose(seat, negotiated, wanted)
    until = f"delegations may object until {mastheads.dated(negotiated, made[0].closes)}"
    messages.success(request, f"{len(made)} editorial change{'s' if len(made) > 1 else ''} sent: {until}.")
    back = request.POST.get("back", "")
    return redirect(back if back in ("scrub", "editorials") else "scrub", conference, slug)


def _page(seat: Seat, negotiated: NegotiatingText) -> dict[str, Any]:
    rows = sent.listed(seat, negotiated)
    return {
        "negotiated": negotiated,
        "place": "documents",
        "waiting": [row for row in rows if row.state == "proposed"],
        "done": [row for row in rows if row.state != "proposed"],
        "hours": sent.hours(negotiated.conference),
    }
