"""Linked brackets settled once: the same act at each place a person confirmed, those changed since left and listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from delegations.models import Seat
from delegations.roles import Right
from drafting.models import Decision, NegotiatingText
from drafting.queries import access, quarrels, snapshots
from drafting.services import bulk, foresight
from drafting.services.bulk import Left, Place, Settled
from drafting.services.foresight import Foreseen
from drafting.text import linking
from drafting.text.errors import ActRefused

_CHANGED = "The words changed since, or a bracket was closed: look at it by itself."


def settle(
    by: Seat,
    negotiated: NegotiatingText,
    act: str,
    authority: str,
    places: Sequence[Sequence[int]],
    *,
    chosen: str = "",
    words: str = "",
    reason: str = "",
    forum: str = "",
    seen: int | None = None,
) -> Settled:
    """Do the same at each place, given by the ids of its brackets; the first place says what the quarrel is.

    `chosen` are the words that survive where the act is to pick. A place that no longer holds the members of the first
    is left and listed. Raises `ActRefused` where the first is no place of the text any more.
    """
    access.floor(by, negotiated)
    access.require(by, Right.DECIDE)
    same, changed = _matched(negotiated, act, places, chosen)
    done = bulk.decide(by, negotiated, act, authority, same, words=words, reason=reason, forum=forum, seen=seen)
    return Settled(done.batch, done.made, (*done.left, *changed))


def foresee(
    by: Seat, negotiated: NegotiatingText, act: str, authority: str, places: Sequence[Sequence[int]], chosen: str = ""
) -> Foreseen:
    """Return what settling these places would do; raises as `settle` does, a missing reason apart."""
    access.floor(by, negotiated)
    access.require(by, Right.DECIDE)
    same, changed = _matched(negotiated, act, places, chosen)
    found = foresight.foresee_each(by, negotiated, act, authority, same)
    return replace(found, left=(*found.left, *changed))


def _matched(
    negotiated: NegotiatingText, act: str, places: Sequence[Sequence[int]], chosen: str
) -> tuple[list[Place], tuple[Left, ...]]:
    """Return the places that still are of one quarrel, with the brackets to act on, and those that are not any more."""
    with snapshots.reading():
        document = snapshots.bracketed(snapshots.taken(negotiated), negotiated.language)
    wanted = [frozenset(place) for place in places if place]
    found = {frozenset(place): members for members, all_ in quarrels.linked(document).items() for place in all_}
    if not wanted or wanted[0] not in found:
        raise ActRefused("These brackets are no longer linked: the words in them changed, or they were settled.")
    members = found[wanted[0]]
    same = [place for place in wanted if found.get(place) == members]
    numbers = {pair.number: pair for pair in document.pairs}

    def choose(place: frozenset[int]) -> Iterator[int]:
        for number in sorted(place):
            if act != Decision.Act.PICK or linking.members(document.texts, [numbers[number]]) == {linking.fold(chosen)}:
                yield number

    kept = [Place(_name(negotiated, place), brackets=tuple(choose(place))) for place in same]
    return kept, tuple(Left(_name(negotiated, place), _CHANGED) for place in wanted if place not in same)


def _name(negotiated: NegotiatingText, place: frozenset[int]) -> str:
    """Return what the floor calls a place: its first bracket, closed or not."""
    row = negotiated.brackets.filter(pk__in=place).order_by("article", "number").first()
    return str(row) if row else "a bracket"
