"""The capital's round trip: the Word file to send home, and what comes back of it, seen before drafts are made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString

from delegations.middleware import SeatedRequest
from delegations.models import Seat
from drafting.forms.floor import CapitalForm
from drafting.imports import capitals as returned
from drafting.imports import reading
from drafting.imports.capitals import Placed, Plan
from drafting.imports.lowering import Side
from drafting.models import Draft, NegotiatingText
from drafting.queries import access, capitals
from drafting.services import drafts
from drafting.services.draft_texts import Wording
from drafting.text.errors import RollingTextError
from drafting.views import doors, files, imports, previews

_PAGE = "drafting/capital.html"
_IN_PARTS = "take a few articles at a time"


@dataclass(frozen=True, slots=True)
class Shown:
    """A draft to be, with its redline on the present words."""

    placed: Placed
    redline: SafeString


def trip(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Offers the file (`?form=docx`, `&which=9,12.1`), takes it back, shows what it asks for, and makes the drafts."""
    seat, negotiated = doors.text(request, conference, slug)
    access.own_delegation(seat, negotiated)
    which = request.GET.get("which", "")
    context: dict[str, Any] = {"negotiated": negotiated, "place": "capital", "which": which, "form": CapitalForm()}
    try:
        if request.method == "POST":
            return _take_back(request, seat, negotiated, context)
        if request.GET.get("form"):
            return files.serve(request, seat, lambda: capitals.document(seat, negotiated, which), "capital", "docx")
    except RollingTextError as refused:
        return render(request, _PAGE, {**context, "refused": refused}, status=refused.status)
    return render(request, _PAGE, context)


def _take_back(
    request: SeatedRequest, seat: Seat, negotiated: NegotiatingText, context: dict[str, Any]
) -> HttpResponse:
    """Show what the file asks for; make the drafts of what was shown, and show it anew where the text moved since."""
    seen = request.POST.get("seen", "")
    form = context["form"] = CapitalForm(request.POST, request.FILES)
    form.fields["file"].required = not seen
    if not form.is_valid():
        return render(request, _PAGE, context, status=422)
    chosen = form.cleaned_data["file"]
    data = imports.receive(chosen) if chosen else imports.unpack(seen)
    read = reading.open(data, chosen.name if chosen else "", Side.REJECTED)
    found = returned.plan(seat, negotiated, read)
    wanted = "make" in request.POST and not chosen
    if wanted and request.POST.get("shown") == _digest(found):
        made = _make(seat, [_wording(one) for one in found.placed], as_one="as_one" in request.POST)
        messages.success(request, f"Drafts made: {made}. Nobody but your delegation sees them.")
        return redirect("proposals", negotiated.conference.slug, negotiated.slug)
    form.fields["file"].required = False
    context |= {
        "plan": found,
        "rows": [Shown(one, previews.compared(one.current, one.words)) for one in found.placed],
        "seen": imports.pack(reading.pruned(data), _IN_PARTS),
        "shown": _digest(found),
        "moved": wanted,
    }
    return render(request, _PAGE, context)


def _make(seat: Seat, wordings: list[Wording], *, as_one: bool) -> int:
    """Make a draft of each change, or one of them all, and return how many were made."""
    if not as_one:
        return len(drafts.open_all(seat, wordings))
    told = "\n".join(dict.fromkeys(one.rationale for one in wordings if one.rationale))
    drafts.open_one(seat, wordings, Draft(rationale=told))
    return 1


def _wording(placed: Placed) -> Wording:
    return Wording(placed.provision, placed.words, placed.rationale, placed.inserts_after)


def _digest(found: Plan) -> str:
    """Return what tells one set of drafts from another: only what was shown is made."""
    told = [(one.provision.pk, one.inserts_after, one.current, one.words) for one in found.placed]
    return hashlib.sha256(repr(told).encode()).hexdigest()
