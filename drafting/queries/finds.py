"""Finding a place in a text: by what the floor calls it, by a word that stands there, by who holds a bracket there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Q

from delegations.models import Seat
from drafting.models import NegotiatingText
from drafting.queries import access, amendments

#: Places a search lists at most.
MOST = 100
#: Characters shown on each side of what was found.
AROUND = 60
_PREFIX = re.compile(r"^(?:article|art\.?|paragraph|para\.?)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A provision with the words before, at and after the first place the word stands in it."""

    address: str
    before: str
    at: str
    after: str


def address(negotiated: NegotiatingText, asked: str) -> str:
    """Return the address of the provision that `asked` names ("9.2", "article 9 2", "Art. 9.2"), or nothing."""
    named = re.sub(r"\s+", " ", _PREFIX.sub("", asked.strip()))
    if not named or len(named) > 80:
        return ""
    tries = {named, named.replace(" ", "."), named.replace(" ", "-"), asked.strip()}
    wanted = Q()
    for one in tries:
        wanted |= Q(address__iexact=one)
    found = negotiated.provisions.filter(wanted, retired=False).order_by("order").values_list("address", flat=True)
    return found.first() or ""


def listed(seat: Seat, negotiated: NegotiatingText, asked: str) -> list[Found]:
    """Return the first `MOST` provisions in whose words `asked` stands, or on which the delegation so called acts."""
    access.floor(seat, negotiated)
    wanted = Q(words__content__icontains=asked)
    if amendments.shows_names(seat, negotiated):
        holds = Q(words__brackets_opened__positions__delegation__code__iexact=asked)
        wanted |= holds & Q(words__brackets_opened__closed=False)
    rows = negotiated.provisions.filter(wanted, retired=False).order_by("order").distinct()
    return [_found(*row, asked) for row in rows.values_list("address", "words__content")[:MOST]]


def _found(address: str, words: str, asked: str) -> Found:
    at = words.casefold().find(asked.casefold())
    if at < 0:
        return Found(address, "", "", words[: 2 * AROUND])
    start, end = max(0, at - AROUND), at + len(asked)
    return Found(address, words[start:at], words[at:end], words[end : end + AROUND])
