"""On whose authority, where and when: kept for a sitting, since what is decided together rests on the same.

It is what a form begins with, no more: each decision says its own, and whoever decides sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from drafting.models import Decision, NegotiatingText

_KEY = "decided-on"
_FIELDS = ("authority", "forum")


def last(request: HttpRequest, negotiated: NegotiatingText) -> dict[str, str]:
    """Return what this reader's last decision on the text rested on, the chair's responsibility before the first."""
    kept = request.session.get(_KEY, {}).get(str(negotiated.pk), {})
    return {"authority": Decision.Authority.CHAIR.value, **kept}


def keep(request: HttpRequest, negotiated: NegotiatingText, given: Mapping[str, Any]) -> None:
    """Keeps what a decision rested on, for the next of the same reader on the same text."""
    said = {name: str(given[name]) for name in _FIELDS}
    request.session[_KEY] = {**request.session.get(_KEY, {}), str(negotiated.pk): said}
