"""Where one's delegation stands: on a bracket, on an option, on a proposal.

Plain forms; a script that stays on the page asks for JSON.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from delegations.middleware import SeatedRequest
from delegations.models import Seat
from drafting.errors import NotFound
from drafting.models import AmendmentVersion, Bracket, NegotiatingText, Stance
from drafting.queries import access
from drafting.queries import amendments as cards
from drafting.services import amendments, positions
from drafting.text.errors import RollingTextError
from drafting.views import doors, errors

#: What a form sends to take its stance back.
NONE = "none"


class UnknownStance(RollingTextError):
    """A word that is no stance: a form of ours does not send it."""

    code = "unknown-stance"
    status = 422


@require_POST
def on_bracket(request: SeatedRequest, conference: str, slug: str, pk: int) -> HttpResponse:
    """Takes, changes or takes back the delegation's stance on a bracket; to keep its text is to hold it."""
    seat, negotiated = doors.text(request, conference, slug)
    bracket = access.bracket(seat, pk)
    if bracket.text_id != negotiated.pk:
        raise NotFound("There is no such bracket in this text.")
    stance = request.POST.get("stance", "")
    if stance == NONE:
        positions.lift(seat, bracket)
    else:
        positions.take(seat, bracket, _known(stance))
    return _done(request, negotiated, f"Recorded: {bracket}.", bracket)


@require_POST
def on_option(request: SeatedRequest, conference: str, slug: str, address: str) -> HttpResponse:
    """Takes, changes or takes back the delegation's stance on an option, by its `name` in a provision."""
    seat, negotiated = doors.text(request, conference, slug)
    option = access.option(seat, negotiated, address, request.POST.get("name", ""))
    stance = request.POST.get("stance", "")
    if stance == NONE:
        positions.lift(seat, option)
    else:
        positions.take(seat, option, _known(stance))
    return _done(request, negotiated, f"Recorded: {option}.")


@require_POST
def on_amendment(request: SeatedRequest, conference: str, slug: str, number: int) -> HttpResponse:
    """Supports, opposes, reserves on a proposal; joins its sponsors, leaves them, withdraws it."""
    seat, negotiated = doors.text(request, conference, slug)
    card = cards.numbered(seat, negotiated, number)
    _act(seat, access.version(seat, card.version), request.POST.get("stance", ""))
    return _done(request, negotiated, f"Recorded on proposal {number}.")


def _act(seat: Seat, version: AmendmentVersion, stance: str) -> None:
    match stance:
        case "co-sponsor":
            amendments.co_sponsor(seat, version)
        case "leave":
            amendments.leave(seat, version)
        case "withdraw":
            amendments.withdraw(seat, version.amendment)
        case "none":
            positions.lift(seat, version)
        case _:
            positions.take(seat, version, _known(stance))


def _known(stance: str) -> str:
    if stance not in Stance.values:
        raise UnknownStance("That is not one of the stances of the floor.")
    return stance


def _done(
    request: SeatedRequest, negotiated: NegotiatingText, said: str, bracket: Bracket | None = None
) -> HttpResponse:
    if errors.wants_json(request):
        return JsonResponse({"said": said})
    messages.success(request, said)
    back = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        return redirect(negotiated)
    is_of_the_text = urlsplit(back).path.startswith(negotiated.get_absolute_url())
    return redirect(_opening(back, bracket) if bracket and is_of_the_text else back)


def _opening(back: str, bracket: Bracket) -> str:
    """Return the address with the bracket's card open, so that whoever took a stance sees it taken."""
    parts = urlsplit(back)
    query = QueryDict(parts.query, mutable=True)
    query["bracket"] = str(bracket.number)
    return parts._replace(query=query.urlencode(), fragment=f"bracket-{bracket.pk}").geturl()
