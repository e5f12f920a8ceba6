"""What if: which brackets would fall if these let go, which conversation would clear most, who stands alone.

A computation on who holds what; nothing is decided and nobody is told. A bracket whose holders are not all known never
falls: somebody who was never asked may hold it.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Held:
    """An open bracket: who holds it, who wants its words out, its size in characters, and where it stands."""

    number: int
    holders: frozenset[str]
    against: frozenset[str] = frozenset()
    size: int = 0
    place: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Outlook:
    """Brackets by number: those that would fall, those one more holder would free, those that stay.

    `unknown` are those that cannot fall because not all their holders are known; they are among those that stay.
    """

    fall: tuple[int, ...]
    nearly: tuple[int, ...]
    stay: tuple[int, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class Bilateral:
    """A conversation between two: the brackets only they stand on, their places, and the characters it would clear."""

    parties: tuple[str, str]
    brackets: tuple[int, ...]
    places: tuple[str, ...]
    size: int


def let_go(held: Sequence[Held], letting_go: Collection[str], places: Collection[str] = ()) -> Outlook:
    """Return what would become of the brackets if these let go of all they hold, or of what they hold in `places`.

    A bracket falls when a known holder lets go and no other is left; one that nobody holds is left as it is.
    """
    gone = frozenset(letting_go)
    fall, nearly, stay, unknown = [], [], [], 0
    for row in held:
        left = row.holders - gone if not places or row.place in places else row.holders
        unknown += not row.known
        if row.known and row.holders and not left:
            fall.append(row.number)
        elif row.known and len(left) == 1 and left != row.holders:
            nearly.append(row.number)
        else:
            stay.append(row.number)
    return Outlook(tuple(fall), tuple(nearly), tuple(stay), unknown)


def bilaterals(held: Sequence[Held]) -> list[Bilateral]:
    """Return the conversations of two that would settle something by themselves; what clears most text comes first."""
    found: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for row in held:
        parties = sorted(row.holders | row.against)
        if row.known and row.holders and len(parties) == 2:
            found[parties[0], parties[1]].append(row)
    made = [
        Bilateral(
            parties,
            tuple(row.number for row in rows),
            tuple(dict.fromkeys(row.place for row in rows)),
            sum(row.size for row in rows),
        )
        for parties, rows in found.items()
    ]
    return sorted(made, key=lambda talk: (-talk.size, -len(talk.brackets), talk.parties))


def alone(held: Sequence[Held]) -> dict[str, tuple[int, ...]]:
    """Return, by who stands alone, the brackets nobody else holds, the longest list first."""
    found: dict[str, list[int]] = defaultdict(list)
    for row in held:
        if row.known and len(row.holders) == 1:
            found[next(iter(row.holders))].append(row.number)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return {code: tuple(numbers) for code, numbers in ordered}
