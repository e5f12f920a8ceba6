"""Which proposals of a text a list keeps: by delegation, place and status; and what there is to choose from, counted.

What a reader sees of one is in `cards`, pages of them are in `amendments`. A delegation is chosen among those whose
names the reader may see: of any other as little is found as of one that proposes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from delegations.models import Seat
from drafting.models import Amendment, Hunk, NegotiatingText, ProposedText, Sponsorship
from drafting.queries import attribution, endings, finds

#: Fates a list may be kept to besides the states: what became of what is decided.
FATES = ("in text", "in part", "bracketed", "bridged", "dropped")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is kept to; empty keeps all. `place` is an address or what the floor calls it, `code` a delegation.

    `states` may hold states and `FATES` alike, `ours` keeps what the seat's delegation sponsors or sponsored.
    """

    place: str = ""
    code: str = ""
    states: frozenset[str] = field(default_factory=frozenset)
    ours: bool = False


#: What keeps every proposal, and what keeps those of the own delegation.
EVERY, OURS = Asked(), Asked(ours=True)


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from, each with how many proposals of the text it would keep; `total` counts all."""

    total: int
    codes: dict[str, int]
    states: dict[str, int]


def choices(seat: Seat, negotiated: NegotiatingText) -> Choices:
    """Return the delegations whose names the seat sees on proposals, by code, and the states and fates there are."""
    behind = _behind(seat, negotiated).values_list("delegation__code").annotate(n=Count("pk"))
    states = Counter(state for _, *several in _standings(negotiated) for state in several if state)
    total = Amendment.objects.filter(text=negotiated).count()
    known = (*Amendment.State.values, *FATES)
    return Choices(total, dict(behind), {name: states[name] for name in known if states[name]})


def kept(seat: Seat, negotiated: NegotiatingText, asked: Asked) -> QuerySet[Amendment]:
    """Return the proposals that everything asked for holds of."""
    found = Amendment.objects.filter(text=negotiated)
    if asked.place:
        found = found.filter(_at(negotiated, asked.place))
    if asked.code:
        behind = _behind(seat, negotiated).filter(delegation__code=asked.code)
        found = found.filter(pk__in=behind.values("version__amendment"))
    if asked.states:
        found = found.filter(_standing(negotiated, asked.states))
    if asked.ours:
        own = Sponsorship.objects.filter(delegation=seat.delegation_id, withdrawn=False, version__answer="")
        found = found.filter(pk__in=own.values("version__amendment"))
    return found


def place(negotiated: NegotiatingText, asked: str) -> str:
    """Return the address of the provision or article that `asked` names, or what was asked where none is named."""
    named = Q(address=asked) | Q(article=asked)
    if not asked or negotiated.provisions.filter(named).exists():
        return asked
    return finds.address(negotiated, asked) or finds.article(negotiated, asked) or asked


def _at(negotiated: NegotiatingText, asked: str) -> Q:
    """Return which proposals touch, or are about, a provision, or anything in an article."""
    address = place(negotiated, asked)
    here = negotiated.provisions.filter(Q(address=address) | Q(article=address))
    touched = ProposedText.objects.filter(provision__in=here.values("pk"))
    return Q(pk__in=touched.values("version__amendment")) | Q(about__in=here.values("pk"))


def _behind(seat: Seat, negotiated: NegotiatingText) -> QuerySet[Sponsorship]:
    """Return who sponsors and co-sponsors the proposals as they are now, so far as the seat may know."""
    rows = Sponsorship.objects.filter(withdrawn=False, version__current=True, version__amendment__text=negotiated)
    return attribution.seen(rows, seat, negotiated)


def _standing(negotiated: NegotiatingText, states: Iterable[str]) -> Q:
    wanted = frozenset(states)
    found = Q(state__in=wanted)
    if wanted.isdisjoint(FATES):
        return found
    return found | Q(pk__in=[pk for pk, _, fate in _standings(negotiated) if fate in wanted])


def _standings(negotiated: NegotiatingText) -> Iterator[tuple[UUID, str, str]]:
    """Yield each proposal with its state and, where it is one of `FATES`, its fate; two queries, at any size."""
    outcomes: dict[UUID, list[str]] = defaultdict(list)
    hunks = Hunk.objects.filter(version__amendment__text=negotiated, version__current=True).order_by()
    for pk, outcome in hunks.values_list("version__amendment", "outcome").distinct():
        outcomes[pk].append(outcome)
    for pk, state in Amendment.objects.filter(text=negotiated).values_list("pk", "state"):
        fate = endings.fate(state, outcomes[pk])
        yield pk, state, fate if fate in FATES else ""
