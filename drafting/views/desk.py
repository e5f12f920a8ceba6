"""The chair's desk: what needs a decision, one place at a time, each act with its authority, undo."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from delegations.middleware import SeatedRequest
from delegations.models import Seat
from delegations.roles import Right
from drafting.errors import ReasonNeeded
from drafting.forms.floor import DecisionForm
from drafting.models import Decision, NegotiatingText, Revision
from drafting.queries import access, consolidation, decided, mandates
from drafting.queries.consolidation import Desk
from drafting.services import decisions, foresight, kinds
from drafting.text.errors import RollingTextError
from drafting.views import authorities, directories, doors, slots

#: Which acts are on brackets; the others are on hunks.
ON_BRACKETS = frozenset({Decision.Act.LIFT, Decision.Act.DROP, Decision.Act.PICK})
_WITH_WORDS = frozenset({Decision.Act.BRIDGE, Decision.Act.SPLIT})


class UnknownChoice(RollingTextError):
    """A choice the desk did not print."""

    code = "unknown-choice"
    status = 422


def desk(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows the desk at a provision and a place in it; a POST decides and goes on to the next."""
    seat, negotiated = doors.text(request, conference, slug)
    access.floor(seat, negotiated)
    access.require(seat, Right.DECIDE)
    if request.method != "POST":
        return render(request, "drafting/desk.html", _context(request, seat, negotiated))
    form = DecisionForm(request.POST)
    try:
        if not form.is_valid():
            raise UnknownChoice("Choose what to decide for.")
        said = _decide(seat, negotiated, form)
        authorities.keep(request, negotiated, form.cleaned_data)
    except RollingTextError as refused:
        context = _context(request, seat, negotiated) | {"refused": refused}
        # Whoever decides again has seen both texts: the words as they stand now.
        given = request.POST.copy()
        given["seen"] = str(context["desk"].seq)
        context["form"] = DecisionForm(given)
        return render(request, "drafting/desk.html", context, status=refused.status)
    messages.success(request, said)
    return redirect(_address(negotiated, request.GET))


@require_POST
def undo(request: SeatedRequest, conference: str, slug: str, pk: int) -> HttpResponse:
    """Takes a decision back."""
    seat, negotiated = doors.text(request, conference, slug)
    row = access.decision(seat, pk)
    decisions.undo(seat, row)
    messages.success(request, "Taken back: words, brackets and stances are as they were.")
    if request.POST.get("then") == "by-policy":
        return redirect("by-policy", conference, slug)
    if row.batch and request.POST.get("then") == str(row.batch):
        return redirect("taken", conference, slug, row.batch)
    return redirect(_address(negotiated, request.GET))


@require_POST
def redo(request: SeatedRequest, conference: str, slug: str, pk: int) -> HttpResponse:
    """Decides again what was taken back."""
    seat, negotiated = doors.text(request, conference, slug)
    row = decisions.redo(seat, access.decision(seat, pk))
    messages.success(request, f"Decided again: {row.get_act_display()}.")
    return redirect(_address(negotiated, request.GET))


@require_safe
def effect(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Says what a choice would do, as a fragment of the desk."""
    seat, negotiated = doors.text(request, conference, slug)
    context = _foresee(seat, negotiated, request.GET)
    return render(request, "drafting/_effect.html", {"negotiated": negotiated, **context})


def _foresee(seat: Seat, negotiated: NegotiatingText, asked: Any) -> dict[str, Any]:
    act, ids = _parse(asked.get("choice", ""))
    authority = asked.get("authority", "") or Decision.Authority.CHAIR
    if authority not in Decision.Authority.values:
        raise UnknownChoice("Choose on whose authority.")
    words = asked.get("words", "")
    if act == Decision.Act.BRIDGE and not words.strip():
        return {"foreseen": None, "why": "Write your words: then it says here what they do."}
    try:
        what = _what(act, ids, words, _number(asked.get("into", ""), most=15))
        return {"foreseen": foresight.foresee(seat, negotiated, act, authority, **what)}
    except RollingTextError as refused:
        return {"foreseen": None, "why": refused.message}


def _what(act: str, ids: list[int], words: str, into: int) -> dict[str, Any]:
    """Return what an act is done to; of the proposals at a place one is split, the one that stays is merged into."""
    if act in ON_BRACKETS:
        return {"brackets": ids}
    words = words if act in _WITH_WORDS else ""
    if act == Decision.Act.SPLIT:
        return {"hunks": [into] if into else ids[:1], "words": words}
    return {"hunks": ids, "words": words, "into": into if act == Decision.Act.MERGE else 0}


def _parse(choice: str) -> tuple[str, list[int]]:
    act, _, listed = choice.partition(":")
    if act not in Decision.Act.values or not re.fullmatch(r"[0-9]{1,15}(?:,[0-9]{1,15})*", listed):
        raise UnknownChoice("Choose what to decide for.")
    return act, [int(part) for part in listed.split(",")]


def _decide(seat: Seat, negotiated: NegotiatingText, form: DecisionForm) -> str:
    data = form.cleaned_data
    act, ids = _parse(data["choice"])
    if act == Decision.Act.BRIDGE and not data["words"].strip():
        raise ReasonNeeded("Write the words that shall stand here instead.")
    seen = data["seen"]
    row = decisions.decide(
        seat,
        negotiated,
        act,
        data["authority"],
        **_what(act, ids, data["words"], data["into"] or 0),
        reason=data["reason"],
        forum=data["forum"],
        seen=int(seen) if seen.isascii() and seen.isdigit() else None,
    )
    return f"Decided: {row.get_act_display()}."


def _context(request: SeatedRequest, seat: Seat, negotiated: NegotiatingText) -> dict[str, Any]:
    only_proposals = request.GET.get("only", "") == "proposals"
    page, at = _number(request.GET.get("page", "0")), request.GET.get("at", "")
    found = consolidation.desk(seat, negotiated, page=page, only_proposals=only_proposals, at=at)
    directory = directories.of(negotiated.conference)
    rows = [(row, slots.places(row, directory, negotiated.language)) for row in found.provisions]
    index, place = _current(found, request)
    current = rows[index][1] if rows else []
    slot = current[min(place, len(current) - 1)] if current else None
    return {
        "negotiated": negotiated,
        "place": "desk",
        "desk": found,
        "rows": rows,
        "index": index,
        "at": rows[index][0] if rows else None,
        "hops": current,
        "here": min(place, len(current) - 1) if current else 0,
        "slot": slot,
        "form": DecisionForm(initial=authorities.last(request, negotiated) | {"seen": str(found.seq)}),
        "recent": decided.recent(seat, negotiated),
        "notes": decided.notes(seat, negotiated),
        "kinds": Revision.Kind.choices,
        "preparing": kinds.prepared(negotiated),
        "overnight": decided.overnight(negotiated),
        "pages": -(-found.total // found.size),
        "only_proposals": only_proposals,
        "is_limited": mandates.is_limited(seat),
        "mandates": mandates.standing(seat, negotiated) if mandates.is_limited(seat) else (),
        "names": directory.names,
    }


def _current(found: Desk, request: SeatedRequest) -> tuple[int, int]:
    """Return which listed provision and which place of it are at hand: by address, else where that one stood."""
    address, number = request.GET.get("at", ""), _number(request.GET.get("n", "")) or found.at
    named = next((at for at, row in enumerate(found.provisions) if row.address == address), None)
    if named is not None:
        return named, _number(request.GET.get("place", "0"))
    return min(number, max(0, len(found.provisions) - 1)), 0


def _address(negotiated: NegotiatingText, asked: Any) -> str:
    kept = {name: asked[name] for name in ("at", "n", "place", "page", "only") if name in asked}
    return reverse("desk", args=[negotiated.conference.slug, negotiated.slug]) + (f"?{urlencode(kept)}" if kept else "")


def _number(asked: str, most: int = 6) -> int:
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= most else 0
