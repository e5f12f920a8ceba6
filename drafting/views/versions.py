"""Versions of an amendment: reworded by its sponsors, offered by others, taken, declined, left to stand, translated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from delegations import queries
from delegations.middleware import SeatedRequest
from delegations.models import Delegation, Seat
from delegations.roles import Right
from drafting.errors import Forbidden, NotFound
from drafting.forms.proposals import OfferForm
from drafting.models import Amendment, AmendmentVersion, NegotiatingText
from drafting.queries import access
from drafting.queries import versions as reads
from drafting.services import amendments, offers, restructuring, sponsors, versions
from drafting.services.restructuring import Restructuring
from drafting.text.errors import RollingTextError
from drafting.views import areas, doors, previews


def write(request: SeatedRequest, conference: str, slug: str, number: int) -> HttpResponse:
    """Writes new words for an amendment: the sponsors' own, an offer to them, or the translation, by who writes."""
    seat, negotiated = doors.text(request, conference, slug)
    row = reads.amendment(seat, negotiated, number)
    current = row.versions.get(current=True)
    how = _how(seat, row, current)
    form = OfferForm(request.POST or None)
    context: dict[str, Any] = {
        "negotiated": negotiated,
        "place": "proposals",
        "amendment": row,
        "original": list(current.texts.select_related("provision").order_by("pk")) if current.language else [],
        "how": how,
        "form": form,
        "areas": areas.of_version(current),
    }
    try:
        context["areas"] = areas.read(request, seat, negotiated, context["areas"])
        if request.method == "POST" and form.is_valid() and not {"add", "remove"}.intersection(request.POST):
            return _settle(request, seat, row, context, form.cleaned_data["note"])
    except RollingTextError as refused:
        for area in context["areas"]:
            area.provision.words.refresh_from_db()
        return render(request, "drafting/amend.html", {**context, "refused": refused}, status=refused.status)
    return render(request, "drafting/amend.html", context)


@require_POST
def act(request: SeatedRequest, conference: str, slug: str, number: int) -> HttpResponse:
    """Answers an offer, confirms what was recorded, opens or closes the list of sponsors, invites to it."""
    seat, negotiated = doors.text(request, conference, slug)
    row = reads.amendment(seat, negotiated, number)
    asked = request.POST.get("act", "")
    if asked not in _ACTS:
        raise NotFound("There is no such act on a proposal.")
    shown, said = _ACTS[asked](request, seat, row)
    messages.success(request, said)
    return redirect("proposal", conference, slug, shown)


def _take(request: SeatedRequest, seat: Seat, row: Amendment) -> tuple[int, str]:
    taken = offers.take(seat, _offered(request, seat, row))
    return row.number, f"Taken as friendly: proposal {row.number} is in version {taken.ordinal} now, in both names."


def _decline(request: SeatedRequest, seat: Seat, row: Amendment) -> tuple[int, str]:
    offers.decline(seat, _offered(request, seat, row))
    return row.number, "Declined. Who offered it may let it stand as a proposal of its own."


def _back(request: SeatedRequest, seat: Seat, row: Amendment) -> tuple[int, str]:
    offers.take_back(seat, _offered(request, seat, row))
    return row.number, "Taken back; its words stay in the record."


def _stand(request: SeatedRequest, seat: Seat, row: Amendment) -> tuple[int, str]:
    rival = offers.let_stand(seat, _offered(request, seat, row))
    return rival.number, f"It stands as proposal {rival.number}, beside proposal {row.number}."


def _confirm(request: SeatedRequest, seat: Seat, row: Amendment) -> tuple[int, str]:
    versions.confirm(seat, row)
    return row.number, f"Confirmed: proposal {row.number} is as you said it."


def _withdraw(request: SeatedRequest, seat: Seat, row: Amendment) -> tuple[int, str]:
    amendments.withdraw(seat, row)
    return row.number, f"Withdrawn: proposal {row.number} counts no longer; its words stay in the record."


def _open(request: SeatedRequest, seat: Seat, row: Amendment) -> tuple[int, str]:
    sponsors.set_open(seat, row, is_open=True)
    return row.number, "The list of sponsors is open to everybody."


def _close(request: SeatedRequest, seat: Seat, row: Amendment) -> tuple[int, str]:
    sponsors.set_open(seat, row, is_open=False)
    return row.number, "The list of sponsors is closed to all but the invited."


def _invite(request: SeatedRequest, seat: Seat, row: Amendment) -> tuple[int, str]:
    code = request.POST.get("guest", "").strip().upper()
    guest: Delegation | None = queries.delegations(seat.conference).filter(code=code).first()
    if guest is None:
        raise NotFound(f"No delegation here has the code “{code}”.")
    sponsors.invite(seat, row.versions.get(current=True), guest)
    return row.number, f"{guest.code} is invited to co-sponsor proposal {row.number}."


_ACTS: dict[str, Callable[[SeatedRequest, Seat, Amendment], tuple[int, str]]] = {
    "take": _take,
    "decline": _decline,
    "back": _back,
    "stand": _stand,
    "confirm": _confirm,
    "withdraw": _withdraw,
    "open-list": _open,
    "close-list": _close,
    "invite": _invite,
}


def _offered(request: SeatedRequest, seat: Seat, row: Amendment) -> AmendmentVersion:
    ordinal = request.POST.get("version", "")
    return reads.version(seat, row, int(ordinal) if ordinal.isascii() and ordinal.isdigit() and len(ordinal) < 6 else 0)


def _how(seat: Seat, row: Amendment, current: AmendmentVersion) -> str:
    """Return what the seat would do with new words: translate, reword or offer."""
    if current.language and seat.may(Right.RECORD):
        return "translate"
    access.require(seat, Right.PROPOSE)
    lodged = current.sponsorships.filter(delegation=seat.delegation_id, role="sponsor", withdrawn=False)
    if lodged.exists():
        return "reword"
    if not current.texts.exists():
        raise Forbidden(f"Proposal {row.number} has no words to amend: lodge a remark of your own.")
    return "offer"


def _settle(request: SeatedRequest, seat: Seat, row: Amendment, context: dict[str, Any], note: str) -> HttpResponse:
    """Preview the words, or do with them what the seat is to do."""
    what = Restructuring(row.op, areas.changed(context["areas"]).proposed)
    negotiated: NegotiatingText = context["negotiated"]
    code = seat.delegation.code if seat.delegation else ""
    context["preview"] = shown = previews.of_all(negotiated, what, code)
    context["unseen"] = areas.unseen(request, shown) if "submit" in request.POST else ()
    if "submit" not in request.POST or context["unseen"]:
        return render(request, "drafting/amend.html", context)
    proposed = restructuring.take_in(negotiated, what).proposed
    match context["how"]:
        case "translate":
            versions.translate(seat, row, proposed)
            said = f"Proposal {row.number} has its words in the language of the text, and is consolidated from now on."
        case "reword":
            row = versions.revise(seat, row, proposed)
            said = f"Proposal {row.number} has new words; who stood behind the old ones is asked anew."
        case _:
            offers.offer(seat, row, proposed, note)
            said = f"Offered to the sponsors of proposal {row.number}."
    messages.success(request, said)
    return redirect("proposal", negotiated.conference.slug, negotiated.slug, row.number)
