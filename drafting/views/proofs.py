"""The proof of the journal as a page: asked for with one press, run by a worker, shown as it comes along."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from kombu.exceptions import OperationalError
from redis.exceptions import ConnectionError as Unreachable

from delegations.middleware import SeatedRequest
from drafting import tasks
from drafting.errors import NotFound
from drafting.services import proofs
from drafting.views import doors

_KEY = re.compile(r"[0-9a-f]{64}")


def journal(request: SeatedRequest, conference: str) -> HttpResponse:
    """Shows how far a proof is (`order`), begins one (POST), or gives the heads of the chains (`form=json`)."""
    seat, found = doors.conference(request, conference)
    if request.method == "POST":
        key, is_new = proofs.order(seat)
        if is_new:
            _begin(key)
        return redirect(f"{reverse('journal', args=[conference])}?order={key}")
    heads = proofs.heads(seat)
    if request.GET.get("form") == "json":
        answer = JsonResponse(heads, json_dumps_params={"indent": 1})
        answer["Content-Disposition"] = f'attachment; filename="{conference}-heads.json"'
        return answer
    context: dict[str, Any] = {"conference": found, "rows": sum(seq for seq, _ in heads.values()), "count": len(heads)}
    if order := request.GET.get("order", ""):
        context["state"] = proofs.state(seat, order) if _KEY.fullmatch(order) else None
        if context["state"] is None:
            raise NotFound("This proof has run out: ask for it again.")
    return render(request, "drafting/journal.html", context)


def _begin(key: str) -> None:
    try:
        tasks.prove_journal.delay(key)
    except (OperationalError, Unreachable):  # without its queue the site is slower, and proves it here
        proofs.run(key)
