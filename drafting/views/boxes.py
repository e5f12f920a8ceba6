"""Notes and explanatory boxes of a text: the list with what is printed where, and what officers do about them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from delegations.middleware import SeatedRequest
from delegations.roles import Right
from drafting.errors import NotFound
from drafting.forms.boxes import AnnotationForm
from drafting.queries import access, mandates
from drafting.queries import boxes as noted
from drafting.services import boxes
from drafting.views import doors


def listed(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows the notes of a text; a POST sets a new one beside a provision, or looks for those in its words (`find`)."""
    seat, negotiated = doors.text(request, conference, slug)
    access.floor(seat, negotiated)
    form = AnnotationForm(request.POST if "words" in request.POST else None, initial={"at": request.GET.get("at", "")})
    if "find" in request.POST:
        count = boxes.find(seat, negotiated)
        messages.success(request, f"{count} found in the words." if count else "No other provision is a note.")
        return redirect("boxes", conference, slug)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        provision = access.provision(seat, negotiated, given["at"].strip())
        how = {name: given[name] for name in ("place", "form", "officer")}
        boxes.write(seat, provision, given["words"], **how)
        messages.success(request, f"It stands {given['place']} {provision.address}, and is printed there.")
        return redirect("boxes", conference, slug)
    context = {
        "negotiated": negotiated,
        "place": "text",
        "form": form,
        "notes": noted.listed(seat, negotiated),
        "may_write": seat.may(Right.RECORD),
        "may_find": seat.may(Right.RECORD) and not mandates.is_limited(seat),
    }
    return render(request, "drafting/boxes.html", context, status=422 if form.is_bound else 200)


@require_POST
def act(request: SeatedRequest, conference: str, slug: str, pk: int) -> HttpResponse:
    """Keeps a note or leaves it out, takes it back or puts it back, or writes it anew, as the button says (`do`)."""
    seat, negotiated = doors.text(request, conference, slug)
    row = access.annotation(seat, negotiated, pk)
    match request.POST.get("do"):
        case "keep" | "leave" as chosen:
            boxes.choose(seat, row, kept=chosen == "keep")
        case "strike":
            boxes.strike(seat, row)
        case "restore":
            boxes.restore(seat, row)
        case "reword":
            boxes.reword(seat, row, request.POST.get("words", ""))
        case _:
            raise NotFound("There is no such act on a note.")
    return redirect("boxes", conference, slug)
