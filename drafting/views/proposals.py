"""Proposals: the list with what became of each, one of them, writing one, and a delegation's private drafts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from delegations.middleware import SeatedRequest
from delegations.models import Seat
from delegations.roles import Right
from drafting.forms import DraftForm, WordsForm
from drafting.models import Draft, NegotiatingText, Provision
from drafting.queries import access, amendments
from drafting.services import amendments as lodged
from drafting.services import drafts
from drafting.services.proposals import Proposed
from drafting.text.errors import RollingTextError
from drafting.views import directories, doors, panels, pins, previews
from drafting.views.panels import ON_AMENDMENTS, ON_BRACKETS


@require_safe
def listed(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows the proposals on the text, newest first; `?ours=1`, `?state=open` and `?at=9.2` keep some of them."""
    seat, negotiated = doors.text(request, conference, slug)
    asked = request.GET
    seq = negotiated.floor.head  # before what it stands for is read
    found = amendments.listed(
        seat,
        negotiated,
        address=asked.get("at", ""),
        states=[state for state in asked.get("state", "").split(",") if state],
        ours=bool(asked.get("ours")),
        page=_page(asked.get("page", "")),
    )
    directory = directories.of(negotiated.conference)
    context = {
        "negotiated": negotiated,
        "place": "proposals",
        "seq": seq,
        "found": found,
        "pages": -(-found.total // found.size),
        "items": [panels.amendment_card(card, None, directory) for card in found.cards],
        "own_drafts": access.drafts(seat).filter(text=negotiated).order_by("-created"),
        "fates": amendments.FATES,
        **_names(request, seat, directory),
    }
    return render(request, "drafting/proposals.html", context)


@require_safe
def one(request: SeatedRequest, conference: str, slug: str, number: int) -> HttpResponse:
    """Shows one proposal: its words, who stands where, what became of each edit."""
    seat, negotiated = doors.text(request, conference, slug)
    card = amendments.numbered(seat, negotiated, number)
    directory = directories.of(negotiated.conference)
    context = {
        "negotiated": negotiated,
        "place": "proposals",
        "item": panels.amendment_card(card, None, directory),
        **_names(request, seat, directory),
    }
    return render(request, "drafting/proposal.html", context)


def propose(request: SeatedRequest, conference: str, slug: str, address: str) -> HttpResponse:
    """Writes a proposal on one provision, or with `?new=1` a new provision after it: preview, keep as draft, submit."""
    seat, negotiated = doors.text(request, conference, slug)
    provision = access.provision(seat, negotiated, address)
    access.require(seat, Right.PROPOSE)
    is_new = bool(request.GET.get("new"))
    base = "" if is_new else provision.words.content
    form = WordsForm(request.POST or None, initial={"words": _with_brackets(base, request), "base": base})
    context = {
        "negotiated": negotiated,
        "place": "text",
        "provision": provision,
        "standing": previews.draw(provision.words.content),
        "form": form,
        "is_new": is_new,
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "drafting/propose.html", context)
    proposed = Proposed(provision, form.cleaned_data["words"], form.cleaned_data["base"], is_new)
    try:
        if "save" in request.POST:
            return _keep(request, seat, negotiated, proposed, form.cleaned_data["rationale"])
        if "submit" in request.POST:
            return _lodge(request, seat, negotiated, proposed, form.cleaned_data["rationale"])
        context["preview"] = previews.of(proposed, _code(seat))
    except RollingTextError as refused:
        return _refused(request, "drafting/propose.html", context, refused)
    return render(request, "drafting/propose.html", context)


def draft(request: SeatedRequest, conference: str, slug: str, pk: UUID) -> HttpResponse:
    """Shows a private draft of the seat's delegation, to go on with: save, preview, submit, discard."""
    seat, negotiated = doors.text(request, conference, slug)
    row = access.draft(seat, pk)
    initial = {
        "words": row.words.content,
        "base": row.base.content,
        "rationale": row.rationale,
        "rev": row.words.rev,
    }
    form = DraftForm(request.POST or None, initial=initial)
    context = {
        "negotiated": negotiated,
        "place": "proposals",
        "draft": row,
        "provision": row.provision,
        "standing": previews.draw(row.provision.words.content),
        "form": form,
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "drafting/draft.html", context)
    try:
        return _act_on_draft(request, seat, negotiated, row, form, context)
    except RollingTextError as refused:
        return _refused(request, "drafting/draft.html", context, refused)


def _act_on_draft(
    request: SeatedRequest,
    seat: Seat,
    negotiated: NegotiatingText,
    row: Draft,
    form: DraftForm,
    context: dict[str, Any],
) -> HttpResponse:
    if "discard" in request.POST:
        drafts.discard(seat, row)
        messages.success(request, "The draft is discarded; its words are erased.")
        return redirect("proposals", negotiated.conference.slug, negotiated.slug)
    data = form.cleaned_data
    saved = drafts.save(seat, row, data["words"], rev=data["rev"], rationale=data["rationale"])
    if "submit" in request.POST:
        amendment = drafts.submit(seat, saved)
        messages.success(request, f"Submitted as amendment {amendment.number}.")
        return redirect("proposal", negotiated.conference.slug, negotiated.slug, amendment.number)
    if "preview" in request.POST:
        proposed = Proposed(saved.provision, saved.words.content, saved.base.content, saved.inserts_after)
        context["preview"] = previews.of(proposed, _code(seat))
        context["form"] = DraftForm({**request.POST.dict(), "rev": saved.words.rev})
        return render(request, "drafting/draft.html", context)
    messages.success(request, "Saved. Only your delegation sees it.")
    return redirect("draft", negotiated.conference.slug, negotiated.slug, row.pk)


def _with_brackets(words: str, request: SeatedRequest) -> str:
    """Return the words with a pair round what was selected in the text (`?start=&end=`), to go on from."""
    start, end = _page(request.GET.get("start", ""), 0), _page(request.GET.get("end", ""), 0)
    return f"{words[:start]}[{words[start:end]}]{words[end:]}" if start < end <= len(words) else words


def _keep(
    request: SeatedRequest, seat: Seat, negotiated: NegotiatingText, proposed: Proposed, rationale: str
) -> HttpResponse:
    row = drafts.open(seat, proposed.provision, inserts_after=proposed.inserts_after, rationale=rationale)
    drafts.save(seat, row, proposed.words)
    messages.success(request, "Saved as a draft. Only your delegation sees it.")
    return redirect("draft", negotiated.conference.slug, negotiated.slug, row.pk)


def _lodge(
    request: SeatedRequest, seat: Seat, negotiated: NegotiatingText, proposed: Proposed, rationale: str
) -> HttpResponse:
    amendment = lodged.submit(seat, negotiated, [proposed], rationale)
    messages.success(request, f"Submitted as amendment {amendment.number}.")
    return redirect("proposal", negotiated.conference.slug, negotiated.slug, amendment.number)


def _refused(request: SeatedRequest, template: str, context: dict[str, Any], refused: RollingTextError) -> HttpResponse:
    """Show the form again with its words and the sentence that says why."""
    provision: Provision = context["provision"]
    provision.words.refresh_from_db()
    return render(request, template, {**context, "refused": refused}, status=refused.status)


def _code(seat: Seat) -> str:
    return seat.delegation.code if seat.delegation else ""


def _page(asked: str, otherwise: int = 1) -> int:
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else otherwise


def _names(request: SeatedRequest, seat: Seat, directory: directories.Directory) -> dict[str, Any]:
    return {
        "names": directory.names,
        "pins": pins.read(request.GET.get("pin", ""), seat, directory.names),
        "on_brackets": ON_BRACKETS,
        "on_amendments": ON_AMENDMENTS,
    }
