"""Issuing a revision: what stands for and against it, the loss report marked as read, proposals not reflected."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from kombu.exceptions import OperationalError

from delegations.middleware import SeatedRequest
from delegations.models import Seat
from delegations.roles import Right
from drafting import tasks
from drafting.forms.editorials import Printed
from drafting.forms.floor import IssueForm
from drafting.models import FINAL, NegotiatingText, Revision, Unreflected
from drafting.queries import access, finals, reports
from drafting.queries import unreflected as policy
from drafting.services import kinds, readings, revisions, unreflected
from drafting.text.errors import RollingTextError
from drafting.views import doors

#: The page on which what a check counts is looked at, by its code.
_PAGES = {
    "anomalies": "text",
    "flagged": "proposals",
    "open-amendments": "proposals",
    "open-brackets": "text",
    "loss-report": "loss",
    "untraced-changes": "log",
    "references": "scrub",
    "labels": "scrub",
    "open-packages": "packages",
    "gaps": "clean",
    "undecided-amendments": "triage",
    "untranslated": "proposals",
    "open-editorials": "editorials",
    "waiting-packages": "packages",
    "notes": "#final",
    "blanks": "#final",
}
#: Those of them that are documents of the floor.
_DOCUMENTS = ("clean", "log", "loss")


def issue(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows what stands for and against issuing the floor as a revision now, and issues it."""
    seat, negotiated = doors.text(request, conference, slug)
    asked = request.POST.get("kind") or request.GET.get("kind") or kinds.prepared(negotiated) or Revision.Kind.REVISION
    kind = asked if asked in Revision.Kind.values else str(Revision.Kind.REVISION)
    # The conventions speak of brackets, and a final text has none.
    last = reports.last_revision(negotiated)
    initial: dict[str, Any] = {"kind": kind, "after": last.number if last else None} | (
        {"conventions": ""} if kind in FINAL else {}
    )
    form = IssueForm(request.POST or None, initial=initial)
    context = {"negotiated": negotiated, "place": "documents", "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "drafting/issue.html", context | _wanted(seat, negotiated, kind))
    given = {name: value for name, value in form.cleaned_data.items() if name != "anyway"}
    try:
        row = revisions.issue(seat, negotiated, careful=not form.cleaned_data["anyway"], **given)
    except RollingTextError as refused:
        # Whoever issues again has seen what was issued meanwhile.
        given = request.POST.dict() | {"after": str(last.number if last else "")}
        context |= {"form": IssueForm(given), "refused": refused, **_wanted(seat, negotiated, kind)}
        return render(request, "drafting/issue.html", context, status=refused.status)
    _settle(request, row)
    messages.success(request, f"Issued as {row.symbol}.")
    return redirect("revision", conference, slug, row.number)


@require_POST
def mark_read(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Records that the loss report, as it was shown, has been read."""
    seat, negotiated = doors.text(request, conference, slug)
    readings.mark(seat, negotiated, request.POST.get("digest", ""))
    messages.success(request, "Recorded: you have read the loss report as it stands.")
    return redirect("issue", conference, slug)


@require_POST
def choose_unreflected(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Chooses what becomes of proposals that the next basis does not reflect."""
    seat, negotiated = doors.text(request, conference, slug)
    unreflected.choose(seat, negotiated, request.POST.get("policy", ""), request.POST.get("forum", ""))
    messages.success(request, policy.announced(seat, negotiated).sentence)
    return redirect("issue", conference, slug)


@require_POST
def revive(request: SeatedRequest, conference: str, slug: str, number: int) -> HttpResponse:
    """Opens again all proposals that lapsed when a revision was issued."""
    seat, negotiated = doors.text(request, conference, slug)
    count = unreflected.revive(seat, access.revision(seat, negotiated, number))
    messages.success(request, f"{count} {'proposal is' if count == 1 else 'proposals are'} open again.")
    return redirect("revision", conference, slug, number)


def _settle(request: SeatedRequest, issued: Revision) -> None:
    if issued.pk not in unreflected.left():
        return
    try:
        tasks.settle_unreflected.delay(issued.pk)
    except OperationalError:
        messages.warning(request, "No worker could be told yet: proposals not reflected end as soon as one looks.")


def _wanted(seat: Seat, negotiated: NegotiatingText, kind: str) -> dict[str, Any]:
    """Return what stands for and against issuing a kind of text, and of a final one what is to be confirmed."""
    losses = reports.loss_report(negotiated)
    checks = revisions.check(seat, negotiated, kind, losses)
    places = finals.listed(seat, negotiated) if kind in FINAL else []
    return {
        "checks": [(check, _where(seat, negotiated, check.code)) for check in checks],
        "blocked": any(check.blocks for check in checks),
        "asks": any(check.asks for check in checks),
        "kind": kind,
        "called": Revision.Kind(kind).label,
        "next_symbol": revisions.next_symbol(negotiated),
        "kinds": [(value, label, value in FINAL) for value, label in Revision.Kind.choices],
        "is_final": kind in FINAL,
        "places": [(shown, _printed(shown)) for shown in places],
        "announced": policy.announced(seat, negotiated),
        "policies": Unreflected.Policy.choices,
        "concerned": len(policy.of(losses)),
        "read": reports.digest(losses),
    }


def _where(seat: Seat, negotiated: NegotiatingText, code: str) -> str:
    """Return the address of the page on which what a check counts is looked at, "" for none."""
    page, at = _PAGES.get(code, ""), (negotiated.conference.slug, negotiated.slug)
    if page == "triage" and not seat.may(Right.DECIDE):
        page = "proposals"
    if page in _DOCUMENTS:
        return reverse("floor-document", args=(*at, page))
    return page if not page or page.startswith("#") else reverse(page, args=at)


def _printed(shown: finals.Shown) -> str:
    place = shown.place
    return Printed(place.provision, shown.rev, place.lo, place.words, place.words).encode()
