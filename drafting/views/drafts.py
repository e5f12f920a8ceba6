"""A delegation's private draft: its provisions one under the other on a page, written, submitted or discarded."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from delegations.middleware import SeatedRequest
from delegations.models import Seat
from drafting.forms.proposals import RationaleForm
from drafting.models import Draft, NegotiatingText
from drafting.queries import access
from drafting.services import draft_texts, drafts, signoffs
from drafting.services.draft_texts import Wording
from drafting.services.drafts import Written
from drafting.text.errors import RollingTextError
from drafting.views import areas, directories, doors, previews

_PAGE = "drafting/draft.html"


def one(request: SeatedRequest, conference: str, slug: str, pk: UUID) -> HttpResponse:
    """Shows a private draft of the seat's delegation, to go on with: save, widen, preview, submit, discard."""
    seat, negotiated = doors.text(request, conference, slug)
    row = access.draft(seat, pk)
    form = RationaleForm(request.POST or None, initial={"rationale": row.rationale})
    context: dict[str, Any] = {
        "negotiated": negotiated,
        "place": "proposals",
        "draft": row,
        "own": row.delegation_id == seat.delegation_id,
        "guests": list(row.invited.order_by("code").values_list("code", flat=True)),
        "names": directories.of(negotiated.conference).names,
        "areas": areas.of_parts(draft_texts.parts(row)),
        "form": form,
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, _PAGE, {**context, "preview": _foresee(seat, negotiated, row)})
    try:
        context["areas"], context["left"] = areas.refill(request, context["areas"])
        return _act(request, seat, negotiated, row, context, form.cleaned_data["rationale"])
    except RollingTextError as refused:
        context["areas"] = areas.refused(context["areas"], areas.of_parts(draft_texts.parts(row)))
        return render(request, _PAGE, {**context, "refused": refused}, status=refused.status)


def _act(
    request: SeatedRequest,
    seat: Seat,
    negotiated: NegotiatingText,
    row: Draft,
    context: dict[str, Any],
    rationale: str,
) -> HttpResponse:
    if "discard" in request.POST:
        drafts.discard(seat, row)
        messages.success(request, "The draft is discarded; its words are erased.")
        return redirect("proposals", negotiated.conference.slug, negotiated.slug)
    written = [Written(area.text, area.words, area.rev) for area in context["areas"] if area.text and area.is_sent]
    written += [Written(text, words) for text, words in context["left"]]
    saved = drafts.save(seat, row, written, rationale=rationale)
    if "submit" in request.POST or "preview" in request.POST:
        return _settle(request, seat, negotiated, saved, context)
    messages.success(request, _go_on(request, seat, negotiated, saved))
    return redirect("draft", negotiated.conference.slug, negotiated.slug, row.pk)


def _go_on(request: SeatedRequest, seat: Seat, negotiated: NegotiatingText, row: Draft) -> str:
    """Do what the button says that leads back to the draft, and say what was done."""
    asked = request.POST
    if "add" in asked:
        provision = access.provision(seat, negotiated, asked.get("add_at", "").strip())
        drafts.widen(seat, row, Wording(provision, inserts_after="add_new" in asked))
        return f"{provision} is in the draft too."
    if "remove" in asked:
        drafts.narrow(seat, row, areas.named(asked["remove"]))
        return "Taken out of the draft; what was written for it is erased."
    if "ask" in asked or "give_back" in asked:
        signoffs.ask(seat, row, asked="ask" in asked)
        return "It waits for the head." if "ask" in asked else "Given back to be gone on with."
    return "Saved. Only your delegation sees it, and whom it writes it with."


def _foresee(seat: Seat, negotiated: NegotiatingText, row: Draft) -> previews.Whole | None:
    """Return the preview of a draft as it was left; none of one that cannot be submitted, such as an unchanged one."""
    try:
        return _preview(seat, negotiated, row)
    except RollingTextError:
        return None  # what is in the way is said to whoever asks for the preview, not to whoever opens the page


def _preview(seat: Seat, negotiated: NegotiatingText, row: Draft) -> previews.Whole:
    what = drafts.whole(row)
    code = seat.delegation.code if seat.delegation else ""
    return previews.in_translation(what.proposed) if row.language else previews.of_all(negotiated, what, code)


def _settle(
    request: SeatedRequest, seat: Seat, negotiated: NegotiatingText, row: Draft, context: dict[str, Any]
) -> HttpResponse:
    """Preview the draft, or submit it; ends of brackets taken in are shown before they are submitted."""
    shown = context["preview"] = _preview(seat, negotiated, row)
    context["areas"] = areas.of_parts(draft_texts.parts(row))
    context["unseen"] = areas.unseen(request, shown) if "submit" in request.POST else ()
    if "submit" not in request.POST or context["unseen"]:
        return render(request, _PAGE, context)
    amendment = drafts.submit(seat, row)
    late = ", as late: the deadline had passed" if amendment.late else ""
    messages.success(request, f"Submitted as proposal {amendment.number}{late}.")
    return redirect("proposal", negotiated.conference.slug, negotiated.slug, amendment.number)
