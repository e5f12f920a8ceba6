"""The floor's line: one thing said in the room, typed as it is said. A script asks for JSON, a form is led back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from delegations.middleware import SeatedRequest
from drafting.queries import access
from drafting.services import interventions
from drafting.views import doors, errors

#: The longest line, in characters.
LONGEST = 20_000


@require_POST
def say(request: SeatedRequest, conference: str, slug: str, address: str) -> HttpResponse:
    """Records a line said on a provision, or with `peek` tells it back without doing it; `last` spoke before."""
    seat, negotiated = doors.text(request, conference, slug)
    provision = access.provision(seat, negotiated, address)
    line, last = request.POST.get("line", "")[:LONGEST], request.POST.get("last", "").split()
    act = interventions.hear if "peek" in request.POST else interventions.record
    heard = act(seat, provision, line, last)
    if errors.wants_json(request):
        return JsonResponse({"said": heard.sentence, "speakers": heard.speakers})
    messages.success(request, heard.sentence)
    return redirect(f"{negotiated.get_absolute_url()}?at={address}#{address}")
