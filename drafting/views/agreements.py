"""Agreement as the chair gavels it, on a provision or words of it; taken back with a reason; parking."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from delegations import queries
from delegations.middleware import SeatedRequest
from delegations.models import Seat
from delegations.roles import Right
from drafting.errors import StaleVersion, TooEarly
from drafting.forms.agreements import GavelForm, ParkingForm
from drafting.models import Asking, NegotiatingText, Provision
from drafting.queries import access, ladders
from drafting.queries import agreements as standing
from drafting.queries import askings as asked
from drafting.services import agreements, askings, parkings
from drafting.text.errors import ActRefused, RollingTextError
from drafting.views import brackets, directories, doors, previews
from drafting.views.desk import UnknownChoice

#: Seconds the room has where the chair names none.
_SECONDS = 30


@require_safe
def agreement(request: SeatedRequest, conference: str, slug: str, address: str) -> HttpResponse:
    """Shows what is agreed on the provision and how it is parked, with the gavel for who presides."""
    seat, negotiated = doors.text(request, conference, slug)
    provision = access.provision(seat, negotiated, address)
    chosen = {name: request.GET.get(name) for name in ("start", "end")} | {
        "quoted": brackets.chosen(provision, request),
        "forum": "the room",
    }
    return _page(request, seat, provision, _form(negotiated, initial=chosen))


def _form(negotiated: NegotiatingText, *args: Any, **options: Any) -> GavelForm:
    known = directories.of(negotiated.conference).names
    return GavelForm(ladders.of(negotiated.conference), known, *args, **options)


def _page(
    request: SeatedRequest,
    seat: Seat,
    provision: Provision,
    form: GavelForm,
    refused: RollingTextError | None = None,
    stays: str = "",
) -> HttpResponse:
    """Answer with the page of agreement: where an act was refused, with why, and with what was filled in."""
    negotiated = provision.text
    context: dict[str, Any] = {
        "negotiated": negotiated,
        "place": "text",
        "provision": provision,
        "words": previews.draw(provision.words.content),
        "agreements": standing.on_provision(seat, provision),
        "parking": standing.parking(provision.pk),
        "reopened": standing.reopened(seat, provision),
        "form": form,
        "parking_form": ParkingForm(),
        "names": directories.of(negotiated.conference).names,
        "refused": refused,
        "stays": stays,
    }
    status = refused.status if refused else 422 if form.errors else 200
    return render(request, "drafting/agreement.html", context, status=status)


@require_POST
def gavel(request: SeatedRequest, conference: str, slug: str, address: str) -> HttpResponse:
    """Records that the provision, or words of it, are agreed; or asks the room first (`ask`)."""
    seat, negotiated = doors.text(request, conference, slug)
    provision = access.provision(seat, negotiated, address)
    form = _form(negotiated, request.POST)
    if not form.is_valid():
        return _page(request, seat, provision, form)
    act = _ask if "ask" in request.POST else _gavel
    try:
        messages.success(request, act(seat, provision, form.cleaned_data))
    except RollingTextError as error:
        return _page(request, seat, provision, form, error)
    return redirect("provision", conference, slug, address)


def _ask(seat: Seat, provision: Provision, data: dict[str, Any]) -> str:
    """Ask the room, and return what to tell the chair."""
    if data["pending"] or data["package"]:
        raise UnknownChoice("Ask the room first; who still confirms and the package are named with “So agreed”.")
    words = _words(provision, data)
    askings.ask(seat, provision, data["level"], data["forum"], data["seconds"] or _SECONDS, words=words)
    return f"The room is asked about {provision}."


def _gavel(seat: Seat, provision: Provision, data: dict[str, Any]) -> str:
    """Record the agreement, and return what to tell the chair."""
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
    return f"{provision}{part}: {made.name}."


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
            try:
                made = askings.gavel(seat, row)
            except (TooEarly, ActRefused, StaleVersion) as error:
                return _page(request, seat, row.provision, _again(row), error, "What you asked is filled in below.")
            messages.success(request, f"{row.provision}: {made.name}.")
        case "withdraw":
            askings.withdraw(seat, row)
            messages.success(request, "The question is withdrawn.")
        case _:
            raise UnknownChoice("Object, gavel or withdraw.")
    return redirect("provision", conference, slug, address)


def _again(row: Asking) -> GavelForm:
    """Return the form that asks the same once more; words that changed since have to be chosen again."""
    same = {"level": row.level, "forum": row.forum, "seconds": round((row.closes - row.at).total_seconds())}
    if row.start is not None and row.provision.words.rev == row.rev:
        quoted = row.provision.words.content[row.start : row.end]
        same |= {"start": row.start, "end": row.end, "quoted": quoted}
    return _form(row.provision.text, initial=same)


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
