"""The words of the floor change by steps, and every row anchored in them goes along."""

from __future__ import annotations

import pytest

from drafting.models import NegotiatingText
from drafting.services import journal, texts
from drafting.services.texts import Applied
from drafting.text.changes import ChangeSet
from drafting.text.changes import Edit as Range
from drafting.text.errors import UnpairedBrackets
from drafting.text.steps import Create, Edit, Place, Retire, Revive, Step
from tests import factories
from tests.cast import Cast


def act(cast: Cast, negotiated: NegotiatingText, *steps: Step) -> Applied:
    with journal.writing(negotiated.floor, by=cast.chair) as floor:
        return texts.apply_steps(floor, negotiated, steps)


def edit(negotiated: NegotiatingText, address: str, *edits: Range) -> Edit:
    row = factories.provision(negotiated, address)
    return Edit(row.pk, ChangeSet.of(edits, len(row.words.content)))


def test_brackets_go_with_their_own_characters(cast: Cast) -> None:
    text = factories.text(cast, "a [b [c] d] e")
    act(cast, text, edit(text, "1", (0, 1, "An article"), (9, 10, "long words")))
    assert factories.words(text) == ["An article [b [c] long words] e"]
    assert factories.open_pairs(text) == [(1, "1", 11, "1", 28), (2, "1", 14, "1", 16)]


def test_new_brackets_get_the_next_number_and_their_place_in_the_nest(cast: Cast) -> None:
    text = factories.text(cast, "a [b] c")
    act(cast, text, edit(text, "1", (0, 0, "["), (3, 3, "["), (4, 4, "]"), (7, 7, "]")))
    assert factories.words(text) == ["[a [[b]] c]"]
    parents = {row.number: row.parent and row.parent.number for row in text.brackets.all()}
    assert parents == {1: 2, 2: None, 3: 1}


def test_a_pair_whose_words_go_is_dropped_and_one_whose_words_stay_is_lifted(cast: Cast) -> None:
    text = factories.text(cast, "a [b] [c [d]] e")
    act(cast, text, edit(text, "1", (1, 5, ""), (6, 7, ""), (12, 13, "")))
    assert factories.words(text) == ["a c [d] e"]
    rows = text.floor.entries.filter(kind="bracket-closed").order_by("seq")
    assert ["lifted" in row.body for row in rows] == [False, True]
    assert [(row.number, row.closed) for row in text.brackets.all()] == [(1, True), (2, True), (3, False)]


def test_an_edit_that_leaves_a_bracket_alone_is_refused_and_nothing_is_written(cast: Cast) -> None:
    text = factories.text(cast, "a [b] c")
    with pytest.raises(UnpairedBrackets):
        act(cast, text, edit(text, "1", (2, 3, "")))
    assert factories.words(text) == ["a [b] c"]
    assert not text.floor.entries.filter(kind="edited").exists()


def test_a_pair_may_cross_provisions_and_is_closed_in_both_at_once(cast: Cast) -> None:
    text = factories.text(cast, "1. a [b", "2. c", "3. d] e")
    act(cast, text, edit(text, "1", (5, 6, "")), edit(text, "3", (4, 5, "")))
    assert factories.words(text) == ["1. a b", "2. c", "3. d e"]
    assert factories.open_pairs(text) == []


def test_a_pair_opened_over_several_provisions_takes_the_pairs_inside(cast: Cast) -> None:
    text = factories.text(cast, "a", "[b]", "[c]")
    applied = act(cast, text, edit(text, "1", (0, 0, "[")), edit(text, "3", (3, 3, "]")))
    (outer,) = applied.opened.values()
    assert {row.parent for row in text.brackets.exclude(pk=outer.pk)} == {outer}


def test_an_anomaly_stays_until_it_is_mended(cast: Cast) -> None:
    text = factories.text(cast, "a [b c", "d")
    act(cast, text, edit(text, "1", (0, 0, "so ")))
    assert [(row.offset, row.mended) for row in text.anomalies.all()] == [(5, False)]
    act(cast, text, edit(text, "2", (1, 1, "]")))
    assert [row.mended for row in text.anomalies.all()] == [True]
    assert factories.open_pairs(text) == [(1, "1", 5, "2", 1)]


def test_a_new_provision_is_named_after_its_neighbours_and_its_words(cast: Cast) -> None:
    text = factories.text(cast, "1. a", "2. b")
    words = ChangeSet.of([(0, 0, "1 bis. new [words]")], 0)
    applied = act(cast, text, Create("new", None, 1), Edit("new", words))
    made = text.provisions.get(pk=applied.created["new"])
    assert (made.address, made.order, made.label) == ("1bis", 1, "1 bis")
    assert factories.words(text) == ["1. a", "1 bis. new [words]", "2. b"]
    assert [row.order for row in text.provisions.all()] == [0, 1, 2]


def test_a_tombstone_keeps_its_words_and_its_pairs_are_closed(cast: Cast) -> None:
    text = factories.text(cast, "a [b]", "c")
    first = factories.provision(text, "1").pk
    act(cast, text, Retire(first))
    assert factories.words(text) == ["c"]
    assert factories.open_pairs(text) == []
    act(cast, text, Revive(first))
    assert factories.words(text) == ["a [b]", "c"]
    assert factories.open_pairs(text) == [(2, "1", 2, "1", 4)]


def test_a_moved_provision_takes_the_place_it_is_given(cast: Cast) -> None:
    text = factories.text(cast, "a", "b", "c")
    act(cast, text, Place(factories.provision(text, "1").pk, None, 2))
    assert factories.words(text) == ["b", "c", "a"]
    assert [row.order for row in text.provisions.all()] == [0, 1, 2]
