"""What our own file says of the brackets of a text that is opened from it: numbers, kinds, groups, who holds them.

It is taken from the ids the file carries beside its words (`structures.KnownPair`), never from what is printed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from delegations.models import Conference, Delegation, Seat
from drafting.models import Bracket, Stance
from drafting.services import positions
from drafting.services.audiences import Audience
from drafting.services.positions import Stand
from drafting.text.brackets import Parse
from drafting.text.structures import KnownPair, Place, Structure


@dataclass(frozen=True, slots=True)
class Recalled:
    """A group to be: the indices of its pairs in the parse, and what is known of it."""

    pairs: tuple[int, ...]
    sure: str = ""
    confirmed: bool = False
    baseline: tuple[int, int, int] | None = None
    no_text: bool = False


def known(structure: Structure, parsed: Parse) -> dict[int, KnownPair]:
    """Return what the file says of the pairs that were found, by their index; only where a `[` stands is believed."""
    said = {pair.at: pair for pair in structure.pairs}
    return {index: said[place] for index, place in enumerate(_places(parsed)) if place in said}


def numbers(found: Mapping[int, KnownPair], articles: Sequence[str]) -> list[int]:
    """Return the number of each pair in its article: the one it had, where that is free, else the next one."""
    taken: dict[str, set[int]] = defaultdict(set)
    kept: dict[int, int] = {}
    for index, pair in sorted(found.items()):
        if pair.number and pair.article == articles[index] and pair.number not in taken[articles[index]]:
            taken[articles[index]].add(pair.number)
            kept[index] = pair.number
    last: Counter[str] = Counter()
    for index, article in enumerate(articles):
        if index in kept:
            continue
        last[article] += 1
        while last[article] in taken[article]:
            last[article] += 1
        kept[index] = last[article]
    return [kept[index] for index in range(len(articles))]


def groups(structure: Structure, parsed: Parse, found: Collection[int]) -> list[Recalled]:
    """Return the groups the file knows, and of those the parse suggests the ones with a pair it does not know."""
    index_of = {place: index for index, place in enumerate(_places(parsed))}
    recalled = [
        Recalled(
            tuple(sorted(index_of[place] for place in group.pairs)), "", group.confirmed, group.baseline, group.no_text
        )
        for group in structure.groups
        if group.pairs <= index_of.keys()
    ]
    used = {index for group in recalled for index in group.pairs}
    for suggested in parsed.groups:
        is_settled = all(index in found for index in suggested.pairs)
        if used.isdisjoint(suggested.pairs) and not is_settled:
            recalled.append(Recalled(tuple(suggested.pairs), suggested.sure))
    return recalled


def holders(conference: Conference, found: Iterable[KnownPair]) -> dict[str, Delegation]:
    """Return the delegations of the conference that the file names as holders, by code."""
    codes = {code for pair in found for code in pair.holders}
    return {row.code: row for row in Delegation.objects.filter(conference=conference, code__in=codes)}


def stand(
    audience: Audience, by: Seat, rows: Sequence[Bracket], found: Mapping[int, KnownPair], who: Mapping[str, Delegation]
) -> None:
    """Record, for whoever opens the text, that the delegations the file names hold their brackets as they did."""
    stands = [
        Stand(who[code], rows[index], Stance.PROPOSE)
        for index, pair in sorted(found.items())
        if pair.kind != Bracket.Kind.NOTE
        for code in pair.holders
        if code in who
    ]
    if stands:
        positions.store(audience, by, stands, from_the_floor=True)


def _places(parsed: Parse) -> list[Place]:
    return [(pair.start.provision, pair.start.offset) for pair in parsed.pairs]
