"""How pages look to one reader: theme, density, single-letter keys; kept in a cookie, chosen without a script."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "rolling_look"
#: The choices, the first of each being the default.
CHOICES: dict[str, tuple[str, ...]] = {
    "theme": ("auto", "light", "dark", "contrast"),
    "density": ("comfortable", "compact", "screen"),
    "keys": ("on", "off"),
}
_A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Look:
    """A reader's choices; `dark` and `contrast` are the media for which a page loads those themes' sheets.

    Paper is never dark.
    """

    theme: str = "auto"
    density: str = "comfortable"
    keys: str = "on"

    @property
    def dark(self) -> str:
        return {"auto": "screen and (prefers-color-scheme: dark)", "dark": "screen"}.get(self.theme, "not all")

    @property
    def contrast(self) -> str:
        return {"auto": "(prefers-contrast: more)", "contrast": "all"}.get(self.theme, "not all")


def of(request: HttpRequest) -> Look:
    """Return the look chosen by who asks; what the cookie does not say, or says wrongly, is the default."""
    chosen = dict(part.split("-", 1) for part in request.COOKIES.get(COOKIE, "").split(".") if "-" in part)
    return Look(**{name: _known(name, chosen.get(name, "")) for name in CHOICES})


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keeps what the form chose and goes back to where it was sent from."""
    before = of(request)
    values = {name: _known(name, request.POST.get(name, getattr(before, name))) for name in CHOICES}
    wanted = request.POST.get("next", "/")
    response = redirect(wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/")
    value = ".".join(f"{name}-{choice}" for name, choice in values.items())
    response.set_cookie(COOKIE, value, max_age=_A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


def _known(name: str, value: str) -> str:
    return value if value in CHOICES[name] else CHOICES[name][0]
