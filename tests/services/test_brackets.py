"""Brackets put, grouped and mended."""

from __future__ import annotations

import pytest

from drafting.errors import Closed, Forbidden, Locked, NotFound
from drafting.models import Agreement, Bracket, NegotiatingText, Position
from drafting.services import agreements, brackets, decisions
from drafting.text.errors import ActRefused, UnpairedBrackets
from tests import factories, replay
from tests.cast import Cast


def put(cast: Cast, text: NegotiatingText, first: str, start: int, last: str, end: int) -> Bracket:
    ends = factories.provision(text, first), factories.provision(text, last)
    assert cast.kenya.delegation is not None
    with replay.verified(text):
        return brackets.put(cast.secretary, ends[0], start, ends[1], end, [cast.kenya.delegation])


def test_a_whole_paragraph_is_bracketed_for_who_asked(cast: Cast) -> None:
    text = factories.text(cast, "1. a [b] c", "2. d")
    row = put(cast, text, "1", 0, "1", 10)
    assert factories.words(text) == ["[1. a [b] c]", "2. d"]
    assert list(Position.objects.values_list("bracket", "delegation__code", "stance")) == [(row.pk, "KEN", "propose")]
    assert (row.number, text.brackets.get(number=1).parent) == (2, row)


def test_one_pair_goes_round_several_provisions(cast: Cast) -> None:
    text = factories.text(cast, "1. a", "2. b", "3. c")
    put(cast, text, "1", 3, "3", 4)
    assert factories.words(text) == ["1. [a", "2. b", "3. c]"]


@pytest.mark.parametrize(("start", "end"), [(0, 6), (6, 10)])
def test_a_pair_that_would_cross_another_is_refused(cast: Cast, start: int, end: int) -> None:
    text = factories.text(cast, "1. a [b c] d")
    with pytest.raises(UnpairedBrackets):
        put(cast, text, "1", start, "1", end)
    assert factories.words(text) == ["1. a [b c] d"]


def test_agreed_words_take_no_bracket(cast: Cast) -> None:
    text = factories.text(cast, "Each Party acts.")
    agreements.gavel(cast.chair, factories.provision(text), Agreement.Level.AGREED, "Plenary")
    with pytest.raises(Locked):
        put(cast, text, "1", 0, "1", 4)


def test_only_who_types_in_the_room_puts_brackets_and_always_for_somebody(cast: Cast) -> None:
    one = factories.provision(factories.text(cast, "Each Party acts."))
    with pytest.raises(Forbidden):
        brackets.put(cast.kenya, one, 0, one, 4, [])
    with pytest.raises(Forbidden):
        brackets.put(cast.secretary, one, 0, one, 4, [])
    with pytest.raises(NotFound):
        brackets.put(cast.other_secretary, one, 0, one, 4, [])


def test_a_suggested_group_is_confirmed_or_dissolved_by_a_person(cast: Cast) -> None:
    text = factories.text(cast, "Parties [shall][should] act [now] [soon].")
    adjacent, spaced = text.groups.order_by("pk")
    with replay.verified(text):
        brackets.confirm(cast.chair, adjacent)
    with replay.verified(text):
        brackets.dissolve(cast.secretary, spaced)
    assert list(text.groups.order_by("pk").values_list("confirmed", "closed")) == [(True, False), (False, True)]
    assert text.brackets.filter(group=None).count() == 2
    with pytest.raises(Closed):
        brackets.confirm(cast.chair, spaced)
    with pytest.raises(Forbidden):
        brackets.dissolve(cast.norway, adjacent)


def test_brackets_are_said_to_stand_for_each_other(cast: Cast) -> None:
    text = factories.text(cast, "[a] or [b [c]], [d] [e]")
    pk = dict(text.brackets.values_list("number", "pk"))
    with replay.verified(text):
        group = brackets.form(cast.chair, text, [pk[1], pk[2], pk[4]], no_text=True)
    assert (group.confirmed, group.no_text, group.brackets.count()) == (True, True, 3)
    for refused in ([pk[5]], [pk[2], pk[3]], [pk[1], pk[5]]):
        with pytest.raises(ActRefused):
            brackets.form(cast.chair, text, refused)
    with pytest.raises(NotFound):
        brackets.form(cast.chair, text, [pk[5], 10_000])


def test_an_anomaly_gets_the_partner_the_import_proposed_and_that_can_be_taken_back(cast: Cast) -> None:
    text = factories.text(cast, "1. Parties [take measures.", "2. d")
    with replay.verified(text):
        decision = brackets.mend(cast.secretary, text.anomalies.get())
    assert factories.words(text)[0].count("]") == 1
    assert factories.open_pairs(text) != []
    with replay.verified(text):
        decisions.undo(cast.chair, decision)
    assert factories.words(text)[0] == "1. Parties [take measures."


def test_an_anomaly_is_taken_away(cast: Cast) -> None:
    text = factories.text(cast, "1. Parties take] measures.")
    with replay.verified(text):
        brackets.mend(cast.secretary, text.anomalies.get(), remove=True)
    assert factories.words(text) == ["1. Parties take measures."]
    with pytest.raises(Closed):
        brackets.mend(cast.secretary, text.anomalies.get())
