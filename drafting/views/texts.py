"""The text page and the fragments its refresh asks for. Finding one's way in it is in `searches`."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from delegations.middleware import SeatedRequest
from delegations.models import Seat
from delegations.roles import Right
from drafting.errors import NotFound
from drafting.models import NegotiatingText
from drafting.queries import access, askings, ladders, pages, revisions
from drafting.queries.pages import Page, ProvisionShown
from drafting.views import caching, directories, doors, outlines, panels, pins, sheets
from drafting.views.directories import Directory
from drafting.views.panels import ON_AMENDMENTS, ON_BRACKETS, ON_OPTIONS, Panel

#: Provisions one request may ask to be drawn again.
MOST_FRAGMENTS = 200
#: Characters of a key the cache takes; longer ones are drawn anew.
LONGEST_KEY = 240


@require_safe
def text(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows the whole text: outline, reading column, panel of the provision `?at=` or of the first that is open.

    Whoever reads only what is issued is shown the last revision instead.
    """
    seat, negotiated = doors.text(request, conference, slug)
    issued = None if seat.may(Right.READ_FLOOR) else revisions.listed(seat, negotiated).first()
    if issued is not None:
        return redirect("revision", conference, slug, issued.number)
    page = pages.page(seat, negotiated)
    directory = directories.of(negotiated.conference)
    drawn = sheets.draw(negotiated, page, directory)
    chosen = _chosen(page, request.GET.get("at", ""))
    pinned = pins.read(request.GET.get("pin", ""), seat, directory.names)
    context = {
        "negotiated": negotiated,
        "place": "text",
        "page": page,
        "sheet": sheets.join(drawn.values()),
        "outline": outlines.of(page, ladders.of(negotiated.conference)),
        **(_panel(request, panels.of(seat, negotiated, page, chosen, directory)) if chosen else {"panel": None}),
        "only": request.GET.get("only", ""),
        "pins": pinned,
        "pin_style": pins.style(pinned, page.mine),
        "names": directory.names,
        "last": revisions.listed(seat, negotiated).first(),
        **before(seat, negotiated),
        **_choices(),
    }
    return render(request, "drafting/text.html", context)


@require_safe
def fragments(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Returns the fragments named (`?f=p12&f=panel12&f=outline`) as they stand; what is gone is left out."""
    seat, negotiated = doors.text(request, conference, slug)
    asked = request.GET.getlist("f")[:MOST_FRAGMENTS]
    parts = [parts_of_the_sheet(seat, negotiated, _ids(asked, "p"))]
    directory = directories.of(negotiated.conference) if any(name.startswith("panel") for name in asked) else None
    for pk in _ids(asked, "panel") if directory else ():
        page = pages.page(seat, negotiated, [pk])
        if page.provisions and directory:
            context = panel_of(request, seat, negotiated, page, directory)
            parts.append(render_to_string("drafting/_panel.html", context, request))
    if "outline" in asked:
        rungs = ladders.of(negotiated.conference)
        page = pages.page(seat, negotiated)
        context = {"negotiated": negotiated, "outline": outlines.of(page, rungs), "page": page}
        parts.append(render_to_string("drafting/_outline.html", context, request))
    if "asking" in asked:
        parts.append(
            render_to_string("drafting/_asking.html", {"negotiated": negotiated, **before(seat, negotiated)}, request)
        )
    return HttpResponse("\n".join(parts))


def before(seat: Seat, negotiated: NegotiatingText) -> dict[str, Any]:
    """Return the question that is before the room, and what the bureau's pages follow to hear of objections."""
    bureau = negotiated.bureau if access.reads_bureau(seat) else None
    return {"asking": askings.standing(seat, negotiated), "bureau": bureau}


def parts_of_the_sheet(seat: Seat, negotiated: NegotiatingText, wanted: list[int]) -> str:
    """Return provisions by id as the reading column shows them.

    The same for all who see the same names at one seq of the floor, so it is drawn once and kept for those who follow.
    """
    if not wanted:
        return ""
    access.floor(seat, negotiated)
    named = f"{negotiated.conference.attribution_shown}:{access.reads_bureau(seat)}"
    key = f"sheet:{negotiated.pk}:{negotiated.floor.head}:{named}:{','.join(map(str, sorted(wanted)))}"
    if len(key) > LONGEST_KEY:
        return _draw(seat, negotiated, wanted)
    drawn = caching.read(key)
    if drawn is None:
        drawn = _draw(seat, negotiated, wanted)
        caching.keep(key, drawn)
    return drawn


@require_safe
def panel_fragment(request: SeatedRequest, conference: str, slug: str, pk: int) -> HttpResponse:
    """Returns the panel of one provision."""
    seat, negotiated = doors.text(request, conference, slug)
    page = pages.page(seat, negotiated, [pk])
    if not page.provisions:
        raise NotFound("There is no such provision in this text.")
    directory = directories.of(negotiated.conference)
    return render(request, "drafting/_panel.html", panel_of(request, seat, negotiated, page, directory))


def panel_of(
    request: SeatedRequest, seat: Seat, negotiated: NegotiatingText, page: Page, directory: Directory
) -> dict[str, Any]:
    """Return what the panel's template needs for the first provision of `page`."""
    pinned = pins.read(request.GET.get("pin", ""), seat, directory.names)
    first = [pinned.square, pinned.triangle]
    return {
        "negotiated": negotiated,
        "page": page,
        **_panel(request, panels.of(seat, negotiated, page, page.provisions[0], directory, first)),
        "pins": pinned,
        "names": directory.names,
        **_choices(),
    }


def _panel(request: SeatedRequest, panel: Panel) -> dict[str, Any]:
    return {"panel": panel, "opened": panel.opened(request.GET.get("bracket", ""))}


def _draw(seat: Seat, negotiated: NegotiatingText, wanted: list[int]) -> str:
    page = pages.page(seat, negotiated, wanted)
    return sheets.join(sheets.draw(negotiated, page, directories.of(negotiated.conference)).values())


def _chosen(page: Page, address: str) -> ProvisionShown | None:
    named = next((row for row in page.provisions if row.address == address), None)
    if named is not None:
        return named
    starts = {bracket.start[0] for bracket in page.brackets.values() if bracket.kind != "note"}
    opening = (row for row in page.provisions if row.id in starts and row.kind not in ("heading", "article"))
    return next(opening, page.provisions[0] if page.provisions else None)


def _ids(asked: list[str], prefix: str) -> list[int]:
    numbers = (name.removeprefix(prefix) for name in asked if name.startswith(prefix))
    return [int(number) for number in numbers if number.isascii() and number.isdigit() and len(number) < 16]


def _choices() -> dict[str, Any]:
    return {"on_brackets": ON_BRACKETS, "on_amendments": ON_AMENDMENTS, "on_options": ON_OPTIONS}
