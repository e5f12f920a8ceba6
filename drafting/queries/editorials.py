"""Editorial changes as pages show them, the time to object, and where the words of one stand now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from delegations.models import Conference, Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import NotFound, Retired, StaleVersion
from drafting.models import EditorialChange, EditorialPlace, EditorialTime, JournalEntry, NegotiatingText
from drafting.queries import access, attribution
from drafting.text import excerpts
from drafting.text.changes import ChangeSet
from drafting.text.errors import ChangeMismatch

#: Hours to object where a conference set none.
HOURS = 24

State = EditorialChange.State


@dataclass(frozen=True, slots=True)
class PlaceShown:
    """One place: its provision's address, the words that change and those around them."""

    address: str
    before: str
    struck: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An editorial change; `objector` is a code, empty where it may not be shown."""

    id: int
    kind: str
    reason: str
    state: str
    state_label: str
    at: datetime
    closes: datetime
    is_open: bool
    is_due: bool
    objector: str
    objection: str
    amendment: int | None
    places: tuple[PlaceShown, ...]


def hours(conference: Conference) -> int:
    """Return how many hours delegations have to object."""
    row = EditorialTime.objects.filter(conference=conference).first()
    return row.hours if row else HOURS


def rows(seat: Seat, negotiated: NegotiatingText) -> QuerySet[EditorialChange]:
    """Return the editorial changes of a text whose floor the seat may read, newest first."""
    access.floor(seat, negotiated)
    found = EditorialChange.objects.filter(text=negotiated).select_related("delegation", "amendment", "text__floor")
    return found.prefetch_related("places__provision__words", "places__base").order_by("-pk")


def one(seat: Seat, negotiated: NegotiatingText, pk: int) -> EditorialChange:
    """Return one of them; raises `NotFound`."""
    found = rows(seat, negotiated).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such editorial change.")
    return found


def listed(seat: Seat, negotiated: NegotiatingText, states: Sequence[str] = State.values) -> list[Shown]:
    """Return them as they are shown, those in `states`; the floor reads all of them."""
    named = attribution.shows_names(seat, negotiated)
    found = rows(seat, negotiated).filter(state__in=states)[:500]
    return [_shown(row, attribution.sees(seat, row, named=named)) for row in found]


def waiting(seat: Seat) -> list[tuple[NegotiatingText, int]]:
    """Return each text of the seat's conference with editorial changes open to objection, and how many."""
    if not seat.may(Right.READ_FLOOR):
        return []
    found: list[tuple[NegotiatingText, int]] = []
    for text in access.texts(seat).order_by("slug"):
        count = text.editorials.filter(state=State.PROPOSED, closes__gt=timezone.now()).count()
        if count:
            found.append((text, count))
    return found


def due(now: datetime | None = None) -> QuerySet[EditorialChange]:
    """Return those whose time to object is over, in the order in which they were sent."""
    return EditorialChange.objects.filter(state=State.PROPOSED, closes__lte=now or timezone.now()).order_by("pk")


def stand(place: EditorialPlace) -> tuple[int, int]:
    """Return where the words of a place stand now, mapped change by change; it is read with its provision's words.

    Raises `Retired` for a provision taken out, and `StaleVersion` where a later change reached or touched the words:
    rather asked again than silently wrong.
    """
    provision = place.provision
    if provision.retired:
        raise Retired(f"{provision} was taken out of the text.")
    lo, hi, content = place.lo, place.hi, place.base.content
    later = JournalEntry.objects.filter(text=provision.words_id, rev__gt=place.rev).order_by("rev")
    try:
        for row in later if provision.words.rev > place.rev else ():
            changes = _changes(row, content)
            content = changes.apply(content)
            if any(start <= hi and lo <= end for start, end, _ in changes.edits()):
                raise ChangeMismatch("The words were reached.")
            lo, hi = changes.map_pos(lo, 1) or 0, changes.map_pos(hi, 1) or 0
    except ChangeMismatch:
        content = ""
    if content != provision.words.content or content[lo:hi] != place.struck:
        raise StaleVersion(f"The words of {provision} changed there meanwhile.", words=place.words)
    return lo, hi


def pending(negotiated: NegotiatingText) -> Iterator[tuple[int, int, int]]:
    """Yield (provision, from, to) of the words of changes on their way, those left out that will be overtaken."""
    places = EditorialPlace.objects.filter(change__text=negotiated, change__state=State.PROPOSED)
    for place in places.select_related("base", "provision__words"):
        try:
            yield place.provision_id, *stand(place)
        except (StaleVersion, Retired):
            continue


def former_labels(negotiated: NegotiatingText) -> list[tuple[str, str]]:
    """Return (address, label) of provisions that editorial changes renumbered, with the labels they had before."""
    noted = negotiated.editorials.filter(state=State.APPLIED, kind=EditorialChange.Kind.NUMBERING)
    labels = [(pk, was) for undo in noted.values_list("undo", flat=True) for pk, was, *_ in undo.get("labels", ())]
    addresses = dict(negotiated.provisions.filter(retired=False).values_list("pk", "address"))
    return [(addresses[pk], was) for pk, was in labels if pk in addresses]


def _changes(row: JournalEntry, content: str) -> ChangeSet:
    event = events.decode(row.body) if row.body is not None else None
    if not isinstance(event, events.Edited | events.Typed):
        raise ChangeMismatch("The words were erased from the journal.")
    return ChangeSet.from_json(event.changes, content)


def _shown(row: EditorialChange, is_named: bool) -> Shown:
    is_open = row.state == State.PROPOSED and timezone.now() < row.closes
    return Shown(
        id=row.pk,
        kind=row.get_kind_display(),
        reason=row.reason,
        state=row.state,
        state_label=row.get_state_display(),
        at=row.at,
        closes=row.closes,
        is_open=is_open,
        is_due=row.state == State.PROPOSED and not is_open,
        objector=row.delegation.code if row.delegation and is_named else "",
        objection=row.objection,
        amendment=row.amendment.number if row.amendment else None,
        places=tuple(_place(place) for place in row.places.all()),
    )


def _place(row: EditorialPlace) -> PlaceShown:
    words = row.base.content
    before, after = excerpts.around(words, row.lo, row.hi)
    return PlaceShown(row.provision.address, before, row.struck, row.words, after)
