"""Linked brackets: the same quarrel standing in many places, so that it can be settled once.

Suggestions only: a person joins the places, and `acts.settle` acts on the confirmed list.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import tokens
from .brackets import Kind, Pair, Parse

_PLAIN = frozenset(
    "a all an and any as at be by for from if in into is it its no not of on or other such that the their this those "
    "to under was were with".split()
)
"""English words that carry no quarrel of their own; other languages' all count, so they are suggested too often."""

Members = frozenset[str]


@dataclass(frozen=True, slots=True)
class Link:
    """Places where the same members stand: each place the numbers of its pairs, in document order."""

    members: Members
    places: tuple[tuple[int, ...], ...]


def suggest(texts: Sequence[str], parsed: Parse) -> list[Link]:
    """Return the quarrels that stand in two places or more, the most frequent first, then in document order.

    Two places are linked where their groups (or lone pairs) hold the same set of members, spaces, case and order
    aside, and a word of meaning. Placeholders and notes are linked to nothing.
    """
    found: dict[Members, list[tuple[int, ...]]] = defaultdict(list)
    for place in places(parsed):
        key = members(texts, [parsed.pairs[number - 1] for number in place])
        if has_meaning(key):
            found[key].append(place)
    links = [Link(key, tuple(where)) for key, where in found.items() if len(where) > 1]
    return sorted(links, key=lambda link: (-len(link.places), link.places))


def places(parsed: Parse) -> list[tuple[int, ...]]:
    """Return each group and each pair outside groups as the numbers of its pairs, in document order."""
    grouped: list[tuple[int, ...]] = [tuple(index + 1 for index in group.pairs) for group in parsed.groups]
    inside = {number for group in grouped for number in group}
    grouped += [
        (pair.number,)
        for pair in parsed.pairs
        if pair.number not in inside and pair.kind not in (Kind.NOTE, Kind.PLACEHOLDER)
    ]
    return sorted(grouped)


def members(texts: Sequence[str], pairs: Iterable[Pair]) -> Members:
    """Return the words inside each of `pairs`, spaces and case aside, as a set."""
    return frozenset(fold(_inner(texts, pair)) for pair in pairs)


def fold(words: str) -> str:
    """Return `words` with case and the extent of white space taken away: what two linked members share."""
    return " ".join(words.casefold().split())


def has_meaning(found: Members) -> bool:
    """Tell whether a member holds a word a person could quarrel about: no number, article or bare letter."""
    return any(_means(token) for member in found for token in tokens.tokenize(member))


def _means(token: str) -> bool:
    if not tokens.is_word(token) or token in _PLAIN or any(map(str.isdigit, token)):
        return False
    return len(token) > 1 or not token.isascii()


def _inner(texts: Sequence[str], pair: Pair) -> str:
    """Return what stands between the two brackets, provisions parted by a line feed."""
    start, end = pair.start, pair.end
    if start.provision == end.provision:
        return texts[start.provision][start.offset + 1 : end.offset]
    between = texts[start.provision + 1 : end.provision]
    return "\n".join((texts[start.provision][start.offset + 1 :], *between, texts[end.provision][: end.offset]))
