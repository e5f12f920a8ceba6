"""The options of a text as its words have them, and who stands where on those that have no brackets of their own.

Drawing them is in `drafting.views`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from delegations.models import Delegation, Seat
from drafting.models import NegotiatingText, Position, Stance
from drafting.queries import access, attribution, cards
from drafting.queries.cards import Stand
from drafting.text import choices
from drafting.text.choices import Choice

#: Whoever says one of these of an option is behind it, and is named beside its label.
BEHIND = frozenset({Stance.SUPPORT, Stance.RETAIN})

#: A provision, by id, and the name of an option that begins in it.
Place = tuple[int, str]


@dataclass(frozen=True, slots=True)
class OptionShown:
    """An option as a reader sees it; `words` is None where the text has none of that name any more."""

    name: str
    words: str | None
    no_text: bool
    stands: tuple[Stand, ...] = ()


@dataclass(frozen=True, slots=True)
class Labelled:
    """The label of an option in its provision, `start`–`end` in code points, and the codes of who is behind it."""

    start: int
    end: int
    name: str
    holders: tuple[str, ...]


def read(negotiated: NegotiatingText) -> dict[Place, Choice]:
    """Return all options of a text as it stands. One query."""
    rows = _rows(negotiated)
    return {(rows[choice.provision][0], choice.name): choice for choice in _find(rows)}


def called(negotiated: NegotiatingText, said: str, at: Collection[int]) -> list[tuple[Place, Choice]]:
    """Return the options of a text that `said` may name where provisions `at` are looked at: the near ones, or all."""
    rows = _rows(negotiated)
    found = _find(rows)
    indexes = [index for index, (pk, _) in enumerate(rows) if pk in at]
    near = choices.near(found, indexes[0], indexes[-1]) if indexes else []
    meant = choices.called(near, said) or choices.called(found, said)
    return [((rows[choice.provision][0], choice.name), choice) for choice in meant]


def shown(seat: Seat, negotiated: NegotiatingText, provision: int) -> list[OptionShown]:
    """Return the options a provision opens, with who stands where as the policy shows it to the seat.

    Those in brackets of their own are left to these. What somebody stood on is there when the words have it no more.
    """
    access.floor(seat, negotiated)
    stands = _stands(attribution.seen(_positions(negotiated, [provision]), seat, negotiated))
    found = {place: choice for place, choice in read(negotiated).items() if place[0] == provision}
    listed = [
        OptionShown(choice.name, choice.words, choice.no_text, tuple(_compared(stands.pop(place, ()), choice)))
        for place, choice in found.items()
        if place in stands or not choice.is_bracketed
    ]
    return [*listed, *(OptionShown(name, None, False, _compared(rows, None)) for (_, name), rows in stands.items())]


def labels(seat: Seat, negotiated: NegotiatingText, provisions: Collection[int]) -> Mapping[int, Sequence[Labelled]]:
    """Return the labels of options somebody is behind, by provision; none where the policy hides from the seat who is.

    Like the words they stand in they are the same for all who see the same names.
    """
    if not provisions or not attribution.shows_names(seat, negotiated):
        return {}
    rows = _positions(negotiated, provisions).filter(stance__in=BEHIND)
    rows = rows if access.reads_bureau(seat) else rows.filter(withheld=False)
    holders: dict[Place, list[str]] = defaultdict(list)
    for provision, name, code in rows.values_list("option__provision", "option__name", "delegation__code"):
        holders[provision, name].append(code)
    found: dict[int, list[Labelled]] = defaultdict(list)
    for place, choice in read(negotiated).items() if holders else ():
        if place in holders and not choice.is_bracketed:
            found[place[0]].append(Labelled(choice.start, choice.end, choice.name, tuple(holders[place])))
    return found


def stale(delegation: Delegation | int) -> list[Position]:
    """Return the stances of a delegation on options whose words changed since, or that are options no more."""
    rows = Position.objects.filter(delegation=delegation, option__isnull=False).order_by("pk")
    found: list[Position] = []
    known: dict[int, Mapping[Place, Choice]] = {}
    for row in rows.select_related("option__provision__text__conference"):
        if row.option is None:
            continue
        place = row.option.provision
        if place.text_id not in known:
            known[place.text_id] = read(place.text)
        if is_stale(row.words, known[place.text_id].get((place.pk, row.option.name))):
            found.append(row)
    return found


def _rows(negotiated: NegotiatingText) -> list[tuple[int, str]]:
    return list(negotiated.provisions.filter(retired=False).order_by("order", "pk").values_list("pk", "words__content"))


def _find(rows: Sequence[tuple[int, str]]) -> list[Choice]:
    return choices.find([words for _, words in rows])


def _positions(negotiated: NegotiatingText, provisions: Collection[int]) -> QuerySet[Position]:
    rows = Position.objects.filter(option__provision__in=provisions, option__provision__text=negotiated)
    return rows.order_by("delegation__code")


def _stands(rows: QuerySet[Position]) -> dict[Place, list[tuple[str, Stand]]]:
    """Return stances with the prints of the words they were taken on."""
    found: dict[Place, list[tuple[str, Stand]]] = defaultdict(list)
    for row in rows.select_related("delegation", "option"):
        if row.option is not None:
            found[row.option.provision_id, row.option.name].append((row.words, cards.stand(row)))
    return found


def _compared(stands: Collection[tuple[str, Stand]], choice: Choice | None) -> tuple[Stand, ...]:
    return tuple(replace(stand, stale=is_stale(words, choice)) for words, stand in stands)


def is_stale(words: str, choice: Choice | None) -> bool:
    """Tell whether words other than those a stance was taken on stand there now, or none."""
    return choice is None or choice.print != words
