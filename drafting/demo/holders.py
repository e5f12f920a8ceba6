"""Invents who holds the brackets that the text brings along from its last session, and which are alternatives.

A text that comes with its history knows that of some brackets and not of others: so does this one. Pure: the same
random source and words give the same holders.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from drafting.text import brackets
from drafting.text.brackets import Kind, Parse
from drafting.text.structures import KnownGroup, KnownPair, Place, Structure

#: Who speaks to most provisions, as in every room: groups first, then States that speak for themselves.
VOCAL = ("G77", "EU", "AOSIS", "AFRICA", "EIG", "NOR", "JPN", "KEN", "BRA", "CHN", "IND", "USA", "GBR", "SAU")
#: The share of brackets whose holders are known, and of these that all members of a small group hold one by one.
_KNOWN, _BY_MEMBERS = 0.65, 0.04
#: How many hold a bracket together, each as often as it stands here.
_TOGETHER = (1, 1, 1, 2, 2, 3, 5)


def recall(chance: random.Random, structure: Structure, small_groups: Mapping[str, Sequence[str]]) -> Structure:
    """Return the structure with holders for two brackets in three; `small_groups` are members by group, as codes.

    Alternatives side by side are known together and as a group that was confirmed; whether spaced ones are
    alternatives is left to be asked, as of any file.
    """
    parsed = brackets.parse(structure.texts())
    joined = [group.pairs for group in parsed.groups if group.sure == "adjacent" and chance.random() < _KNOWN]
    asked = {index for group in parsed.groups for index in group.pairs}
    alone = [
        index
        for index, pair in enumerate(parsed.pairs)
        if index not in asked and pair.kind not in (Kind.NOTE, Kind.PLACEHOLDER) and chance.random() < _KNOWN
    ]
    known = sorted({*alone, *(index for group in joined for index in group)})
    holders = dict(zip(known, _holders(chance, len(known), small_groups), strict=True))
    return replace(
        structure,
        pairs=tuple(_pair(structure, parsed, index, held) for index, held in holders.items()),
        groups=tuple(KnownGroup(frozenset(_at(parsed, index) for index in group), True) for group in joined),
    )


def _holders(
    chance: random.Random, brackets_known: int, small_groups: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, ...]]:
    for _ in range(brackets_known):
        if chance.random() < _BY_MEMBERS:
            yield tuple(small_groups[chance.choice(sorted(small_groups))])
        else:
            yield tuple(sorted(chance.sample(VOCAL, chance.choice(_TOGETHER))))


def _pair(structure: Structure, parsed: Parse, index: int, holders: tuple[str, ...]) -> KnownPair:
    pair = parsed.pairs[index]
    article = structure.entries[pair.start.provision].article
    return KnownPair(_at(parsed, index), pair.number, article, None, str(pair.kind), holders)


def _at(parsed: Parse, index: int) -> Place:
    start = parsed.pairs[index].start
    return start.provision, start.offset
