"""Triage as a page: every open proposal in clusters, one act on all that are ticked; linked brackets the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from delegations.middleware import SeatedRequest
from drafting.forms.floor import BulkForm
from drafting.models import Decision, NegotiatingText
from drafting.queries import policies as adopted
from drafting.queries import quarrels, triage
from drafting.queries.triage import ClusterShown
from drafting.services import bulk, foresight, linked, policies
from drafting.services.bulk import Place, Settled
from drafting.text.errors import RollingTextError
from drafting.views import authorities, doors, redlines
from drafting.views.desk import ON_BRACKETS

#: Clusters on one page.
SIZE = 60
LIKENESSES = {
    "": "Everything",
    "competing": "Competing",
    "similar": "Nearly the same",
    "identical": "Identical",
    "alone": "Standing alone",
    "weaker": "Weaker",
    "stronger": "Stronger",
}
#: Wordings shown of one cluster; the desk has them all.
_WORDINGS = 3
#: Edits shown of one wording, and characters of what each strikes or puts in.
_EDITS, _LONGEST = 4, 140
_IDS = re.compile(r"[0-9]{1,15}(?:,[0-9]{1,15})*")


class NothingTicked(RollingTextError):
    """A bulk act on no place."""

    code = "nothing-ticked"
    status = 422


def sort_out(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows the clusters that the filter in the address leaves; a POST does one act on those ticked."""
    seat, negotiated = doors.text(request, conference, slug)
    asked = request.GET
    found = triage.sorted_out(
        seat,
        negotiated,
        likeness=asked.get("only", ""),
        address=asked.get("at", ""),
        only_undecided=asked.get("kept") != "1",
        counted=asked.get("counts") == "1" and negotiated.conference.counts_in_triage,
    )
    refused: RollingTextError | None = None
    form = BulkForm(request.POST or None, initial=authorities.last(request, negotiated))
    if request.method == "POST":
        try:
            done = bulk.decide(seat, negotiated, places=[Place(*place) for place in _ticked(request)], **_asked(form))
            authorities.keep(request, negotiated, form.cleaned_data)
            _tell(request, done)
            last = {"last": done.batch} if done.made else {}
            return redirect(f"{request.path}?{urlencode(asked.dict() | last)}")
        except RollingTextError as error:
            refused = error
    context = _context(request, negotiated, found) | {"form": form, "refused": refused}
    context["ticked"] = frozenset(request.POST.getlist("place"))
    return render(request, "drafting/triage.html", context, status=refused.status if refused else 200)


def quarrel(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows linked brackets, those of one bracket or all; a POST settles the places that a person ticked."""
    seat, negotiated = doors.text(request, conference, slug)
    asked = request.GET.get("bracket", "")
    bracket = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else None
    refused: RollingTextError | None = None
    form = BulkForm(request.POST or None, initial=authorities.last(request, negotiated))
    if request.method == "POST":
        try:
            data = _asked(form)
            places = [ids for _, ids in _ticked(request)]
            done = linked.settle(seat, negotiated, places=places, chosen=form.cleaned_data["chosen"], **data)
            authorities.keep(request, negotiated, form.cleaned_data)
            _tell(request, done)
            return redirect("desk", conference, slug)
        except RollingTextError as error:
            refused = error
    context = {
        "negotiated": negotiated,
        "place": "desk",
        "found": quarrels.found(seat, negotiated, bracket, page=_page(request)),
        "bracket": bracket,
        "form": form,
        "refused": refused,
    }
    return render(request, "drafting/linked.html", context, status=refused.status if refused else 200)


@require_POST
def effects(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Says what an act on all that is ticked would do, as a fragment of triage or of the linked brackets."""
    seat, negotiated = doors.text(request, conference, slug)
    asked = request.POST
    act, authority = asked.get("act", ""), asked.get("authority", "")
    context: dict[str, Any] = {"foreseen": None, "is_many": True}
    try:
        if act not in Decision.Act.values or authority not in Decision.Authority.values:
            raise NothingTicked("Choose what to do, and on whose authority.")
        places = list(_ticked(request))
        if act in ON_BRACKETS:
            chosen = asked.get("chosen", "")
            context["foreseen"] = linked.foresee(seat, negotiated, act, authority, [ids for _, ids in places], chosen)
        else:
            wanted = [Place(*place) for place in places]
            context["foreseen"] = foresight.foresee_each(seat, negotiated, act, authority, wanted)
        context |= {"act": Decision.Act(act).label, "count": len(places)}
    except RollingTextError as refused:
        context["why"] = refused.message
    return render(request, "drafting/_effects.html", context)


@require_POST
def admit(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Lets in, by policy, what nothing competes with and nobody is against."""
    seat, negotiated = doors.text(request, conference, slug)
    _tell(request, policies.admit_unopposed(seat, negotiated))
    return redirect("triage", conference, slug)


@require_POST
def undo(request: SeatedRequest, conference: str, slug: str, batch: UUID) -> HttpResponse:
    """Takes back all that one act on many places decided."""
    seat, negotiated = doors.text(request, conference, slug)
    count = bulk.undo(seat, negotiated, batch)
    messages.success(request, f"Taken back at {count} {'place' if count == 1 else 'places'}.")
    if request.POST.get("then") == "triage":
        asked = {name: value for name, value in request.GET.items() if name != "last"}
        return redirect(f"{reverse('triage', args=[conference, slug])}?{urlencode(asked)}")
    return redirect("by-policy" if request.POST.get("then") == "by-policy" else "desk", conference, slug)


def _asked(form: BulkForm) -> dict[str, Any]:
    if not form.is_valid():
        raise NothingTicked("Choose what to do, and on whose authority.")
    return {name: form.cleaned_data[name] for name in ("act", "authority", "forum", "reason", "seen")}


def _ticked(request: HttpRequest) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the name and the ids of each place ticked; refused where there is none."""
    listed = request.POST.getlist("place")
    if not listed:
        raise NothingTicked("Tick what the act is for.")
    for value in listed:
        name, _, ids = value.rpartition("|")
        if not _IDS.fullmatch(ids):
            raise NothingTicked("Tick what the act is for.")
        yield name, tuple(map(int, ids.split(",")))


def _tell(request: HttpRequest, done: Settled) -> None:
    if done.made:
        messages.success(request, f"Decided at {len(done.made)} {'place' if len(done.made) == 1 else 'places'}.")
    for left in done.left[:8]:
        messages.warning(request, f"Left as it stands, {left.name}: {left.message}")
    if len(done.left) > 8:
        messages.warning(request, f"… and {len(done.left) - 8} more are left as they stand.")


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def _context(request: HttpRequest, negotiated: NegotiatingText, found: triage.Triage) -> dict[str, Any]:
    pages = max(1, -(-len(found.clusters) // SIZE))
    page = min(pages, _page(request))
    kept = {name: request.GET[name] for name in ("at", "kept", "counts") if request.GET.get(name)}
    chips = [
        (name, title, urlencode(kept | ({"only": name} if name else {})), found.by_likeness.get(name))
        for name, title in LIKENESSES.items()
    ]
    return {
        "negotiated": negotiated,
        "place": "desk",
        "found": found,
        "rows": [_row(row) for row in found.clusters[(page - 1) * SIZE : page * SIZE]],
        "chips": chips,
        "only": request.GET.get("only", ""),
        "counted": request.GET.get("counts") == "1",
        "adopted": adopted.forum(negotiated.conference, "unopposed_go_in"),
        "shows_kept": request.GET.get("kept") == "1",
        "page": page,
        "pages": pages,
        "last": _batch(request.GET.get("last", "")),
    }


def _batch(asked: str) -> UUID | None:
    try:
        return UUID(asked)
    except ValueError:
        return None


def _row(row: ClusterShown) -> dict[str, Any]:
    """Return a cluster with its wordings as short redlines."""
    shown = [
        {
            "html": redlines.excerpt(wording.edits[:_EDITS], row.words, _LONGEST),
            "codes": wording.sponsors[:4],
            "rest": max(0, len(wording.sponsors) - 4),
            "numbers": wording.numbers,
        }
        for wording in row.wordings[:_WORDINGS]
    ]
    ids = ",".join(map(str, row.hunks))
    return {"row": row, "wordings": shown, "more": len(row.wordings) - len(shown), "value": f"{row.address}|{ids}"}
