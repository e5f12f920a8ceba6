"""The one handler of refusals: any `RollingTextError` becomes a page or JSON with its status, the words kept.

A form's page may catch a refusal itself to show it beside the field; what it lets through ends here. So does what
Django refuses by itself: an address that only takes what a form sends, an outdated page, what it cannot read.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from drafting.text.errors import RollingTextError

#: Fields of a refused form whose words come back to the person, as a page calls them, in the order it shows them.
KEPT = {
    "words": "Words",
    "said": "Remark",
    "wanted": "The words as they stand",
    "instead": "Instead",
    "divided": "Divided",
    "struck": "Struck",
    "quoted": "Quoted",
    "line": "Line",
    "reason": "Reason",
    "rationale": "Rationale",
    "note": "Note",
    "title": "Title",
}


class SignInNeeded(RollingTextError):
    """Nobody is signed in; the page leads to the sign-in page and back."""

    code = "sign-in"
    status = 401


class OnlySent(RollingTextError):
    """An address that takes what a form sends was opened like a page: after a reload, or on the way back to it."""

    code = "only-sent"
    status = 405


class Distrusted(RollingTextError):
    """A form came from a page that is older than the session, or from elsewhere."""

    code = "distrusted"
    status = 403


class Unreadable(RollingTextError):
    """Django cannot read a request: too large, malformed, or for a host that is not ours."""

    code = "unreadable"
    status = 400


class Refusals:
    """Turns refusals into answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != OnlySent.status or response.content:
            return response
        told = answer(request, OnlySent("This is no page: it only takes what a button sends. Nothing was done."))
        told.headers["Allow"] = response.headers["Allow"]
        return told

    def process_exception(self, request: HttpRequest, refused: Exception) -> HttpResponse | None:
        """Answer a refusal; any other exception is a fault of ours and goes on."""
        if isinstance(refused, SignInNeeded) and request.method in ("GET", "HEAD") and not wants_json(request):
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        return answer(request, refused) if isinstance(refused, RollingTextError) else None


def distrust(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that cannot be trusted; Django's `reason` is for programmers."""
    return answer(request, Distrusted("Your page was too old to be trusted, or cookies are switched off."))


def misread(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that could not be read: of a form that could not, no words are known."""
    refused = Unreadable("The request could not be read. Go back and try once more.")
    return HttpResponse(status=400) if wants_json(request) else _show(request, refused, [])


def answer(request: HttpRequest, refused: RollingTextError) -> HttpResponse:
    """Return the refusal as JSON for a script, as a page with the person's words for a person."""
    if wants_json(request):
        return JsonResponse({"code": refused.code, "message": refused.message}, status=refused.status)
    kept = [(name, label, words) for name, label in KEPT.items() if (words := request.POST.get(name))]
    return _show(request, refused, kept)


def _show(request: HttpRequest, refused: RollingTextError, kept: list[tuple[str, str, str]]) -> HttpResponse:
    context = {"refused": refused, "kept": kept, "above": above(request)}
    return render(request, "refused.html", context, status=refused.status)


def above(request: HttpRequest) -> str:
    """Return the nearest address above the one asked for that names nothing else: a proposal's above its acts'."""
    named = request.resolver_match.kwargs.items() if request.resolver_match else {}.items()
    parts = request.path_info.strip("/").split("/")
    while parts := parts[:-1]:
        address = f"/{'/'.join(parts)}/"
        try:
            if resolve(address).kwargs.items() <= named:
                return address
        except Resolver404:
            continue
    return ""


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a script asked."""
    return request.headers.get("Accept", "").startswith("application/json")
