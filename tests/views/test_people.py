"""Accreditation: the secretariat sees who sits where, invites, gives and takes seats, enrols members of groups."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.test import Client

from delegations.models import GroupMembership, Seat, User
from drafting.services import attendances, seats
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]
PAGE = "/rivers/people/"
ROOM = "/rivers/room/"


def give(client: Client, called: str, role: str = "delegate", delegation: str = "KEN", name: str = "") -> str:
    sent = {"give": "1", "called": called, "role": role, "delegation": delegation, "name": name}
    return client.post(PAGE, sent, follow=True).content.decode()


def test_the_page_lists_everybody_by_delegation_with_the_members_of_groups(cast: Cast, browse: Browse) -> None:
    page = browse(cast.secretary).get(PAGE).content.decode()
    sections = page.split("<tbody")
    assert "KEN" in next(part for part in sections if 'id="G2"' in part)
    assert {"norway", "norway_head", "capital"} <= set(re.findall(r"<td>(\w+)", "".join(sections)))
    assert "unseated" not in page


def test_the_room_is_listed_once_the_secretariat_says_so_and_everybody_is_told(cast: Cast, browse: Browse) -> None:
    desk = browse(cast.secretary)
    assert "The room is not listed" in desk.get(ROOM).content.decode()
    desk.post(ROOM, {"listed": "1"})
    attendances.note([cast.norway.pk])
    page = desk.get(ROOM).content.decode()
    assert ('id="NOR"' in page, 'id="KEN"' in page, "1 seat connected" in page) == (True, False, True)
    assert "sees who of this conference is connected" in browse(cast.kenya).get("/rivers/").content.decode()
    desk.post(ROOM, {"listed": "0"})
    assert "NOR" not in desk.get(ROOM).content.decode().split("<main")[1]


def test_people_are_found_by_code_name_or_address(cast: Cast, browse: Browse) -> None:
    page = browse(cast.secretary).get(PAGE, {"q": "kenya"}).content.decode()
    assert ('id="KEN"' in page, 'id="NOR"' in page) == (True, False)
    assert "Nobody is called so here." in browse(cast.secretary).get(PAGE, {"q": "atlantis"}).content.decode()


@pytest.mark.django_db
def test_the_page_takes_as_many_queries_for_many_as_for_few(
    cast: Cast, browse: Browse, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    for delegation in factories.delegations(cast, [f"D{n}" for n in range(40)]):
        person = User.objects.create(username=f"of {delegation.code}")
        seats.give(cast.secretary, person, "delegate", delegation)
    client = browse(cast.secretary)
    with django_assert_max_num_queries(14):
        page = client.get(PAGE).content.decode()
    assert all(f'id="D{n}"' in page for n in range(40))


def test_somebody_new_gets_an_account_a_seat_and_a_link_that_sets_a_password(cast: Cast, browse: Browse) -> None:
    page = give(browse(cast.secretary), "ada@example.org", name="Ada Okoth")
    assert "Ada Okoth is seated: Delegate, KEN. We wrote to ada@example.org." in page
    link = re.search(r"http\S+", str(mail.outbox[0].body))
    assert link is not None
    assert link[0] not in page
    visitor, path = Client(), re.sub(r"^https?://[^/]+", "", link[0])
    answer = visitor.get(path, follow=True)
    form = answer.redirect_chain[-1][0]
    assert "Set your password" in answer.content.decode()
    word = "a-long-and-odd-one-7"
    done = visitor.post(form, {"password1": word, "password2": word}, follow=True).content.decode()
    assert 'href="/accounts/login/">Sign in' in done
    assert "This link has been used" in visitor.get(path, follow=True).content.decode()
    assert User.objects.get(email="ada@example.org").check_password(word)
    assert Client().login(username="ada@example.org", password=word)


def test_where_no_mail_goes_out_the_link_is_handed_over(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refuse)
    assert "hand over this link" in give(browse(cast.secretary), "ada@example.org")
    assert Seat.objects.filter(user__email="ada@example.org", active=True).exists()


def test_somebody_known_gets_a_seat_and_no_link_to_anybodys_password(cast: Cast, browse: Browse) -> None:
    User.objects.create(username="grace", email="grace@example.org")
    for called in ("grace", "GRACE@example.org"):
        assert "accounts/password" not in give(browse(cast.secretary), called)
    assert Seat.objects.get(user__username="grace").active
    assert "accounts/password" not in "".join(str(message.body) for message in mail.outbox)


@pytest.mark.parametrize(
    ("called", "role", "delegation", "status", "said"),
    [
        ("nobody", "delegate", "KEN", 404, "Give an e-mail address"),
        ("a@b", "delegate", "KEN", 400, "is not an e-mail address"),
        ("twin@example.org", "delegate", "KEN", 409, "Several people"),
        ("grace", "chair", "KEN", 422, "An office belongs to no delegation"),
        ("grace", "delegate", "", 422, "An office belongs to no delegation"),
        ("grace", "delegate", "ZZZ", 422, "No delegation here has the code ZZZ"),
        ("grace", "emperor", "KEN", 422, "not one of the available choices"),
    ],
)
def test_a_seat_that_cannot_be_given_is_refused_and_the_words_are_kept(
    cast: Cast, browse: Browse, called: str, role: str, delegation: str, status: int, said: str
) -> None:
    for name in ("grace", "twin", "other twin"):
        User.objects.create(username=name, email="" if name == "grace" else "twin@example.org")
    before = Seat.objects.count(), User.objects.count()
    sent = {"give": "1", "called": called, "role": role, "delegation": delegation, "name": ""}
    answer = browse(cast.secretary).post(PAGE, sent)
    page = answer.content.decode()
    assert (answer.status_code, said in page, f'value="{called}"' in page) == (status, True, True)
    assert (Seat.objects.count(), User.objects.count()) == before


def test_a_seat_is_taken_away_and_given_again(cast: Cast, browse: Browse) -> None:
    client = browse(cast.secretary)
    client.post(PAGE, {"take": str(cast.kenya.pk)})
    cast.kenya.refresh_from_db()
    assert not cast.kenya.active
    assert browse(cast.kenya).get("/rivers/").status_code == 403
    give(client, "kenya")
    cast.kenya.refresh_from_db()
    assert cast.kenya.active


@pytest.mark.parametrize(("name", "status"), [("secretary", 403), ("stranger", 404), ("unseated", 404)])
def test_no_seat_is_taken_that_is_ones_own_elsewhere_or_gone(
    cast: Cast, browse: Browse, name: str, status: int
) -> None:
    seat: Seat = getattr(cast, name)
    active = seat.active
    assert browse(cast.secretary).post(PAGE, {"take": str(seat.pk)}).status_code == status
    seat.refresh_from_db()
    assert seat.active == active


def test_delegations_are_enrolled_in_a_group(cast: Cast, browse: Browse) -> None:
    client = browse(cast.secretary)
    client.post(PAGE, {"enrol": "1", "group-group": "g2", "group-members": "NET"})
    assert GroupMembership.objects.filter(group__code="G2", member__code="NET").exists()
    refused = client.post(PAGE, {"enrol": "1", "group-group": "NOR", "group-members": "NET"})
    assert (refused.status_code, "is no group" in refused.content.decode()) == (403, True)
    assert client.post(PAGE, {"enrol": "1", "group-group": "", "group-members": ""}).status_code == 422
