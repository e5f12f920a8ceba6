"""Pages about who one is: choosing a seat, and the one-click seats of a demonstration. Signing in is allauth's."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from delegations import queries
from delegations.middleware import SEAT, SeatedRequest
from delegations.models import User


@login_required
@require_safe
def seats(request: SeatedRequest) -> HttpResponse:
    """Shows the seats of the person who asks."""
    assert isinstance(request.user, User)
    return render(request, "delegations/seats.html", {"held": queries.seats(request.user)})


@login_required
@require_POST
def choose_seat(request: SeatedRequest, pk: int) -> HttpResponse:
    """Makes one of the person's own seats the one they act under, and goes back to where they were."""
    assert isinstance(request.user, User)
    chosen = get_object_or_404(queries.seats(request.user), pk=pk)
    request.session[SEAT] = chosen.pk
    return redirect(_next(request, f"/{chosen.conference.slug}/"))


@require_safe
def demo_seats(request: SeatedRequest) -> HttpResponse:
    """Shows the one-click seats of a demonstration: one for every role first, then all others by delegation."""
    _refuse_outside_demo()
    cast, others = queries.cast_seats()
    return render(request, "delegations/demo_seats.html", {"offered": cast, "others": others})


def demo_seat(request: SeatedRequest, pk: int) -> HttpResponse:
    """Shows one seat and a button that signs in under it; the button's POST does so."""
    _refuse_outside_demo()
    seat = get_object_or_404(queries.demo_seats(), pk=pk)
    if request.method != "POST":
        return render(request, "delegations/demo_seat.html", {"seat": seat})
    login(request, seat.user, backend="django.contrib.auth.backends.ModelBackend")
    request.session[SEAT] = seat.pk
    return redirect(_next(request, f"/{seat.conference.slug}/"))


def _refuse_outside_demo() -> None:
    if not settings.DEMO:
        raise Http404("There are no one-click seats here.")


def _next(request: SeatedRequest, otherwise: str) -> str:
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else otherwise
