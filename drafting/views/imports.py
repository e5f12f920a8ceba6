"""Opening a text from a file: first the report of what was found in it, nothing kept, then the text itself."""

from __future__ import annotations

import base64
import zlib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render

from delegations.middleware import SeatedRequest
from delegations.roles import Right
from drafting.errors import UnreadableImport
from drafting.forms.floor import ImportForm
from drafting.imports import reading, report
from drafting.imports.lowering import Side
from drafting.imports.reading import Read
from drafting.queries import access
from drafting.services import comments, openings
from drafting.text.errors import RollingTextError
from drafting.views import doors

#: Provisions, anomalies and groups the report's page lists; it counts all.
SHOWN = 60
_SALT = "import"


def upload(request: SeatedRequest, conference: str) -> HttpResponse:
    """Takes a file, shows the report on it, and opens the text once the person has seen that."""
    seat, row = doors.conference(request, conference)
    access.require(seat, Right.IMPORT)
    seen, called = request.POST.get("seen", ""), request.POST.get("called", "")
    form = ImportForm(request.POST or None, request.FILES or None)
    if seen:
        form.fields["file"].required = False
    context: dict[str, Any] = {"conference": row, "place": "home", "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "drafting/import.html", context, status=422 if request.method == "POST" else 200)
    chosen = form.cleaned_data["file"]
    try:
        data = receive(chosen) if chosen else unpack(seen)
        read = reading.open(data, chosen.name if chosen else "", Side(form.cleaned_data["changes"] or "accepted"))
        if "open" in request.POST and not chosen:
            names = {name: form.cleaned_data[name] for name in ("title", "slug", "symbol", "agenda", "language")}
            negotiated = openings.open(seat, row, read.structure, **names)
            comments.keep_opened(seat, negotiated, called, read.placed_comments)
            messages.success(request, "The text is open.")
            return redirect(negotiated)
        context |= {**_report(read), "seen": pack(reading.pruned(data)), "called": chosen.name if chosen else called}
    except RollingTextError as refused:
        return render(request, "drafting/import.html", {**context, "refused": refused}, status=refused.status)
    form.fields["file"].required = False
    return render(request, "drafting/import.html", context)


def _report(read: Read) -> dict[str, Any]:
    """Return what the page says of a file that was read."""
    found = report.make(read.structure)
    return {
        "read": read,
        "changes": report.authors(read.changes),
        "report": found,
        "kinds": sorted(found.kinds.items()),
        "entries": read.structure.entries[:SHOWN],
        "shown": SHOWN,
    }


def receive(chosen: Any) -> bytes:
    """Return the bytes of an uploaded file; raises `UnreadableImport` before it reads one that is too large."""
    if chosen.size > reading.LARGEST:
        raise UnreadableImport(reading.TOO_LARGE)
    return bytes(chosen.read())


def pack(data: bytes, otherwise: str = "open it with `manage.py import_text`") -> str:
    """Return a file as a form carries it from the report to the second step, signed: it is the one that was read.

    Raises `UnreadableImport` for one that no form can carry; `otherwise` says what to do then.
    """
    packed = signing.dumps(base64.b85encode(zlib.compress(data)).decode(), salt=_SALT)
    if len(packed) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE * 9 // 10:
        raise UnreadableImport(f"The file is too large to be opened from a page: {otherwise}.")
    return packed


def unpack(packed: str) -> bytes:
    """Return the file that `pack` packed within the last day; raises `UnreadableImport` for anything else."""
    try:
        return zlib.decompress(base64.b85decode(signing.loads(packed, salt=_SALT, max_age=24 * 3600)))
    except (signing.BadSignature, ValueError, zlib.error) as error:
        raise UnreadableImport("The report is more than a day old: choose the file again.") from error
