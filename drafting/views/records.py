"""What is heard in the room and typed for whoever said it.

A delegation's proposal, words of the chair's or the room's, an editorial one; never for nobody.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from delegations import queries
from delegations.middleware import SeatedRequest
from delegations.models import Seat
from delegations.roles import Right
from drafting.forms.floor import RecordForm
from drafting.models import Pen
from drafting.queries import access
from drafting.services import pens
from drafting.services.proposals import Proposed
from drafting.text.errors import RollingTextError
from drafting.views import directories, doors, previews


def record(request: SeatedRequest, conference: str, slug: str, address: str) -> HttpResponse:
    """Types for a speaker: first for whom, then the words; preview, then into the text in brackets they hold."""
    seat, negotiated = doors.text(request, conference, slug)
    provision = access.provision(seat, negotiated, address)
    access.require(seat, Right.RECORD)
    is_new = bool(request.GET.get("new"))
    base = "" if is_new else provision.words.content
    directory = directories.of(negotiated.conference)
    initial = {"words": base, "base": base, "authority": Pen.For.DELEGATION}
    form = RecordForm(directory.names, request.POST or None, initial=initial)
    context: dict[str, Any] = {
        "negotiated": negotiated,
        "place": "text",
        "provision": provision,
        "standing": previews.draw(provision.words.content),
        "form": form,
        "names": directory.names,
        "is_new": is_new,
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "drafting/record.html", context)
    proposed = Proposed(provision, form.cleaned_data["words"], form.cleaned_data["base"], is_new)
    try:
        if "preview" in request.POST:
            context["preview"] = previews.of(proposed, " ".join(form.cleaned_data["speakers"]) or "Chair")
            return render(request, "drafting/record.html", context)
        pen = _write(seat, proposed, form)
    except RollingTextError as refused:
        return render(request, "drafting/record.html", {**context, "refused": refused}, status=refused.status)
    messages.success(request, _said(pen))
    return redirect("provision", conference, slug, address)


def _write(seat: Seat, proposed: Proposed, form: RecordForm) -> Pen:
    data = form.cleaned_data
    if data["authority"] != Pen.For.DELEGATION:
        return pens.write(seat, proposed, data["authority"], data["reason"])
    rows = {row.code: row for row in queries.delegations(seat.conference)}
    speakers = [rows[code] for code in data["speakers"]]
    supporters = [rows[code] for code in data["supporters"]]
    return pens.record(seat, proposed, speakers, supporters=supporters, rationale=data["reason"])


def _said(pen: Pen) -> str:
    if pen.amendment is None:
        return f"Written for {pen.get_authority_display()}."
    return f"Recorded as proposal {pen.amendment.number}, for those who spoke."
