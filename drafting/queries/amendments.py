"""Reads of amendments: lists, one of them, what a version proposes now. Writes are in the services.

What of one a reader sees is in `cards`. Every function runs a number of queries that does not grow with the rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from delegations.models import Seat
from drafting.errors import NotFound
from drafting.models import (
    Amendment,
    AmendmentVersion,
    Hunk,
    NegotiatingText,
    ProposedText,
    Provision,
)
from drafting.queries import access, attribution, cards, selections
from drafting.queries.cards import Card
from drafting.queries.selections import EVERY, Asked
from drafting.text.document import Mark, Run

#: Outcomes in which a hunk still waits for somebody.
UNDECIDED = frozenset({Hunk.Outcome.OPEN, Hunk.Outcome.FLAGGED})

#: States in which an amendment is on the floor no more.
GONE = frozenset({Amendment.State.WITHDRAWN, Amendment.State.LAPSED, Amendment.State.JOINED})

#: Whether a seat sees who proposes and who stands where: asked for with the cards.
shows_names = attribution.shows_names


@dataclass(frozen=True, slots=True)
class Page:
    """Some cards of a longer list; `total` counts the whole list."""

    cards: tuple[Card, ...]
    total: int
    page: int
    size: int


def listed(
    seat: Seat,
    negotiated: NegotiatingText,
    asked: Asked = EVERY,
    *,
    page: int = 1,
    size: int = 50,
) -> Page:
    """Return a page of the amendments on the floor that `asked` keeps, in the order of their numbers, newest first."""
    access.floor(seat, negotiated)
    found = selections.kept(seat, negotiated, asked)
    total = found.count()
    start = max(page - 1, 0) * size
    rows = cards.fetched(found.order_by("-number")[start : start + size])
    return Page(tuple(cards.card(seat, row) for row in rows), total, max(page, 1), size)


def one(seat: Seat, pk: UUID) -> Card:
    """Return one amendment's card; raises `NotFound` for a seat that may not read the floor."""
    found = access.amendment(seat, pk)
    return cards.card(seat, cards.fetched(Amendment.objects.filter(pk=found.pk)).get())


def numbered(seat: Seat, negotiated: NegotiatingText, number: int) -> Card:
    """Return the card of the amendment with a floor number; raises `NotFound` where there is none."""
    access.floor(seat, negotiated)
    found = cards.fetched(Amendment.objects.filter(text=negotiated, number=number)).first()
    if found is None:
        raise NotFound(f"There is no proposal {number} on this text.")
    return cards.card(seat, found)


def on_provisions(seat: Seat, negotiated: NegotiatingText, provisions: Collection[int]) -> dict[int, list[Card]]:
    """Return, per provision id, the cards of the open amendments that touch it, by number."""
    access.floor(seat, negotiated)
    versions = ProposedText.objects.filter(provision__in=provisions, version__current=True).values("version__amendment")
    rows = cards.fetched(Amendment.objects.filter(text=negotiated, pk__in=versions, state=Amendment.State.OPEN))
    found: dict[int, list[Card]] = {provision: [] for provision in provisions}
    for row in rows:
        seen = cards.card(seat, row)
        for provision in {hunk.provision for hunk in seen.hunks} & found.keys():
            found[provision].append(seen)
    return found


def counts(negotiated: NegotiatingText) -> dict[int, int]:
    """Return how many open amendments touch each provision, by provision id; provisions without one are left out."""
    pairs = open_hunks(negotiated).values_list("provision", "version").distinct()
    found: dict[int, int] = {}
    for provision, _ in pairs:
        found[provision] = found.get(provision, 0) + 1
    return found


def open_hunks(negotiated: NegotiatingText) -> QuerySet[Hunk]:
    """Return the undecided hunks of the current versions of open amendments."""
    return Hunk.objects.filter(
        version__amendment__text=negotiated,
        version__amendment__state=Amendment.State.OPEN,
        version__current=True,
        outcome__in=UNDECIDED,
    )


def current_words(version: AmendmentVersion, provision: Provision) -> str:
    """Return what the version proposes for the provision now: its open hunks applied to the floor's present words."""
    hunks = version.hunks.filter(provision=provision, outcome=Hunk.Outcome.OPEN, inserts_after=False)
    return applied(provision.words.content, [(hunk.lo, hunk.hi, hunk.words) for hunk in hunks])


def applied(words: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """Return `words` with all `edits` (from, to, new words; code points, not overlapping) made at once."""
    parts: list[str] = []
    at = 0
    for lo, hi, new in sorted(edits):
        parts += (words[at:lo], new)
        at = hi
    return "".join((*parts, words[at:]))


def redline(words: str, edits: Iterable[tuple[int, int, str]], by: tuple[str, ...] = ()) -> tuple[Run, ...]:
    """Return `words` as runs with each edit's old words struck and its new ones inserted."""
    runs: list[Run] = []
    at = 0
    for lo, hi, new in sorted(edits):
        if lo > at:
            runs.append(Run(words[at:lo]))
        if hi > lo:
            runs.append(Run(words[lo:hi], Mark.DELETED, by=by))
        if new:
            runs.append(Run(new, Mark.INSERTED, by=by))
        at = hi
    if at < len(words):
        runs.append(Run(words[at:]))
    return tuple(runs)
