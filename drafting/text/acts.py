"""Acts on brackets: lift, drop, pick, put marks round a range, settle linked places.

Each is a pure function from a bracketed document to its effect. The values are in `standing`; `joins` keeps spaces and
NFC; acts on proposals (accept, bridge, bracket all) are in `deciding`.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from . import brackets, joins
from .brackets import Kind, Pair, Position
from .changes import ChangeSet
from .errors import ActRefused, UnpairedBrackets
from .linking import Link, fold
from .standing import (
    AlternativeGroup,
    Bracketed,
    Effect,
    GroupChanged,
    GroupClosed,
    PairAdopted,
    PairClosed,
    PairOpened,
    Row,
    Span,
    by_provision,
    whole,
)
from .steps import Edit, Retire, Step

Act = Literal["lift", "drop", "pick"]


def lift(document: Bracketed, *numbers: int) -> Effect:
    """Take the marks of each pair off and keep the words; pairs directly inside go to the pair around.

    Refuses placeholders, which hold no words to keep, and notes, which are not negotiated.
    """
    for number in numbers:
        if document.pair(number).kind is Kind.PLACEHOLDER and number not in document.notes:
            words = document.words(number)
            raise ActRefused(
                f"Bracket {number} is a placeholder (“{words}”): replace its words or drop it.", pair=number
            )
    return _close(document, lifted=numbers)


def drop(document: Bracketed, *numbers: int) -> Effect:
    """Take each pair out with its words and the pairs inside; a provision left empty is retired, boundaries stay."""
    return _close(document, dropped=numbers)


def unwrap(document: Bracketed, lifted: Sequence[int], dropped: Sequence[int]) -> Effect:
    """Lift some pairs and drop others as one effect, as `pick` does to a group."""
    return _close(document, lifted, dropped)


def pick(document: Bracketed, number: int) -> Effect:
    """Lift one pair of a group and drop the others and the baseline; refused for a pair in no confirmed group."""
    return settle(document, "pick", [number])


def settle(document: Bracketed, act: Act, numbers: Sequence[int]) -> Effect:
    """Do one act at each of several pairs, as one effect: undone whole, or place by place."""
    if act == "lift":
        return lift(document, *numbers)
    if act == "drop":
        return drop(document, *numbers)
    groups = [_group_to_pick_from(document, number) for number in numbers]
    others = [other for group in groups for other in group.pairs if other not in numbers]
    baselines = [group.baseline for group in groups if group.baseline]
    lift(document, *numbers)
    return _close(document, numbers, others, baselines)


def _group_to_pick_from(document: Bracketed, number: int) -> AlternativeGroup:
    document.pair(number)
    group = document.group_of(number)
    if group is None:
        raise ActRefused(f"Bracket {number} belongs to no group of alternatives to pick from.", pair=number)
    return group


@dataclass(frozen=True, slots=True)
class Settlement:
    """A quarrel settled in many places: the effect, and the confirmed places whose words have changed since."""

    effect: Effect
    left: tuple[tuple[int, ...], ...]


def settle_linked(document: Bracketed, act: Act, member: str, link: Link) -> Settlement:
    """Do `act` on the pair holding `member` at each place of `link` that still holds the same members.

    Places are pairs by number, as a person confirmed them. Those that changed, closed or hold no such member are left
    and listed; to pick, the place must be a confirmed group.
    """
    wanted = fold(member)
    found: list[int] = []
    left: list[tuple[int, ...]] = []
    for place in link.places:
        number = _member_at(document, act, wanted, link, place)
        if number is None:
            left.append(place)
        else:
            found.append(number)
    return Settlement(settle(document, act, found), tuple(left))


def _member_at(document: Bracketed, act: Act, wanted: str, link: Link, place: tuple[int, ...]) -> int | None:
    if any(number not in document.by_number for number in place):
        return None
    words = {number: fold(document.words(number)) for number in place}
    if link.members != frozenset(words.values()):
        return None
    number = next((number for number in place if words[number] == wanted), None)
    if number is not None and act == "pick":
        group = document.group_of(number)
        return number if group is not None and set(group.pairs) == set(place) else None
    return number


def bracket(document: Bracketed, span: Span) -> Effect:
    """Put one new pair of marks round `span`, spaces at its edges left outside.

    Raises `UnpairedBrackets` where it would cross a pair or take in a bracket that stands alone, and `ActRefused` where
    it holds nothing or would split a character.
    """
    start, end = _inward(document, span)
    inner = Span(start, end)
    crossed = next((pair for pair in document.pairs if inner.cuts(pair)), None)
    if crossed is not None:
        raise UnpairedBrackets(f"The marks would cross bracket {crossed.number}.", pair=crossed.number)
    held = [document.texts[at][low:high] for at, (low, high) in document.ranges(inner)]
    if brackets.fold(map(brackets.residue, held)) != (0, 0):
        raise UnpairedBrackets("The marks would take in a bracket that stands alone: mend that one first.")
    for place in (start, end):
        following = document.texts[place.provision][place.offset : place.offset + 1]
        if following and not joins.starts_character(following):
            raise ActRefused("A mark cannot stand inside a character.")
    edits = sorted([(start, "["), (end, "]")])
    steps = [
        _edit(document, at, [(place.offset, place.offset, mark) for place, mark in edits if place.provision == at])
        for at in sorted({start.provision, end.provision})
    ]
    shift = 1 if start.provision == end.provision else 0
    return Effect(tuple(steps), (PairOpened(start, end._replace(offset=end.offset + shift)),))


def _inward(document: Bracketed, span: Span) -> tuple[Position, Position]:
    """Return the span's ends, moved past the white space at its edges."""
    start, end = span.start, span.end
    texts = document.texts
    while start < end and texts[start.provision][start.offset : start.offset + 1].isspace():
        start = start._replace(offset=start.offset + 1)
    while start < end and end.offset and texts[end.provision][end.offset - 1].isspace():
        end = end._replace(offset=end.offset - 1)
    if start >= end or not any(texts[at][low:high].strip() for at, (low, high) in document.ranges(Span(start, end))):
        raise ActRefused("There are no words here to put in brackets.")
    return start, end


def _edit(document: Bracketed, at: int, edits: Iterable[tuple[int, int, str]]) -> Edit:
    return Edit(document.keys[at], ChangeSet.of(edits, len(document.texts[at])))


def _close(
    document: Bracketed, lifted: Sequence[int] = (), dropped: Sequence[int] = (), cut: Sequence[Span] = ()
) -> Effect:
    """Close pairs, and cut spans of bare words, all at once."""
    for number in (*lifted, *dropped):
        document.pair(number)
        if number in document.notes:
            raise ActRefused(f"Bracket {number} is a note, which is not under negotiation.", pair=number)
    spans = [whole(document.pair(number)) for number in dropped] + [*cut]
    _check_baselines(document, cut)
    gone = {pair.number for span in spans for pair in document.inside(span)}
    opened = [document.pair(number) for number in lifted if number not in gone]
    marks = [place for pair in opened for place in (pair.start, pair.end)]
    places = [(mark.provision, (mark.offset, mark.offset + 1)) for mark in marks]
    places += [place for span in spans for place in document.ranges(span)]
    return Effect(tuple(_cut(document, places)), tuple(rows_of(document, {pair.number for pair in opened}, gone)))


def _check_baselines(document: Bracketed, cut: Sequence[Span]) -> None:
    for span in cut:
        for pair in document.pairs:
            if span.cuts(pair):
                raise UnpairedBrackets(f"The baseline ends inside bracket {pair.number}.", pair=pair.number)


def _cut(document: Bracketed, places: Iterable[tuple[int, joins.Range]]) -> Iterable[Step]:
    """Yield the edit of each text that loses something, and retire the ones that lose everything."""
    for at, ranges in by_provision(places).items():
        text = document.texts[at]
        changes = joins.cut(text, ranges, document.language)
        if changes.is_empty:
            continue
        yield Edit(document.keys[at], changes)
        if not changes.apply(text).strip():
            yield Retire(document.keys[at])


def rows_of(document: Bracketed, lifted: Collection[int], dropped: Collection[int]) -> Iterable[Row]:
    """Yield what closing these pairs does to the rows: children adopted, groups closed or made smaller."""
    closed = {*lifted, *dropped}
    for number in sorted(closed):
        yield PairClosed(number, "lifted" if number in lifted else "dropped")
    for child in (child for number in sorted(closed) for child in document.children.get(number, ())):
        if child.number not in closed:
            yield PairAdopted(child.number, _surviving_parent(document, child, closed))
    for group in document.groups:
        left = tuple(number for number in group.pairs if number not in closed)
        if left == group.pairs:
            continue
        if len(left) + (group.baseline is not None) > 1 and left:
            yield GroupChanged(group.pairs, left)
        else:
            yield GroupClosed(group.pairs)


def _surviving_parent(document: Bracketed, pair: Pair, closed: Collection[int]) -> int | None:
    parent = pair.parent
    while parent is not None and parent in closed:
        parent = document.pair(parent).parent
    return parent
