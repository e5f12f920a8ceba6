"""The chair's pictures: what is open, where, held by whom, and what would fall if somebody let go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delegations.middleware import SeatedRequest
from drafting.models.positions import HOLDING
from drafting.queries import pictures
from drafting.queries.pictures import Pictures
from drafting.text import whatif
from drafting.views import doors, plots

#: Rows and columns of a picture; the table behind it has more.
_MOST = 14
#: Articles with an area of their own.
_AREAS = 5


@require_safe
def see(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows the pictures; the delegations ticked (`go`) let go of all they hold, or of what they hold in `at`."""
    seat, negotiated = doors.text(request, conference, slug)
    found = pictures.pictures(seat, negotiated)
    going = request.GET.getlist("go")
    article = request.GET.get("at", "")
    holding = {code: sum(stance in HOLDING for stance in said.values()) for code, said in sorted(found.stands.items())}
    outlook = whatif.let_go(found.held, going, [article] if article else ())
    total = len(found.held)
    context: dict[str, Any] = {
        "negotiated": negotiated,
        "place": "pictures",
        "found": found,
        "total": total,
        "series": _series(found),
        "over_time": _over_time(found),
        "sizes": plots.bars([(symbol, size) for symbol, size, _ in found.sizes], "Characters of each revision"),
        "heat": _heat(found),
        "quarrels": _quarrels(found),
        "holding": sorted(((code, count) for code, count in holding.items() if count), key=lambda row: -row[1]),
        "going": going,
        "article": article,
        "articles": [name for name in found.heat if name],
        "outlook": outlook,
        "fallen": [found.names[number] for number in outlook.fall[:40]],
        "share": round(100 * len(outlook.fall) / total) if total else 0,
        "near": round(100 * len(outlook.nearly) / total) if total else 0,
        "bilaterals": whatif.bilaterals(found.held)[:10],
        "alone": [
            (code, [found.names[number] for number in numbers[:6]], len(numbers))
            for code, numbers in list(whatif.alone(found.held).items())[:10]
        ],
    }
    return render(request, "drafting/pictures.html", context)


def _series(found: Pictures) -> list[tuple[str, list[int]]]:
    """Return the articles with most open brackets, the others together below them."""
    ranked = sorted(found.series.items(), key=lambda item: -item[1][-1])
    shown = [(_article(name), list(values)) for name, values in ranked[:_AREAS]]
    others = [values for _, values in ranked[_AREAS:]]
    if others:
        shown.append(("all others", [sum(column) for column in zip(*others, strict=True)]))
    return shown[::-1]


def _over_time(found: Pictures) -> str:
    days = [f"{day:%-d %b}" for day in found.days]
    return plots.areas(days, _series(found), "Open brackets at the end of each day, by article") if days else ""


def _heat(found: Pictures) -> list[tuple[str, list[tuple[Any, int]]]]:
    """Return the articles with their provisions, each with its warmth from 0 to 4."""
    most = max((cell.brackets for row in found.heat.values() for cell in row), default=0) or 1
    return [
        (_article(name), [(cell, -(-4 * cell.brackets // most)) for cell in row]) for name, row in found.heat.items()
    ]


def _quarrels(found: Pictures) -> dict[str, Any]:
    """Return the brackets on which most is said, and what those who say most say of them."""
    heard: dict[int, int] = {}
    for said in found.stands.values():
        for bracket in said:
            heard[bracket] = heard.get(bracket, 0) + 1
    columns = sorted(heard, key=lambda number: (-heard[number], number))[:_MOST]
    loudest = sorted(found.stands, key=lambda code: (-_count(found.stands[code], columns), code))[:_MOST]
    rows = [(code, [found.stands[code].get(number, "") for number in columns]) for code in loudest]
    return {"columns": [found.names.get(number, "") for number in columns], "rows": rows}


def _count(said: Mapping[int, str], columns: list[int]) -> int:
    return sum(number in said for number in columns)


def _article(address: str) -> str:
    return address or "the text"
