"""Where delegations stand, as pages say it: who holds, who lets go, what was recorded, what the policy hides."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from delegations.models import Delegation, Seat
from drafting.models import Bracket, NegotiatingText, Position
from drafting.services import amendments, interventions, positions, reserves, versions
from drafting.services.amendments import Lodging
from drafting.services.positions import Stand
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]
PAGE = "/rivers/treaty/9.1/"


@pytest.fixture
def held(treaty: NegotiatingText) -> Bracket:
    row: Bracket = treaty.brackets.select_related("text").get(article="9", number=1)
    row.holders_known = True
    row.save()
    return row


def read(browse: Browse, seat: Seat, page: str = PAGE) -> str:
    return browse(seat).get(page).content.decode()


def hide(cast: Cast) -> None:
    cast.conference.attribution_shown = False
    cast.conference.save()
    for seat in (cast.norway, cast.kenya, cast.chair):
        seat.refresh_from_db()


def test_a_bracket_that_nobody_holds_any_more_is_marked(cast: Cast, held: Bracket, browse: Browse) -> None:
    assert "No holder" in read(browse, cast.norway)
    positions.take(cast.kenya, held, "retain")
    assert "No holder" not in read(browse, cast.norway)
    positions.take(cast.kenya, held, "can-live-with")
    assert "No holder" in read(browse, cast.norway)


def opened(html: str) -> list[int]:
    """The numbers of the brackets whose cards stand open."""
    cards = re.findall(r'<details class="bracket-card"[^>]*?( open)?><summary><span class="no">(\d+)', html)
    return [int(number) for is_open, number in cards if is_open]


def test_of_many_brackets_the_card_asked_for_stands_open(
    cast: Cast, treaty: NegotiatingText, held: Bracket, browse: Browse
) -> None:
    assert opened(read(browse, cast.kenya, PAGE + "?bracket=3")) == [3]
    assert opened(read(browse, cast.kenya, PAGE + "?bracket=all")) == [1, 2, 3, 4]
    assert opened(read(browse, cast.kenya)) == [1]
    positions.take(cast.kenya, held, "retain")
    html = read(browse, cast.kenya)
    assert opened(html) == [2]
    assert '<span>1 keep</span></span><span class="my">Keep text</span>' in html
    assert "Open all 4" in html


def test_whoever_takes_a_stance_comes_back_to_its_card(
    cast: Cast, treaty: NegotiatingText, held: Bracket, browse: Browse
) -> None:
    back = {"referer": f"http://testserver{PAGE}?pin=NOR"}
    form = f"/rivers/treaty/brackets/{held.pk}/stance/"
    answer = browse(cast.kenya).post(form, {"stance": "retain"}, headers=back)
    assert answer["Location"] == f"http://testserver{PAGE}?pin=NOR&bracket=1#bracket-{held.pk}"


def test_that_brackets_came_with_an_import_is_said_once(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    html = read(browse, cast.kenya)
    assert html.count('class="bracket-card"') > 1
    assert html.count("these brackets is not known: they came with an import") == 1


def test_an_imported_bracket_is_claimed(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    bracket = treaty.brackets.get(article="9", number=1)
    assert "claims what is yours" in read(browse, cast.kenya)
    browse(cast.kenya).post(f"/rivers/treaty/brackets/{bracket.pk}/stance/", {"stance": "retain"})
    bracket.refresh_from_db()
    assert (bracket.holders_known, Position.objects.get().delegation) == (False, cast.kenya.delegation)


def test_what_was_recorded_from_the_floor_is_confirmed(cast: Cast, held: Bracket, browse: Browse) -> None:
    positions.take(cast.secretary, held, "retain", on_behalf_of=cast.kenya.delegation)
    assert "Confirm our stance" in read(browse, cast.kenya)
    assert "Confirm our stance" not in read(browse, cast.norway)
    browse(cast.kenya).post(f"/rivers/treaty/brackets/{held.pk}/stance/", {"stance": "retain"})
    assert "Confirm our stance" not in read(browse, cast.kenya)
    assert Position.objects.get().stance == "retain"


def test_a_proposal_recorded_for_us_waits_for_our_word(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    row, kenya = factories.provision(treaty, "9.2"), cast.kenya.delegation
    assert kenya is not None
    lodging = Lodging((kenya,), (Proposed(row, row.words.content.replace("drinking", "fresh")),), from_the_floor=True)
    amendments.submit_all(cast.secretary, treaty, [lodging])
    page = "/rivers/treaty/proposals/1/"
    assert "Recorded from the floor on our behalf" in read(browse, cast.kenya, page)
    assert "Recorded from the floor on our behalf" not in read(browse, cast.norway, page)
    browse(cast.kenya).post(page + "act/", {"act": "confirm"})
    assert "Recorded from the floor on our behalf" not in read(browse, cast.kenya, page)


def test_what_was_recorded_for_us_in_brackets_is_withdrawn_from_the_same_page(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    interventions.record(cast.secretary, factories.provision(treaty, "9.2"), "KEN before drinking insert clean")
    page = "/rivers/treaty/proposals/1/"
    assert "Withdraw it" in read(browse, cast.kenya, page)
    browse(cast.kenya).post(page + "act/", {"act": "withdraw"})
    assert "Recorded from the floor on our behalf" not in read(browse, cast.kenya, page)
    assert not Position.objects.exists()


def test_what_we_said_of_superseded_words_is_asked_anew(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    row = factories.provision(treaty, "9.2")
    made = amendments.submit(cast.norway, treaty, [Proposed(row, row.words.content.replace("drinking", "fresh"))])
    positions.take(cast.kenya, made.versions.get(), "support")
    versions.revise(cast.norway, made, [Proposed(row, row.words.content.replace("drinking", "clean"))])
    page = "/rivers/treaty/proposals/1/"
    assert "Of its earlier words: supports" in read(browse, cast.kenya, page)
    assert "Of its earlier words" not in read(browse, cast.chair, page)


def test_where_names_are_hidden_counts_and_folds_are_too(cast: Cast, held: Bracket, browse: Browse) -> None:
    hide(cast)
    for seat in (cast.norway, cast.kenya):
        positions.take(seat, held, "retain")
    page = read(browse, cast.norway)
    assert "KEN" not in page
    assert "G2<" not in page
    assert "support" not in page.partition('id="bracket-')[2].partition("</details>")[0]
    assert "KEN" in read(browse, cast.chair)


def test_three_codes_stand_and_the_others_open(cast: Cast, held: Bracket, browse: Browse) -> None:
    factories.delegations(cast, ["AAA", "BBB", "CCC", "DDD", "EEE"])
    rows = Delegation.objects.filter(code__in=["AAA", "BBB", "CCC", "DDD", "EEE"])
    stands = [positions.Stand(row, held, "retain") for row in rows]
    positions.take_all(cast.secretary, held.text, stands)
    positions.take(cast.norway, held, "retain")
    page = read(browse, cast.norway).partition('id="bracket-')[2].partition("</dl>")[0]
    assert page.index("NOR") < page.index("AAA")
    assert "+3" in page


def test_reserves_that_reach_a_provision_stand_in_its_panel(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    row = factories.provision(treaty, "9.2")
    reserves.enter(cast.kenya, treaty, "words", provision=row, words="affects drinking")
    reserves.enter(cast.norway, treaty, "chapter", provision=row, kind="scrutiny")
    page = read(browse, cast.group, "/rivers/treaty/9.1/")
    assert "scrutiny reserve on the chapter" in page
    assert "affects drinking" not in page
    assert "affects drinking" in read(browse, cast.group, "/rivers/treaty/9.2/").partition("Brackets")[0]


def test_stances_recorded_for_a_delegation_wait_at_its_home_until_it_takes_them_itself(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    norway, bracket = cast.norway.delegation, factories.bracket_in(treaty, "9", 1)
    assert norway is not None
    row = amendments.submit(cast.kenya, treaty, [Proposed(factories.provision(treaty, "9.2"), "2. None.")])
    stands = [Stand(norway, bracket, "retain"), Stand(norway, row.versions.get(), "oppose")]
    positions.take_all(cast.secretary, treaty, stands)
    home = browse(cast.norway).get("/rivers/").content.decode()
    waiting = home[home.index("2 stances recorded for you") : home.index("they count as they are")]
    assert "Article 9, bracket 1</a>" in waiting
    assert "Proposal 1</a>" in waiting
    positions.take(cast.norway, bracket, "retain")
    assert "1 stance recorded for you" in browse(cast.norway).get("/rivers/").content.decode()
    assert "recorded for you" not in browse(cast.kenya).get("/rivers/").content.decode()


def test_a_reserve_recorded_for_a_delegation_waits_at_its_home_until_it_confirms_it(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    row = reserves.enter(cast.secretary, treaty, "text", on_behalf_of=cast.norway.delegation)
    client = browse(cast.norway)
    assert "Reserve on the whole text was recorded for you" in client.get("/rivers/").content.decode()
    page = client.post("/rivers/treaty/reserves/", {"confirm": str(row.pk)}, follow=True).content.decode()
    assert "The reserve is confirmed" in page
    assert "recorded from the floor" not in page
    assert "was recorded for you" not in client.get("/rivers/").content.decode()
