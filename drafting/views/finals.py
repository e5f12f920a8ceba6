"""What a final text wants, one by one: a note or a blank is confirmed, a blank is completed by an editorial change."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from delegations.middleware import SeatedRequest
from drafting.forms import editorials as forms
from drafting.models import EditorialChange, Revision
from drafting.services import editorials, finals
from drafting.services.editorials import Correction
from drafting.text import addresses
from drafting.views import doors
from drafting.views.desk import UnknownChoice


@require_POST
def confirm(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Confirms a note or a blank, takes a confirmation back, or sends words that complete a blank."""
    seat, negotiated = doors.text(request, conference, slug)
    one = forms.printed(request.POST.get("one", ""))
    place = forms.place(negotiated, one)
    address = place.provision.address
    match request.POST.get("do", ""):
        case "confirm":
            finals.confirm(seat, place.provision, one.rev, one.lo)
            messages.success(request, f"{addresses.say(address)}: confirmed as it stands.")
        case "withdraw":
            finals.withdraw(seat, place.provision, one.rev, one.lo)
            messages.success(request, f"{addresses.say(address)}: to be confirmed again.")
        case "complete":
            words = request.POST.get("words", "").strip()
            if not words:
                raise UnknownChoice("Write the words that complete it.")
            completed = forms.place(negotiated, forms.completed(one, words))
            wanted = Correction(EditorialChange.Kind.MANIFEST, (completed,), "A blank is completed.")
            editorials.propose(seat, negotiated, [wanted])
            messages.success(request, f"{addresses.say(address)}: sent to all delegations as an editorial change.")
        case _:
            raise UnknownChoice("Confirm, withdraw or complete.")
    return redirect(f"{reverse('issue', args=[conference, slug])}?kind={Revision.Kind.ADOPTED.value}#final")
