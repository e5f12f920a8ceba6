"""Opening a text from a file: first the report of what was found in it, nothing kept, then the text itself."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify
from kombu.exceptions import OperationalError
from redis.exceptions import ConnectionError as Unreachable

from delegations.middleware import SeatedRequest
from delegations.models import Conference, Seat
from delegations.roles import Right
from drafting import tasks
from drafting.errors import UnreadableImport
from drafting.forms.floor import ImportForm
from drafting.imports import arrivals, reading, report, shelves
from drafting.imports.arrivals import Arrival, Summary
from drafting.imports.lowering import Side
from drafting.imports.reading import Read
from drafting.imports.report import FoundChanges, Report
from drafting.queries import access
from drafting.services import comments, openings
from drafting.text.errors import RollingTextError
from drafting.text.structures import Entry
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
    form.fields["file"].required = not seen
    for name in ("title", "slug"):
        form.fields[name].required = "open" in request.POST
    context: dict[str, Any] = {"conference": row, "place": "home", "form": form}
    if key := request.GET.get("file", "") or request.POST.get("arrival", ""):
        return _arrived(request, seat, key, context)
    if request.method != "POST" or not form.is_valid():
        return render(request, "drafting/import.html", context, status=422 if request.method == "POST" else 200)
    chosen = form.cleaned_data["file"]
    try:
        data = receive(chosen) if chosen else unpack(seen)
        if chosen and len(data) > shelves.AT_ONCE:
            side = form.cleaned_data["changes"] or "accepted"
            return _hand_out(row, arrivals.begin(seat, chosen.name, data, side, _names(form)))
        read = reading.open(data, chosen.name if chosen else "", Side(form.cleaned_data["changes"] or "accepted"))
        if "open" in request.POST and not chosen:
            negotiated = openings.open(seat, row, read.structure, **_names(form))
            comments.keep_opened(seat, negotiated, called, read.placed_comments)
            messages.success(request, "The text is open.")
            return redirect(negotiated)
        called = chosen.name if chosen else called
        context |= {**_report(read), "seen": pack(reading.pruned(data)), "called": called}
    except RollingTextError as refused:
        return render(request, "drafting/import.html", {**context, "refused": refused}, status=refused.status)
    form.fields["file"].required = False
    _suggest(form, read.structure.title, called)
    return render(request, "drafting/import.html", context)


def _names(form: ImportForm) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in ("title", "slug", "symbol", "agenda", "language")}


def _hand_out(conference: Conference, arrival: Arrival) -> HttpResponse:
    """Have a large file worked on, here where there is no queue, and go to the page that waits for it."""
    try:
        tasks.open_file.delay(arrival.key)
    except (OperationalError, Unreachable):
        arrivals.work(arrival.key)
    return redirect(f"{reverse('import', args=[conference.slug])}?{urlencode({'file': arrival.key})}")


def _arrived(request: SeatedRequest, seat: Seat, key: str, context: dict[str, Any]) -> HttpResponse:
    """Show how far a large file is and the report on it, have it opened, and lead to the text that was opened."""
    try:
        arrival = arrivals.fetch(seat, key)
    except RollingTextError as refused:
        return render(request, "drafting/import.html", {**context, "refused": refused}, status=refused.status)
    now, found, form = arrivals.state(arrival), arrivals.summary(arrival), context["form"]
    for name in ("file", "changes"):
        del form.fields[name]
    if request.method == "POST" and form.is_valid():
        return _hand_out(context["conference"], arrivals.confirm(arrival, _names(form)))
    if now.step == shelves.DONE:
        messages.success(request, "The text is open.")
        return redirect("text", context["conference"].slug, arrival.names["slug"])
    context |= {"arrival": arrival, "called": arrival.name, "state": now}
    if now.refusal:
        context["refused"] = {"code": now.code, "message": now.refusal}
    if now.step != shelves.READY:
        return render(request, "drafting/import.html", {**context, "waits": True}, status=202)
    if request.method != "POST":
        form.is_bound, form.data = True, dict(arrival.names)
        _suggest(form, found.title if found else "", arrival.name)
    if found is not None:
        context |= _told(found, found.report, found.changes, found.entries)
    return render(request, "drafting/import.html", context, status=now.status if now.refusal else 200)


def _suggest(form: ImportForm, title: str, called: str) -> None:
    """Fill in, where nobody wrote them, the title the file gives itself and a short name made from its name."""
    form.data = dict(form.data.items())
    for name, value in (("title", title), ("slug", slugify(called.rpartition(".")[0])[:50])):
        if not form.data.get(name):
            form.data[name] = value


def _report(read: Read) -> dict[str, Any]:
    """Return what the page says of a file that was read."""
    return _told(read, report.make(read.structure), report.authors(read.changes), read.structure.entries[:SHOWN])


def _told(
    read: Read | Summary, found: Report, changes: Sequence[FoundChanges], entries: Sequence[Entry]
) -> dict[str, Any]:
    return {
        "read": read,
        "changes": changes,
        "changed": sum(one.inserted + one.deleted + one.moved for one in changes),
        "report": found,
        "kinds": sorted(found.kinds.items()),
        "entries": entries,
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
