"""Amendments as a reader sees them: whose, where, what became of them, and nothing the policy hides."""

from __future__ import annotations

from typing import Any

import pytest

from drafting.errors import NotFound
from drafting.models import Amendment, NegotiatingText
from drafting.queries import amendments as reads
from drafting.queries import consolidation as desks
from drafting.queries import endings
from drafting.queries.selections import Asked
from drafting.services import amendments, positions
from drafting.services.proposals import Proposed
from drafting.text.document import Mark
from tests import factories
from tests.cast import Cast


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, "Each Party should act.", "Parties [may] report.")


def lodge(cast: Cast, text: NegotiatingText, words: str, who: str = "norway", address: str = "1") -> Amendment:
    return amendments.submit(getattr(cast, who), text, [Proposed(factories.provision(text, address), words)])


def test_a_card_says_whose_it_is_where_it_changes_and_who_stands_where(cast: Cast, text: NegotiatingText) -> None:
    lodged = lodge(cast, text, "Each Party shall act.")
    version = lodged.versions.get()
    amendments.co_sponsor(cast.kenya, version)
    positions.take(cast.group, version, "support")
    card = reads.one(cast.kenya, lodged.pk)
    assert (card.sponsors, card.cosponsors, card.addresses) == (("NOR",), ("KEN",), ("1",))
    assert [(stand.delegation, stand.stance) for stand in card.stands] == [("G2", "support")]
    assert (card.is_mine, card.is_cosponsored_by_me) == (False, True)
    assert [(hunk.struck, hunk.words) for hunk in card.hunks] == [("should", "shall")]


def test_where_names_are_hidden_a_seat_sees_its_own_and_the_bureau_sees_all(cast: Cast, text: NegotiatingText) -> None:
    lodged = lodge(cast, text, "Each Party shall act.")
    positions.take(cast.kenya, lodged.versions.get(), "support")
    cast.conference.attribution_shown = False
    cast.conference.save()
    seen = {name: reads.one(getattr(cast, name), lodged.pk) for name in ("norway", "kenya", "chair")}
    assert {name: card.sponsors for name, card in seen.items()} == {"norway": ("NOR",), "kenya": (), "chair": ("NOR",)}
    assert {name: len(card.stands) for name, card in seen.items()} == {"norway": 0, "kenya": 1, "chair": 1}


def test_lists_are_newest_first_and_kept_by_place_state_and_ownership(cast: Cast, text: NegotiatingText) -> None:
    lodge(cast, text, "Each Party shall act.")
    lodge(cast, text, "Parties [shall] report.", "kenya", "2")
    withdrawn = lodge(cast, text, "Each Party may act.", "kenya")
    amendments.withdraw(cast.kenya, withdrawn)

    def numbers(**kept: Any) -> list[int]:
        paging = {name: kept.pop(name) for name in ("size", "page") if name in kept}
        return [card.number for card in reads.listed(cast.norway, text, Asked(**kept), **paging).cards]

    assert numbers() == [3, 2, 1]
    assert numbers(place="1") == [3, 1]
    assert numbers(ours=True) == [1]
    assert numbers(states=frozenset({"withdrawn"})) == [3]
    assert numbers(size=2, page=2) == [1]


def test_what_a_version_proposes_now_is_its_open_hunks_on_the_present_words(cast: Cast, text: NegotiatingText) -> None:
    lodged = lodge(cast, text, "Each Party shall act.")
    assert reads.current_words(lodged.versions.get(), factories.provision(text)) == "Each Party shall act."


def test_a_redline_read_without_what_was_struck_is_the_new_text() -> None:
    runs = reads.redline("abcdef", [(1, 2, "x"), (4, 4, "y"), (5, 6, "")])
    assert "".join(run.text for run in runs if run.mark is not Mark.DELETED) == reads.applied(
        "abcdef", [(1, 2, "x"), (4, 4, "y"), (5, 6, "")]
    )
    assert "".join(run.text for run in runs if run.mark is not Mark.INSERTED) == "abcdef"


@pytest.mark.parametrize(
    ("state", "outcomes", "fate"),
    [
        ("withdrawn", ["accepted"], "withdrawn"),
        ("lapsed", ["open"], "lapsed"),
        ("open", ["accepted", "flagged"], "flagged"),
        ("open", ["accepted", "done"], "in text"),
        ("open", ["accepted", "open"], "in part"),
        ("open", ["bracketed", "open"], "bracketed"),
        ("open", ["bridged", "dropped"], "bridged"),
        ("open", ["open", "dropped"], "open"),
        ("decided", ["dropped"], "dropped"),
    ],
)
def test_a_fate_is_the_first_that_holds(state: str, outcomes: list[str], fate: str) -> None:
    assert endings.fate(state, outcomes) == fate


def test_the_desk_puts_rivals_in_one_slot_and_equal_wordings_in_one_choice(cast: Cast, text: NegotiatingText) -> None:
    for who, words in (("norway", "shall"), ("kenya", "shall"), ("group", "may")):
        lodge(cast, text, f"Each Party {words} act.", who)
    first, second = desks.desk(cast.chair, text).provisions
    (slot,) = first.slots
    assert slot.words == "should"
    assert [(choice.words, len(choice.proposals)) for choice in slot.choices] == [("shall", 2), ("may", 1)]
    assert [(bracket.number, bracket.words) for bracket in second.brackets] == [(1, "may")]


def test_the_desk_links_the_hunks_of_an_atom(cast: Cast, text: NegotiatingText) -> None:
    lodge(cast, text, "Parties may report.", address="2")
    (provision,) = desks.desk(cast.chair, text, only_proposals=True).provisions
    linked = [proposal.linked for slot in provision.slots for choice in slot.choices for proposal in choice.proposals]
    assert [len(found) for found in linked] == [1, 1]


@pytest.mark.parametrize("who", ["norway", "secretary", "observer", "stranger"])
def test_the_desk_is_for_who_decides(cast: Cast, text: NegotiatingText, who: str) -> None:
    with pytest.raises(Exception, match=r"may not|open to the delegations"):
        desks.desk(getattr(cast, who), text)


@pytest.mark.parametrize("who", ["observer", "stranger", "other_chair"])
def test_amendments_are_open_to_who_reads_the_floor(cast: Cast, text: NegotiatingText, who: str) -> None:
    lodged = lodge(cast, text, "Each Party shall act.")
    with pytest.raises(NotFound):
        reads.one(getattr(cast, who), lodged.pk)
    with pytest.raises(NotFound):
        reads.listed(getattr(cast, who), text)


def test_many_amendments_take_as_many_queries_as_few(cast: Cast, django_assert_num_queries: Any) -> None:
    few, many = (
        factories.text(cast, "Each Party should act.", slug="few"),
        factories.text(cast, *["Each Party should act."] * 12, slug="many"),
    )
    lodge(cast, few, "Each Party shall act.")
    for address in range(1, 13):
        lodge(cast, many, "Each Party shall act.", address=str(address))
    for found, rows in ((few, 1), (many, 12)):
        with django_assert_num_queries(7):
            assert reads.listed(cast.norway, found).total == rows
        with django_assert_num_queries(13):
            assert len(desks.desk(cast.chair, found).provisions) == rows
