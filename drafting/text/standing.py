"""What acts act on and what they do: a bracketed document as it stands, and the effect of an act.

Values only. The acts themselves are in `acts`; rows of the database are made from these, never the other way round.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from . import brackets
from .brackets import Pair, Position
from .errors import ActRefused
from .joins import Range
from .steps import Key, Step


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text, from `start` up to but not including `end`; it may cross provisions."""

    start: Position
    end: Position

    def holds(self, place: Position) -> bool:
        """Tell whether the character at `place` belongs to the span."""
        return self.start <= place < self.end

    def cuts(self, pair: Pair) -> bool:
        """Tell whether one end of `pair` lies inside and the other outside."""
        return self.holds(pair.start) != self.holds(pair.end)


@dataclass(frozen=True, slots=True)
class AlternativeGroup:
    """Pairs of which exactly one survives, by number; `baseline` are unbracketed words that compete with them."""

    pairs: tuple[int, ...]
    baseline: Span | None = None


@dataclass(frozen=True, slots=True)
class PairClosed:
    """The pair is no more: its marks were taken off (*lifted*), or its words went with them (*dropped*)."""

    pair: int
    by: Literal["lifted", "dropped"]


@dataclass(frozen=True, slots=True)
class PairAdopted:
    """The pair stands directly inside `parent` from now on (None: inside no other)."""

    pair: int
    parent: int | None


@dataclass(frozen=True, slots=True)
class PairOpened:
    """A new pair stands at these ends of the new texts; `holders` are (stance, names) of those it was opened for."""

    start: Position
    end: Position
    holders: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Grouped:
    """The pairs with their `[` at these places of the new texts stand for each other, `base` first where it is one.

    `base` is the place of the pair that holds the words that stood there, None where none did.
    """

    rivals: tuple[Position, ...]
    base: Position | None


@dataclass(frozen=True, slots=True)
class GroupClosed:
    """The group is decided, or nothing of it is left to decide."""

    pairs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GroupChanged:
    """The group goes on with fewer pairs."""

    pairs: tuple[int, ...]
    left: tuple[int, ...]


Row = PairClosed | PairAdopted | PairOpened | Grouped | GroupClosed | GroupChanged


@dataclass(frozen=True, slots=True)
class Effect:
    """What an act does: steps in order, at most one `Edit` a text, and changes of rows."""

    steps: tuple[Step, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Bracketed:
    """An ordered list of provision texts with its pairs, the groups a person confirmed, and the pairs that are notes.

    `pairs` come in the order of their `[`, named by `Pair.number`, which callers may make stable. Positions count
    provisions from 0; `keys` are the provisions' permanent names.
    """

    texts: tuple[str, ...]
    pairs: tuple[Pair, ...]
    keys: tuple[Key, ...]
    groups: tuple[AlternativeGroup, ...] = ()
    notes: frozenset[int] = frozenset()
    language: str = "en"

    @staticmethod
    def read(
        texts: Sequence[str],
        groups: Iterable[AlternativeGroup | Iterable[int]] = (),
        notes: Collection[int] = (),
        language: str = "en",
    ) -> "Bracketed":
        """Return the document as `brackets.parse` finds it; groups (or their pairs) and notes are given.

        Raises `ActRefused` where they name no pair, a pair twice, a note as an alternative, or one inside another.
        """
        parsed = brackets.parse(texts)
        confirmed = (each if isinstance(each, AlternativeGroup) else confirm(parsed, each) for each in groups)
        keys = tuple(range(len(texts)))
        document = Bracketed(tuple(texts), parsed.pairs, keys, tuple(confirmed), frozenset(notes), language)
        _check(document)
        return document

    @cached_property
    def by_number(self) -> Mapping[int, Pair]:
        """The pairs by their number."""
        return {pair.number: pair for pair in self.pairs}

    def pair(self, number: int) -> Pair:
        """Return the pair of that number; raises `ActRefused` where there is none."""
        found = self.by_number.get(number)
        if found is None:
            raise ActRefused(f"There is no open bracket {number} in this text.", pair=number)
        return found

    def words(self, number: int) -> str:
        """Return what stands between the marks of a pair, provisions parted by a line feed."""
        pair = self.pair(number)
        inside = Span(pair.start._replace(offset=pair.start.offset + 1), pair.end)
        return "\n".join(self.texts[at][start:end] for at, (start, end) in self.ranges(inside))

    def group_of(self, number: int) -> AlternativeGroup | None:
        """Return the group the pair belongs to."""
        return next((group for group in self.groups if number in group.pairs), None)

    @cached_property
    def children(self) -> Mapping[int | None, list[Pair]]:
        """The pairs directly inside each pair, by its number; under None those inside no other."""
        found: dict[int | None, list[Pair]] = defaultdict(list)
        for pair in self.pairs:
            found[pair.parent].append(pair)
        return dict(found)

    def inside(self, span: Span) -> list[Pair]:
        """Return the pairs that stand wholly inside `span`, in order."""
        first = bisect_left(self.pairs, span.start, key=lambda pair: pair.start)
        last = bisect_left(self.pairs, span.end, key=lambda pair: pair.start)
        return [pair for pair in self.pairs[first:last] if span.holds(pair.end)]

    def ranges(self, span: Span) -> Iterator[tuple[int, Range]]:
        """Yield, for each provision `span` reaches, its index and the range of its text inside the span."""
        for at in range(span.start.provision, span.end.provision + 1):
            start = span.start.offset if at == span.start.provision else 0
            end = span.end.offset if at == span.end.provision else len(self.texts[at])
            yield at, (start, end)


def _check(document: Bracketed) -> None:
    """Refuse rows that cannot stand: of every group exactly one pair must be able to survive."""
    named = Counter(number for group in document.groups for number in group.pairs)
    for number in (*named, *sorted(document.notes)):
        document.pair(number)
    for number, times in named.items():
        if times > 1:
            raise ActRefused(f"Bracket {number} is named twice among the alternatives.", pair=number)
        if number in document.notes:
            raise ActRefused(f"Bracket {number} cannot be a note and an alternative.", pair=number)
    for group in document.groups:
        for one, other in pairwise(sorted(map(document.pair, group.pairs), key=lambda pair: pair.start)):
            if other.start < one.end:
                reason = f"Bracket {other.number} stands inside bracket {one.number}: they cannot be alternatives."
                raise ActRefused(reason, pair=other.number)


def confirm(parsed: brackets.Parse, numbers: Iterable[int]) -> AlternativeGroup:
    """Return the group a person confirms by naming its pairs.

    One pair alone is a choice only against bare words: it takes the baseline the text suggests beside it.
    """
    pairs = tuple(numbers)
    if len(pairs) == 1:
        for group in parsed.groups:
            if group.pairs == (pairs[0] - 1,) and group.baseline:
                return AlternativeGroup(pairs, Span(*group.baseline))
    return AlternativeGroup(pairs)


def whole(pair: Pair) -> Span:
    """Return the span of a pair, its two marks included."""
    return Span(pair.start, pair.end._replace(offset=pair.end.offset + 1))


def by_provision(places: Iterable[tuple[int, Range]]) -> dict[int, list[Range]]:
    """Gather ranges under the provision they lie in, provisions in order."""
    found: dict[int, list[Range]] = defaultdict(list)
    for at, place in sorted(places):
        found[at].append(place)
    return dict(found)
