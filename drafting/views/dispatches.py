"""The report of a day, a week or any period: drafted, edited in the page, written to a file; nothing of it is kept."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render

from delegations.middleware import SeatedRequest
from drafting import exports
from drafting.forms.following import PeriodForm, ReportForm
from drafting.queries import access, dispatches
from drafting.queries.dispatches import Period
from drafting.views import doors, files


def report(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Drafts a report of the period asked for, today's by default; a POST writes the edited words to a file."""
    seat, negotiated = doors.text(request, conference, slug)
    access.floor(seat, negotiated)
    edited = ReportForm(request.POST) if request.method == "POST" else None
    if edited is not None and edited.is_valid():
        made = dispatches.document(seat, negotiated, edited.cleaned_data["title"], edited.cleaned_data["words"])
        return files.answer(made, "report", request.POST.get("form", "docx"))
    today = dispatches.today(negotiated.conference)
    asked = PeriodForm(request.GET if "first" in request.GET else {"first": today, "last": today})
    context = {
        "negotiated": negotiated,
        "place": "report",
        "asked": asked,
        "today": today,
        "week": today - timedelta(days=6),
        "formats": exports.FORMATS,
        "form": edited,
    }
    if edited is None and asked.is_valid():
        days = Period(asked.cleaned_data["first"], asked.cleaned_data["last"], negotiated.conference.timezone)
        draft = dispatches.draft(seat, negotiated, days)
        context["form"] = ReportForm(initial={"title": f"Report of {days}", "words": draft})
    return render(request, "drafting/report.html", context)
