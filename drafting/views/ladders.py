"""The page on which the ladder of agreement is set: names, styles, which rungs lock."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from delegations.middleware import SeatedRequest
from delegations.roles import Right
from drafting.forms.agreements import LadderForm
from drafting.queries import access, ladders, packages
from drafting.queries.ladders import Rung
from drafting.services import ladders as acts
from drafting.views import doors


def ladder(request: SeatedRequest, conference: str) -> HttpResponse:
    """Shows the rungs, the lowest first, and sets them; two rows are free for new ones, a row without a name goes."""
    seat, found = doors.conference(request, conference)
    access.require(seat, Right.ISSUE)
    initial = [{"key": r.key, "name": r.name, "style": r.style, "locks": r.locks} for r in ladders.of(found)]
    forms = LadderForm(request.POST or None, initial=initial)
    if request.method == "POST" and forms.is_valid():
        acts.set(seat, [_rung(form.cleaned_data) for form in forms if form.cleaned_data.get("name", "").strip()])
        messages.success(request, "The ladder of agreement is set.")
        return redirect("ladder", conference)
    held = [(text, packages.of(text)) for text in access.texts(seat).order_by("slug")]
    return render(request, "drafting/ladder.html", {"conference": found, "forms": forms, "held": held})


def _rung(data: dict[str, Any]) -> Rung:
    name = data["name"].strip()
    return Rung(data["key"] or name, name, data["style"], data["locks"])
