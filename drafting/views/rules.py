"""What holds for proposals: the deadline, sign-off inside a delegation; and reserves, and the inner life of groups."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from delegations import queries
from delegations.middleware import SeatedRequest
from delegations.models import Seat
from drafting.errors import NotFound
from drafting.forms.proposals import DeadlineForm, ReserveForm
from drafting.models import NegotiatingText, Reserve
from drafting.queries import access, circles, mastheads
from drafting.queries import versions as reads
from drafting.services import deadlines, endorsements, reserves, signoffs
from drafting.services.targets import Target
from drafting.text.errors import RollingTextError
from drafting.views import doors

#: The name of a button beside a reserve, the act, and what is said when it is done.
_ON_A_RESERVE = (
    ("lift", reserves.lift, "The reserve is lifted."),
    ("confirm", reserves.confirm, "The reserve is confirmed."),
)


@require_POST
def deadline(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Sets the deadline for amendments, or lifts it; it is written on the conference's clock."""
    seat, negotiated = doors.text(request, conference, slug)
    form = DeadlineForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Write the deadline as a date and a time, such as 2026-11-24 18:00.")
        return redirect("proposals", conference, slug)
    until = form.cleaned_data["deadline"]
    deadlines.set(seat, negotiated, until, takes_late=form.cleaned_data["takes_late"])
    messages.success(
        request, f"Deadline: {mastheads.dated(negotiated, until)}." if until else "There is no deadline any more."
    )
    return redirect("proposals", conference, slug)


@require_POST
def sign_off(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Says whether the head of the delegation signs proposals off."""
    seat, _ = doors.text(request, conference, slug)
    wanted = "wanted" in request.POST
    signoffs.want(seat, wanted=wanted)
    said = "From now on nothing reaches the floor before you sign it off." if wanted else "Your delegates submit alone."
    messages.success(request, said)
    return redirect("proposals", conference, slug)


def reserved(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Lists the reserves on the text, enters one, lifts one, confirms one that was recorded."""
    seat, negotiated = doors.text(request, conference, slug)
    initial = {"scope": Reserve.Scope.PROVISION, "at": request.GET.get("at", "")}
    form = ReserveForm(request.POST if "enter" in request.POST else None, initial=initial)
    rows = reads.reserves(seat, negotiated)
    context = {"negotiated": negotiated, "place": "text", "form": form, "rows": rows}
    try:
        for name, act, done in _ON_A_RESERVE:
            if wanted := request.POST.get(name):
                row = next((row for row, _ in rows if str(row.pk) == wanted), None)
                if row is None:
                    raise NotFound("There is no such reserve.")
                act(seat, row)
                messages.success(request, done)
                return redirect("reserves", conference, slug)
        if "enter" in request.POST and form.is_valid():
            data = form.cleaned_data
            where = access.provision(seat, negotiated, data["at"]) if data["at"] else None
            reserves.enter(seat, negotiated, data["scope"], provision=where, words=data["words"], kind=data["kind"])
            messages.success(request, "The reserve is entered.")
            return redirect("reserves", conference, slug)
    except RollingTextError as refused:
        return render(request, "drafting/reserves.html", {**context, "refused": refused}, status=refused.status)
    return render(request, "drafting/reserves.html", context)


@require_safe
def groups(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows, to its members alone, what a group says and which of them go along."""
    seat, negotiated = doors.text(request, conference, slug)
    found = circles.listed(seat, negotiated)
    return render(request, "drafting/circles.html", {"negotiated": negotiated, "place": "text", "circles": found})


@require_POST
def endorse(request: SeatedRequest, conference: str, slug: str, code: str) -> HttpResponse:
    """Endorses what a group says of a bracket, an option or an amendment, or opts out, inside the group."""
    seat, negotiated = doors.text(request, conference, slug)
    group = queries.delegations(seat.conference).filter(code=code, pk__in=access.groups(seat)).first()
    if group is None:
        raise NotFound("Your delegation belongs to no such group.")
    endorses = request.POST.get("say") == "endorse"
    endorsements.say(seat, group, _spoken_of(seat, negotiated, request.POST), endorses=endorses)
    said = "Endorsed" if endorses else "You opted out"
    messages.success(request, f"{said}, inside {group.code}. On the floor your own stance alone speaks for you.")
    return redirect("circles", conference, slug)


def _spoken_of(seat: Seat, negotiated: NegotiatingText, sent: QueryDict) -> Target:
    """Return the thing a form names: an amendment by its number, a bracket by its id, an option by place and name."""
    number, bracket = sent.get("amendment", ""), sent.get("bracket", "")
    if number.isdigit() and len(number) < 10:
        return reads.amendment(seat, negotiated, int(number)).versions.get(current=True)
    if bracket.isdigit() and len(bracket) < 16:
        return access.bracket(seat, int(bracket))
    if sent.get("option"):
        return access.option(seat, negotiated, str(sent.get("at", "")), str(sent["option"]))
    raise NotFound("Say which bracket, which option or which proposal.")
