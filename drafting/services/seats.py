"""Acts on seats and groups: given, taken, enrolled; journalled in the conference's own bureau stream.

The rows are `delegations.services`'s; what a seat may do is in `delegations.roles`.
"""

from __future__ import annotations

from collections.abc import Sequence

from delegations import names, services
from delegations.models import Conference, Delegation, Seat, User
from delegations.roles import OFFICES, Right, Role
from drafting import events
from drafting.errors import Forbidden, NotFound, Taken
from drafting.models import Stream
from drafting.queries import access
from drafting.services import journal, rekeying

#: The account under which commands act; nobody can sign in as it.
KEEPER = "keeper-of-imports"


def give(by: Seat, user: User, role: str, delegation: Delegation | None = None) -> Seat:
    """Give `user` a seat in the conference of `by`, for a delegation or in an office, and return it."""
    access.require(by, Right.ACCREDIT)
    if delegation is not None:
        _refuse_foreign(by, delegation)
    if (delegation is None) != (role in OFFICES):
        raise Forbidden("An office belongs to no delegation, every other seat to exactly one.")
    with journal.writing(stream(by.conference), by=by) as bureau:
        given = services.seat(user, by.conference, role, delegation)
        bureau.append(_given(given))
    return given


def take(by: Seat, given: Seat) -> None:
    """Take a seat away; what was done from it stays. Nobody takes their own."""
    access.require(by, Right.ACCREDIT)
    if given.conference_id != by.conference_id:
        raise NotFound("There is no such seat in this conference.")
    if given.pk == by.pk:
        raise Forbidden("You cannot take your own seat away: ask another member of the secretariat.")
    with journal.writing(stream(by.conference), by=by) as bureau:
        services.unseat(given)
        rekeying.forget(given)
        bureau.append(events.SeatTaken(seat=given.pk))


def enrol(by: Seat, group: Delegation, members: Sequence[Delegation]) -> None:
    """Make delegations members of a group; those who are already, stay."""
    access.require(by, Right.ACCREDIT)
    for delegation in (group, *members):
        _refuse_foreign(by, delegation)
    if group.kind not in (Delegation.Kind.GROUP, Delegation.Kind.REGIONAL):
        raise Forbidden(f"{group} is no group: it has no members.")
    if group.pk in {member.pk for member in members}:
        raise Forbidden("A group is not a member of itself.")
    with journal.writing(stream(by.conference), by=by) as bureau:
        services.enrol(group, members)
        bureau.append(events.MembersEnrolled(group=group.code, members=sorted(member.code for member in members)))


def keeper(slug: str) -> Seat:
    """Return the secretariat seat under which commands act in a conference, both made where there are none.

    Raises `Taken` for a short name under which the site has pages of its own.
    """
    if names.is_reserved(slug):
        raise Taken(f"“{slug}” is a page of this site: choose another short name for the conference.")
    conference, _ = Conference.objects.get_or_create(slug=slug, defaults={"name": slug.replace("-", " ").capitalize()})
    user, is_new = User.objects.get_or_create(username=KEEPER)
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    held = Seat.objects.filter(user=user, conference=conference, role=Role.SECRETARIAT, active=True)
    found = held.select_related("conference").first()
    if found is not None:
        return found
    given = services.seat(user, conference, Role.SECRETARIAT)
    with journal.writing(stream(conference), by=given) as bureau:
        bureau.append(_given(given))
    return given


def stream(conference: Conference) -> Stream:
    """Return the stream in which the acts on a conference's seats are journalled; it begins with its first act."""
    found = Stream.objects.filter(kind=Stream.Kind.BUREAU, conference=conference, bureau_of__isnull=True)
    return found.order_by("pk").first() or Stream(kind=Stream.Kind.BUREAU, conference=conference)


def _given(seat: Seat) -> events.SeatGiven:
    return events.SeatGiven(seat=seat.pk, role=seat.role, delegation=seat.delegation.code if seat.delegation else None)


def _refuse_foreign(by: Seat, delegation: Delegation) -> None:
    if delegation.conference_id != by.conference_id:
        raise NotFound("There is no such delegation in this conference.")
