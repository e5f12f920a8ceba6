"""The frame of every page: the look one chose, seats, refusals that keep the words, no script or style in the line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client, override_settings

from delegations.models import Conference, Seat
from drafting.models import NegotiatingText
from drafting.templatetags import floor
from tests.cast import Cast

Browse = Callable[[Seat], Client]


def test_a_look_is_kept_and_shown(client: Client, db: None) -> None:
    client.post("/look/", {"theme": "dark", "keys": "off", "next": "/help/"})
    html = client.get("/help/").content.decode()
    assert 'data-theme="dark"' in html
    assert 'data-keys="off"' in html
    assert 'dark.css" media="screen"' in html


def test_a_room_shows_the_text_on_its_screen(client: Client, db: None) -> None:
    client.post("/look/", {"density": "screen", "next": "/help/"})
    assert 'data-density="screen"' in client.get("/help/").content.decode()


@pytest.mark.parametrize("cookie", ["", "theme-neon", "nonsense", "theme-dark.theme", "."])
def test_a_look_nobody_knows_is_the_default(cookie: str, client: Client, db: None) -> None:
    client.cookies["rolling_look"] = cookie
    assert 'data-keys="on"' in client.get("/help/").content.decode()


def test_no_form_leads_to_another_site(client: Client, db: None) -> None:
    assert client.post("/look/", {"theme": "dark", "next": "https://example.org/"})["Location"] == "/"


def test_a_person_switches_between_their_own_seats_alone(cast: Cast, browse: Browse) -> None:
    client = browse(cast.norway)
    second = Seat.objects.create(
        user=cast.norway.user, conference=cast.conference, role="coordinator", delegation=cast.group.delegation
    )
    assert client.post(f"/seats/{second.pk}/").status_code == 302
    assert "G2" in client.get("/rivers/").content.decode()
    assert client.post(f"/seats/{cast.chair.pk}/").status_code == 404


@pytest.mark.usefixtures("cast")
def test_one_click_seats_are_there_in_a_demonstration_only(cast: Cast, client: Client) -> None:
    Conference.objects.update(is_demo=True)
    page = f"/demo/{cast.norway.pk}/"
    with override_settings(DEMO=False):
        answers = (client.get("/demo/"), client.get(page), client.post(page))
        assert {answer.status_code for answer in answers} == {404}
    with override_settings(DEMO=True):
        html = client.get(page).content.decode()
        assert html.index("<form") == html.index(f'<form method="post" action="{page}"')
        assert client.post(page)["Location"] == "/rivers/"
        assert "Norway" in client.get("/rivers/").content.decode()


def test_a_seat_that_administers_is_never_one_click(cast: Cast, client: Client) -> None:
    Conference.objects.update(is_demo=True)
    cast.chair.user.is_staff = True
    cast.chair.user.save()
    with override_settings(DEMO=True):
        assert client.post(f"/demo/{cast.chair.pk}/").status_code == 404


def test_a_refusal_is_a_page_with_its_sentence_and_the_words(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    answer = browse(cast.chair).post("/rivers/treaty/9.2/reopened/", {"reason": "My long reason."})
    html = answer.content.decode()
    assert answer.status_code == 404
    assert "There is no agreement on this provision" in html
    assert "My long reason." in html


PAGES = ("", "desk/", "proposals/", "bracketed/", "9.1/", "issue/", "groups/")


@pytest.mark.parametrize("page", PAGES)
def test_pages_hold_no_script_and_no_style_of_their_own(
    page: str, cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    answer = browse(cast.chair).get(f"/rivers/treaty/{page}")
    html = answer.content.decode()
    assert " style=" not in html
    assert " onclick=" not in html
    assert html.count("<script") == html.count('<script type="module" src=')
    assert html.count("<style") == html.count("<style nonce=")
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_the_component_page_shows_every_theme_and_direction(client: Client, db: None) -> None:
    for theme in ("light", "dark", "contrast"):
        for direction in ("ltr", "rtl"):
            html = client.get(f"/components/?theme={theme}&dir={direction}").content.decode()
            assert f'dir="{direction}" data-theme="{theme}"' in html


def test_the_sign_in_page_says_each_thing_once(client: Client, db: None) -> None:
    html = client.get("/accounts/login/").content.decode()
    assert "User name or e-mail" in html
    assert html.count("/password/reset/") == 1
    assert "placeholder" not in html
    assert "E-mail address" in client.get("/accounts/password/reset/").content.decode()


def test_a_symbol_beside_its_own_is_said_by_its_end() -> None:
    assert floor.beside("A/CONF.9/L.1/Rev.2", "A/CONF.9/L.1") == "Rev.2"
    assert floor.beside("Rev.2", "") == floor.beside("Rev.2", "A/CONF.9") == "Rev.2"


def test_a_name_in_a_column_has_its_figures_first_and_the_rest_small() -> None:
    assert floor.say_in_column("9.2") == "9.2"
    assert floor.say_in_column("<b>") == "&lt;b&gt;"
    assert floor.say_in_column("16.3.option3") == "16.3 <small>option 3</small>"
