"""Who wrote this word, who struck that one, when, for whom."""

from __future__ import annotations

import pytest

from drafting.errors import NotFound
from drafting.models import NegotiatingText
from drafting.queries import provenance
from drafting.services import interventions
from tests import factories
from tests.cast import Cast


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, "Parties shall act.", "Nobody sleeps.")


def say(cast: Cast, text: NegotiatingText, *lines: str) -> None:
    for line in lines:
        interventions.record(cast.secretary, factories.provision(text), line)


def told(cast: Cast, text: NegotiatingText, who: str = "kenya") -> list[tuple[str, str, str | None]]:
    found = provenance.of(getattr(cast, who), factories.provision(text))
    return [(piece.words, piece.came.by, piece.left.by if piece.left else None) for piece in found]


def test_each_word_tells_for_whom_it_came_and_for_whom_it_left(cast: Cast, text: NegotiatingText) -> None:
    say(cast, text, "NOR after Parties insert jointly", "room: change shall to should")
    found = told(cast, text)
    assert {("shall", "", "Chair"), ("should", "Chair", None)} < set(found)
    assert [words.strip() for words, came, _ in found if came == "NOR"] == ["[jointly]"]


def test_brackets_are_of_whoever_asked_for_them(cast: Cast, text: NegotiatingText) -> None:
    say(cast, text, "NOR brackets the paragraph")
    assert [piece for piece in told(cast, text) if piece[1]] == [("[", "NOR", None), ("]", "NOR", None)]


def test_words_that_came_and_left_again_are_told_too(cast: Cast, text: NegotiatingText) -> None:
    say(cast, text, "room after act insert now", "room: delete now")
    assert (" now", "Chair", "Chair") in told(cast, text)
    present = "".join(words for words, _, left in told(cast, text) if left is None)
    assert present == factories.words(text)[0]


def test_the_moment_is_told(cast: Cast, text: NegotiatingText) -> None:
    say(cast, text, "room after act insert now")
    (piece,) = [piece for piece in provenance.of(cast.kenya, factories.provision(text)) if piece.came.by]
    assert piece.came.at.startswith("20")


def test_words_nobody_touched_are_of_nobody(cast: Cast, text: NegotiatingText) -> None:
    assert told(cast, text) == [("Parties shall act.", "", None)]


def test_names_are_shown_as_the_conference_shows_them(cast: Cast, text: NegotiatingText) -> None:
    cast.conference.attribution_shown = False
    cast.conference.save()
    text.refresh_from_db()
    say(cast, text, "NOR after Parties insert jointly")
    assert {by for _, by, _ in told(cast, text)} == {""}


def test_an_observer_is_told_nothing(cast: Cast, text: NegotiatingText) -> None:
    with pytest.raises(NotFound):
        told(cast, text, "observer")
