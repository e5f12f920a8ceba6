"""The policies of a conference: what is in force, who adopted it when; and what policy decided in a text."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from delegations.middleware import SeatedRequest
from drafting.forms.policies import PolicyForm
from drafting.queries import access, decided
from drafting.queries import policies as adopted
from drafting.services import policies
from drafting.views import doors
from drafting.views.desk import UnknownChoice


def listed(request: SeatedRequest, conference: str) -> HttpResponse:
    """Shows the policies with their history; a POST sets one."""
    seat, found = doors.conference(request, conference)
    if request.method == "POST":
        form = PolicyForm(request.POST)
        if not form.is_valid():
            raise UnknownChoice("Choose whether the policy is in force.")
        row = policies.adopt(seat, **form.cleaned_data)
        said = "is in force" if row.value else "is no longer in force"
        messages.success(request, f"“{adopted.title(row.policy)}” {said}.")
        return redirect("policies", conference)
    context = {
        "conference": found,
        "policies": adopted.listed(seat),
        "history": [(adopted.title(row.policy), row) for row in adopted.history(seat)],
        "texts": access.texts(seat).order_by("slug"),
    }
    return render(request, "drafting/policies.html", context)


@require_safe
def outcomes(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows what policy decided in a text, each to be taken back."""
    seat, negotiated = doors.text(request, conference, slug)
    context = {"negotiated": negotiated, "place": "desk", "decisions": decided.by_policy(seat, negotiated)}
    return render(request, "drafting/by_policy.html", context)
