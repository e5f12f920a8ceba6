"""The floor's line as a page sends it: told back, recorded, refused with the words kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from delegations.models import Seat
from drafting.models import NegotiatingText
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]
SAID = "/rivers/treaty/1/said/"
JSON = {"headers": {"accept": "application/json"}}


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, "1. Parties shall act.")


def test_a_line_is_told_back_and_then_recorded(cast: Cast, text: NegotiatingText, browse: Browse) -> None:
    client = browse(cast.secretary)
    line = {"line": "nor>Parties>jointly"}
    told = client.post(SAID, {**line, "peek": "1"}, **JSON).json()
    assert factories.words(text) == ["1. Parties shall act."]
    assert client.post(SAID, line, **JSON).json() == told == {"said": told["said"], "speakers": ["NOR"]}
    assert factories.words(text) == ["1. Parties [jointly] shall act."]


def test_it_goes_on_for_whoever_spoke_last(cast: Cast, text: NegotiatingText, browse: Browse) -> None:
    browse(cast.secretary).post(SAID, {"line": "d shall", "last": "KEN"}, **JSON)
    assert factories.words(text) == ["1. Parties [shall] act."]


def test_a_form_without_a_script_is_led_back_to_the_text(cast: Cast, text: NegotiatingText, browse: Browse) -> None:
    answer = browse(cast.secretary).post(SAID, {"line": "NOR brackets Parties"})
    assert answer.headers["Location"] == "/rivers/treaty/?at=1#1"


def test_a_refused_line_comes_back_with_the_reason(cast: Cast, text: NegotiatingText, browse: Browse) -> None:
    answer = browse(cast.secretary).post(SAID, {"line": "NOR deletes Atlantis"})
    assert answer.status_code == 404
    assert "NOR deletes Atlantis" in answer.content.decode()


@pytest.mark.parametrize("who", ["norway", "observer", "stranger"])
def test_nobody_else_records(cast: Cast, text: NegotiatingText, browse: Browse, who: str) -> None:
    answer = browse(getattr(cast, who)).post(SAID, {"line": "NOR brackets Parties"}, **JSON)
    assert answer.status_code in (403, 404)
    assert factories.words(text) == ["1. Parties shall act."]
