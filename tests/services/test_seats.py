"""Seats and groups: given and taken by the secretariat, journalled where the bureau reads it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.urls import URLPattern, URLResolver, get_resolver

from delegations import names
from delegations.models import Conference, Delegation, Seat, User
from delegations.queries import membership
from delegations.roles import Role
from drafting.errors import Forbidden, NotFound, Taken
from drafting.queries import access, journal
from drafting.services import openings, seats
from drafting.text import structures
from tests import factories
from tests.cast import Cast


def kinds(cast: Cast) -> list[str]:
    return [row.kind for row in journal.since(seats.stream(cast.conference), 0)]


def test_a_seat_is_given_taken_and_given_again(cast: Cast) -> None:
    user = User.objects.create(username="new")
    given = seats.give(cast.secretary, user, Role.DELEGATE, cast.kenya.delegation)
    seats.take(cast.secretary, given)
    assert not Seat.objects.get(pk=given.pk).active
    assert seats.give(cast.secretary, user, Role.DELEGATE, cast.kenya.delegation).active
    assert kinds(cast) == ["seat-given", "seat-taken", "seat-given"]


def test_acts_on_seats_are_read_by_the_bureau_and_name_no_person(cast: Cast) -> None:
    seats.give(cast.secretary, User.objects.create(username="ms-secret"), Role.DELEGATE, cast.kenya.delegation)
    stream = seats.stream(cast.conference)
    assert access.stream(cast.chair, stream.pk) == stream
    with pytest.raises(NotFound):
        access.stream(cast.norway, stream.pk)
    (row,) = journal.since(stream, 0)
    assert "ms-secret" not in str(row.body)


def test_an_office_belongs_to_no_delegation(cast: Cast) -> None:
    user = User.objects.create(username="new")
    with pytest.raises(Forbidden):
        seats.give(cast.secretary, user, Role.CHAIR, cast.kenya.delegation)
    with pytest.raises(Forbidden):
        seats.give(cast.secretary, user, Role.DELEGATE)


def test_nobody_takes_their_own_seat_or_one_of_another_conference(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        seats.take(cast.secretary, cast.secretary)
    with pytest.raises(NotFound):
        seats.take(cast.secretary, cast.stranger)


def test_delegations_are_enrolled_in_a_group(cast: Cast) -> None:
    (brazil,) = factories.delegations(cast, ["BRA"])
    assert cast.group.delegation is not None
    seats.enrol(cast.secretary, cast.group.delegation, [brazil])
    assert brazil.pk in membership(cast.conference)[cast.group.delegation.pk]
    assert kinds(cast) == ["members-enrolled"]


def test_what_is_no_group_takes_no_members_and_no_group_is_in_itself(cast: Cast) -> None:
    norway, group = cast.norway.delegation, cast.group.delegation
    assert norway is not None
    assert group is not None
    for to, member in ((norway, group), (group, group)):
        with pytest.raises(Forbidden):
            seats.enrol(cast.secretary, to, [member])
    abroad = Delegation.objects.get(conference=cast.stranger.conference)
    with pytest.raises(NotFound):
        seats.enrol(cast.secretary, group, [abroad])


def test_no_conference_is_called_as_a_page_of_the_site(db: None) -> None:
    own = {str(pattern.pattern).partition("/")[0] for pattern in find_patterns(get_resolver())}
    own = {name for name in own if name and "<" not in name}
    assert {"help", "accounts"} <= own <= names.RESERVED
    for name in ("help", "Demo", "live"):
        with pytest.raises(ValidationError, match="choose another short name"):
            Conference(slug=name, name="Rivers").full_clean()
        with pytest.raises(Taken, match="choose another short name"):
            seats.keeper(name)
    assert not Conference.objects.exists()


def find_patterns(resolver: URLResolver) -> Iterator[URLPattern | URLResolver]:
    """Yield the patterns that stand at the root of the site's addresses."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver) and not str(pattern.pattern):
            yield from find_patterns(pattern)
        else:
            yield pattern


def test_no_text_is_called_as_a_page_of_its_conference(cast: Cast) -> None:
    with pytest.raises(Taken, match="choose another address"):
        openings.open(cast.secretary, cast.conference, structures.plain(["a"]), title="t", slug="people")


def test_the_seat_commands_act_under_is_made_once(cast: Cast) -> None:
    first = seats.keeper("ports")
    assert seats.keeper("ports") == first
    assert (first.role, first.conference.name, first.user.has_usable_password()) == (Role.SECRETARIAT, "Ports", False)
