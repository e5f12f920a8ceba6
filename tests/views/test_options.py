"""Options on pages: who is behind one beside its label, one press in the panel, what waits at home, what is hidden."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from delegations.models import Seat
from drafting.models import NegotiatingText, Position
from drafting.services import pens, positions
from drafting.services.proposals import Proposed
from drafting.text.structures import Entry, Structure
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]
PAGE = "/rivers/options/"
STANCE = "/rivers/options/1/option/"
WORDS = ("1. Option 1: Each Party shall act.", "Option 2: No text.", "[Option 3: Parties may act.]")


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, *WORDS, slug="options")


def read(browse: Browse, seat: Seat, page: str = f"{PAGE}?at=1") -> str:
    return browse(seat).get(page).content.decode()


def say(browse: Browse, seat: Seat, stance: str, name: str = "Option 1") -> int:
    page = browse(seat).post(STANCE, {"name": name, "stance": stance}, headers={"accept": "application/json"})
    return page.status_code


def reword(cast: Cast, text: NegotiatingText, new: str) -> None:
    pens.write(cast.secretary, Proposed(factories.provision(text), new), "room")


def test_who_is_behind_an_option_stands_beside_its_label(cast: Cast, text: NegotiatingText, browse: Browse) -> None:
    assert 'class="opt"' not in read(browse, cast.kenya)
    assert say(browse, cast.norway, "support") == 200
    page = read(browse, cast.kenya)
    assert 'class="opt" data-who="NOR"' in page
    assert "Option 1, behind it: Norway" in page


def test_one_press_takes_a_stance_another_takes_it_back(cast: Cast, text: NegotiatingText, browse: Browse) -> None:
    say(browse, cast.norway, "reserve")
    assert 'value="none" aria-pressed="true">Reserve' in read(browse, cast.norway)
    say(browse, cast.norway, "none")
    assert not Position.objects.exists()
    assert 'class="opt"' not in read(browse, cast.norway)


def test_an_option_that_is_a_provision_is_drawn_as_one(cast: Cast, browse: Browse) -> None:
    entry = Entry("Option 1: Act.", "option1", "Option 1", 9, kind="option")
    factories.opened(cast, Structure((entry,)), slug="drawn")
    page = read(browse, cast.norway, "/rivers/drawn/")
    assert re.search(r'class="pv [^"]*\boption\b[^"]*" id="option1"', page)


def test_only_options_without_brackets_of_their_own_are_in_the_panel(
    cast: Cast, text: NegotiatingText, browse: Browse
) -> None:
    page = read(browse, cast.norway)
    assert 'name="name" value="Option 1"' in page
    assert 'name="name" value="Option 3"' not in page


def test_a_word_that_is_no_stance_and_an_option_that_is_not_there_are_refused(
    cast: Cast, text: NegotiatingText, browse: Browse
) -> None:
    assert say(browse, cast.norway, "applaud") == 422
    assert say(browse, cast.norway, "support", name="Option 9") == 409
    assert say(browse, cast.observer, "support") == 404


def test_a_stance_whose_words_changed_waits_at_home_and_is_confirmed(
    cast: Cast, text: NegotiatingText, browse: Browse
) -> None:
    say(browse, cast.norway, "support")
    reword(cast, text, "1. Option 1: Every Party shall act.")
    assert "1, Option 1" in read(browse, cast.norway, "/rivers/")
    assert "Confirm our stance" in read(browse, cast.norway)
    say(browse, cast.norway, "support")
    assert "1, Option 1" not in read(browse, cast.norway, "/rivers/")


def test_what_was_said_of_an_option_that_is_gone_is_still_there_to_take_back(
    cast: Cast, text: NegotiatingText, browse: Browse
) -> None:
    say(browse, cast.norway, "support")
    reword(cast, text, "1. Each Party shall act.")
    assert "no option of this name here any more" in read(browse, cast.kenya)
    assert say(browse, cast.norway, "none") == 200
    assert "no option of this name" not in read(browse, cast.norway)


def test_where_names_are_hidden_nobody_but_the_bureau_learns_who_is_behind_an_option(
    cast: Cast, text: NegotiatingText, browse: Browse
) -> None:
    cast.conference.attribution_shown = False
    cast.conference.save()
    for seat in (cast.norway, cast.kenya, cast.chair):
        seat.refresh_from_db()
    say(browse, cast.norway, "support")
    for seat in (cast.kenya, cast.norway):
        page = read(browse, seat)
        assert 'class="opt"' not in page
        assert " : 0</span>" not in page
    assert 'class="opt" data-who="NOR"' in read(browse, cast.chair)


def test_a_stance_recorded_from_the_floor_is_confirmed(cast: Cast, text: NegotiatingText, browse: Browse) -> None:
    say(browse, cast.kenya, "support")
    option = Position.objects.get().option
    assert option is not None
    positions.take(cast.secretary, option, "oppose", on_behalf_of=cast.kenya.delegation)
    assert "recorded from the floor" in read(browse, cast.kenya)
    say(browse, cast.kenya, "oppose")
    assert "recorded from the floor" not in read(browse, cast.kenya)


def test_a_preference_in_words_begins_with_the_place(cast: Cast, text: NegotiatingText, browse: Browse) -> None:
    assert "/rivers/options/remark/?op=prefer&amp;at=1" in read(browse, cast.norway)
    page = read(browse, cast.norway, "/rivers/options/remark/?op=prefer&at=1")
    assert re.search(r'value="prefer"[^>]* checked', page)
    assert re.search(r'name="at" value="1"', page)


def test_a_member_opts_out_of_an_option_inside_its_group_and_counts_until_it_speaks(
    cast: Cast, text: NegotiatingText, browse: Browse
) -> None:
    say(browse, cast.group, "support")
    inside = "/rivers/options/circles/"
    assert 'name="option" value="Option 1"' in read(browse, cast.kenya, inside)
    browse(cast.kenya).post(f"{inside}G2/endorse/", {"at": "1", "option": "Option 1", "say": "opt-out"})
    assert "KEN" in read(browse, cast.norway, inside)
    assert ">2 : 0<" in read(browse, cast.chair)
    say(browse, cast.kenya, "oppose")
    assert ">1 : 1<" in read(browse, cast.chair)


def test_what_stands_nowhere_is_not_endorsed(cast: Cast, text: NegotiatingText, browse: Browse) -> None:
    said = [
        {"option": "Option 1", "at": "1"},
        {"option": "Option 1", "at": "99"},
        {"option": "Option 9", "at": "1"},
        {},
    ]
    asked = browse(cast.kenya)
    got = [asked.post("/rivers/options/circles/G2/endorse/", {**one, "say": "endorse"}).status_code for one in said]
    assert got == [403, 404, 403, 404]
