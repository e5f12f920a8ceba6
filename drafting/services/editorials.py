"""Editorial changes as the secretariat sends them round: checked, each with a time to object; or withdrawn.

They correct and number; they never touch brackets or the force of a text. Making them is in `corrections`, objecting
in `objections`; what pages ask of them is in `queries.editorials`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Closed, EmptyChange, Forbidden, NotFound, Retired, StaleVersion, Taken
from drafting.models import BaseText, EditorialChange, EditorialPlace, EditorialTime, NegotiatingText, Provision
from drafting.queries import access
from drafting.queries import editorials as sent
from drafting.services import basetexts, journal, proposals, seats
from drafting.services.journal import Writer
from drafting.text import strength

Kind = EditorialChange.Kind
State = EditorialChange.State

#: Hours a conference may give delegations to object.
SHORTEST, LONGEST = 1, 336
#: The most places of one change: every label and mention of a long text.
MOST_PLACES = 5_000


@dataclass(frozen=True, slots=True)
class Place:
    """Words to correct: `struck`, from `lo` on of the provision as it was loaded, gives way to `words`."""

    provision: Provision
    lo: int
    struck: str
    words: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One editorial change to send round; its places are made together."""

    kind: str
    places: tuple[Place, ...]
    reason: str = ""


def set_hours(by: Seat, hours: int) -> None:
    """Set how many hours the delegations of the conference have to object; what was sent keeps its time."""
    access.require(by, Right.ISSUE)
    if not SHORTEST <= hours <= LONGEST:
        raise Forbidden(f"Give delegations between {SHORTEST} and {LONGEST} hours to object.")
    with journal.writing(seats.stream(by.conference), by=by) as bureau:
        EditorialTime.objects.update_or_create(conference=by.conference, defaults={"hours": hours})
        bureau.append(events.EditorialTimeSet(hours=hours))


def propose(by: Seat, negotiated: NegotiatingText, wanted: Sequence[Correction]) -> list[EditorialChange]:
    """Send corrections to everybody on the floor, all or none, and return them.

    Raises `StaleVersion` where the words are not those that were looked at, `Taken` where another correction of them is
    on its way, `Forbidden` for a change that is none of the secretariat's: of brackets, or of the force of the text.
    """
    access.floor(by, negotiated)
    access.require(by, Right.EDIT)
    cleaned = [_clean(one) for one in wanted]
    with journal.writing(negotiated.floor, by=by) as floor:
        standing = negotiated.provisions.select_related("words").in_bulk(
            [place.provision.pk for one in cleaned for place in one.places]
        )
        pending: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for pk, lo, hi in sent.pending(negotiated):
            pending[pk].append((lo, hi))
        now = timezone.now()
        closes = now + timedelta(hours=sent.hours(negotiated.conference))
        made: list[EditorialChange] = []
        for one in cleaned:
            places = [_place(place, standing.get(place.provision.pk), pending) for place in one.places]
            row = EditorialChange.objects.create(
                text=negotiated, kind=Kind(one.kind), reason=one.reason.strip()[:400], by=by, at=now, closes=closes
            )
            _keep(row, places)
            for place in places:
                pending[place.provision_id].append((place.lo, place.hi))
            floor.append(_proposed(row, places))
            made.append(row)
    return made


def withdraw(by: Seat, change: EditorialChange) -> None:
    """Let a change go that is not made yet."""
    negotiated = access.editorial(by, change.pk).text
    access.require(by, Right.EDIT)
    with journal.writing(negotiated.floor, by=by) as floor:
        end(floor, find_open(change), State.WITHDRAWN)
    change.refresh_from_db()


def find_open(change: EditorialChange) -> EditorialChange:
    """Return a change under the floor's lock; raises `Closed` where it is done with."""
    rows = EditorialChange.objects.select_related("text__floor", "text__bureau", "text__conference", "by__conference")
    row = rows.get(pk=change.pk)
    if row.state != State.PROPOSED:
        raise Closed(f"This editorial change is done with: {row.get_state_display()}.")
    return row


def end(floor: Writer, row: EditorialChange, state: str) -> None:
    """Note, inside an open act, that a change will not be made: it is withdrawn or overtaken."""
    row.state = state
    row.save(update_fields=["state"])
    floor.append(events.EditorialEnded(editorial=row.pk, state=str(state)))


def _clean(one: Correction) -> Correction:
    """Return the correction in the form texts are kept in; raises what `propose` names."""
    if not one.places or len(one.places) > MOST_PLACES:
        raise EmptyChange(f"An editorial change has between 1 and {MOST_PLACES} places.")
    places = tuple(replace(place, words=proposals.clean(place.words)) for place in one.places)
    for place in places:
        _refuse_substance(place)
    return replace(one, places=places)


def _refuse_substance(place: Place) -> None:
    content, called = place.provision.words.content, str(place.provision)
    if place.struck == place.words:
        raise EmptyChange(f"{called}: these are the words that stand.")
    if content[place.lo : place.lo + len(place.struck)] != place.struck:
        raise StaleVersion(f"The words of {called} are not those you looked at.", words=place.words)
    if set("[]") & {*place.struck, *place.words}:
        raise Forbidden(f"{called}: brackets are negotiated, an editorial change leaves them as they are.")
    after = content[: place.lo] + place.words + content[place.lo + len(place.struck) :]
    for shift in strength.shifts(content, after, place.provision.text.language):
        was, now = shift.old.words if shift.old else "", shift.new.words if shift.new else ""
        said = f"“{was}” to “{now}”" if was and now else f"taking “{was}” out" if was else f"putting “{now}” in"
        raise Forbidden(f"{called}: {said} changes the force of the text, which is substance: propose or decide it.")


def _place(place: Place, now: Provision | None, pending: Mapping[int, Sequence[tuple[int, int]]]) -> EditorialPlace:
    """Return the row of a place whose provision stands as `now`, None where it is not of the text."""
    lo, hi = place.lo, place.lo + len(place.struck)
    if now is None:
        raise NotFound("A provision of these is not in the text.")
    if now.retired:
        raise Retired(f"{now} was taken out of the text.")
    if now.words.rev != place.provision.words.rev:
        raise StaleVersion(f"The words of {now} changed while you looked: look again.", words=place.words)
    if any(low <= hi and lo <= high for low, high in pending.get(now.pk, ())):
        raise Taken(f"Another editorial change of these words of {now} is on its way.")
    base = BaseText.key_of(now.words.content)
    return EditorialPlace(
        provision=place.provision, rev=now.words.rev, base_id=base, lo=lo, hi=hi, struck=place.struck, words=place.words
    )


def _keep(row: EditorialChange, places: Sequence[EditorialPlace]) -> None:
    basetexts.keep(place.provision.words.content for place in places)
    for place in places:
        place.change = row
    EditorialPlace.objects.bulk_create(places, batch_size=500)


def _proposed(row: EditorialChange, places: Sequence[EditorialPlace]) -> events.EditorialProposed:
    told = [(place.provision_id, place.lo, place.hi, place.struck, place.words) for place in places]
    closes = row.closes.isoformat()
    return events.EditorialProposed(editorial=row.pk, form=row.kind, reason=row.reason, closes=closes, places=told)
