"""What corrects an issued text: the form that issues it, its page, its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from delegations.middleware import SeatedRequest
from delegations.models import Seat
from delegations.roles import Right
from drafting.forms.editorials import ChangesForm, RectificationForm
from drafting.models import NegotiatingText, Rectification, Revision
from drafting.queries import access
from drafting.queries import rectifications as reads
from drafting.services import rectifications
from drafting.services.rectifications import Wanted
from drafting.text.errors import RollingTextError
from drafting.views import documents, doors, files


def rectify(request: SeatedRequest, conference: str, slug: str, number: int) -> HttpResponse:
    """Shows the form of a correction of an issued text, and issues it; the text stays as it is."""
    seat, negotiated = doors.text(request, conference, slug)
    revision = access.revision(seat, negotiated, number)
    access.require(seat, Right.EDIT)
    is_adopted = revision.kind == Revision.Kind.ADOPTED
    first = Rectification.Form.PROCES_VERBAL if is_adopted else Rectification.Form.CORRIGENDUM
    form, rows = RectificationForm(request.POST or None, initial={"form": first}), ChangesForm(request.POST or None)
    context: dict[str, Any] = {
        "negotiated": negotiated,
        "place": "documents",
        "revision": revision,
        "form": form,
        "rows": rows,
    }
    if request.method != "POST" or not (form.is_valid() and rows.is_valid()):
        return render(request, "drafting/rectify.html", context)
    try:
        wanted = [_wanted(row.cleaned_data) for row in rows if row.cleaned_data.get("at", "").strip()]
        made = rectifications.issue(seat, revision, form.cleaned_data["form"], wanted, form.cleaned_data["note"])
    except RollingTextError as refused:
        return render(request, "drafting/rectify.html", context | {"refused": refused}, status=refused.status)
    messages.success(request, f"Issued as {made.symbol}; {revision.symbol} stays as it was issued.")
    return redirect("rectification", conference, slug, number, made.pk)


@require_safe
def shown(request: SeatedRequest, conference: str, slug: str, number: int, pk: int) -> HttpResponse:
    """Shows one correction as the document it is."""
    seat, negotiated = doors.text(request, conference, slug)
    row = _one(seat, negotiated, number, pk)
    made = reads.document(seat, row)
    context = documents.paper(request, seat, negotiated, made, "rectification", number)
    return render(request, "drafting/rectification.html", context | {"row": row})


@require_safe
def download(request: SeatedRequest, conference: str, slug: str, number: int, pk: int, form: str) -> HttpResponse:
    """Returns the same as a file."""
    seat, negotiated = doors.text(request, conference, slug)
    row = _one(seat, negotiated, number, pk)
    return files.serve(request, seat, lambda: reads.document(seat, row), str(row.form), form)


def _one(seat: Seat, negotiated: NegotiatingText, number: int, pk: int) -> Rectification:
    return reads.one(seat, access.revision(seat, negotiated, number), pk)


def _wanted(data: dict[str, str]) -> Wanted:
    struck, words = (data.get(name, "").replace("\r\n", "\n") for name in ("struck", "words"))
    return Wanted(data["at"], struck, words)
