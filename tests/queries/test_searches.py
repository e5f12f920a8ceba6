"""Find: what the floor calls a place, and what a word finds, for who may see it."""

from __future__ import annotations

import pytest

from delegations.models import Conference
from drafting.models import NegotiatingText
from drafting.queries import finds, searches
from drafting.services import amendments, positions
from drafting.services.proposals import Proposed
from drafting.text.structures import Entry, Structure
from tests import factories
from tests.cast import Cast

STRUCTURE = Structure(
    (
        Entry("Article 5 Water", "5", "Article 5", 9, kind="article", article="5"),
        Entry("1. Each Party [shall] protect water.", "5.1", "1", 2, article="5"),
        Entry("1 bis. Each Party may protect ice.", "5.1 bis", "1 bis", 6, article="5"),
        Entry("(a) keep a register;", "5.1(a)", "(a)", 3, kind="subparagraph", depth=1, article="5"),
        Entry("Article 6 Ice", "6", "Article 6", 9, kind="article", article="6"),
        Entry("1. Ice is water.", "6.1", "1", 2, article="6"),
    )
)


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.opened(cast, STRUCTURE)


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("5.1", "5.1"),
        ("article 5", "5"),
        ("Art. 5.1 (a)", "5.1(a)"),
        ("5 1 bis", "5.1 bis"),
        ("1 bis", "5.1 bis"),
        ("para 1 BIS", "5.1 bis"),
        ("1", ""),
        ("7", ""),
        ("", ""),
    ],
)
def test_a_place_is_found_by_what_the_floor_calls_it(text: NegotiatingText, asked: str, address: str) -> None:
    assert finds.address(text, asked) == address


def test_a_label_that_stands_in_several_places_lists_them(text: NegotiatingText, cast: Cast) -> None:
    assert searches.search(cast.kenya, text, "1").places == ("5.1", "6.1")


def test_a_word_is_found_in_the_text_and_in_proposals(text: NegotiatingText, cast: Cast) -> None:
    provision = factories.provision(text, "6.1")
    amendments.submit(cast.norway, text, [Proposed(provision, "1. Ice is frozen water.")], "Snow counts too.")
    found = searches.search(cast.kenya, text, "WATER")
    assert [place.address for place in found.words] == ["5", "5.1", "6.1"]
    assert (found.words[1].before, found.words[1].at) == ("1. Each Party [shall] protect ", "water")
    for asked in ("frozen", "snow", "No. 1"):
        assert [place.number for place in searches.search(cast.kenya, text, asked).proposals] == [1]


def test_what_stands_round_a_word_is_cut_between_words(text: NegotiatingText, cast: Cast) -> None:
    words = f"{'protect rivers ' * 6}and ice {'for all people ' * 6}"
    amendments.submit(cast.norway, text, [Proposed(factories.provision(text, "6.1"), words)])
    place = searches.search(cast.kenya, text, "and ice").proposals[0]
    assert place.before.startswith("… protect rivers ") or place.before.startswith("… rivers protect ")
    assert place.after.endswith((" for …", " all …", " people …"))


def test_a_delegation_is_found_by_code_and_by_name(text: NegotiatingText, cast: Cast) -> None:
    amendments.submit(cast.norway, text, [Proposed(factories.provision(text, "6.1"), "1. Ice is wet.")])
    positions.take(cast.norway, text.brackets.get(), "retain")
    for asked in ("nor", "Norway"):
        party = searches.search(cast.kenya, text, asked).parties[0]
        assert (party.code, party.proposals, party.holds) == ("NOR", 1, ("5.1",))


def test_where_names_are_hidden_a_delegation_tells_nothing(text: NegotiatingText, cast: Cast) -> None:
    positions.take(cast.norway, text.brackets.get(), "retain")
    text.conference.attribution_shown = False
    text.conference.save()
    hidden = NegotiatingText.objects.get(pk=text.pk)
    party = searches.search(cast.kenya, hidden, "NOR").parties[0]
    assert (party.proposals, party.holds) == (0, ())


def test_a_search_takes_as_many_queries_for_many_rows_as_for_few(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    text = factories.text(cast, *(f"Water {n} flows." for n in range(60)))
    for address in range(1, 31):
        provision = factories.provision(text, str(address))
        amendments.submit(cast.norway, text, [Proposed(provision, provision.words.content + " Always, water.")])
    with django_assert_max_num_queries(7):  # type: ignore[operator]  # a fixture without types
        found = searches.search(cast.kenya, text, "water")
    assert (len(found.words), len(found.proposals), found.more) == (50, 30, True)


def test_what_was_held_while_names_were_hidden_stays_hidden(text: NegotiatingText, cast: Cast) -> None:
    Conference.objects.filter(pk=text.conference_id).update(attribution_shown=False)
    hidden = NegotiatingText.objects.get(pk=text.pk)
    amendments.submit(cast.norway, hidden, [Proposed(factories.provision(hidden, "6.1"), "1. Ice is wet.")])
    Conference.objects.filter(pk=text.conference_id).update(attribution_shown=True)
    loosened = NegotiatingText.objects.get(pk=text.pk)
    assert searches.search(cast.kenya, loosened, "NOR").parties[0].proposals == 0
    assert searches.search(cast.norway, loosened, "NOR").parties[0].proposals == 1
