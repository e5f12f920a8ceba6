"""What the live floor reads: nothing of what a seat may not see, and no more queries for more browsers."""

from __future__ import annotations

import uuid

import pytest

from drafting.queries import live
from tests import factories
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "reads"), [("norway", True), ("capital", True), ("observer", False), ("stranger", False)]
)
def test_the_words_of_the_floor_are_for_its_seats(cast: Cast, name: str, reads: bool) -> None:
    words = factories.provision(factories.text(cast, "a b")).words
    found = live.words(getattr(cast, name), [words.pk, uuid.uuid4()])
    assert list(found) == ([words.pk] if reads else [])


def test_heads_of_many_streams_are_one_query(cast: Cast, django_assert_num_queries) -> None:
    text = factories.text(cast, "a b")
    with django_assert_num_queries(1):
        heads = live.heads([text.floor_id, text.bureau_id, text.public_id])
    assert heads[text.floor_id] > 0


def test_an_outsiders_door_leads_to_a_provision_nothing_is_agreed_on(cast: Cast) -> None:
    text = factories.text(cast, "1. a [b]", "2. Parties shall cooperate.")
    cast.conference.is_demo = True
    cast.conference.save()
    second = factories.provision(text, "2")
    assert live.door("http://127.0.0.1:8000/") == {
        "socket": "ws://127.0.0.1:8000/live/",
        "stream": str(text.floor_id),
        "text": str(second.words_id),
    }


def test_there_is_no_door_without_a_demo(cast: Cast) -> None:
    factories.text(cast, "a")
    assert live.door("http://127.0.0.1:8000/") is None
