"""What is said in the room of options and brackets, as stances of whoever spoke."""

from __future__ import annotations

from typing import Any

import pytest

from drafting.errors import Closed, Forbidden, NotFound
from drafting.models import JournalEntry, NegotiatingText, Position
from drafting.services import interventions, positions
from drafting.services.interventions import Heard
from drafting.services.positions import Stand
from drafting.text.errors import TextError
from drafting.text.structures import Entry, Structure
from tests import factories, replay
from tests.cast import Cast

SET = ("1. They choose:", "Option 1: Each Party shall [act].", "Option 2: No text.", "[Option 3: Parties may act.]")
FLOOR = (*SET, "2. Others rest.", "3. They choose again:", "Option 1: All.", "Option 2: None of them.")


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    factories.delegations(cast, ["EU", "BRA"])
    return factories.text(cast, *FLOOR)


def say(cast: Cast, text: NegotiatingText, line: str, at: str = "1") -> Heard:
    with replay.verified(text):
        return interventions.record(cast.secretary, factories.provision(text, at), line)


def taken(*fields: str) -> list[tuple[Any, ...]]:
    return list(Position.objects.order_by("pk").values_list("delegation__code", "stance", *fields))


def test_one_line_takes_all_the_stances_that_were_said(cast: Cast, text: NegotiatingText) -> None:
    heard = say(cast, text, "Norway and EU prefer option 2, cannot accept 1")
    assert heard.sentence == "NOR, EU supports 3, Option 2, cannot accept 2, Option 1."
    assert taken("option__name") == [
        ("NOR", "support", "Option 2"),
        ("NOR", "cannot-accept", "Option 1"),
        ("EU", "support", "Option 2"),
        ("EU", "cannot-accept", "Option 1"),
    ]
    assert set(Position.objects.values_list("from_the_floor", "recorder")) == {(True, cast.secretary.pk)}


def test_of_options_in_brackets_of_their_own_the_stance_is_on_these(cast: Cast, text: NegotiatingText) -> None:
    heard = say(cast, text, "BRA supports option 3 and cannot accept bracket 1")
    assert heard.sentence == "BRA wants to retain bracket 2, Option 3, cannot accept bracket 1."
    assert taken("bracket__number") == [("BRA", "retain", 2), ("BRA", "cannot-accept", 1)]


@pytest.mark.parametrize(("line", "at"), [("EU supports option 1", "6"), ("EU+option 1 of 6", "1"), ("eu+opt1", "8")])
def test_an_option_is_the_one_near_or_of_the_place_that_was_said(
    cast: Cast, text: NegotiatingText, line: str, at: str
) -> None:
    say(cast, text, line, at)
    assert taken("option__provision__address") == [("EU", "support", "7")]


@pytest.mark.parametrize(
    ("line", "at", "refusal", "why"),
    [
        ("EU supports option 1", "5", NotFound, "stands in several places \\(2, 7\\): say “option 1 of …”"),
        ("EU supports option 9", "1", NotFound, "This text has no Option 9"),
        ("EU supports option 1 of 77", "1", NotFound, "no place is called so"),
        ("EU retains bracket 9", "1", NotFound, "no open bracket 9"),
        ("chair supports option 1", "1", Forbidden, "take no stance"),
        ("EU supports option 1 as amended", "1", TextError, "names no option"),
    ],
)
def test_what_names_nothing_for_certain_is_refused_and_records_nothing(
    cast: Cast, text: NegotiatingText, line: str, at: str, refusal: type[Exception], why: str
) -> None:
    before = JournalEntry.objects.count()
    with pytest.raises(refusal, match=why):
        interventions.record(cast.secretary, factories.provision(text, at), line)
    assert JournalEntry.objects.count() == before


def test_of_a_bracket_that_closed_meanwhile_nothing_is_recorded(cast: Cast, text: NegotiatingText) -> None:
    norway, bracket = cast.norway.delegation, factories.bracket(text)
    assert norway is not None
    type(bracket).objects.filter(pk=bracket.pk).update(closed=True)
    with pytest.raises(Closed):
        positions.take_all(cast.secretary, text, [Stand(norway, bracket, "retain")])
    assert not Position.objects.exists()


def test_a_paragraph_and_its_article_of_one_number_are_told_apart(cast: Cast) -> None:
    article = Entry("Article 1 Fund", "1", "Article 1", 9, kind="article", article="1")
    paragraph = Entry("1. They choose:", "1.1", "1", 2, article="1")
    options = [
        Entry(f"Option {n}: Do {n}.", f"1.option{n}", f"Option {n}", 8, kind="option", article="1") for n in (1, 2)
    ]
    text = factories.opened(cast, Structure((article, paragraph, *options)))
    for place in ("paragraph 1", "article 1", "1", "1.1"):
        line = f"NOR prefers option 2 of {place}"
        heard = interventions.hear(cast.secretary, factories.provision(text), line)
        assert heard.sentence == f"NOR supports {factories.provision(text, '1.option2')}."
