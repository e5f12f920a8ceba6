"""Bringing a file to a text: looked at first, which provision is which corrected by a person, then taken over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError
from redis.exceptions import ConnectionError as Unreachable

from delegations.middleware import SeatedRequest
from delegations.models import Seat
from delegations.roles import Right
from drafting import tasks
from drafting.errors import Forbidden, NotFound
from drafting.forms.imports import BringForm, TakeOverForm
from drafting.imports import intakes, shelves, successions
from drafting.imports.intakes import Intake
from drafting.imports.prospects import Row
from drafting.models import NegotiatingText
from drafting.queries import access, takeovers
from drafting.queries.takeovers import Worded
from drafting.text.errors import RollingTextError
from drafting.views import alignments, doors, imports, redlines

_PAGE = "drafting/bring.html"
#: Differences the page lists; the picture shows all, and all are made.
SHOWN = 300
_SAID = re.compile(r"is-(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Shown:
    """A difference with the redline of each of its provisions; `asks` where a person can say which one it is."""

    row: Row
    redlines: tuple[tuple[str, SafeString], ...]
    asks: bool


def bring(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Takes a file, shows what it would change (`?file=`), takes a person's corrections, and takes it over."""
    seat, negotiated = doors.text(request, conference, slug)
    access.floor(seat, negotiated)
    if not (seat.may(Right.IMPORT) or seat.may(Right.DECIDE)):
        raise Forbidden("A file is brought to the text by the secretariat, or by who decides.")
    context: dict[str, Any] = {"negotiated": negotiated, "place": "documents", "form": BringForm()}
    try:
        if request.method == "POST":
            return _post(request, seat, negotiated, context)
        if key := request.GET.get("file", ""):
            return _show(request, seat, intakes.fetch(seat, negotiated, key), context)
    except RollingTextError as refused:
        return render(request, _PAGE, {**context, "refused": refused}, status=refused.status)
    return render(request, _PAGE, context)


def _post(request: SeatedRequest, seat: Seat, negotiated: NegotiatingText, context: dict[str, Any]) -> HttpResponse:
    if key := request.POST.get("file_key", ""):
        intake = intakes.fetch(seat, negotiated, key)
        if "take" in request.POST:
            return _confirm(request, seat, intake, context)
        intake = intakes.correct(intake, dict(_said(request, negotiated)))
    else:
        form = context["form"] = BringForm(request.POST, request.FILES)
        if not form.is_valid():
            return render(request, _PAGE, context, status=422)
        chosen = form.cleaned_data["file"]
        side = form.cleaned_data["changes"] or "accepted"
        intake = intakes.begin(seat, negotiated, chosen.name, imports.receive(chosen), side)
    _hand_out(intake, is_small=len(intake.data) <= shelves.AT_ONCE)
    return _again(negotiated, intake)


def _said(request: SeatedRequest, negotiated: NegotiatingText) -> Iterator[tuple[int, int]]:
    """Yield what a person says of provisions of the file: (entry, id of the provision it is, or NEW)."""
    ids = dict(negotiated.provisions.filter(retired=False).values_list("address", "pk"))
    for name, value in request.POST.items():
        found = _SAID.fullmatch(name)
        said = str(value).strip()
        if found is None or said == request.POST.get(f"was-{found[1]}", ""):
            continue
        if said and said not in ids:
            raise NotFound(f"There is no provision {said} in this text: write its address as the outline shows it.")
        yield int(found[1]), ids[said] if said else successions.NEW


def _confirm(request: SeatedRequest, seat: Seat, intake: Intake, context: dict[str, Any]) -> HttpResponse:
    form = TakeOverForm(seat, request.POST)
    if not form.is_valid():
        return _show(request, seat, intake, {**context, "take": form}, status=422)
    found = intakes.prospect(intake)
    confirmed = intakes.confirm(intake, **form.cleaned_data)
    _hand_out(confirmed, is_small=found is not None and found.wanted <= intakes.FEW)
    return _again(context["negotiated"], confirmed)


def _hand_out(intake: Intake, *, is_small: bool) -> None:
    """Have it worked on: here where that is quick, or where there is no queue."""
    if is_small or not _told(intake):
        intakes.work(intake.key)


def _told(intake: Intake) -> bool:
    """Tell a worker, and return whether there is a queue that reaches one."""
    try:
        tasks.take_in.delay(intake.key)
    except (OperationalError, Unreachable):
        return False
    return True


def _again(negotiated: NegotiatingText, intake: Intake) -> HttpResponse:
    address = reverse("bring", args=[negotiated.conference.slug, negotiated.slug])
    return redirect(f"{address}?{urlencode({'file': intake.key})}")


def _show(
    request: SeatedRequest, seat: Seat, intake: Intake, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Show how far it is, what was found, or what was done."""
    state, found = intakes.state(intake), intakes.prospect(intake)
    context |= {"intake": intake, "state": state}
    if state.step == shelves.DONE:
        messages.success(
            request,
            f"Taken over from {intake.name}: {state.made} {'difference' if state.made == 1 else 'differences'}.",
        )
        return render(request, _PAGE, {**context, "form": None, "batch": UUID(intake.key)})
    if state.refusal:
        context["refusal"] = state
    if state.step == shelves.READY and found is not None:
        texts = context["negotiated"].provisions.filter(retired=False).order_by("order")
        context |= {
            "found": found,
            "picture": alignments.draw(found),
            "rows": _listed(found.rows[:SHOWN]),
            "shown": SHOWN,
            "addresses": texts.values_list("address", flat=True),
            "take": context.get("take") or TakeOverForm(seat, initial={"shown": found.digest}),
        }
    waits = state.step not in (shelves.READY, shelves.DONE)
    return render(request, _PAGE, {**context, "waits": waits}, status=202 if waits else status)


def _listed(rows: Iterable[Row]) -> list[Shown]:
    """Return the differences as the page lists them; which provision one of the file is, is asked once."""
    asked: set[int] = set()
    found: list[Shown] = []
    for row in rows:
        asks = row.entry is not None and row.entry not in asked
        asked |= {row.entry} if row.entry is not None else set()
        found.append(
            Shown(row, tuple((piece.address, redlines.around(piece.before, piece.after)) for piece in row.pieces), asks)
        )
    return found


@require_safe
def taken(request: SeatedRequest, conference: str, slug: str, batch: UUID) -> HttpResponse:
    """Lists the decisions of a file that was taken over, each with its words and a way back."""
    seat, negotiated = doors.text(request, conference, slug)
    found = takeovers.of(seat, negotiated, batch)
    rows = [
        {"id": one.id, "undone": one.undone, "pieces": [_worded(piece) for piece in one.pieces]}
        for one in found.decisions
    ]
    context = {"negotiated": negotiated, "place": "documents", "found": found, "rows": rows}
    return render(request, "drafting/taken.html", context)


def _worded(piece: Worded) -> dict[str, Any]:
    redline = redlines.around(piece.before, piece.after) if piece.before or piece.after else ""
    return {"address": piece.address, "what": piece.what, "redline": redline}
