"""What is typed in the room: always for someone, in brackets for whoever spoke, itself for the chair and the room."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafting.errors import Forbidden, Locked, ReasonNeeded, StaleVersion
from drafting.models import Agreement, Hunk, NegotiatingText, Pen, Position, Stance
from drafting.services import agreements, decisions, pens
from drafting.services.proposals import Proposed
from drafting.text.errors import UnpairedBrackets
from tests import factories, replay
from tests.cast import Cast

BASE = "Each Party shall act [as appropriate]."


def heard(cast: Cast, text: NegotiatingText, words: str, **more: object) -> Pen:
    """Record, for Norway, what it would have the first provision say."""
    proposed = Proposed(factories.provision(text), words)
    speakers = [cast.norway.delegation]
    with replay.verified(text):
        return pens.record(cast.secretary, proposed, speakers, **more)  # type: ignore[arg-type]  # named below


def stances(text: NegotiatingText) -> list[tuple[int, str, str]]:
    rows = Position.objects.filter(bracket__text=text).order_by("bracket__number")
    return list(rows.values_list("bracket__number", "delegation__code", "stance"))


def test_what_is_put_in_stands_in_one_new_pair_the_speaker_holds(cast: Cast) -> None:
    text = factories.text(cast, BASE)
    pen = heard(cast, text, "Each Party shall act without delay [as appropriate].")
    assert factories.words(text) == ["Each Party shall act [without delay] [as appropriate]."]
    assert stances(text) == [(2, "NOR", Stance.PROPOSE)]
    assert pen.amendment is not None
    assert (pen.amendment.from_the_floor, pen.amendment.number) == (True, 1)
    assert set(Hunk.objects.values_list("outcome", flat=True)) == {Hunk.Outcome.BRACKETED}


def test_what_is_taken_out_stands_in_a_pair_with_delete_and_no_word_leaves(cast: Cast) -> None:
    text = factories.text(cast, "Each Party shall act without delay.")
    heard(cast, text, "Each Party shall act.")
    assert factories.words(text) == ["Each Party shall act [without delay]."]
    assert stances(text) == [(1, "NOR", Stance.DELETE)]


def test_other_words_stand_beside_those_they_would_replace(cast: Cast) -> None:
    text = factories.text(cast, "Each Party shall act.")
    heard(cast, text, "Each Party should act.")
    assert factories.words(text) == ["Each Party [shall][should] act."]
    assert text.groups.get().brackets.count() == 2
    with replay.verified(text):
        decisions.undo(cast.chair, text.decisions.get())
    assert factories.words(text) == ["Each Party shall act."]


def test_deleting_a_whole_pair_is_a_stance_and_repeats_no_word(cast: Cast) -> None:
    text = factories.text(cast, BASE)
    heard(cast, text, "Each Party shall act.")
    assert factories.words(text) == [BASE]
    assert stances(text) == [(1, "NOR", Stance.DELETE)]


def test_who_supported_stands_on_the_version(cast: Cast) -> None:
    text = factories.text(cast, BASE)
    assert cast.kenya.delegation is not None
    heard(cast, text, "Each Party shall act now [as appropriate].", supporters=[cast.kenya.delegation])
    row = Position.objects.get(version__isnull=False)
    assert (row.delegation.code, row.stance, row.from_the_floor) == ("KEN", Stance.SUPPORT, True)


def test_a_conference_that_records_only_keeps_its_text(cast: Cast) -> None:
    cast.conference.additions_bracketed = False
    cast.conference.save()
    text = factories.text(cast, BASE)
    pen = heard(cast, text, "Each Party shall act now [as appropriate].")
    assert factories.words(text) == [BASE]
    assert pen.amendment is not None
    assert pen.amendment.state == "open"


def test_a_new_paragraph_heard_stands_in_brackets_behind_its_place(cast: Cast) -> None:
    text = factories.text(cast, "1. a", "2. b")
    proposed = Proposed(factories.provision(text), "1 bis. new words", inserts_after=True)
    assert cast.norway.delegation is not None
    pens.record(cast.secretary, proposed, [cast.norway.delegation])
    assert factories.words(text) == ["1. a", "[1 bis. new words]", "2. b"]


@pytest.mark.parametrize("authority", [Pen.For.CHAIR, Pen.For.ROOM, Pen.For.EDITORIAL])
def test_for_the_chair_the_room_and_editorially_the_words_themselves_change(cast: Cast, authority: Pen.For) -> None:
    text = factories.text(cast, BASE)
    with replay.verified(text):
        pens.write(cast.secretary, Proposed(factories.provision(text), "Every Party shall act."), authority, "agreed")
    assert factories.words(text) == ["Every Party shall act."]
    decision = text.decisions.get()
    assert decision.authority == authority
    with replay.verified(text):
        decisions.undo(cast.chair, decision)
    assert factories.words(text) == [BASE]


def test_chairs_words_say_why(cast: Cast) -> None:
    text = factories.text(cast, BASE)
    with pytest.raises(ReasonNeeded):
        pens.write(cast.secretary, Proposed(factories.provision(text), "Every Party."), Pen.For.CHAIR)


def test_agreed_words_and_lost_brackets_are_refused_and_nothing_is_written(cast: Cast) -> None:
    text = factories.text(cast, "Each Party shall act.", BASE)
    agreements.gavel(cast.chair, factories.provision(text), Agreement.Level.AGREED, "Plenary")
    with pytest.raises(Locked):
        heard(cast, text, "Each Party should act.")
    second = Proposed(factories.provision(text, "2"), "Each Party shall act [as appropriate.")
    with pytest.raises(UnpairedBrackets):
        pens.write(cast.secretary, second, Pen.For.ROOM)
    assert not Pen.objects.exists()
    assert not text.amendments.exists()


def test_words_typed_on_a_text_that_moved_are_carried_or_come_back(cast: Cast) -> None:
    text = factories.text(cast, "Each Party shall act without delay in the interest of all.")
    stale = Proposed(factories.provision(text), "Every Party shall act without delay in the interest of all.")
    stale = replace(stale, base="Each Party shall act without delay in the interest of all.")
    pens.write(
        cast.secretary,
        Proposed(factories.provision(text), "Each Party shall act without delay in the interest of everybody."),
        Pen.For.ROOM,
    )
    pens.write(cast.secretary, stale, Pen.For.ROOM)
    assert factories.words(text) == ["Every Party shall act without delay in the interest of everybody."]
    with pytest.raises(StaleVersion):
        pens.write(cast.secretary, replace(stale, words="No Party shall act without delay."), Pen.For.ROOM)


def test_only_who_may_record_types_and_only_for_somebody_of_the_conference(cast: Cast) -> None:
    text = factories.text(cast, BASE)
    proposed = Proposed(factories.provision(text), "Each Party acts [as appropriate].")
    assert cast.norway.delegation is not None
    assert cast.stranger.delegation is not None
    with pytest.raises(Forbidden):
        pens.record(cast.norway, proposed, [cast.norway.delegation])
    with pytest.raises(Forbidden):
        pens.record(cast.secretary, proposed, [cast.stranger.delegation])
    with pytest.raises(Forbidden):
        pens.record(cast.secretary, proposed, [])
