"""Typing: what is acknowledged is stored once, in order, in its author's name, and keeps every rule an act keeps."""

from __future__ import annotations

import json
from typing import Any

import pytest

from delegations import services as people
from delegations.models import Seat
from drafting.models import Agreement, ClientCursor, JournalEntry, NegotiatingText, Position, Stream
from drafting.queries import journal
from drafting.services import pen_sessions, positions, typing
from drafting.services.typing import Ack, Nack, Op, Part
from tests import factories, replay
from tests.cast import Cast


def op(negotiated: NegotiatingText, seat: Seat, changes: list[Any], n: int = 1, **named: Any) -> Op:
    """An op on one provision: `on` is its address, `rev` what it is based on."""
    words = factories.provision(negotiated, named.get("on", "1")).words
    part = Part(words.pk, named.get("rev", words.rev), changes)
    return Op(seat.pk, named.get("client", f"client-{seat.pk}"), named.get("epoch", 0), n, [part])


def take(seat: Seat, negotiated: NegotiatingText, on: str = "1", whom: Any = "editorial") -> None:
    pen_sessions.take(seat, factories.provision(negotiated, on).words.pk, whom)


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    negotiated = factories.text(cast, "a b c", "x [y] z")
    take(cast.chair, negotiated)
    take(cast.secretary, negotiated)
    take(cast.chair, negotiated, "2")
    return negotiated


def test_what_is_acknowledged_is_stored(cast: Cast, text: NegotiatingText) -> None:
    (ack,) = typing.apply(text.floor, [op(text, cast.chair, [5, [0, " d"]])])
    words = factories.provision(text).words
    assert (words.content, words.rev) == ("a b c d", 1)
    assert ack == Ack(1, {str(words.pk): 1}, Stream.objects.get(pk=text.floor_id).head)
    row = JournalEntry.objects.get(text=words.pk, rev=1)
    assert json.loads(row.body or "")["changes"] == [5, [0, " d"]]


def test_the_row_names_the_typist_and_for_whom(cast: Cast, text: NegotiatingText) -> None:
    take(cast.secretary, text, "2", ["nor", "KEN"])
    typing.apply(text.floor, [op(text, cast.secretary, [3, [1, "q"], 3], on="2")])
    row = JournalEntry.objects.filter(kind="typed").get()
    assert json.loads(row.author or "")["seat"] == cast.secretary.pk
    assert json.loads(row.author or "")["on_behalf_of"] == ["KEN", "NOR"]


def test_an_op_on_an_older_revision_is_carried_over_what_came_since(cast: Cast, text: NegotiatingText) -> None:
    late = op(text, cast.secretary, [5, [0, "!"]])
    typing.apply(text.floor, [op(text, cast.chair, [[0, "😀 "], 5])])
    typing.apply(text.floor, [op(text, cast.chair, [5, [1, "B"], 2], n=2)])
    (ack,) = typing.apply(text.floor, [late])
    assert isinstance(ack, Ack)
    assert factories.words(text)[0] == "😀 a B c!"


def test_a_batch_is_stored_in_its_order_and_a_refused_op_stops_nobody(cast: Cast, text: NegotiatingText) -> None:
    ops = [
        op(text, cast.chair, [[1, "A"], 4]),
        op(text, cast.secretary, [2, [0, "["], 3]),
        op(text, cast.norway, [5, [0, "?"]]),
        op(text, cast.chair, [4, [1, "C"]], n=2),
    ]
    answers = typing.apply(text.floor, ops)
    assert [type(answer) for answer in answers] == [Ack, Nack, Nack, Ack]
    assert [answer.code for answer in answers if isinstance(answer, Nack)] == ["unpaired-brackets", "forbidden"]
    assert factories.words(text)[0] == "A b C"
    assert journal.verify_stream(Stream.objects.get(pk=text.floor_id))


def test_an_op_sent_again_has_the_same_answer_and_no_second_effect(cast: Cast, text: NegotiatingText) -> None:
    first = op(text, cast.chair, [5, [0, "!"]])
    answers = [typing.apply(text.floor, [first])[0] for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert typing.apply(text.floor, [first, first]) == [answers[0], answers[0]]
    assert factories.words(text)[0] == "a b c!"


def test_after_a_refusal_the_next_op_names_the_new_epoch(cast: Cast, text: NegotiatingText) -> None:
    (nack,) = typing.apply(text.floor, [op(text, cast.chair, [2, [0, "]"], 3])])
    assert isinstance(nack, Nack)
    assert (nack.epoch, nack.n) == (1, 1)
    (late,) = typing.apply(text.floor, [op(text, cast.chair, [5, [0, "x"]], n=2)])
    assert isinstance(late, Nack)
    assert (late.code, late.epoch) == ("old-epoch", 1)
    (ack,) = typing.apply(text.floor, [op(text, cast.chair, [5, [0, "x"]], n=3, epoch=1)])
    assert isinstance(ack, Ack)


def test_a_refused_op_sent_again_is_refused_for_the_same_reason(cast: Cast, text: NegotiatingText) -> None:
    refused = op(text, cast.chair, [2, [0, "]"], 3])
    first, again = (typing.apply(text.floor, [refused])[0] for _ in range(2))
    assert first == again
    (ack,) = typing.apply(text.floor, [op(text, cast.chair, [5, [0, "x"]], n=1, epoch=1)])
    assert isinstance(ack, Ack)


def test_a_browser_is_known_to_its_own_seat_only(cast: Cast, text: NegotiatingText) -> None:
    typing.apply(text.floor, [op(text, cast.chair, [5, [0, "x"]], client="tab")])
    (nack,) = typing.apply(text.floor, [op(text, cast.secretary, [6, [0, "y"]], client="tab", n=2)])
    assert isinstance(nack, Nack)
    assert nack.code == "foreign-client"


def test_a_pair_may_be_put_in_and_taken_away_in_one_op(cast: Cast, text: NegotiatingText) -> None:
    typing.apply(text.floor, [op(text, cast.chair, [2, [0, "["], 1, [0, "]"], 2])])
    assert factories.words(text)[0] == "a [b] c"
    assert factories.open_pairs(text)[1:] == [(2, "1", 2, "1", 4)]
    typing.apply(text.floor, [op(text, cast.chair, [2, [1], 1, [1], 2], n=2)])
    assert len(factories.open_pairs(text)) == 1


def test_brackets_go_with_their_own_characters(cast: Cast, text: NegotiatingText) -> None:
    first = op(text, cast.chair, [[0, "long "], 2, [0, ""], 1, [0, "new "], 4], on="2")
    typing.apply(text.floor, [first, op(text, cast.chair, [[1], 6], n=2, on="2")])
    content = factories.words(text)[1]
    assert content == "long  [new y] z"
    assert factories.open_pairs(text) == [(1, "2", content.index("["), "2", content.index("]"))]


def test_a_pair_across_two_provisions_goes_in_one_op(cast: Cast, text: NegotiatingText) -> None:
    one, two = (factories.provision(text, address).words for address in "12")
    both = [Part(one.pk, 0, [[0, "["], 5]), Part(two.pk, 0, [7, [0, "]"]])]
    (alone,) = typing.apply(text.floor, [Op(cast.chair.pk, "c", 0, 1, both[:1])])
    (ack,) = typing.apply(text.floor, [Op(cast.chair.pk, "c", 1, 2, both)])
    assert isinstance(alone, Nack)
    assert isinstance(ack, Ack)
    assert factories.words(text) == ["[a b c", "x [y] z]"]


def test_stances_on_words_that_were_typed_in_are_in_doubt(cast: Cast, text: NegotiatingText) -> None:
    pair = factories.bracket(text)
    positions.take(cast.norway, pair, "retain")
    typing.apply(text.floor, [op(text, cast.chair, [[0, "so "], 7], on="2")])
    assert not Position.objects.get().stale
    typing.apply(text.floor, [op(text, cast.chair, [7, [0, "es"], 3], n=2, on="2")])
    assert factories.words(text)[1] == "so x [yes] z"
    assert Position.objects.get().stale
    assert "stances-stale" in text.floor.entries.values_list("kind", flat=True)


def test_stances_on_a_pair_across_provisions_are_in_doubt_once_the_pen_is_laid_down(cast: Cast) -> None:
    text = factories.text(cast, "a [b", "c", "d] e")
    positions.take(cast.norway, factories.bracket(text), "retain")
    take(cast.chair, text, "2")
    typing.apply(text.floor, [op(text, cast.chair, [1, [0, "!"]], on="2")])
    pen_sessions.lay_down(cast.chair, factories.provision(text, "2").words.pk)
    assert Position.objects.get().stale


def test_words_typed_beside_a_pair_across_provisions_put_nothing_in_doubt(cast: Cast) -> None:
    text = factories.text(cast, "a [b", "c", "d] e")
    positions.take(cast.norway, factories.bracket(text), "retain")
    take(cast.chair, text, "3")
    typing.apply(text.floor, [op(text, cast.chair, [4, [0, "!"]], on="3")])
    pen_sessions.lay_down(cast.chair, factories.provision(text, "3").words.pk)
    assert not Position.objects.get().stale


def test_agreed_words_are_locked_and_their_neighbours_are_not(cast: Cast, text: NegotiatingText) -> None:
    from django.utils import timezone

    provision = factories.provision(text)
    Agreement.objects.create(
        provision=provision, start=2, end=3, level="agreed", forum="plenary", reached=timezone.now(), by=cast.chair
    )
    before, inside = op(text, cast.chair, [[0, "so "], 5]), op(text, cast.chair, [5, [1], 2], n=2, rev=1)
    answers = typing.apply(text.floor, [before, inside])
    assert isinstance(answers[0], Ack)
    assert isinstance(answers[1], Nack)
    assert (answers[1].code, answers[1].place) == ("agreed", {"text": str(provision.words_id), "offset": 5})
    assert (Agreement.objects.get().start, Agreement.objects.get().end) == (5, 6)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([3], "change-mismatch"),
        ([6, [0, "x"]], "change-mismatch"),
        ("words", "change-mismatch"),
        ([5, [0, "\x07"]], "unreadable-text"),
        ([5, [0, "e\u0301"]], "unreadable-text"),
        ([5, [0, "\ud83d"]], "change-mismatch"),
        ([5, [0, "x" * 100_001]], "unreadable-text"),
    ],
)
def test_bad_words_are_refused_and_nothing_is_altered(
    cast: Cast, text: NegotiatingText, changes: Any, code: str
) -> None:
    head = Stream.objects.get(pk=text.floor_id).head
    (nack,) = typing.apply(text.floor, [op(text, cast.chair, changes)])
    assert isinstance(nack, Nack)
    assert nack.code == code
    assert factories.words(text)[0] == "a b c"
    assert Stream.objects.get(pk=text.floor_id).head == head


def test_an_op_on_a_revision_that_is_not_there_is_refused(cast: Cast, text: NegotiatingText) -> None:
    (nack,) = typing.apply(text.floor, [op(text, cast.chair, [5, [0, "x"]], rev=7)])
    assert isinstance(nack, Nack)
    assert nack.code == "stale"


@pytest.mark.parametrize("name", ["norway", "kenya", "observer", "capital", "stranger", "other_chair"])
def test_who_may_not_hold_the_pen_changes_nothing(cast: Cast, text: NegotiatingText, name: str) -> None:
    (nack,) = typing.apply(text.floor, [op(text, getattr(cast, name), [5, [0, "x"]])])
    assert isinstance(nack, Nack)
    assert nack.code in {"forbidden", "not-found"}


def test_a_seat_taken_away_types_no_more(cast: Cast, text: NegotiatingText) -> None:
    people.unseat(cast.chair)
    (nack,) = typing.apply(text.floor, [op(text, cast.chair, [5, [0, "x"]])])
    assert isinstance(nack, Nack)
    assert nack.code == "forbidden"


def test_a_pen_laid_down_types_no_more(cast: Cast, text: NegotiatingText) -> None:
    pen_sessions.lay_down(cast.chair, factories.provision(text).words.pk)
    (nack,) = typing.apply(text.floor, [op(text, cast.chair, [5, [0, "x"]])])
    assert isinstance(nack, Nack)
    assert nack.code == "forbidden"


def test_the_number_of_statements_does_not_grow_with_the_batch(
    cast: Cast, text: NegotiatingText, django_assert_max_num_queries: Any
) -> None:
    ops = [op(text, cast.chair, [5, [0, "x"]])]
    ops += [op(text, cast.secretary, [[0, "y"], 5], n=n + 1, rev=0) for n in range(40)]
    with django_assert_max_num_queries(12):
        answers = typing.apply(text.floor, ops)
    assert all(isinstance(answer, Ack) for answer in answers)
    assert ClientCursor.objects.count() == 2


@pytest.mark.parametrize("shown", [True, False])
def test_a_keystroke_takes_ten_statements_two_of_them_for_the_transaction(
    cast: Cast, text: NegotiatingText, django_assert_num_queries: Any, shown: bool
) -> None:
    cast.conference.attribution_shown = shown
    cast.conference.save()
    floor, typed = text.floor, op(text, cast.chair, [5, [0, "x"]])
    with django_assert_num_queries(10):
        (answer,) = typing.apply(floor, [typed])
    assert isinstance(answer, Ack)


def test_a_range_agreed_on_moves_with_what_is_typed_after_an_act_in_one_batch(
    cast: Cast, text: NegotiatingText
) -> None:
    from django.utils import timezone

    agreed = Agreement.objects.create(
        provision=factories.provision(text),
        start=4,
        end=5,
        level="agreed",
        forum="plenary",
        reached=timezone.now(),
        by=cast.chair,
    )
    ops = [op(text, cast.chair, [[0, "["], 1, [0, "]"], 4]), op(text, cast.chair, [[0, "so "], 7], n=2, rev=1)]
    assert all(isinstance(answer, Ack) for answer in typing.apply(text.floor, ops))
    agreed.refresh_from_db()
    assert factories.words(text)[0][agreed.start : agreed.end] == "c"


@pytest.mark.parametrize(("shown", "spared"), [(True, ["NOR"]), (False, [])])
def test_words_typed_for_somebody_put_the_stances_of_others_in_doubt(
    cast: Cast, shown: bool, spared: list[str]
) -> None:
    cast.conference.attribution_shown = shown
    cast.conference.save()
    text = factories.text(cast, "a [b c] d")
    for seat in (cast.norway, cast.kenya):
        positions.take(seat, factories.bracket(text), "retain")
    take(cast.secretary, text, whom=["NOR"])
    with replay.verified(text):
        typing.apply(text.floor, [op(text, cast.secretary, [4, [0, "x "], 5])])
    assert set(Position.objects.filter(bracket__number=1).values_list("delegation__code", "stale")) == {
        ("NOR", False),
        ("KEN", True),
    }
    doubted = JournalEntry.objects.get(kind="stances-stale")
    assert json.loads(doubted.body or "")["sparing"] == spared


def test_stances_on_brackets_across_provisions_are_put_in_doubt_when_the_pen_is_laid_down(cast: Cast) -> None:
    text = factories.text(cast, "1. a [b", "2. c", "3. d] e")
    for seat in (cast.norway, cast.kenya):
        positions.take(seat, factories.bracket(text), "retain")
    take(cast.secretary, text, "2", ["NOR"])
    with replay.verified(text):
        typing.apply(text.floor, [op(text, cast.secretary, [4, [0, " x"]], on="2")])
        pen_sessions.lay_down(cast.secretary, factories.provision(text, "2").words.pk)
    stale = Position.objects.filter(bracket__number=1).values_list("delegation__code", "stale")
    assert set(stale) == {("NOR", False), ("KEN", True)}
