"""The one handler of refusals: any `RollingTextError` becomes a page or JSON with its status, the words kept.

A form's page may catch a refusal itself to show it beside the field; what it lets through ends here.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from drafting.text.errors import RollingTextError

#: Fields of a refused form whose words come back to the person, in the order in which a page shows them.
KEPT = ("words", "line", "reason", "rationale", "note", "title")


class SignInNeeded(RollingTextError):
    """Nobody is signed in; the page leads to the sign-in page and back."""

    code = "sign-in"
    status = 401


class Refusals:
    """Turns refusals into answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, refused: Exception) -> HttpResponse | None:
        """Answer a refusal; any other exception is a fault of ours and goes on."""
        if isinstance(refused, SignInNeeded) and not wants_json(request):
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        return answer(request, refused) if isinstance(refused, RollingTextError) else None


def answer(request: HttpRequest, refused: RollingTextError) -> HttpResponse:
    """Return the refusal as JSON for a script, as a page with the person's words for a person."""
    if wants_json(request):
        return JsonResponse({"code": refused.code, "message": refused.message}, status=refused.status)
    kept = [(name, request.POST[name]) for name in KEPT if request.POST.get(name)]
    return render(request, "refused.html", {"refused": refused, "kept": kept}, status=refused.status)


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a script asked."""
    return request.headers.get("Accept", "").startswith("application/json")
