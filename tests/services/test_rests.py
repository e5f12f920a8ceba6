"""A typist who rests: what was typed is recorded, the pen stays, and words typed on are of the same proposal."""

from __future__ import annotations

from typing import Any

import pytest

from drafting.models import Amendment, JournalEntry, NegotiatingText, Pen, Stream
from drafting.queries import journal
from drafting.services import rests, typing, versions
from drafting.services.typing import Ack
from tests import factories, replay
from tests.cast import Cast
from tests.services.test_typing import op, take


@pytest.fixture
def text(cast: Cast, settings: Any) -> NegotiatingText:
    settings.PEN_REST = 0
    negotiated = factories.text(cast, "Parties shall act.", "x [y] z")
    take(cast.secretary, negotiated, whom="NOR")
    return negotiated


def type_(cast: Cast, text: NegotiatingText, changes: list[Any], n: int = 1) -> None:
    (answer,) = typing.apply(text.floor, [op(text, cast.secretary, changes, n=n)])
    assert isinstance(answer, Ack), answer


def rest(text: NegotiatingText) -> int:
    with replay.verified(text):
        return rests.seal(rests.rested())


def test_what_was_typed_is_recorded_and_the_pen_goes_on_for_the_same_speakers(
    cast: Cast, text: NegotiatingText
) -> None:
    type_(cast, text, [14, [0, "jointly "], 4])
    assert rest(text) == 1
    sealed, goes_on = Pen.objects.order_by("opened")
    assert sealed.amendment == Amendment.objects.get()
    assert sealed.closed
    assert not goes_on.closed
    assert [row.code for row in goes_on.speakers.all()] == ["NOR"]
    assert journal.verify_stream(Stream.objects.get(pk=text.floor_id))


def test_words_typed_on_in_the_own_pair_are_a_version_of_the_same_amendment(cast: Cast, text: NegotiatingText) -> None:
    type_(cast, text, [14, [0, "jointly "], 4])
    rest(text)
    amendment = Amendment.objects.get()
    versions.confirm(cast.norway, amendment)
    type_(cast, text, [22, [0, " and at once"], 6], n=2)
    assert rest(text) == 1
    amendment = Amendment.objects.get()
    version = amendment.versions.get(current=True)
    assert (version.ordinal, version.texts.get().words) == (2, "Parties shall jointly and at once act.")
    assert not amendment.confirmed
    assert set(version.hunks.values_list("outcome", flat=True)) == {"bracketed"}


def test_other_words_after_a_rest_are_another_amendment(cast: Cast, text: NegotiatingText) -> None:
    type_(cast, text, [14, [0, "jointly "], 4])
    rest(text)
    type_(cast, text, [[0, "All "], 28], n=2)
    assert rest(text) == 1
    said = [row.versions.get().texts.get().words for row in Amendment.objects.order_by("number")]
    assert said == ["Parties shall jointly act.", "All Parties shall [jointly ]act."]


def test_who_types_still_or_has_typed_nothing_is_left_alone(cast: Cast, text: NegotiatingText, settings: Any) -> None:
    assert rest(text) == 0
    type_(cast, text, [14, [0, "jointly "], 4])
    settings.PEN_REST = 3600
    assert rest(text) == 0
    assert not Amendment.objects.exists()


def test_a_session_is_sealed_once_whoever_looks(cast: Cast, text: NegotiatingText) -> None:
    type_(cast, text, [14, [0, "jointly "], 4])
    assert [rest(text), rest(text)] == [1, 0]


def test_a_session_in_which_somebody_types_again_meanwhile_is_left_alone(
    cast: Cast, text: NegotiatingText, settings: Any
) -> None:
    type_(cast, text, [14, [0, "jointly "], 4])
    found = rests.rested()
    settings.PEN_REST = 3600
    assert (len(found), rests.seal(found)) == (1, 0)


def test_the_typing_of_one_is_no_rest_of_another(cast: Cast, text: NegotiatingText) -> None:
    take(cast.chair, text)
    typing.apply(text.floor, [op(text, cast.chair, [18, [0, " Now."]])])
    assert rest(text) == 1
    assert Pen.objects.filter(closed__isnull=True).count() == 2
    assert JournalEntry.objects.filter(kind="pen-closed").count() == 1
