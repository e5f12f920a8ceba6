"""The pages before a final text: the checks with their findings, the renumbering, the special list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from delegations.middleware import SeatedRequest
from delegations.models import Seat
from drafting.errors import NotFound
from drafting.forms import editorials as forms
from drafting.forms.editorials import Printed
from drafting.models import EditorialChange, NegotiatingText
from drafting.queries import revisions, scrubs, specials
from drafting.queries.scrubs import Found, Spot
from drafting.services import editorials
from drafting.services.editorials import Correction
from drafting.text import scrubbing
from drafting.text.document import LANGUAGES
from drafting.text.errors import RollingTextError
from drafting.text.findings import Check
from drafting.text.renumberings import Way
from drafting.views import doors
from drafting.views.desk import UnknownChoice

Kind = EditorialChange.Kind

TITLES = {
    Check.REFERENCE: "Cross-references",
    Check.TERM: "Defined terms",
    Check.SPELLING: "Spelling",
    Check.LIST: "Numbers and lists",
}
WAYS = {
    Way.SUFFIXES: "Keep every number; one that stands twice takes bis, ter …",
    Way.CLOSE: "Close the numbers up; bis, ter … dissolve",
    Way.KEEP: "Close them up, and let what was taken out keep its number",
}
_KINDS = {
    Check.REFERENCE: Kind.REFERENCE,
    Check.TERM: Kind.TERM,
    Check.SPELLING: Kind.SPELLING,
    Check.LIST: Kind.NUMBERING,
}


@require_safe
def scrub(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows what the checks found, each with its place and, where one is sure, the correction to send."""
    seat, negotiated = doors.text(request, conference, slug)
    found = scrubs.scrub(seat, negotiated)
    counts = scrubs.count(found)
    only = request.GET.get("only", "")
    rows = [(one, _remedy(one)) for one in found if only in ("", one.check)]
    context = {
        "negotiated": negotiated,
        "place": "documents",
        "chips": [(str(check), title, counts[check]) for check, title in TITLES.items()],
        "rows": rows,
        "has_remedy": any(remedy for _, remedy in rows),
        "only": only,
        "total": len(found),
        "titles": {str(check): title for check, title in TITLES.items()},
        "kinds": {str(check): str(kind) for check, kind in _KINDS.items()},
        "language": LANGUAGES.get(negotiated.language, negotiated.language),
        "unchecked": [TITLES[check].lower() for check in scrubbing.unchecked(negotiated.language)],
    }
    return render(request, "drafting/scrub.html", context)


def renumber(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows old and new labels and every mention that goes with them; sends those confirmed as one change."""
    seat, negotiated = doors.text(request, conference, slug)
    way = _way(request)
    found = scrubs.renumber(seat, negotiated, way)
    rows = [(one, _printed(one.spot, one.words, Kind.NUMBERING)) for one in found]
    context = {
        "negotiated": negotiated,
        "place": "documents",
        "way": way,
        "ways": WAYS.items(),
        "rows": rows,
        "is_ticked": "ticked" in request.GET,
        "dangling": scrubs.dangling(seat, negotiated) if rows else 0,
    }
    if request.method != "POST":
        return render(request, "drafting/renumber.html", context)
    try:
        count = _send(seat, negotiated, request)
    except RollingTextError as refused:
        return render(request, "drafting/renumber.html", context | {"refused": refused}, status=refused.status)
    messages.success(request, f"Sent to all delegations as one editorial change, with {count} places.")
    return redirect("editorials", conference, slug)


@require_safe
def special(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows every shall, and, number, date and cross-reference that differs from an earlier revision."""
    seat, negotiated = doors.text(request, conference, slug)
    asked = request.GET.get("rev", "")
    base = specials.base(seat, negotiated, int(asked[:6]) if asked.isascii() and asked.isdigit() else None)
    if base is None:
        raise NotFound("Nothing has been issued yet to compare with.")
    found = specials.listed(seat, negotiated, base)
    counts = specials.count(found)
    only = request.GET.get("only", "")
    context = {
        "negotiated": negotiated,
        "place": "documents",
        "base": base,
        "issued": revisions.listed(seat, negotiated),
        "chips": [(sort.name, str(sort), counts[sort]) for sort in counts],
        "rows": [one for one in found if only in ("", one.sort.name)],
        "only": only,
        "total": len(found),
    }
    return render(request, "drafting/special.html", context)


def _send(seat: Seat, negotiated: NegotiatingText, request: SeatedRequest) -> int:
    ticked = [forms.printed(one) for one in request.POST.getlist("ticked")]
    if not ticked:
        raise UnknownChoice("Tick the numbers that are to change.")
    places = tuple(forms.place(negotiated, one) for one in ticked)
    reason = request.POST.get("reason", "").strip() or "The text is renumbered."
    editorials.propose(seat, negotiated, [Correction(Kind.NUMBERING, places, reason)])
    return len(places)


def _way(request: SeatedRequest) -> Way:
    asked = request.POST.get("way") or request.GET.get("way") or Way.SUFFIXES
    if asked not in list(Way):
        raise UnknownChoice("Choose one of the ways of numbering.")
    return Way(asked)


def _remedy(one: Found) -> str:
    return "" if one.remedy is None or one.is_sent else _printed(one.spot, one.remedy, _KINDS[one.check], one.sentence)


def _printed(spot: Spot, words: str, kind: str, reason: str = "") -> str:
    return Printed(spot.provision, spot.rev, spot.lo, spot.struck, words, kind, reason[:400]).encode()
