"""What the home of a conference shows: its texts in figures, and what of them waits for the seat that looks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields

from django.db.models import Count, Q, QuerySet

from delegations.models import Seat
from delegations.roles import Right
from drafting.models import (
    Agreement,
    Amendment,
    AmendmentVersion,
    Draft,
    Hunk,
    Invitation,
    NegotiatingText,
    Position,
    Reserve,
    Revision,
    Sponsorship,
    Viewer,
)
from drafting.queries import access, endings, ladders, options
from drafting.queries.ladders import Mix


@dataclass(frozen=True, slots=True)
class TextShown:
    """A text in figures; the figures of the floor are None for who may not read it."""

    text: NegotiatingText
    last: Revision | None
    brackets: int | None = None
    amendments: int | None = None
    provisions: int = 0
    mix: Mix | None = None
    shows_pictures: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a delegation: its drafts, its proposals to confirm, its stances on words that changed since.

    `moved` are those on options. And others' words: `offered` to its amendments, `recorded` for it from the floor,
    `invited` to co-sponsor; `heard` are the last of the stances recorded for it, `heard_in_all` how many there are,
    `reserved` the reserves.
    """

    drafts: tuple[Draft, ...] = ()
    flagged: tuple[Amendment, ...] = ()
    stale: tuple[Position, ...] = ()
    moved: tuple[Position, ...] = ()
    offered: tuple[Amendment, ...] = ()
    recorded: tuple[Amendment, ...] = ()
    invited: tuple[Amendment, ...] = ()
    heard: tuple[Position, ...] = ()
    heard_in_all: int = 0
    reserved: tuple[Reserve, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def texts(seat: Seat) -> list[TextShown]:
    """Return the texts of the seat's conference in figures, in a number of queries that hangs on no rows."""
    rows = list(access.texts(seat).order_by("slug"))
    last = _last_revisions(rows, first=0 if seat.may(Right.READ_FLOOR) else 1)
    if not seat.may(Right.READ_FLOOR):
        return [TextShown(row, last.get(row.pk)) for row in rows]
    brackets = _counted(rows, "brackets", Q(brackets__closed=False) & ~Q(brackets__kind="note"))
    proposed = _counted(rows, "amendments", Q(amendments__state=Amendment.State.OPEN))
    provisions = _counted(rows, "provisions", Q(provisions__retired=False))
    pictured = set(Viewer.objects.filter(seat=seat).values_list("text", flat=True))
    levels, rungs = _levels(rows), ladders.of(seat.conference)
    return [
        TextShown(
            row,
            last.get(row.pk),
            brackets[row.pk],
            proposed[row.pk],
            provisions[row.pk],
            ladders.mix(rungs, levels[row.pk], provisions[row.pk]),
            row.pk in pictured,
        )
        for row in rows
    ]


def waiting(seat: Seat) -> Waiting:
    """Return what waits for the seat's own delegation; nothing for an office or a seat that only reads."""
    own = seat.delegation_id
    if own is None or not seat.may(Right.PROPOSE):
        return Waiting()
    behind = Sponsorship.objects.filter(delegation=own, withdrawn=False)
    ours = _newest(Amendment.objects.filter(pk__in=behind.filter(version__current=True).values("version__amendment")))
    standing = ours.filter(state__in=(Amendment.State.OPEN, Amendment.State.FLAGGED))
    moved = Hunk.objects.filter(outcome=Hunk.Outcome.FLAGGED, version__current=True).values("version__amendment")
    asked = AmendmentVersion.objects.filter(answer=AmendmentVersion.Answer.OFFERED).values("amendment")
    guests = Invitation.objects.filter(delegation=own, version__current=True)
    guests = guests.exclude(version__in=behind.values("version"))
    stale = Position.objects.filter(delegation=own, stale=True, bracket__closed=False)
    heard = _heard(own)
    own_reserves = Reserve.objects.filter(delegation=own, from_the_floor=True, lifted=None)
    return Waiting(
        drafts=tuple(access.drafts(seat).order_by("-asked", "-created")[:20]),
        flagged=tuple(standing.filter(Q(state=Amendment.State.FLAGGED) | Q(pk__in=moved))[:20]),
        stale=tuple(stale.select_related("bracket__text__conference", "bracket__start_text__provision")[:20]),
        moved=tuple(options.stale(own))[:20],
        offered=tuple(standing.filter(pk__in=asked)[:20]),
        recorded=tuple(ours.filter(confirmed=False).exclude(state=Amendment.State.WITHDRAWN)[:20]),
        invited=tuple(
            _newest(Amendment.objects.filter(versions__invitations__in=guests, state=Amendment.State.OPEN))[:20]
        ),
        heard=tuple(heard[:20]),
        heard_in_all=heard.count(),
        reserved=tuple(own_reserves.select_related("text__conference", "provision").order_by("-pk")[:20]),
    )


def _heard(own: int) -> QuerySet[Position]:
    """Return the stances recorded from the floor for a delegation, on what is open, that it has not confirmed yet."""
    on_open = Q(version__current=True, version__amendment__state__in=(Amendment.State.OPEN, Amendment.State.FLAGGED))
    on_open |= Q(bracket__closed=False) | Q(option__isnull=False)
    rows = Position.objects.filter(on_open, delegation=own, from_the_floor=True).order_by("-taken", "-pk")
    bracket = "bracket__text__conference", "bracket__start_text__provision"
    return rows.select_related(*bracket, "version__amendment__text", "option__provision__text")


def _newest(rows: QuerySet[Amendment]) -> QuerySet[Amendment]:
    return rows.select_related("text__conference").order_by("-number")


def fates(seat: Seat, negotiated: NegotiatingText) -> Counter[str]:
    """Return how many proposals of the seat's delegation met each fate (`endings.FATES`)."""
    return Counter(one.fate for one in endings.own(seat, negotiated))


def _last_revisions(rows: list[NegotiatingText], first: int) -> dict[int, Revision]:
    """Return the last revision of each text from number `first` on: 0, as imported, is the floor's."""
    found = (
        Revision.objects.filter(text__in=rows, number__gte=first)
        .defer("snapshot", "change_log", "loss_report")
        .order_by("number")
    )
    return {revision.text_id: revision for revision in found}


def _counted(rows: list[NegotiatingText], what: str, those: Q) -> dict[int, int]:
    ids = [row.pk for row in rows]
    return dict(NegotiatingText.objects.filter(pk__in=ids).annotate(n=Count(what, filter=those)).values_list("pk", "n"))


def _levels(rows: list[NegotiatingText]) -> dict[int, Counter[str]]:
    """Return how many provisions of each text stand on which rung, by its name: a provision's highest counts."""
    whole = Agreement.objects.filter(provision__text__in=rows, provision__retired=False, ended=False, start=None)
    last = dict(whole.order_by("pk").values_list("provision", "name"))
    texts = dict(whole.values_list("provision", "provision__text"))
    found: dict[int, Counter[str]] = {row.pk: Counter() for row in rows}
    for provision, name in last.items():
        found[texts[provision]][name] += 1
    return found
