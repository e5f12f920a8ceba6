"""Searching a text: what places are called, words that stand in it, proposals, delegations; as the seat may see them.

A number of queries that does not grow with the rows. Going straight to one place is in `finds`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from delegations.models import Seat
from delegations.queries import delegations
from drafting.models import Amendment, AmendmentVersion, Hunk, NegotiatingText, Position, Sponsorship
from drafting.models.positions import HOLDING
from drafting.queries import access, attribution, finds

#: Finds of each sort listed at most, and characters shown on each side of what was found.
MOST, AROUND = 50, 60

_NUMBER = re.compile(r"^(?:no\.?|nr\.?|amendment|proposal|#)?\s*(\d{1,6})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Passage:
    """A provision, or a proposal by its number, with the words before, at and after the first place found in it."""

    address: str
    before: str
    at: str
    after: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Party:
    """A delegation, how many proposals it sponsors here, and at which addresses it holds open brackets."""

    code: str
    name: str
    proposals: int
    holds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """All a search found; `more` where one of the lists was cut."""

    places: tuple[str, ...] = ()
    words: tuple[Passage, ...] = ()
    proposals: tuple[Passage, ...] = ()
    parties: tuple[Party, ...] = ()
    more: bool = False

    def __bool__(self) -> bool:
        return bool(self.places or self.words or self.proposals or self.parties)


def search(seat: Seat, negotiated: NegotiatingText, asked: str) -> Found:
    """Return what `asked` finds: labels and addresses, words of the text, of proposals and their reasons, parties."""
    access.floor(seat, negotiated)
    asked = " ".join(asked.split())[:200]
    if not asked:
        return Found()
    words = _words(negotiated, asked)
    proposals = _proposals(negotiated, asked)
    return Found(
        places=tuple(finds.addresses(negotiated, asked)[:MOST]),
        words=tuple(words[:MOST]),
        proposals=tuple(proposals[:MOST]),
        parties=_parties(seat, negotiated, asked),
        more=len(words) > MOST or len(proposals) > MOST,
    )


def _words(negotiated: NegotiatingText, asked: str) -> list[Passage]:
    rows = negotiated.provisions.filter(words__content__icontains=asked, retired=False).order_by("order")
    return [_passage(*row, asked) for row in rows.values_list("address", "words__content")[: MOST + 1]]


def _proposals(negotiated: NegotiatingText, asked: str) -> list[Passage]:
    """Return the proposals with that number, or with those words among what they put in, strike, or give as reason."""
    live = AmendmentVersion.objects.filter(current=True, amendment__text=negotiated)
    edits = Q(hunks__words__icontains=asked) | Q(hunks__struck__icontains=asked)
    wanted = edits | Q(amendment__rationale__icontains=asked)
    if number := _NUMBER.match(asked):
        wanted |= Q(amendment__number=int(number[1]))
    chosen = live.filter(wanted).order_by("-amendment__number").values_list("pk", flat=True).distinct()[: MOST + 1]
    rows = Hunk.objects.filter(version__in=list(chosen)).order_by("-version__amendment__number", "index")
    fields = ("version__amendment__number", "provision__address", "struck", "words", "version__amendment__rationale")
    found: dict[int, Passage] = {}
    for number_, address, struck, words, rationale in rows.values_list(*fields):
        said = next((part for part in (words, struck, rationale) if asked.casefold() in part.casefold()), "")
        if number_ not in found or (said and not found[number_].at):
            found[number_] = _passage(address, said or words or struck, asked, number_)
    return list(found.values())


def _parties(seat: Seat, negotiated: NegotiatingText, asked: str) -> tuple[Party, ...]:
    """Return the delegations with that code or name, with what of their doings here the seat may see."""
    known = [(row.pk, row.code, row.name("en")) for row in delegations(negotiated.conference)]
    wanted = asked.casefold()
    named = [row for row in known if wanted == row[1].casefold() or (len(wanted) > 2 and wanted in row[2].casefold())]
    counts, holds = _doings(seat, negotiated, [pk for pk, *_ in named])
    return tuple(Party(code, name, counts.get(pk, 0), tuple(holds.get(pk, ()))) for pk, code, name in named[:MOST])


def _doings(
    seat: Seat, negotiated: NegotiatingText, those: Sequence[int]
) -> tuple[dict[int, int], dict[int, dict[str, None]]]:
    """Return, by delegation, how many proposals it stands behind and where it holds open brackets."""
    behind = Sponsorship.objects.filter(
        delegation__in=those, withdrawn=False, version__current=True, version__amendment__text=negotiated
    ).exclude(version__amendment__state=Amendment.State.WITHDRAWN)
    behind = attribution.seen(behind, seat, negotiated).filter(version__answer="")
    counts = dict(behind.values("delegation").annotate(n=Count("pk")).values_list("delegation", "n"))
    held = Position.objects.filter(
        delegation__in=those, stance__in=HOLDING, bracket__text=negotiated, bracket__closed=False
    ).order_by("bracket__start_text__provision__order")
    holds: dict[int, dict[str, None]] = {}
    for pk, address in attribution.seen(held, seat, negotiated).values_list(
        "delegation", "bracket__start_text__provision__address"
    ):
        if address:
            holds.setdefault(pk, {})[address] = None
    return counts, holds


def _passage(address: str, words: str, asked: str, number: int = 0) -> Passage:
    at = words.casefold().find(asked.casefold())
    if at < 0 or len(words.casefold()) != len(words):
        return Passage(address, words[: 2 * AROUND], "", "", number)
    start, end = max(0, at - AROUND), at + len(asked)
    before, after = words[start:at], words[end : end + AROUND]
    if start:  # a script without spaces is cut where it is
        before = f"… {before.partition(' ')[2] or before}"
    if end + AROUND < len(words):
        after = f"{after.rpartition(' ')[0] or after} …"
    return Passage(address, before, words[at:end], after, number)
