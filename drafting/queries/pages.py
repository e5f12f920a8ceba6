"""What the text page shows: provisions with their words, brackets with their holders, counts; read in a few queries.

The number of queries does not grow with the rows. Who holds a bracket is there where the policy shows it to the seat;
its own delegation's part always is. Drawing is in `drafting.views`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from delegations.models import Seat
from drafting.models import Agreement, Annotation, Bracket, ImportAnomaly, NegotiatingText, Pen, Position, Stream
from drafting.models.positions import HOLDING
from drafting.queries import access, agreements, amendments, attribution, boxes, cards, options, packages
from drafting.queries.cards import Stand
from drafting.queries.options import Labelled
from drafting.text import choices

_FIELDS = ("id", "address", "article", "label", "label_length", "part", "kind", "depth", "retired", "disposition")
_AGREED = ("provision", "start", "end", "style", "name")
_OPEN = ("", "", False)
_STOOD_ON = Exists(Position.objects.filter(option__provision=OuterRef("pk")))
_WORDS = {"working": F("words_id"), "rev": F("words__rev"), "content": F("words__content")}


@dataclass(frozen=True, slots=True)
class ProvisionShown:
    """A provision as a reader sees it: its words are the `content` of the text `working` at `rev`.

    `status` is the style of the rung it stands on or empty, `said` that rung's name, `agreed` its agreed runs, `lone`
    the offsets of brackets without a partner, `amendments` the number of open ones that touch it, `parked` until when
    or what it is put aside, `waits` whether it is in a package of which something is open, `stood_on` whether somebody
    stands on an option it has or had, `options` the labels of those somebody is behind, `notes` what officers say in
    it or beside it.
    """

    id: int
    address: str
    article: str
    label: str
    label_length: int
    part: str
    kind: str
    depth: int
    retired: bool
    disposition: str
    working: UUID
    rev: int
    content: str
    status: str = ""
    agreed: tuple[tuple[int, int, str, str], ...] = ()
    lone: frozenset[int] = frozenset()
    amendments: int = 0
    moving: bool = False
    parked: str = ""
    said: str = ""
    waits: bool = False
    stood_on: bool = False
    options: tuple[Labelled, ...] = ()
    notes: tuple[Annotation, ...] = ()

    @property
    def may_have_options(self) -> bool:
        """Whether to look for options here is worth a query."""
        return self.stood_on or (not self.retired and choices.may_hold(self.content))


@dataclass(frozen=True, slots=True)
class BracketShown:
    """An open bracket: `start` and `end` are (provision id, offset in code points); `holders` codes of delegations.

    `group` is set where a person has confirmed that it stands for others; `is_held` tells whether anybody holds it,
    whoever that is.
    """

    id: int
    article: str
    number: int
    kind: str
    group: int | None
    start: tuple[int, int]
    end: tuple[int, int]
    holders: tuple[str, ...] = ()
    holders_known: bool = True
    is_held: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """The floor, or a part of it, at `seq` or later; `order` lists all provisions of the text by id."""

    seq: int
    order: tuple[int, ...]
    provisions: tuple[ProvisionShown, ...]
    brackets: Mapping[int, BracketShown]
    mine: frozenset[int] = field(default=frozenset())
    packages: tuple[packages.Shown, ...] = ()


def page(seat: Seat, negotiated: NegotiatingText, only: Collection[int] | None = None) -> Page:
    """Return the floor as `seat` may see it, or of it the provisions in `only` with every bracket on or around them.

    `seq` is read before the content, so that whoever follows the stream from there misses nothing.
    """
    access.floor(seat, negotiated)
    seq = Stream.objects.values_list("head", flat=True).get(pk=negotiated.floor_id)
    order = tuple(negotiated.provisions.order_by("order", "pk").values_list("pk", flat=True))
    brackets, mine = _brackets(seat, negotiated, only)
    packaged = tuple(packages.of(negotiated))
    return Page(seq, order, tuple(_provisions(seat, negotiated, only, packaged)), brackets, mine, packaged)


def addresses(negotiated: NegotiatingText) -> dict[int, str]:
    """Return how every provision is called, by id, tombstones included."""
    return dict(negotiated.provisions.values_list("pk", "address"))


def neighbours(negotiated: NegotiatingText, provision: int) -> tuple[str, str]:
    """Return the addresses before and after a provision, tombstones passed over; empty at the ends."""
    rows = list(negotiated.provisions.filter(retired=False).order_by("order", "pk").values_list("pk", "address"))
    at = next((index for index, (pk, _) in enumerate(rows) if pk == provision), None)
    if at is None:
        return "", ""
    return rows[at - 1][1] if at else "", rows[at + 1][1] if at + 1 < len(rows) else ""


def _provisions(
    seat: Seat, negotiated: NegotiatingText, only: Collection[int] | None, packaged: Sequence[packages.Shown]
) -> list[ProvisionShown]:
    chosen = Q() if only is None else Q(pk__in=only)
    rows = list(
        negotiated.provisions.filter(chosen).order_by("order", "pk").values(*_FIELDS, **_WORDS, stood_on=_STOOD_ON)
    )
    statuses, runs = _agreements(negotiated, packages.waiting(packaged))
    lone = _lone(negotiated)
    parked = agreements.parked(negotiated)
    noted = boxes.beside(negotiated, only)
    counts = amendments.counts(negotiated)
    labelled = options.labels(seat, negotiated, [row["id"] for row in rows if row["stood_on"]])
    moving = set(Pen.objects.filter(provision__text=negotiated, closed=None).values_list("provision", flat=True))
    return [
        ProvisionShown(
            **row,
            status=statuses.get(row["id"], _OPEN)[0],
            said=statuses.get(row["id"], _OPEN)[1],
            waits=statuses.get(row["id"], _OPEN)[2],
            agreed=tuple(runs.get(row["id"], ())),
            lone=frozenset(lone.get(row["id"], ())),
            amendments=counts.get(row["id"], 0),
            moving=row["id"] in moving,
            parked=parked.get(row["id"], ""),
            options=tuple(labelled.get(row["id"], ())),
            notes=tuple(noted.get(row["id"], ())),
        )
        for row in rows
    ]


def _agreements(
    negotiated: NegotiatingText, waiting: Collection[tuple[int, int | None]]
) -> tuple[dict[int, tuple[str, str, bool]], dict[int, list[tuple[int, int, str, str]]]]:
    """Return the style and name of what is agreed on whole provisions, and the agreed runs in others with theirs."""
    statuses: dict[int, tuple[str, str, bool]] = {}
    runs: dict[int, list[tuple[int, int, str, str]]] = defaultdict(list)
    rows = Agreement.objects.filter(provision__text=negotiated, ended=False).order_by("start", "pk")
    for provision, start, end, style, name in rows.values_list(*_AGREED):
        if start is not None and end is not None:
            runs[provision].append((start, end, style, name))
        else:
            statuses[provision] = (style, name, (provision, None) in waiting)
    return statuses, runs


def _lone(negotiated: NegotiatingText) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = ImportAnomaly.objects.filter(text=negotiated, mended=False)
    for provision, offset in rows.values_list("words__provision", "offset"):
        found[provision].add(offset)
    return found


def _brackets(
    seat: Seat, negotiated: NegotiatingText, only: Collection[int] | None
) -> tuple[dict[int, BracketShown], frozenset[int]]:
    rows = Bracket.objects.filter(text=negotiated, closed=False)
    if only is not None:
        here = Q(start_text__provision__in=only) | Q(end_text__provision__in=only)
        rows = rows.filter(here | ~Q(start_text=F("end_text")))
    holders, mine = _holders(seat, negotiated, None if only is None else rows.values_list("pk", flat=True))
    fields = (
        *("pk", "article", "number", "kind", "start_text__provision", "start_offset"),
        *("end_text__provision", "end_offset", "holders_known", "group", "group__confirmed", "is_held"),
    )
    held = Position.objects.filter(bracket=OuterRef("pk"), stance__in=HOLDING)
    found = {
        pk: BracketShown(
            id=pk,
            article=article,
            number=number,
            kind=kind,
            group=group if confirmed else None,
            start=(start, lo),
            end=(end, hi),
            holders=tuple(holders.get(pk, ())),
            holders_known=known,
            is_held=is_held,
        )
        for pk, article, number, kind, start, lo, end, hi, known, group, confirmed, is_held in rows.annotate(
            is_held=Exists(held)
        ).values_list(*fields)
    }
    return found, frozenset(mine)


def _holders(
    seat: Seat, negotiated: NegotiatingText, brackets: Collection[int] | None
) -> tuple[dict[int, list[str]], set[int]]:
    """Return the holders of each bracket by code, and the brackets the seat's own delegation holds."""
    named = attribution.shows_names(seat, negotiated)
    rows = Position.objects.filter(stance__in=HOLDING, bracket__text=negotiated, bracket__closed=False)
    rows = rows if brackets is None else rows.filter(bracket__in=brackets)
    rows = attribution.seen(rows, seat, negotiated)
    found: dict[int, list[str]] = defaultdict(list)
    mine: set[int] = set()
    fields = ("bracket", "delegation", "delegation__code", "withheld")
    for bracket, delegation, code, withheld in rows.values_list(*fields):
        if not withheld or access.reads_bureau(seat):  # others read the same drawing: not even one's own stands in it
            found[bracket].append(code)
        if delegation == seat.delegation_id:
            mine.add(bracket)
    return {bracket: sorted(codes) for bracket, codes in found.items()} if named else {}, mine


def stands(seat: Seat, negotiated: NegotiatingText, brackets: Collection[int]) -> dict[int, list[Stand]]:
    """Return who stands where on each bracket, by bracket id; names as the policy shows them to the seat."""
    access.floor(seat, negotiated)
    rows = Position.objects.filter(bracket__in=brackets, bracket__text=negotiated).select_related("delegation")
    rows = attribution.seen(rows, seat, negotiated)
    found: dict[int, list[Stand]] = {bracket: [] for bracket in brackets}
    for row in rows.order_by("delegation__code"):
        found[row.bracket_id or 0].append(cards.stand(row))
    return found
