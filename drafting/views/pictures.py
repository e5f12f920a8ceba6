"""The chair's pictures: what is open, where, held by whom, and what would fall if somebody let go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from delegations import queries
from delegations.middleware import SeatedRequest
from delegations.models import Delegation, Seat
from delegations.roles import Role
from drafting.errors import NotFound
from drafting.models.positions import HOLDING
from drafting.queries import pictures
from drafting.queries.pictures import Pictures
from drafting.services import pictures as confiding
from drafting.text import addresses, whatif
from drafting.text.whatif import Bilateral
from drafting.views import directories, doors, plots
from drafting.views.desk import UnknownChoice

#: Rows and columns of a picture; the table behind it has more.
_MOST = 14
#: Articles with an area of their own, and those that a title names.
_AREAS, _HOTTEST = 5, 3


@require_POST
def confide(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Lets a seat see the pictures, or no longer; notes a conversation held, or strikes one (`do`)."""
    seat, negotiated = doors.text(request, conference, slug)
    sent = request.POST
    match sent.get("do", ""):
        case "show" | "hide" as wanted:
            chosen = queries.seat(seat.conference, _number(sent.get("seat", "")))
            if chosen is None:
                raise NotFound("There is no such seat in this conference.")
            (confiding.show_to if wanted == "show" else confiding.hide_from)(seat, negotiated, chosen)
            said = f"{chosen} sees the pictures{' now' if wanted == 'show' else ' no longer'}."
        case "note":
            first, second = (_delegation(seat, sent.get(name, "")) for name in ("one", "other"))
            confiding.note_bilateral(seat, negotiated, (first, second), sent.get("about", ""))
            said = f"Noted: {first} and {second}."
        case "strike":
            confiding.strike_bilateral(seat, negotiated, _number(sent.get("talk", "")))
            said = "Struck from the log."
        case _:
            raise UnknownChoice("Show, hide, note or strike.")
    messages.success(request, said)
    return redirect("pictures", conference, slug)


def _delegation(seat: Seat, code: str) -> Delegation:
    found = queries.delegations(seat.conference).filter(code=code.strip().upper()).first()
    if found is None:
        raise NotFound(f"There is no delegation called {code.strip().upper()} in this conference.")
    return found


def _number(asked: str) -> int:
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else 0


@require_safe
def see(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows the pictures; the delegations ticked (`go`) let go of all they hold, or of what they hold in `at`."""
    seat, negotiated = doors.text(request, conference, slug)
    found = pictures.pictures(seat, negotiated)
    held = pictures.log(seat, negotiated)
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
        "hottest": _hottest(found),
        "since": _since(found),
        "quarrels": _quarrels(found),
        "holding": sorted(((code, count) for code, count in holding.items() if count), key=lambda row: -row[1]),
        "going": going,
        "article": article,
        "articles": [name for name in found.heat if name],
        "outlook": outlook,
        "fallen": [found.names[number] for number in outlook.fall[:40]],
        "share": round(100 * len(outlook.fall) / total) if total else 0,
        "near": round(100 * len(outlook.nearly) / total) if total else 0,
        "bilaterals": _talks(found, held),
        "log": held,
        "viewers": pictures.viewers(seat, negotiated),
        "candidates": pictures.candidates(seat, negotiated) if seat.role == Role.CHAIR else (),
        "names": directories.of(negotiated.conference).names,
        "alone": [
            (code, [found.names[number] for number in numbers[:6]], len(numbers))
            for code, numbers in list(whatif.alone(found.held).items())[:10]
        ],
    }
    return render(request, "drafting/pictures.html", context)


def _talks(found: Pictures, held: Sequence[pictures.Talk]) -> list[tuple[Any, Any]]:
    """Return the conversations to hold with the last one of each pair that was held."""
    last: dict[tuple[str, ...], pictures.Talk] = {}
    for talk in held:
        last.setdefault(talk.parties, talk)
    in_order = {name: place for place, name in enumerate(found.heat)}
    return [(_in_order(talk, in_order), last.get(talk.parties)) for talk in whatif.bilaterals(found.held)[:10]]


def _in_order(talk: Bilateral, in_order: Mapping[str, int]) -> Bilateral:
    """Return a conversation with its articles in the order of the text, as people say them."""
    places = sorted(talk.places, key=lambda place: in_order.get(place, len(in_order)))
    return replace(talk, places=tuple(addresses.say(place) for place in places))


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
    return plots.areas(days, _series(found), "brackets", "Open brackets at the end of each day") if days else ""


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
    return addresses.say_article(address) if address else "The text"


def _since(found: Pictures) -> tuple[int, date] | None:
    """Return how many fewer brackets are open than on the day with most, and that day; None where it is today."""
    totals = [sum(column) for column in zip(*found.series.values(), strict=True)]
    most = max(totals, default=0)
    return (most - totals[-1], found.days[totals.index(most)]) if totals and most > totals[-1] else None


def _hottest(found: Pictures) -> tuple[str, int] | None:
    """Return the fewest articles that hold a third of the open brackets, three at most, and their share in per cent."""
    counts = {name: sum(cell.brackets for cell in cells) for name, cells in found.heat.items()}
    total, held = sum(counts.values()), 0
    named: list[str] = []
    for name, count in sorted(counts.items(), key=lambda item: -item[1])[:_HOTTEST]:
        named, held = [*named, _article(name)], held + count
        if 3 * held >= total:
            break
    if not total or len(named) == len(counts):
        return None
    return _joined(named), round(100 * held / total)


def _joined(named: Sequence[str]) -> str:
    """Return names of articles as one would say them: "Articles 9, 11 and 12"."""
    if len(named) == 1:
        return named[0]
    if all(name.startswith("Article ") for name in named):
        named = [named[0].replace("Article", "Articles"), *(name.removeprefix("Article ") for name in named[1:])]
    return f"{', '.join(named[:-1])} and {named[-1]}"
