"""Typed for a delegation: its words stand in pairs it holds, others' words do not change, one amendment is recorded."""

from __future__ import annotations

import json
from typing import Any

import pytest

from delegations.models import Delegation
from drafting.models import Amendment, Bracket, JournalEntry, NegotiatingText, Position, Stream
from drafting.queries import journal
from drafting.services import pen_sessions, positions, typing
from drafting.services.typing import Ack, Nack
from tests import factories
from tests.cast import Cast
from tests.services.test_typing import op, take


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    negotiated = factories.text(cast, "Parties shall act.", "x [y] z")
    take(cast.secretary, negotiated, whom="NOR")
    return negotiated


def type_(cast: Cast, text: NegotiatingText, *changes: list[Any], **named: Any) -> list[Ack | Nack]:
    ops = [op(text, cast.secretary, change, n=n, **named) for n, change in enumerate(changes, named.pop("first", 1))]
    return [typing.apply(text.floor, [one])[0] for one in ops]


def stances(text: NegotiatingText) -> list[tuple[int, str, str]]:
    rows = Position.objects.filter(bracket__text=text).order_by("bracket__number", "delegation__code")
    return list(rows.values_list("bracket__number", "delegation__code", "stance"))


def test_words_put_in_stand_in_a_new_pair_the_speaker_holds(cast: Cast, text: NegotiatingText) -> None:
    (ack,) = type_(cast, text, [14, [0, "jointly "], 4])
    assert isinstance(ack, Ack)
    assert factories.words(text)[0] == "Parties shall [jointly ]act."
    assert stances(text) == [(2, "NOR", "propose")]


def test_words_struck_out_stay_in_a_pair_with_delete(cast: Cast, text: NegotiatingText) -> None:
    type_(cast, text, [8, [5, "should"], 5])
    assert factories.words(text)[0] == "Parties [shall][should] act."
    assert stances(text) == [(2, "NOR", "delete"), (3, "NOR", "propose")]
    assert len({row.group_id for row in Bracket.objects.filter(number__in=[2, 3])}) == 1


def test_the_speaker_goes_on_typing_in_the_own_pair(cast: Cast, text: NegotiatingText) -> None:
    type_(cast, text, [14, [0, "j"], 4])
    second = op(text, cast.secretary, [16, [0, "ointly"], 5], n=2)
    typing.apply(text.floor, [second, op(text, cast.secretary, [22, [0, " "], 5], n=3, rev=2)])
    assert factories.words(text)[0] == "Parties shall [jointly ]act."
    assert stances(text) == [(2, "NOR", "propose")]
    assert Bracket.objects.get(number=2).end_offset == 23


def test_a_pair_somebody_else_stands_on_is_no_longer_the_speakers_own(cast: Cast, text: NegotiatingText) -> None:
    type_(cast, text, [14, [0, "jointly "], 4])
    positions.take(cast.kenya, Bracket.objects.get(number=2), "can-live-with")
    (ack,) = type_(cast, text, [15, [7, "together"], 6], first=2)
    assert isinstance(ack, Ack)
    assert factories.words(text)[0] == "Parties shall [[jointly][together] ]act."


def test_several_speakers_all_hold_what_is_typed_for_them(cast: Cast, text: NegotiatingText) -> None:
    take(cast.secretary, text, "2", "NOR, KEN")
    type_(cast, text, [[0, "so "], 7], on="2")
    assert factories.words(text)[1] == "[so ]x [y] z"
    assert stances(text) == [(2, "KEN", "propose"), (2, "NOR", "propose")]


def test_a_whole_pair_struck_out_stays_and_is_wanted_deleted(cast: Cast, text: NegotiatingText) -> None:
    take(cast.secretary, text, "2", "KEN")
    (ack,) = type_(cast, text, [2, [3], 2], on="2")
    assert isinstance(ack, Ack)
    assert factories.words(text)[1] == "x [y] z"
    assert stances(text) == [(1, "KEN", "delete")]


def test_brackets_round_words_are_a_reservation(cast: Cast, text: NegotiatingText) -> None:
    type_(cast, text, [[0, "["], 18, [0, "]"]])
    assert factories.words(text)[0] == "[Parties shall act.]"
    assert stances(text) == [(2, "NOR", "reserve")]


def test_laying_the_pen_down_records_one_amendment_bracketed_already(cast: Cast, text: NegotiatingText) -> None:
    type_(cast, text, [14, [0, "jointly "], 4], [8, [5, "should"], 5])
    words = factories.provision(text).words
    assert words.content == "Parties [shall][should] [jointly ]act."
    pen_sessions.lay_down(cast.secretary, words.pk)
    amendment = Amendment.objects.get()
    proposed = amendment.versions.get().texts.get()
    assert (proposed.words, proposed.base.content) == ("Parties should jointly act.", "Parties shall act.")
    assert amendment.from_the_floor
    assert [row.delegation.code for row in amendment.versions.get().sponsorships.all()] == ["NOR"]
    assert set(amendment.versions.get().hunks.values_list("outcome", flat=True)) == {"bracketed"}
    assert json.loads(JournalEntry.objects.get(kind="pen-closed").body or "")["amendment"] == str(amendment.pk)


def test_a_pen_laid_down_unused_records_nothing(cast: Cast, text: NegotiatingText) -> None:
    pen_sessions.lay_down(cast.secretary, factories.provision(text).words.pk)
    assert not Amendment.objects.exists()


def test_words_put_in_and_taken_back_leave_nothing(cast: Cast, text: NegotiatingText) -> None:
    type_(cast, text, [14, [0, "jointly "], 4])
    type_(cast, text, [14, [10], 4], first=2)
    assert factories.words(text)[0] == "Parties shall act."
    pen_sessions.lay_down(cast.secretary, factories.provision(text).words.pk)
    assert not Amendment.objects.exists()


def test_half_a_pair_is_not_struck_out(cast: Cast, text: NegotiatingText) -> None:
    take(cast.secretary, text, "2", "NOR")
    (nack,) = type_(cast, text, [2, [1], 4], on="2")
    assert isinstance(nack, Nack)
    assert nack.code == "unpaired-brackets"
    assert factories.words(text)[1] == "x [y] z"


def test_a_conference_that_records_only_changes_no_text(cast: Cast, text: NegotiatingText) -> None:
    cast.conference.additions_bracketed = False
    cast.conference.save()
    (nack,) = type_(cast, text, [14, [0, "jointly "], 4])
    assert isinstance(nack, Nack)
    assert nack.code == "forbidden"


def test_where_names_are_not_shown_the_bureau_alone_is_told_them(cast: Cast, text: NegotiatingText) -> None:
    cast.conference.attribution_shown = False
    cast.conference.save()
    type_(cast, text, [14, [0, "jointly "], 4])
    taken = JournalEntry.objects.filter(kind="stance-taken")
    assert {row.stream.kind: json.loads(row.body or "")["delegation"] for row in taken} == {
        "floor": None,
        "bureau": "NOR",
    }
    assert all(
        journal.verify_stream(stream) for stream in Stream.objects.filter(pk__in=[text.floor_id, text.bureau_id])
    )


def test_a_pen_is_held_for_a_delegation_there_is(cast: Cast, text: NegotiatingText) -> None:
    from drafting.text.errors import TextError

    with pytest.raises(TextError):
        take(cast.secretary, text, whom="XYZ")
    assert Delegation.objects.filter(code="XYZ").count() == 0
