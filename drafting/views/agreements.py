"""Agreement as the chair gavels it, on a provision or words of it; taken back with a reason; parking."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from delegations import queries
from delegations.middleware import SeatedRequest
from delegations.roles import Right
from drafting.errors import StaleVersion
from drafting.forms.agreements import GavelForm, ParkingForm
from drafting.models import Provision
from drafting.queries import access, ladders
from drafting.queries import agreements as standing
from drafting.queries import askings as asked
from drafting.services import agreements, askings, parkings
from drafting.views import brackets, directories, doors, previews
from drafting.views.desk import UnknownChoice

#: Seconds the room has where the chair names none.
_SECONDS = 30


@require_safe
def agreement(request: SeatedRequest, conference: str, slug: str, address: str) -> HttpResponse:
    """Shows what is agreed on the provision and how it is parked, with the gavel for who presides."""
    seat, negotiated = doors.text(request, conference, slug)
    provision = access.provision(seat, negotiated, address)
    directory = directories.of(negotiated.conference)
    chosen = {name: request.GET.get(name) for name in ("start", "end")} | {
        "quoted": brackets.chosen(provision, request),
        "forum": "the room",
    }
    context: dict[str, Any] = {
        "negotiated": negotiated,
        "place": "text",
        "provision": provision,
        "words": previews.draw(provision.words.content),
        "agreements": standing.on_provision(seat, provision),
        "parking": standing.parking(provision.pk),
        "reopened": standing.reopened(seat, provision),
        "form": GavelForm(ladders.of(negotiated.conference), directory.names, initial=chosen),
        "parking_form": ParkingForm(),
        "names": directory.names,
    }
    return render(request, "drafting/agreement.html", context)


@require_POST
def gavel(request: SeatedRequest, conference: str, slug: str, address: str) -> HttpResponse:
    """Records that the provision, or words of it, are agreed; or asks the room first (`ask`)."""
    seat, negotiated = doors.text(request, conference, slug)
    provision = access.provision(seat, negotiated, address)
    form = GavelForm(ladders.of(negotiated.conference), directories.of(negotiated.conference).names, request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("agreement", conference, slug, address)
    data = form.cleaned_data
    if "ask" in request.POST:
        if data["pending"] or data["package"]:
            raise UnknownChoice("Ask the room first; who still confirms and the package are named with “So agreed”.")
        words = _words(provision, data)
        askings.ask(seat, provision, data["level"], data["forum"], data["seconds"] or _SECONDS, words=words)
        messages.success(request, f"The room is asked about {provision}.")
        return redirect("provision", conference, slug, address)
    rows = {row.code: row for row in queries.delegations(seat.conference)}
    made = agreements.gavel(
        seat,
        provision,
        data["level"],
        data["forum"],
        words=_words(provision, data),
        pending=[rows[code] for code in data["pending"]],
        package=data["package"].strip(),
    )
    part = "" if made.start is None else ", in part"
    messages.success(request, f"{provision}{part}: {made.name}.")
    return redirect("provision", conference, slug, address)


@require_POST
def reopen(request: SeatedRequest, conference: str, slug: str, address: str) -> HttpResponse:
    """Takes back one agreement on the provision: the chair any, a delegation its own or for brackets."""
    seat, negotiated = doors.text(request, conference, slug)
    provision = access.provision(seat, negotiated, address)
    asked = request.POST.get("agreement", "")
    row = standing.one(seat, provision, int(asked[:15]) if asked.isascii() and asked.isdigit() else None)
    theirs = agreements.ask_brackets if "brackets" in request.POST else agreements.take_back
    act = agreements.reopen if seat.may(Right.DECIDE) else theirs
    act(seat, row, request.POST.get("reason", ""))
    messages.success(request, f"{provision} is reopened.")
    return redirect("provision", conference, slug, address)


@require_POST
def answer(request: SeatedRequest, conference: str, slug: str, pk: int) -> HttpResponse:
    """Objects to what the room was asked (`do=object`); or, by who presides, gavels or withdraws it."""
    seat, negotiated = doors.text(request, conference, slug)
    row = asked.one(seat, negotiated, pk)
    address = row.provision.address
    match request.POST.get("do", ""):
        case "object":
            askings.object(seat, row, request.POST.get("reason", ""))
            messages.success(request, "The chair sees your objection.")
        case "gavel":
            made = askings.gavel(seat, row)
            messages.success(request, f"{row.provision}: {made.name}.")
        case "withdraw":
            askings.withdraw(seat, row)
            messages.success(request, "The question is withdrawn.")
        case _:
            raise UnknownChoice("Object, gavel or withdraw.")
    return redirect("provision", conference, slug, address)


@require_POST
def park(request: SeatedRequest, conference: str, slug: str, address: str) -> HttpResponse:
    """Parks the provision, or takes it up again (`lift`)."""
    seat, negotiated = doors.text(request, conference, slug)
    provision = access.provision(seat, negotiated, address)
    if "lift" in request.POST:
        parkings.lift(seat, provision)
        messages.success(request, f"{provision} is taken up again.")
    else:
        until = request.POST.get("until", "")[:120]
        parkings.park(seat, provision, until, request.POST.get("reason", "")[:400])
        messages.success(request, f"{provision} is parked until: {until.strip()}.")
    return redirect("provision", conference, slug, address)


def _words(provision: Provision, data: dict[str, Any]) -> tuple[int, int] | None:
    """Return the range of the words named; None where the whole provision is meant."""
    quoted = data["quoted"].replace("\r\n", "\n")
    if not quoted.strip():
        if data["start"] is not None:
            raise StaleVersion("The text changed since you chose the words: choose them again.")
        return None
    return brackets.span(provision.words.content, data["start"], data["end"], quoted)
