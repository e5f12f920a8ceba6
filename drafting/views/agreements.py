"""Agreement as the chair gavels it: on a whole provision, at a level; taken back with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from delegations.middleware import SeatedRequest
from delegations.roles import Right
from drafting.errors import NotFound
from drafting.forms import AgreementForm
from drafting.models import Agreement
from drafting.queries import access, pages
from drafting.services import agreements
from drafting.views import doors


@require_POST
def gavel(request: SeatedRequest, conference: str, slug: str, address: str) -> HttpResponse:
    """Records that the provision is agreed, ad referendum or for good."""
    seat, negotiated = doors.text(request, conference, slug)
    provision = access.provision(seat, negotiated, address)
    form = AgreementForm(request.POST)
    if form.is_valid():
        agreements.gavel(seat, provision, form.cleaned_data["level"], form.cleaned_data["forum"])
        messages.success(request, f"{address}: {Agreement.Level(form.cleaned_data['level']).label}.")
    else:
        messages.error(request, "Say at what level, and who agreed.")
    return redirect("provision", conference, slug, address)


@require_POST
def reopen(request: SeatedRequest, conference: str, slug: str, address: str) -> HttpResponse:
    """Takes back the agreement on the whole provision: the chair any, a delegation its ad referendum."""
    seat, negotiated = doors.text(request, conference, slug)
    provision = access.provision(seat, negotiated, address)
    standing = pages.agreement(provision)
    if standing is None:
        raise NotFound("There is no agreement on this provision to take back.")
    act = agreements.reopen if seat.may(Right.DECIDE) else agreements.take_back
    act(seat, standing, request.POST.get("reason", ""))
    messages.success(request, f"{address} is reopened.")
    return redirect("provision", conference, slug, address)
