"""Sealed notes: the page, and the doors through which its script sends and gets ciphertext. No word passes here.

Without a script there are no notes: the page has no form that could send them in clear, and says so.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from delegations.middleware import SeatedRequest
from delegations.models import Seat
from drafting.errors import NotFound, Unsealed
from drafting.models import NegotiatingText
from drafting.queries import access, notes
from drafting.services import notes as sealing
from drafting.services import rekeying
from drafting.services.rekeying import Resealed, Wrapped
from drafting.views import doors


@require_safe
@never_cache
def listed(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows the notes' page: how they are sealed, and the place where the browser opens them."""
    seat, negotiated = doors.text(request, conference, slug)
    delegation = access.own_delegation(seat, negotiated)
    context = {
        "negotiated": negotiated,
        "place": "notes",
        "delegation": delegation,
        "addresses": notes.addresses(seat, negotiated),
        "at": request.GET.get("at", ""),
    }
    return render(request, "drafting/notes.html", context)


@require_safe
@never_cache
def ring(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Returns what the browser needs to open the notes: the seat's wrapped key, who waits, and every sealed note.

    With `?after=` some notes of all texts, to be sealed anew: the first, or those behind the note of that id.
    """
    seat, negotiated = doors.text(request, conference, slug)
    if "after" in request.GET:
        return JsonResponse({"notes": notes.piece(seat, negotiated, _after(request.GET["after"]))})
    return JsonResponse(notes.ring(seat, negotiated))


def _after(asked: str) -> UUID | None:
    try:
        return UUID(asked) if asked else None
    except ValueError as wrong:
        raise NotFound("There is no such note.") from wrong


@require_POST
def act(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Does one act on keys or notes, all of it ciphertext, and returns what it made."""
    seat, negotiated = doors.text(request, conference, slug)
    access.own_delegation(seat, negotiated)
    try:
        sent = json.loads(request.body)
        return JsonResponse(_act(seat, negotiated, sent))
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise Unsealed("This did not arrive whole, so it was not kept: load the page again.") from wrong


def _act(seat: Seat, negotiated: NegotiatingText, sent: dict[str, Any]) -> dict[str, Any]:
    match sent["act"]:
        case "found":
            sealing.found_key(seat, negotiated, sent["recovery"], sent["public"], sent["locked"], sent["wrapped"])
        case "ask":
            sealing.ask_in(seat, negotiated, sent["public"], sent["locked"])
        case "let-in":
            sealing.let_in(seat, negotiated, UUID(sent["key"]), int(sent["seat"]), str(sent["public"]), sent["wrapped"])
        case "recover":
            edition = UUID(sent["key"])
            sealing.recover(seat, negotiated, edition, sent["public"], sent["locked"], sent["wrapped"])
        case "change-key":
            shares = {int(one): Wrapped(str(own["public"]), own["wrapped"]) for one, own in sent["shares"].items()}
            edition, change = UUID(sent["key"]), UUID(sent["change"])
            return {"key": str(rekeying.change(seat, negotiated, edition, change, sent["recovery"], shares))}
        case "reseal":
            piece = [Resealed(UUID(one["id"]), int(one["rev"]), one["sealed"]) for one in sent["notes"]]
            rekeying.reseal(seat, negotiated, UUID(sent["key"]), UUID(sent["change"]), piece)
        case "keep":
            edition, pk = UUID(sent["key"]), UUID(sent["id"])
            row = sealing.keep(seat, negotiated, edition, pk, int(sent["rev"]), sent["sealed"])
            return {"id": str(row.pk), "rev": row.rev}
        case "tear-up":
            sealing.tear_up(seat, negotiated, UUID(sent["id"]), int(sent["rev"]))
        case "abandon":
            sealing.abandon(seat, negotiated)
        case _:
            raise Unsealed("There is no such act.")
    return {}
