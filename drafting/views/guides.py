"""Pages that explain the house: help with its keys, and every component on one page."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delegations.middleware import SeatedRequest
from drafting.queries import endings, ladders
from drafting.views import holders, look, outlines, pins, specimens

#: The keys and what they do; scripts listen for these, help prints them.
KEYS = (
    (("J", "K"), "next, previous provision"),
    (("]", "["), "next, previous bracket"),
    (("}", "{"), "next, previous bracket your delegation holds"),
    (("C",), "next change: since you last read, or one that came in while you were reading"),
    (("B",), "put the selected words in brackets"),
    (("Y",), "gavel the selected words (chair)"),
    (("E",), "propose a change to the provision in focus"),
    ((":",), "type what is said, a line each (secretariat, chair): NOR>Parties>jointly, EU+, IND[, JPN=NOR, BRA?"),
    (("T",), "type for a speaker (secretariat, chair)"),
    (("W",), "take the pen and type in the text itself (secretariat, chair, whoever the chair handed it to)"),
    (("Ctrl", "."), "with the pen: work off-screen, and show it when it is ready"),
    (("/",), "go to a provision as the floor calls it (9.2, 5 bis); find a word, a proposal, a delegation"),
    (("."), "show what changed out of view"),
    (("J", "P"), "desk and triage: next, previous place to decide"),
    (("1", "9"), "desk: choose a wording"),
    (("B", "K", "D", "W"), "desk: bracket all, keep the base, drop, your own words"),
    (("A", "G", "L"), "desk: accept the first proposal, leave it to a small group, settle linked brackets once"),
    (("M", "S"), "desk: merge the others into the wording chosen; split its proposal, to decide its parts apart"),
    (("U", "Y"), "desk: undo, redo; triage: undo the last act"),
    (("T", "R"), "desk: triage; show what has come in meanwhile"),
    (("A", "B", "M", "K", "D"), "triage: accept, bracket, merge, keep the base, drop: the one at hand, or all ticked"),
    (("X", "*"), "triage: tick a cluster, all on the page"),
    (("Enter",), "desk: decide and go on; Ctrl and Enter while you type"),
    (("Esc",), "back; put the panel away; desk and triage: from a field to the choices"),
    (("?",), "this page"),
)
_THEMES = (("light", "Light"), ("dark", "Dark"), ("contrast", "High contrast"))


@require_safe
def help_page(request: SeatedRequest) -> HttpResponse:
    """Shows how to read the marks, what can be done, and the keys."""
    seat = request.seat
    rungs = ladders.of(seat.conference) if seat else ladders.DEFAULT
    context = {"keys": KEYS, "fates": list(endings.FATES.items()), "rungs": [*reversed(rungs)]}
    return render(request, "drafting/help.html", context)


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Shows every component; `?theme=dark&dir=rtl` shows them in that theme and direction."""
    theme = request.GET.get("theme", "light")
    direction = "rtl" if request.GET.get("dir") == "rtl" else "ltr"
    pinned = pins.Pins("NOR", "EU", "G77")
    counts = Counter({"agreed": 27, "agreed ad referendum": 21})
    shown = look.Look(theme=theme if theme in look.CHOICES["theme"] else "light")
    context = {
        "look": shown,
        "themes": _THEMES,
        "page_direction": direction,
        "page_language": "ar" if direction == "rtl" else "en",
        "provisions": specimens.provisions(direction),
        "balance": holders.Balance(51, 4, 128),
        "mix": outlines.Row("9", "9", "Abstraction", False, 34, 100, counts),
        "done": outlines.Row("7", "7", "Data and reporting", False, 0, 3, Counter({"agreed": 3})),
        "some_codes": ("EU", "NOR", "G77", "CHE"),
        "pins": pinned,
        "pin_style": pins.style(pinned),
        "fates": list(endings.FATES.items()),
    }
    return render(request, "drafting/components.html", context)
