"""Putting brackets round words: for whoever asked in the room, or, by a delegate, as a proposal that puts them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from delegations import queries
from delegations.middleware import SeatedRequest
from delegations.models import Seat
from delegations.roles import Right
from drafting.errors import NotFound, StaleVersion
from drafting.forms.floor import BracketForm
from drafting.models import Provision
from drafting.queries import access
from drafting.services import brackets
from drafting.text.errors import RollingTextError
from drafting.views import directories, doors, previews


def put(request: SeatedRequest, conference: str, slug: str, address: str) -> HttpResponse:
    """Puts a pair round chosen words for those who asked; a delegate is led to the proposal that does so."""
    seat, negotiated = doors.text(request, conference, slug)
    provision = access.provision(seat, negotiated, address)
    if not brackets.may_put(seat, negotiated):
        words = urlencode({name: request.GET[name] for name in ("start", "end", "last") if name in request.GET})
        return redirect(f"{reverse('propose', args=[conference, slug, address])}?{words}")
    directory = directories.of(negotiated.conference)
    initial = {name: request.GET.get(name) for name in ("start", "end", "rev")}
    initial["quoted"] = chosen(provision, request)
    form = BracketForm(directory.names, request.POST or None, initial=initial)
    if not seat.may(Right.RECORD):
        del form.fields["speakers"]
    context: dict[str, Any] = {
        "negotiated": negotiated,
        "place": "text",
        "provision": provision,
        "standing": previews.draw(provision.words.content),
        "form": form,
        "names": directory.names,
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "drafting/put_bracket.html", context)
    try:
        opened = _put(seat, provision, form.cleaned_data)
    except RollingTextError as refused:
        return render(request, "drafting/put_bracket.html", {**context, "refused": refused}, status=refused.status)
    messages.success(request, f"Opened: {opened}.")
    return redirect("provision", conference, slug, address)


def span(words: str, start: int | None, end: int | None, quoted: str) -> tuple[int, int]:
    """Return the range of words chosen by their place, or by quoting them where they stand once.

    Words quoted are looked for as they are; raises `NotFound` where they stand nowhere or more than once.
    """
    if start is not None and end is not None and words[start:end] == quoted:
        return start, end
    at = words.find(quoted) if quoted else -1
    if at < 0:
        raise NotFound("These words do not stand in the provision: copy them exactly as they are.")
    if words.find(quoted, at + 1) >= 0:
        raise NotFound("These words stand there more than once: take a few more, or select them in the text.")
    return at, at + len(quoted)


def chosen(provision: Provision, request: SeatedRequest) -> str:
    """Return the words that `?start=` and `?end=` (code points) name; empty where they name none."""
    start, end = request.GET.get("start", ""), request.GET.get("end", "")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        return ""
    return provision.words.content[int(start[:9]) : int(end[:9])]


def _put(seat: Seat, provision: Provision, data: dict[str, Any]) -> Any:
    rev, words = data["rev"], provision.words
    if rev is not None and rev != words.rev and data["quoted"] not in words.content:
        raise StaleVersion("The text changed since you chose the words: choose them again.")
    start, end = span(words.content, data["start"], data["end"], data["quoted"].replace("\r\n", "\n"))
    rows = {row.code: row for row in queries.delegations(seat.conference)}
    own = [seat.delegation] if seat.delegation else []
    holders = [rows[code] for code in data["speakers"]] if "speakers" in data else own
    last = access.provision(seat, provision.text, data["last"]) if data["last"] else provision
    end = len(last.words.content) if data["last"] else end
    return brackets.put(seat, provision, start, last, end, holders)
