"""Decisions do what the semantics say, on somebody's authority, and are taken back exactly."""

from __future__ import annotations

from typing import Any

import pytest

from drafting.errors import CannotUndo, Closed, Forbidden, Locked, NotFound, ReasonNeeded, StaleDecision
from drafting.models import Agreement, AlternativeGroup, Amendment, Bracket, Decision, Hunk, NegotiatingText, Position
from drafting.queries import amendments as cards
from drafting.queries import journal as history
from drafting.services import amendments, decisions, journal, positions, texts
from drafting.services.proposals import Proposed
from drafting.text.changes import ChangeSet
from drafting.text.errors import ActRefused
from drafting.text.steps import Edit
from tests import factories, replay
from tests.cast import Cast


def lodge(cast: Cast, text: NegotiatingText, words: str, who: str = "norway", address: str = "1") -> Amendment:
    part = Proposed(factories.provision(text, address), words)
    return amendments.submit(getattr(cast, who), text, [part])


def hunks(*lodged: Amendment) -> list[int]:
    return list(Hunk.objects.filter(version__amendment__in=lodged).order_by("pk").values_list("pk", flat=True))


def decide(cast: Cast, text: NegotiatingText, act: str, **what: Any) -> Decision:
    with replay.verified(text):
        return decisions.decide(cast.chair, text, act, "room", reason="So agreed.", **what)


def undo(cast: Cast, made: Decision) -> None:
    with replay.verified(made.text):
        decisions.undo(cast.chair, made)


def outcomes(amendment: Amendment) -> list[str]:
    return list(amendment.versions.get().hunks.values_list("outcome", flat=True))


def fate(cast: Cast, amendment: Amendment) -> str:
    return cards.one(cast.chair, amendment.pk).fate


def state(text: NegotiatingText) -> dict[str, object]:
    """The text with every row a decision may touch."""
    return {
        "words": factories.words(text),
        "pairs": factories.open_pairs(text),
        "parents": list(Bracket.objects.filter(closed=False).order_by("pk").values_list("pk", "parent", "group")),
        "groups": list(AlternativeGroup.objects.filter(closed=False).order_by("pk").values_list("pk", "confirmed")),
        "hunks": list(Hunk.objects.order_by("pk").values_list("pk", "lo", "hi", "outcome", "reason")),
        "positions": list(Position.objects.order_by("pk").values_list("delegation", "bracket", "stance", "stale")),
        "amendments": list(Amendment.objects.order_by("number").values_list("number", "state")),
    }


def test_accepting_a_hunk_makes_its_own_edit_and_drops_its_rivals(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act and report.")
    ours, theirs = (
        lodge(cast, text, "Each Party shall act and report."),
        lodge(cast, text, "Each Party may act and report.", "kenya"),
    )
    decide(cast, text, "accept", hunks=hunks(ours))
    assert factories.words(text) == ["Each Party shall act and report."]
    assert (fate(cast, ours), fate(cast, theirs)) == ("in text", "dropped")


def test_hunks_beside_the_accepted_one_live_on_in_their_new_places(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act and report.")
    ours = lodge(cast, text, "Each and every Party should act and report.")
    theirs = lodge(cast, text, "Each Party should act and publish.", "kenya")
    decide(cast, text, "accept", hunks=hunks(ours))
    decide(cast, text, "accept", hunks=hunks(theirs))
    assert factories.words(text) == ["Each and every Party should act and publish."]


def test_the_same_edit_of_another_proposal_is_done(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    ours, theirs = lodge(cast, text, "Each Party shall act."), lodge(cast, text, "Each Party shall act.", "kenya")
    decide(cast, text, "accept", hunks=hunks(ours, theirs))
    assert (outcomes(ours), outcomes(theirs)) == (["accepted"], ["done"])


def test_one_of_two_edits_in_text_is_in_part(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act and report.")
    ours = lodge(cast, text, "Each Party shall act and publish.")
    first, second = hunks(ours)
    decide(cast, text, "accept", hunks=[first])
    decide(cast, text, "drop-hunk", hunks=[second])
    assert fate(cast, ours) == "in part"
    ours.refresh_from_db()
    assert ours.state == Amendment.State.DECIDED


def test_rivals_cannot_both_go_in(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    ours, theirs = lodge(cast, text, "Each Party shall act."), lodge(cast, text, "Each Party may act.", "kenya")
    with pytest.raises(ActRefused):
        decide(cast, text, "accept", hunks=hunks(ours, theirs))
    assert factories.words(text) == ["Each Party should act."]


def test_both_ends_of_a_pair_are_decided_together(cast: Cast) -> None:
    text = factories.text(cast, "Each Party [shall] act.")
    ours = lodge(cast, text, "Each Party shall act.")
    decide(cast, text, "accept", hunks=hunks(ours)[:1])
    assert factories.words(text) == ["Each Party shall act."]
    assert outcomes(ours) == ["accepted", "accepted"]


def test_bracketing_puts_rivals_side_by_side_and_their_sponsors_behind_them(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    ours, theirs = lodge(cast, text, "Each Party shall act."), lodge(cast, text, "Each Party may act.", "kenya")
    decide(cast, text, "bracket", hunks=hunks(ours, theirs))
    assert factories.words(text) == ["Each Party [should][shall][may] act."] or factories.words(text) == [
        "Each Party [should][may][shall] act."
    ]
    held = set(Position.objects.values_list("delegation__code", "stance"))
    assert held == {("NOR", "propose"), ("KEN", "propose")}
    assert AlternativeGroup.objects.get().brackets.count() == 3
    assert (fate(cast, ours), fate(cast, theirs)) == ("bracketed", "bracketed")


def test_bracketing_a_deletion_says_who_wants_it(cast: Cast) -> None:
    text = factories.text(cast, "Each Party shall, as appropriate, act.")
    ours = lodge(cast, text, "Each Party shall act.")
    decide(cast, text, "bracket", hunks=hunks(ours))
    assert list(Position.objects.values_list("delegation__code", "stance")) == [("NOR", "delete")]


def test_bracketing_a_verdict_on_a_bracket_repeats_no_word(cast: Cast) -> None:
    text = factories.text(cast, "Each Party [shall] act.")
    ours, theirs = lodge(cast, text, "Each Party shall act."), lodge(cast, text, "Each Party act.", "kenya")
    decide(cast, text, "bracket", hunks=hunks(ours, theirs))
    assert factories.words(text) == ["Each Party [shall] act."]
    held = set(Position.objects.values_list("bracket__number", "delegation__code", "stance"))
    assert held == {(1, "NOR", "retain"), (1, "KEN", "delete")}


def test_once_its_brackets_are_lifted_a_proposal_is_in_the_text_and_its_rival_is_not(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    ours, theirs = lodge(cast, text, "Each Party shall act."), lodge(cast, text, "Each Party may act.", "kenya")
    decide(cast, text, "bracket", hunks=hunks(ours, theirs))
    before = state(text)
    (held,) = Position.objects.filter(delegation=cast.norway.delegation).values_list("bracket", flat=True)
    made = decide(cast, text, "pick", brackets=[held])
    assert factories.words(text) == ["Each Party shall act."]
    assert (fate(cast, ours), fate(cast, theirs)) == ("in text", "dropped")
    undo(cast, made)
    assert state(text) == before


def test_a_deletion_is_in_the_text_once_its_bracket_is_dropped(cast: Cast) -> None:
    text = factories.text(cast, "Each Party shall, as appropriate, act.")
    ours = lodge(cast, text, "Each Party shall act.")
    decide(cast, text, "bracket", hunks=hunks(ours))
    decide(cast, text, "drop", brackets=[factories.bracket(text).pk])
    assert (factories.words(text), fate(cast, ours)) == (["Each Party shall act."], "in text")


def test_a_rival_of_a_bracket_joins_it(cast: Cast) -> None:
    text = factories.text(cast, "Each Party [shall] act.")
    decide(cast, text, "bracket", hunks=hunks(lodge(cast, text, "Each Party may act.")))
    assert factories.words(text) == ["Each Party [shall][may] act."]
    assert set(AlternativeGroup.objects.get().brackets.values_list("number", flat=True)) == {1, 2}


def test_keeping_the_base_changes_nothing_and_leaves_the_proposal_open(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    ours = lodge(cast, text, "Each Party shall act.")
    decide(cast, text, "keep", hunks=hunks(ours))
    assert (factories.words(text), fate(cast, ours)) == (["Each Party should act."], "open")


def test_bridging_puts_the_chairs_words_in_and_tells_every_rival(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    ours, theirs = lodge(cast, text, "Each Party shall act."), lodge(cast, text, "Each Party may act.", "kenya")
    decide(cast, text, "bridge", hunks=hunks(ours), words="is expected to")
    assert factories.words(text) == ["Each Party is expected to act."]
    assert (fate(cast, ours), fate(cast, theirs)) == ("bridged", "bridged")


def test_a_placeholder_is_replaced_by_words_of_the_chair(cast: Cast) -> None:
    text = factories.text(cast, "Within […] years.")
    decide(cast, text, "bridge", brackets=[factories.bracket(text).pk], words="two")
    assert factories.words(text) == ["Within two years."]


def test_a_placeholder_is_not_lifted_and_the_refusal_calls_it_by_its_number(cast: Cast) -> None:
    text = factories.text(cast, "a [b] c", "Within […] years.")
    bracket = factories.bracket(text, 2)
    Bracket.objects.filter(pk=bracket.pk).update(number=42)
    with pytest.raises(ActRefused, match="Bracket 42 "):
        decide(cast, text, "lift", brackets=[bracket.pk])


def test_lifting_keeps_the_words_and_dropping_takes_them(cast: Cast) -> None:
    text = factories.text(cast, "Each Party [shall] act [at once].")
    decide(cast, text, "lift", brackets=[factories.bracket(text, 1).pk])
    decide(cast, text, "drop", brackets=[factories.bracket(text, 2).pk])
    assert factories.words(text) == ["Each Party shall act."]


def test_lifting_a_bracket_does_what_a_proposal_asked_for(cast: Cast) -> None:
    text = factories.text(cast, "Each Party [shall] act.")
    ours, theirs = lodge(cast, text, "Each Party shall act."), lodge(cast, text, "Each Party act.", "kenya")
    decide(cast, text, "lift", brackets=[factories.bracket(text).pk])
    assert (fate(cast, ours), fate(cast, theirs)) == ("in text", "flagged")


def test_picking_one_of_a_group_drops_the_others(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    ours = lodge(cast, text, "Each Party shall act.")
    decide(cast, text, "bracket", hunks=hunks(ours))
    decide(cast, text, "pick", brackets=[factories.bracket(text, 2).pk])
    assert factories.words(text) == ["Each Party shall act."]


def test_new_provisions_at_one_place_stand_in_the_chairs_order(cast: Cast) -> None:
    text = factories.text(cast, "5. Each Party acts.", "6. Parties report.")
    anchor = factories.provision(text, "1")
    parts = [Proposed(anchor, words, inserts_after=True) for words in ("5 bis. Norway's.", "5 bis. Kenya's.")]
    ours = amendments.submit(cast.norway, text, parts[:1])
    theirs = amendments.submit(cast.kenya, text, parts[1:])
    decide(cast, text, "accept", hunks=hunks(theirs))
    decide(cast, text, "accept", hunks=hunks(ours))
    assert factories.words(text) == ["5. Each Party acts.", "5 bis. Kenya's.", "5 ter. Norway's.", "6. Parties report."]


def test_a_decision_is_one_row_with_its_authority_and_its_reason(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    ours = lodge(cast, text, "Each Party shall act.")
    made = decide(cast, text, "accept", hunks=hunks(ours))
    row = text.floor.entries.order_by("seq").last()
    assert (row.kind, row.seq) == ("decided", made.seq)
    assert all(part in row.body for part in ('"authority":"room"', '"reason":"So agreed."', '"act":"accept"'))
    assert history.verify() > 0


@pytest.mark.parametrize("act", ["drop-hunk", "bridge"])
def test_taking_away_somebodys_words_needs_a_reason(cast: Cast, act: str) -> None:
    text = factories.text(cast, "Each Party should act.")
    ours = lodge(cast, text, "Each Party shall act.")
    with pytest.raises(ReasonNeeded):
        decisions.decide(cast.chair, text, act, "chair", hunks=hunks(ours), words="must")


@pytest.mark.parametrize("who", ["norway", "secretary", "capital", "observer", "stranger", "other_chair", "unseated"])
def test_only_who_decides_decides(cast: Cast, who: str) -> None:
    text = factories.text(cast, "Each Party should act.")
    ours = lodge(cast, text, "Each Party shall act.")
    with pytest.raises((Forbidden, NotFound)):
        decisions.decide(getattr(cast, who), text, "accept", "room", hunks=hunks(ours))


def test_what_is_decided_is_not_decided_again(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    ours = lodge(cast, text, "Each Party shall act.")
    decide(cast, text, "accept", hunks=hunks(ours))
    with pytest.raises(Closed):
        decide(cast, text, "drop-hunk", hunks=hunks(ours))


def test_a_withdrawn_amendment_is_not_decided_on(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    ours = lodge(cast, text, "Each Party shall act.")
    amendments.withdraw(cast.norway, ours)
    with pytest.raises(Closed):
        decide(cast, text, "accept", hunks=hunks(ours))


def test_agreed_words_are_not_changed(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    ours = lodge(cast, text, "Each Party shall act.")
    now = text.created
    place = {"provision": factories.provision(text), "level": "agreed", "forum": "room"}
    Agreement.objects.create(**place, reached=now, by=cast.chair)
    with pytest.raises(Locked):
        decide(cast, text, "accept", hunks=hunks(ours))
    assert outcomes(ours) == ["open"]


def type_at(cast: Cast, text: NegotiatingText, at: int, words: str) -> None:
    row = factories.provision(text)
    with journal.writing(text.floor, by=cast.secretary) as floor:
        step = Edit(row.pk, ChangeSet.of([(at, at, words)], len(row.words.content)))
        texts.apply_steps(floor, text, [step], pen="00000000-0000-0000-0000-000000000000")


def test_a_decision_on_words_typed_over_since_is_shown_again_with_both_texts(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act and then report on what it did.")
    ours = lodge(cast, text, "Each Party shall act and then report on what it did.")
    text.floor.refresh_from_db()
    seen = text.floor.head
    type_at(cast, text, 21, " soon")
    with pytest.raises(StaleDecision) as refusal:
        decide(cast, text, "accept", hunks=hunks(ours), seen=seen)
    assert "soon" in str(refusal.value.data["now"])
    assert "soon" not in str(refusal.value.data["seen"])


def test_a_decision_on_words_far_from_the_typing_is_carried(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act and then report on what it did.")
    ours = lodge(cast, text, "Each Party shall act and then report on what it did.")
    text.floor.refresh_from_db()
    seen = text.floor.head
    type_at(cast, text, 52, " itself")
    decide(cast, text, "accept", hunks=hunks(ours), seen=seen)
    assert factories.words(text) == ["Each Party shall act and then report on what it did itself."]


def test_a_bracket_whose_words_changed_since_is_shown_again(cast: Cast) -> None:
    text = factories.text(cast, "Each Party [shall act] now.")
    text.floor.refresh_from_db()
    seen = text.floor.head
    type_at(cast, text, 17, " always")
    with pytest.raises(StaleDecision):
        decide(cast, text, "lift", brackets=[factories.bracket(text).pk], seen=seen)


def test_a_flagged_hunk_waits_for_its_sponsor(cast: Cast) -> None:
    text = factories.text(cast, "Each Party [shall] act.")
    theirs = lodge(cast, text, "Each Party act.", "kenya")
    decide(cast, text, "lift", brackets=[factories.bracket(text).pk])
    with pytest.raises(StaleDecision):
        decide(cast, text, "accept", hunks=hunks(theirs))
    decide(cast, text, "drop-hunk", hunks=hunks(theirs))
    assert fate(cast, theirs) == "dropped"


UNDOABLE = [
    ("Each Party should act and report.", "Each Party shall act and publish.", "accept", {}),
    ("Each Party should act and report.", "Each Party shall act and publish.", "bracket", {}),
    ("Each Party [shall] act.", "Each Party shall act.", "bracket", {}),
    ("Each Party [shall] act.", "Each Party may act.", "bracket", {}),
    ("Each Party [shall] act.", "Each Party shall act.", "accept", {}),
    ("Each Party should act.", "Each Party shall act.", "drop-hunk", {}),
    ("Each Party should act.", "Each Party shall act.", "bridge", {"words": "is expected to"}),
    ("Each Party should act.", "Each Party shall act.", "keep", {}),
]


@pytest.mark.parametrize(("base", "words", "act", "more"), UNDOABLE)
def test_taking_a_decision_back_leaves_every_row_as_it_was(
    cast: Cast, base: str, words: str, act: str, more: dict[str, str]
) -> None:
    text = factories.text(cast, base)
    ours, theirs = lodge(cast, text, words), lodge(cast, text, base.replace("act", "never act"), "kenya")
    del theirs
    before = state(text)
    made = decide(cast, text, act, hunks=hunks(ours), **more)
    undo(cast, made)
    assert state(text) == before
    assert history.verify() > 0


@pytest.mark.parametrize("act", ["lift", "drop"])
def test_brackets_closed_by_a_decision_taken_back_are_the_same_brackets(cast: Cast, act: str) -> None:
    text = factories.text(cast, "Each Party [shall [always]] act.")
    lodge(cast, text, "Each Party act.", "kenya")
    positions.take(cast.norway, factories.bracket(text, 1), "retain")
    before = state(text)
    made = decide(cast, text, act, brackets=[factories.bracket(text, 1).pk])
    undo(cast, made)
    assert state(text) == before


def test_a_decision_whose_words_were_changed_again_is_not_taken_back(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    made = decide(cast, text, "accept", hunks=hunks(lodge(cast, text, "Each Party shall act.")))
    decide(cast, text, "accept", hunks=hunks(lodge(cast, text, "Each Party must act.")))
    with pytest.raises(CannotUndo) as refusal:
        undo(cast, made)
    assert refusal.value.data["dependents"]
    assert factories.words(text) == ["Each Party must act."]


def test_a_decision_is_taken_back_beside_later_ones(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act and report.")
    first = decide(cast, text, "accept", hunks=hunks(lodge(cast, text, "Each Party shall act and report.")))
    decide(cast, text, "accept", hunks=hunks(lodge(cast, text, "Each Party shall act and publish.")))
    undo(cast, first)
    assert factories.words(text) == ["Each Party should act and publish."]


def test_brackets_others_took_a_stance_on_are_not_taken_back(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    made = decide(cast, text, "bracket", hunks=hunks(lodge(cast, text, "Each Party shall act.")))
    positions.take(cast.kenya, factories.bracket(text, 2), "retain")
    with pytest.raises(CannotUndo):
        decisions.undo(cast.chair, made)


def test_a_decision_is_taken_back_once(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    made = decide(cast, text, "accept", hunks=hunks(lodge(cast, text, "Each Party shall act.")))
    decisions.undo(cast.chair, made)
    with pytest.raises(CannotUndo):
        decisions.undo(cast.chair, made)


@pytest.mark.parametrize("words", ["Each Party shall act now.", "Each Party should act.", "Each [Party shall] act."])
def test_a_wording_two_delegations_propose_is_bracketed_once_with_both_their_names(cast, words):
    text = factories.text(cast, "Each Party shall act.")
    provision = factories.provision(text)
    first = amendments.submit(cast.norway, text, [Proposed(provision, words)])
    amendments.submit(cast.kenya, text, [Proposed(provision, words)])
    hunks = list(Hunk.objects.filter(version__amendment=first).values_list("pk", flat=True))
    decisions.decide(cast.chair, text, "bracket", "room", hunks=hunks)
    assert set(Hunk.objects.values_list("outcome", flat=True)) == {"bracketed"}
    assert set(text.brackets.values_list("positions__delegation__code", flat=True)) >= {"NOR", "KEN"}
