"""Writing a proposal: words on one or several provisions, structural changes, changes throughout the text, remarks.

Every page works as a plain form: preview, then submit. What is refused stays on the page with its words.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from delegations.middleware import SeatedRequest
from delegations.models import Seat
from delegations.roles import Right
from drafting.errors import EmptyChange
from drafting.forms.proposals import ProposalForm, RemarkForm, RestructureForm, ThroughoutForm
from drafting.models import Amendment, Draft, NegotiatingText, Provision
from drafting.queries import access, agreements
from drafting.services import amendments, drafts, remarks, restructuring
from drafting.services.draft_texts import Wording
from drafting.services.restructuring import Restructuring
from drafting.text.errors import RollingTextError
from drafting.views import areas, doors, previews
from drafting.views.areas import Area

Op = Amendment.Op


def propose(request: SeatedRequest, conference: str, slug: str, address: str) -> HttpResponse:
    """Writes a proposal on a provision, or with `?new=1` a new one after it; more provisions are added in the form."""
    seat, negotiated = doors.text(request, conference, slug)
    provision = access.provision(seat, negotiated, address)
    access.require(seat, Right.PROPOSE)
    if request.GET.get("new") == "before":
        return _before(request, provision)
    is_new = bool(request.GET.get("new"))
    form = ProposalForm(negotiated.language, request.POST or None)
    context: dict[str, Any] = {**_page(negotiated), "provision": provision, "form": form, "is_new": is_new}
    context["locked"] = "" if is_new else agreements.locking(seat, provision)
    context["areas"] = [areas.of(provision, is_new=is_new)]
    try:
        if request.method == "GET":
            context["areas"] = _begin(request, seat, negotiated, provision, is_new=is_new)
        else:
            context["areas"] = areas.read(request, seat, negotiated, context["areas"])
        if request.method == "POST" and form.is_valid() and not {"add", "remove"}.intersection(request.POST):
            answer = _act(request, seat, negotiated, context, form.cleaned_data)
            if answer is not None:
                return answer
    except RollingTextError as refused:
        return _refused(request, "drafting/propose.html", context, refused)
    return render(request, "drafting/propose.html", context)


def restructure(request: SeatedRequest, conference: str, slug: str, address: str) -> HttpResponse:
    """Proposes to delete, move, merge, divide a provision, or an alternative to it."""
    seat, negotiated = doors.text(request, conference, slug)
    provision = access.provision(seat, negotiated, address)
    access.require(seat, Right.PROPOSE)
    words = provision.words.content
    initial = {"op": request.GET.get("op", Op.DELETE), "divided": words}
    initial["instead"] = restructuring.alternative_label(provision)
    form = RestructureForm(request.POST or None, initial=initial)
    context = {**_page(negotiated), "provision": provision, "form": form, "standing": previews.draw(words)}
    if request.method != "POST" or not form.is_valid():
        return render(request, "drafting/restructure.html", context)
    try:
        what = _restructured(seat, negotiated, provision, form.cleaned_data)
        if "save" in request.POST:
            return _keep(request, seat, negotiated, what, form.cleaned_data)
        answer = _settle(request, seat, negotiated, context, what, form.cleaned_data["rationale"])
    except RollingTextError as refused:
        return _refused(request, "drafting/restructure.html", context, refused)
    return answer or render(request, "drafting/restructure.html", context)


def throughout(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Proposes one change of words wherever they stand: the places are listed, and ticked by who proposes."""
    seat, negotiated = doors.text(request, conference, slug)
    access.floor(seat, negotiated)
    access.require(seat, Right.PROPOSE)
    form = ThroughoutForm(request.POST or None)
    context: dict[str, Any] = {**_page(negotiated), "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "drafting/throughout.html", context)
    data = form.cleaned_data
    try:
        found = restructuring.find_throughout(negotiated, data["wanted"], data["instead"])
        chosen = set(request.POST.getlist("place")) if "place" in request.POST or "submit" in request.POST else None
        ticked = {one.provision.address for one in found} if chosen is None else chosen
        context["places"] = [(one, one.provision.address in ticked, _redline(one)) for one in found]
        context["total"] = sum(one.times for one in found)
        if "submit" in request.POST:
            what = restructuring.throughout(found, ticked, is_one=data["is_one"])
            answer = _settle(request, seat, negotiated, context, what, data["rationale"])
            return answer or render(request, "drafting/throughout.html", context)
    except RollingTextError as refused:
        return _refused(request, "drafting/throughout.html", context, refused)
    return render(request, "drafting/throughout.html", context)


def remark(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Lodges a proposal without words to decide: a preference, a move to the decision, a general comment."""
    seat, negotiated = doors.text(request, conference, slug)
    access.floor(seat, negotiated)
    access.require(seat, Right.PROPOSE)
    asked = {name: request.GET.get(name, "") for name in ("op", "at", "said")}
    form = RemarkForm(negotiated.language, request.POST or None, initial=asked)
    context = {**_page(negotiated), "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "drafting/remark.html", context)
    data = form.cleaned_data
    try:
        about = access.provision(seat, negotiated, data["at"]) if data["at"] else None
        row = remarks.lodge(seat, negotiated, data["op"], data["said"], about=about, language=data["language"])
    except RollingTextError as refused:
        return _refused(request, "drafting/remark.html", context, refused)
    return _lodged(request, negotiated, row)


def _begin(
    request: SeatedRequest, seat: Seat, negotiated: NegotiatingText, provision: Provision, *, is_new: bool
) -> list[Area]:
    """Return the areas to begin with; what was selected (`?start=&end=`, or to the end of `last`) comes bracketed."""
    if is_new:
        return [areas.of(provision, is_new=True)]
    words = provision.words.content
    start, end = _number(request, "start"), _number(request, "end")
    last = request.GET.get("last", "").strip()
    if last and last != provision.address:
        other = access.provision(seat, negotiated, last)
        opened = areas.of(provision, words=f"{words[:start]}[{words[start:]}")
        return [opened, areas.of(other, words=f"{other.words.content}]")]
    end = len(words) if last else end
    if start < end <= len(words):
        words = f"{words[:start]}[{words[start:end]}]{words[end:]}"
    return [areas.of(provision, words=words)]


def _before(request: SeatedRequest, provision: Provision) -> HttpResponse:
    """Lead to the provision before, after which a new one is to come."""
    earlier = restructuring.before(provision)
    conference, slug = provision.text.conference.slug, provision.text.slug
    if earlier is None:
        messages.warning(request, "Nothing stands before it: propose a new provision after it, or a change of it.")
        return redirect("propose", conference, slug, provision.address)
    return redirect(f"{reverse('propose', args=[conference, slug, earlier.address])}?new=1")


def _act(
    request: SeatedRequest, seat: Seat, negotiated: NegotiatingText, context: dict[str, Any], data: dict[str, Any]
) -> HttpResponse | None:
    """Preview, keep or lodge what the areas say; returns None where the page is shown again."""
    areas.refuse_emptied(context["areas"])
    what = areas.changed(context["areas"])
    if "save" in request.POST:
        return _keep(request, seat, negotiated, what, data)
    if data["language"] != negotiated.language:
        context["preview"] = previews.in_translation(what.proposed)
        if "submit" not in request.POST:
            return None
        row = amendments.submit(seat, negotiated, what.proposed, data["rationale"], language=data["language"])
        return _lodged(request, negotiated, row)
    return _settle(request, seat, negotiated, context, what, data["rationale"])


def _settle(
    request: SeatedRequest,
    seat: Seat,
    negotiated: NegotiatingText,
    context: dict[str, Any],
    what: Restructuring,
    rationale: str,
) -> HttpResponse | None:
    """Preview what is proposed, or lodge it; ends of brackets taken in are shown before they are submitted."""
    shown = previews.of_all(negotiated, what, seat.delegation.code if seat.delegation else "")
    context["preview"] = shown
    if "submit" not in request.POST:
        return None
    if unseen := areas.unseen(request, shown):
        context["unseen"] = unseen
        return None
    whole = restructuring.take_in(negotiated, what)
    row = amendments.submit(seat, negotiated, whole.proposed, rationale, op=whole.op, is_one=whole.is_one)
    return _lodged(request, negotiated, row)


def _keep(
    request: SeatedRequest, seat: Seat, negotiated: NegotiatingText, what: Restructuring, data: dict[str, Any]
) -> HttpResponse:
    """Keep what is proposed, on one provision or several, as one private draft."""
    spoken = data.get("language", negotiated.language)
    draft = Draft(
        rationale=data["rationale"],
        op=what.op if what.is_one else Op.REPLACE,
        is_one=what.is_one,
        language="" if spoken == negotiated.language else spoken,
    )
    wordings = [Wording(one.provision, one.words, inserts_after=one.inserts_after) for one in what.proposed]
    row = drafts.open_one(seat, wordings, draft)
    messages.success(request, "Saved as a draft. Only your delegation sees it.")
    return redirect("draft", negotiated.conference.slug, negotiated.slug, row.pk)


def _restructured(seat: Seat, negotiated: NegotiatingText, provision: Provision, data: dict[str, Any]) -> Restructuring:
    """Return what the form says in provisions and words."""
    others = [access.provision(seat, negotiated, address) for address in data["others"]]
    match data["op"]:
        case Op.DELETE:
            return restructuring.delete([provision, *others])
        case Op.SPLIT:
            return restructuring.split(provision, data["divided"])
        case Op.ALTERNATIVE:
            return restructuring.offer_alternative([provision, *others], data["instead"])
    if len(others) != 1:
        raise EmptyChange("Name one other provision by its address: where it goes, or what it is merged with.")
    return (restructuring.move if data["op"] == Op.MOVE else restructuring.merge)(provision, others[0])


def _redline(found: restructuring.Found) -> Any:
    return previews.compared(found.provision.words.content, found.words)


def _lodged(request: SeatedRequest, negotiated: NegotiatingText, row: Amendment) -> HttpResponse:
    late = ", as late: the deadline had passed" if row.late else ""
    messages.success(request, f"Submitted as proposal {row.number}{late}.")
    return redirect("proposal", negotiated.conference.slug, negotiated.slug, row.number)


def _refused(request: SeatedRequest, template: str, context: dict[str, Any], refused: RollingTextError) -> HttpResponse:
    """Show the form again with its words and the sentence that says why."""
    for area in context.get("areas", ()):
        area.provision.words.refresh_from_db()
    return render(request, template, {**context, "refused": refused}, status=refused.status)


def _page(negotiated: NegotiatingText) -> dict[str, Any]:
    return {"negotiated": negotiated, "place": "text"}


def _number(request: SeatedRequest, name: str) -> int:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0
