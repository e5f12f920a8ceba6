"""The text page: all the words, in a few queries, with nothing personal in what everybody shares."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from delegations.models import Conference, Seat
from drafting.models import NegotiatingText
from drafting.services import agreements, positions, revisions
from drafting.text import structures
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def column(html: str) -> list[str]:
    return [plain(found) for found in re.findall(r'<(?:p|h2|h3) class="tx">(.*?)</(?:p|h2|h3)>', html, re.DOTALL)]


def test_it_shows_every_word(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    html = browse(cast.norway).get("/rivers/treaty/").content.decode()
    assert column(html) == factories.words(treaty)


def test_its_queries_do_not_grow_with_the_text(cast: Cast, browse: Browse) -> None:
    from django.db import connection

    counts = []
    for size, slug in ((5, "small"), (60, "large")):
        factories.opened(cast, structures.plain(["Each [Party [shall]] act."] * size), slug)
        client = browse(cast.norway)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(f"/rivers/{slug}/").status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1] < 30


def test_it_prints_the_seq_it_was_read_at(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    treaty.floor.refresh_from_db()
    html = browse(cast.norway).get("/rivers/treaty/").content.decode()
    assert f'data-stream="{treaty.floor_id}" data-seq="{treaty.floor.head}"' in html


def test_a_bracket_names_its_holders(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    held = treaty.brackets.get(article="9", number=1)
    positions.take(cast.kenya, held, "retain")
    html = browse(cast.norway).get("/rivers/treaty/").content.decode()
    assert f'data-b="{held.pk}" data-h="KEN"' in html
    assert "bracket 1, held by Kenya" in html


@pytest.mark.usefixtures("treaty")
def test_where_names_are_hidden_only_the_own_hold_shows(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    Conference.objects.update(attribution_shown=False)
    held = treaty.brackets.get(article="9", number=1)
    for seat in (cast.kenya, cast.norway):
        seat.refresh_from_db()
        positions.take(seat, held, "retain")
    html = browse(cast.norway).get("/rivers/treaty/").content.decode()
    assert "data-h=" not in html
    assert f'[data-b="{held.pk}"]' in html
    assert f'[data-b="{held.pk}"]' not in browse(cast.group).get("/rivers/treaty/").content.decode()


def test_a_pin_is_a_style_of_the_readers_own(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    html = browse(cast.norway).get("/rivers/treaty/?pin=KEN,ZZZ").content.decode()
    assert '[data-h~="KEN"]' in html
    assert "ZZZ" not in re.sub(r'value="[^"]*"|pin=[^"]*', "", html)


def test_status_is_said_in_words(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    html = browse(cast.norway).get("/rivers/treaty/").content.decode()
    assert "open · no brackets" in html
    agreements.gavel(cast.chair, factories.provision(treaty, "9.2"), "ad-ref", "the room")
    html = browse(cast.norway).get("/rivers/treaty/").content.decode()
    assert "open · no brackets" not in html
    assert '<span class="st">ad ref</span>' in html


def test_a_fragment_is_the_very_piece_of_the_page(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    client = browse(cast.norway)
    page = client.get("/rivers/treaty/").content.decode()
    for provision in treaty.provisions.all():
        assert client.get(f"/rivers/treaty/fragments/?f=p{provision.pk}").content.decode() in page


def test_a_fragment_of_another_text_is_not_given(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    other = factories.text(cast, "Secret words.", slug="other")
    pk = other.provisions.get().pk
    assert b"Secret" not in browse(cast.norway).get(f"/rivers/treaty/fragments/?f=p{pk}&f=panel{pk}").content


def test_what_is_no_fragment_is_left_out(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    answer = browse(cast.norway).get("/rivers/treaty/fragments/?f=p²&f=px&f=&f=p999999999999999999999")
    assert (answer.status_code, answer.content.strip()) == (200, b"")


@pytest.mark.parametrize("asked", ["9.1", "article 9 1", "Art. 9.1", "9.1 "])
def test_find_goes_to_what_the_floor_calls_it(asked: str, cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    answer = browse(cast.norway).get("/rivers/treaty/find/", {"q": asked})
    assert answer["Location"] == "/rivers/treaty/?at=9.1#9.1"


def test_find_lists_where_a_word_stands(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    html = browse(cast.norway).get("/rivers/treaty/find/", {"q": "WATER"}).content.decode()
    assert "<mark>water</mark>" in html
    assert "at=9.2#9.2" in html


def test_the_panel_tells_who_stands_where(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    held = treaty.brackets.get(article="9", number=3)
    positions.take(cast.kenya, held, "delete")
    pk = factories.provision(treaty, "9.1").pk
    html = browse(cast.norway).get(f"/rivers/treaty/fragments/panel/{pk}/").content.decode()
    assert "<dt>Delete</dt>" in html
    assert 'title="Kenya">KEN</abbr>' in html


def test_an_observer_is_led_from_the_text_to_the_last_revision_issued(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    revisions.issue(cast.chair, treaty)
    answer = browse(cast.observer).get("/rivers/treaty/")
    assert answer.status_code == 302
    assert answer["Location"] == "/rivers/treaty/revisions/1/"
