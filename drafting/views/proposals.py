"""Proposals: the list with what became of each, and one of them with its versions.

Writing one is in `proposing`, private drafts are in `drafts`, what is done to a proposal's versions in `versions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delegations.middleware import SeatedRequest
from delegations.models import Seat
from drafting.forms.proposals import DeadlineForm
from drafting.models import NegotiatingText
from drafting.queries import access, amendments, endings, versions
from drafting.queries.versions import VersionShown, WordsShown
from drafting.views import directories, doors, panels, pins, previews, shortlists, sponsorships
from drafting.views.panels import ON_AMENDMENTS, ON_BRACKETS

#: Proposals on one page of the list.
SIZE = 50


@dataclass(frozen=True, slots=True)
class Beside:
    """Words of a version: their redline, where `offered` inside the words they would amend, and what moved to `now`."""

    words: WordsShown
    redline: str
    offered: str
    now: str


@require_safe
def listed(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows the proposals on the text, newest first; `?by=KEN&at=9.2&state=open&ours=1` keep some of them."""
    seat, negotiated = doors.text(request, conference, slug)
    seq = negotiated.floor.head  # before what it stands for is read
    asked = shortlists.read(request.GET)
    found = amendments.listed(seat, negotiated, asked, page=_page(request.GET.get("page", "")), size=SIZE)
    directory = directories.of(negotiated.conference)
    context = {
        "negotiated": negotiated,
        "place": "proposals",
        "seq": seq,
        "found": found,
        "shortlist": shortlists.of(seat, negotiated, asked, directory),
        "pages": -(-found.total // found.size),
        "items": panels.amendment_cards(found.cards, directory),
        "own_drafts": access.drafts(seat).filter(text=negotiated).order_by("-created"),
        "fates": endings.FATES,
        "deadline_form": DeadlineForm(initial={"deadline": negotiated.deadline, "takes_late": negotiated.takes_late}),
        **_names(request, seat, directory),
    }
    return render(request, "drafting/proposals.html", context)


@require_safe
def one(request: SeatedRequest, conference: str, slug: str, number: int) -> HttpResponse:
    """Shows one proposal: its words, who stands where, what became of each edit."""
    seat, negotiated = doors.text(request, conference, slug)
    card = amendments.numbered(seat, negotiated, number)
    directory = directories.of(negotiated.conference)
    fates = {(hunk.outcome, hunk.reason) for hunk in card.hunks}
    context = {
        "negotiated": negotiated,
        "place": "proposals",
        "parted": len(fates) > 1,
        "reason": next(iter(fates))[1] if len(fates) == 1 else "",
        "item": panels.amendment_cards([card], directory)[0],
        "versions": _versions(seat, negotiated, number),
        "list": sponsorships.printed((*card.sponsors, *card.cosponsors), directory),
        "invited": versions.invited(seat, card.version),
        **_names(request, seat, directory),
    }
    return render(request, "drafting/proposal.html", context)


def _versions(seat: Seat, negotiated: NegotiatingText, number: int) -> list[tuple[VersionShown, list[Beside]]]:
    """Return the versions of an amendment, the newest first; what is offered stands beside the words it would amend."""
    history = versions.history(seat, versions.amendment(seat, negotiated, number))
    current = next(one for one in history if one.current)
    return [(one, _beside(one, current)) for one in history]


def _beside(one: VersionShown, current: VersionShown) -> list[Beside]:
    words = {(row.address, row.inserts_after): row.words for row in current.words}
    found: list[Beside] = []
    for row in one.words:
        amended = words.get((row.address, row.inserts_after), row.base)
        offered = previews.beside(amended, row.words, " ".join(one.sponsors)) if one.answer else ""
        moved = one.is_flagged and not row.inserts_after
        now = previews.compared(row.base, row.now) if moved else ""
        found.append(Beside(row, previews.compared(row.base, row.words) if not one.language else "", offered, now))
    return found


def _page(asked: str, otherwise: int = 1) -> int:
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else otherwise


def _names(request: SeatedRequest, seat: Seat, directory: directories.Directory) -> dict[str, Any]:
    return {
        "names": directory.names,
        "pins": pins.read(request.GET.get("pin", ""), seat, directory.names),
        "on_brackets": ON_BRACKETS,
        "on_amendments": ON_AMENDMENTS,
    }
