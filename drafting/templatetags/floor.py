"""What templates of the floor need beyond plain values: codes with their pins, counts in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.template import RequestContext
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from drafting.queries import access, askings, mastheads
from drafting.text import addresses

register = template.Library()


@register.simple_tag(takes_context=True)
def codes(context: Mapping[str, object], listed: Iterable[str]) -> SafeString:
    """Return delegations' codes, the pinned with their shape, each with its name for who points at it or listens."""
    pins, names = context.get("pins"), context.get("names")
    return mark_safe(" ".join(_code(label, pins, names if isinstance(names, Mapping) else {}) for label in listed))


@register.inclusion_tag("drafting/_asking.html", takes_context=True)
def question(context: RequestContext) -> dict[str, Any]:
    """Return what the question before the room is drawn from, on any page of a text."""
    seat, negotiated = context["request"].seat, context["negotiated"]
    bureau = negotiated.bureau if access.reads_bureau(seat) else None
    drawn: dict[str, Any] = {"asking": askings.standing(seat, negotiated), "bureau": bureau}
    return drawn | {name: context.get(name) for name in ("negotiated", "rights")}


@register.filter
def say(called: str | Iterable[str]) -> str:
    """Return one address, or several, as people say them."""
    return addresses.say(called) if isinstance(called, str) else addresses.say_all(called)


@register.filter
def say_in_column(address: str) -> SafeString:
    """Return an address as people say it, with small print for what follows its figures."""
    figures, _, more = addresses.say(address).partition(", ")
    return format_html("{} <small>{}</small>", figures, more) if more else SafeString(escape(figures))


@register.filter
def say_article(article: str) -> str:
    """Return where bracket numbers restart, as people say it."""
    return addresses.say_article(article)


@register.filter
def beside(symbol: str, known: str) -> str:
    """Return a symbol without what it shares with one that is shown already: "Rev.1" of A/CONF.999/L.1/Rev.1."""
    return (known and symbol.removeprefix(f"{known}/")) or symbol


@register.filter
def counted(count: int, noun: str) -> str:
    """Return "1 bracket", "2 brackets", "1,240 brackets"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


@register.filter
def percent(part: int, whole: int) -> str:
    """Return how many hundredths of `whole` a part is, for the width of a bar; 0 where there is no whole."""
    return f"{100 * part / whole:.1f}" if whole else "0"


@register.filter
def plus(one: int | str, other: int | str) -> str:
    """Return the sum of two widths."""
    return f"{float(one) + float(other):.1f}"


@register.filter
def by_the_clock(at: str, form: str = "%Y-%m-%d %H:%M") -> str:
    """Return a moment the journal has (ISO 8601, UTC) on the clock of the page's conference."""
    return mastheads.clocked(at, timezone.get_current_timezone_name(), form)


def _code(label: str, pins: object, names: Mapping[str, str]) -> str:
    shape = getattr(pins, "shape", lambda code: "")(label)
    title = f' title="{escape(names[label])}"' if label in names else ""
    return f'<abbr class="cd {shape}"{title}>{escape(label)}</abbr>'
