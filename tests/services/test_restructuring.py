"""Structural proposals are words for provisions, decided together, and never leave half a pair behind."""

from __future__ import annotations

import pytest

from drafting.errors import EmptyChange, NotFound
from drafting.models import Amendment, NegotiatingText, Provision
from drafting.services import amendments, decisions, restructuring
from drafting.services.restructuring import Restructuring
from tests import factories, replay
from tests.cast import Cast

WORDS = ("1. Parties act.", "2. [Parties report.", "3. Parties meet.] They vote.", "4. Parties pay.")


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, *WORDS)


def at(text: NegotiatingText, address: str) -> Provision:
    return factories.provision(text, address)


def settle(cast: Cast, text: NegotiatingText, what: Restructuring, act: str = "accept") -> list[str]:
    """Lodge a structural proposal, decide on it as a whole, and return the words of the text."""
    what = restructuring.take_in(text, what)
    with replay.verified(text):
        row = amendments.submit(cast.norway, text, what.proposed, op=what.op, is_one=what.is_one)
    with replay.verified(text):
        first = row.versions.get().hunks.first()
        decisions.decide(cast.chair, text, act, "room", hunks=[first.pk])
    assert Amendment.objects.get().state == "decided"
    return factories.words(text)


def test_a_provision_is_deleted(cast: Cast, text: NegotiatingText) -> None:
    assert settle(cast, text, restructuring.delete([at(text, "4")])) == list(WORDS[:3])


def test_deleting_one_end_of_a_crossing_pair_takes_the_other_end_off(cast: Cast, text: NegotiatingText) -> None:
    found = settle(cast, text, restructuring.delete([at(text, "2")]))
    assert found == [WORDS[0], "3. Parties meet. They vote.", WORDS[3]]


def test_a_move_is_decided_as_one(cast: Cast, text: NegotiatingText) -> None:
    found = settle(cast, text, restructuring.move(at(text, "4"), at(text, "1")))
    assert found == [WORDS[0], WORDS[3], *WORDS[1:3]]


def test_a_move_to_where_it_stands_is_no_change(text: NegotiatingText) -> None:
    with pytest.raises(EmptyChange):
        restructuring.move(at(text, "2"), at(text, "1"))


def test_two_provisions_are_merged_and_one_label_stays(cast: Cast, text: NegotiatingText) -> None:
    Provision.objects.filter(address="4").update(label_length=2)
    merged = restructuring.merge(at(text, "1"), at(text, "4"))
    assert settle(cast, text, merged) == ["1. Parties act. Parties pay.", *WORDS[1:3]]


def test_a_provision_is_divided_at_its_empty_line(cast: Cast, text: NegotiatingText) -> None:
    found = settle(cast, text, restructuring.split(at(text, "1"), "1. Parties\n\n1 bis. They act."))
    assert found[:2] == ["1. Parties", "1 bis. They act."]


def test_an_alternative_stands_beside_what_it_would_replace(cast: Cast, text: NegotiatingText) -> None:
    what = restructuring.offer_alternative([at(text, "4")], "4 alt. Parties lend.")
    assert settle(cast, text, what, "bracket")[-2:] == ["[4. Parties pay.]", "[4 alt. Parties lend.]"]


def test_an_alternative_that_is_chosen_replaces_several(cast: Cast, text: NegotiatingText) -> None:
    what = restructuring.offer_alternative([at(text, "2"), at(text, "3")], "2 alt. Parties talk.")
    assert settle(cast, text, what) == [WORDS[0], "2 alt. Parties talk.", WORDS[3]]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Parties shall, as appropriate, act.", "Parties shall act."),
        ("Parties [, as appropriate,] act.", "Parties act."),
        ("Act [as appropriate].", "Act."),
        ("Act as appropriate.", "Act."),
    ],
)
def test_words_go_throughout_with_their_commas_and_empty_brackets(cast: Cast, words: str, wanted: str) -> None:
    (found,) = restructuring.find_throughout(factories.text(cast, words), "as appropriate")
    assert found.words == wanted


def test_a_change_throughout_is_confirmed_place_by_place(cast: Cast) -> None:
    text = factories.text(cast, "Parties should act.", "Parties should pay.", "They should vote.", "A shoulder.")
    found = restructuring.find_throughout(text, "should", "shall")
    what = restructuring.throughout(found, ["1", "3"])
    row = amendments.submit(cast.norway, text, what.proposed, op=what.op, is_one=what.is_one)
    hunks = row.versions.get().hunks.all()
    assert (len(found), [hunk.provision.address for hunk in hunks]) == (3, ["1", "3"])
    decisions.decide(cast.chair, text, "accept", "room", hunks=[hunks[1].pk])
    assert factories.words(text)[:3] == ["Parties should act.", "Parties should pay.", "They shall vote."]


def test_words_that_stand_nowhere_are_not_found(text: NegotiatingText) -> None:
    with pytest.raises(NotFound):
        restructuring.find_throughout(text, "as appropriate")
