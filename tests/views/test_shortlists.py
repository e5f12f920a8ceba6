"""The list of proposals kept to a delegation, a place, a status: by a plain form, its state in the address."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from delegations.models import Seat
from drafting.models import NegotiatingText
from drafting.services import remarks
from drafting.views import proposals
from tests.cast import Cast

Browse = Callable[[Seat], Client]
PAGE = "/rivers/treaty/proposals/"


@pytest.fixture
def lodged(cast: Cast, floor: NegotiatingText) -> NegotiatingText:
    """One proposal of Norway on 9.2, and a remark of Kenya on the whole text."""
    remarks.lodge(cast.kenya, floor, "comment", "Too long.")
    return floor


def numbers(html: str) -> list[int]:
    return [int(found) for found in re.findall(r'data-fragment="amendment(\d+)"', html)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", [2, 1]),
        ("?by=NOR", [1]),
        ("?by=ken&state=noted", [2]),
        ("?at=9.2", [1]),
        ("?at=Article+9", [1]),
        ("?at=9.1", []),
        ("?state=open&ours=1", [1]),
        ("?state=nonsense", [2, 1]),
    ],
)
def test_the_address_says_what_is_kept(
    asked: str, found: list[int], cast: Cast, lodged: NegotiatingText, browse: Browse
) -> None:
    assert numbers(browse(cast.norway).get(PAGE + asked).content.decode()) == found


def test_the_form_offers_names_with_their_counts_and_keeps_what_was_asked(
    cast: Cast, lodged: NegotiatingText, browse: Browse
) -> None:
    html = browse(cast.kenya).get(PAGE + "?by=NOR&at=article+9&state=open").content.decode()
    assert '<option value="NOR" selected>Norway · 1</option>' in html
    assert '<option value="open" selected>open · 1</option>' in html
    assert 'name="at" value="9"' in html
    assert "1 of 2 proposals" in html


def test_a_name_that_is_hidden_gives_the_page_of_one_without_proposals(
    cast: Cast, lodged: NegotiatingText, browse: Browse
) -> None:
    cast.conference.attribution_shown = False
    cast.conference.save()
    asked = {code: browse(cast.kenya).get(f"{PAGE}?by={code}").content.decode() for code in ("NOR", "NET")}
    hidden, idle = (_anonymous(page, code, "Norway") for code, page in asked.items())
    assert hidden == idle
    assert "None of the 2 proposals is like this, so far as you may know who proposes" in hidden
    assert '<option value="NOR"' not in browse(cast.kenya).get(PAGE).content.decode()


def _anonymous(html: str, *names: str) -> str:
    """Return what a page shows, without these names and what is new in every answer."""
    main = html[html.index("<main") : html.index("</main>")]
    for name in names:
        main = main.replace(name, "…")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", main)


def test_pages_keep_what_is_asked(
    cast: Cast, lodged: NegotiatingText, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposals, "SIZE", 1)
    html = browse(cast.norway).get(PAGE + "?by=&at=9.2&state=").content.decode()
    assert 'rel="next"' not in html
    assert 'rel="next" href="?by=&amp;page=2"' in browse(cast.norway).get(PAGE + "?by=").content.decode()
