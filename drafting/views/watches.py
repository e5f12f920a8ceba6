"""What one follows: the text since one last read, what one watches, the digest. Private to the seat that asks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from delegations.middleware import SeatedRequest
from drafting import exports
from drafting.errors import NotFound
from drafting.forms.following import DigestForm, WatchForm
from drafting.queries import access, digests, moments, watches
from drafting.services import watches as watching
from drafting.text.errors import RollingTextError
from drafting.views import doors, files, redlines


def since(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows what changed since one last read, or between any two moments; a POST notes how far one has read now."""
    seat, negotiated = doors.text(request, conference, slug)
    access.floor(seat, negotiated)
    if request.method == "POST":
        watching.mark_read(seat, negotiated, _seq(request.POST.get("seq")) or 0)
        messages.success(request, "Noted: the next time, this page begins here. Only you see how far you have read.")
        return redirect("since", conference, slug)
    old, new = _seq(request.GET.get("old")), _seq(request.GET.get("new"))
    began = moments.began(seat, negotiated)
    old = began.seq if old is None else old
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"changed": [row.id for row in digests.changed(negotiated, old)]})
    if form := request.GET.get("form"):
        return files.serve(request, seat, lambda: moments.comparison(seat, negotiated, old, new), "since", form)
    made = moments.comparison(seat, negotiated, old, new)
    changed = [part for part in made.blocks if any(run.mark != "plain" for run in part.runs)]
    watched = watches.Watched(seat, negotiated)
    only = bool(request.GET.get("watched"))
    parts = [
        {
            "block": part,
            "words": redlines.runs(part.runs),
            "watched": watched.holds(part.anchor, part.article, "".join(run.text for run in part.runs)),
        }
        for part in changed
    ]
    context = {
        "negotiated": negotiated,
        "place": "since",
        "made": made,
        "began": began,
        "old": old,
        "new": new,
        "seq": negotiated.floor.head,
        "offered": moments.offered(seat, negotiated),
        "parts": [part for part in parts if part["watched"] or not only],
        "changed": len(changed),
        "only": only,
        "formats": exports.FORMATS,
    }
    return render(request, "drafting/since.html", context)


def listed(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows what one watches with what it caught, and adds to it; sets the hour of the digest."""
    seat, negotiated = doors.text(request, conference, slug)
    access.floor(seat, negotiated)
    given = {name: request.GET[name] for name in ("kind", "value") if name in request.GET}
    form = WatchForm(request.POST if "watch" in request.POST else None, initial=given)
    mail = DigestForm(request.POST if "digest" in request.POST else None, initial={"hour": watches.hour(seat)})
    context: dict[str, Any] = {"negotiated": negotiated, "place": "watches", "form": form, "mail": mail}
    status = 200
    try:
        if "watch" in request.POST and form.is_valid():
            watching.add(seat, negotiated, **form.cleaned_data)
            return redirect("watches", conference, slug)
        if "digest" in request.POST and mail.is_valid():
            watching.order_digest(seat, mail.cleaned_data["hour"])
            messages.success(request, "Noted. It goes to your own address, and holds counts and links alone.")
            return redirect("watches", conference, slug)
    except RollingTextError as refused:
        context["refused"], status = refused, refused.status
    context["digest"] = digests.since(seat, negotiated)
    return render(request, "drafting/watches.html", context, status=status)


@require_POST
def drop(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Watches something no longer."""
    seat, negotiated = doors.text(request, conference, slug)
    watching.drop(seat, negotiated, request.POST.get("kind", ""), request.POST.get("value", ""))
    return redirect("watches", conference, slug)


def _seq(asked: str | None) -> int | None:
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 16):
        raise NotFound("The text has not come that far: load the page again.")
    return int(asked)
