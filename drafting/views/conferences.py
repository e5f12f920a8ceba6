"""The conferences one has a seat in, and the home of one, which differs by role."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from delegations import queries
from delegations.middleware import SeatedRequest
from delegations.models import User
from delegations.roles import Right
from drafting.queries import amendments, digests, editorials, endings, homes, selections
from drafting.views import directories, doors, panels, pins

#: Own proposals the home lists; the rest is one click away.
SHOWN = 12


@require_safe
def listed(request: SeatedRequest) -> HttpResponse:
    """Shows the conferences of who has signed in; a demonstration leads everybody else to its seats."""
    if not isinstance(request.user, User):
        return redirect("demo-seats" if settings.DEMO else settings.LOGIN_URL)
    held = list(queries.seats(request.user))
    if len({seat.conference_id for seat in held}) == 1 and request.seat is not None:
        return redirect("conference", request.seat.conference.slug)
    return render(request, "drafting/conferences.html", {"held": held})


@require_safe
def home(request: SeatedRequest, conference: str) -> HttpResponse:
    """Shows the texts of a conference in figures, what waits for one, and what became of one's proposals."""
    seat, row = doors.conference(request, conference)
    shown = homes.texts(seat)
    context = {"conference": row, "place": "home", "texts": shown, "waiting": homes.waiting(seat)}
    context["editorials"] = editorials.waiting(seat)
    if shown:
        context["negotiated"] = shown[0].text
        if seat.may(Right.READ_FLOOR):
            context["digest"] = digests.since(seat, shown[0].text)
    if seat.delegation_id is not None and seat.may(Right.PROPOSE) and shown:
        directory = directories.of(row)
        ours = amendments.listed(seat, shown[0].text, selections.OURS, size=SHOWN)
        became = homes.fates(seat, shown[0].text)
        context |= {
            "fates": [(key, label, became[key]) for key, label in endings.FATES.items() if became[key]],
            "ours": panels.amendment_cards(ours.cards, directory),
            "ours_total": ours.total,
            "names": directory.names,
            "pins": pins.read("", seat, directory.names),
        }
    return render(request, "drafting/home.html", context)
