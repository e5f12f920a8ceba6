"""The law of the rebase: right or flagged, never silently wrong; the oracle shares nothing with the engine."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drafting.text import brackets, rebasing, tokens
from tests.text import differ, histories, strategies
from tests.text.histories import History

seeds = st.integers(0, 2**32)


@pytest.mark.parametrize("scenario", histories.SCENARIOS.values(), ids=histories.SCENARIOS)
@given(seed=seeds)
def test_what_is_carried_differs_from_the_current_text_by_the_remaining_hunks(
    scenario: Callable[[Random], History], seed: int
) -> None:
    history = scenario(Random(seed))
    outcome = rebasing.rebase(history.base, history.amended, history.current)
    if outcome.status == "carried":
        assume(not differ.is_blind(history.base, history.amended, history.current))
        assert differ.merge(history.base, history.amended, history.current) == {tuple(differ.words(outcome.text))}
        left = differ.remaining(history.base, history.amended, history.current)
        assert differ.changed(history.current, outcome.text) == left


@given(seed=seeds)
def test_disjoint_edits_are_carried_to_the_true_text_or_flagged(seed: int) -> None:
    history = histories.disjoint(Random(seed))
    outcome = rebasing.rebase(history.base, history.amended, history.current)
    assert outcome.text == (history.truth if outcome.status == "carried" else history.amended)


@pytest.mark.parametrize("scenario", [histories.overlapping, histories.deleted_twin])
@given(seed=seeds)
def test_edits_of_the_same_words_are_flagged(scenario: Callable[[Random], History], seed: int) -> None:
    history = scenario(Random(seed))
    outcome = rebasing.rebase(history.base, history.amended, history.current)
    if outcome.status == "carried":  # words that come and go may leave edits apart after all, or one inside the other
        assume(not differ.merge(history.base, history.amended, history.current))
    assert (outcome.status, outcome.text) == ("flagged", history.amended)
    assert outcome.reason.endswith(".")


def test_four_of_five_disjoint_edits_are_carried_across_six_others() -> None:
    outcomes = []
    for seed in range(400):
        history = histories.disjoint(Random(seed), intervening=6, gap=rebasing.GAP)
        outcomes.append(rebasing.rebase(history.base, history.amended, history.current).status)
    assert outcomes.count("carried") >= 0.8 * len(outcomes)


@given(seed=seeds)
def test_a_balanced_history_stays_balanced_and_pairs_keep_their_partners(seed: int) -> None:
    history = histories.bracketed(Random(seed))
    outcome = rebasing.rebase(history.base, history.amended, history.current)
    assert brackets.is_balanced(outcome.text)


@given(base=strategies.texts(), amended=strategies.texts(), current=strategies.texts())
def test_any_three_texts_are_carried_or_flagged_with_a_reason(base: str, amended: str, current: str) -> None:
    outcome = rebasing.rebase(base, amended, current)
    if outcome.status == "flagged":
        assert outcome.text == tokens.normalise(amended)
        assert outcome.reason
    else:
        assert outcome.reason == ""


@given(base=strategies.texts(), amended=strategies.texts())
def test_an_amendment_of_an_unchanged_text_is_carried_as_it_is(base: str, amended: str) -> None:
    assert rebasing.rebase(base, amended, base).text == amended
    assert rebasing.rebase(base, amended, amended) == rebasing.Outcome("carried", amended)


@given(base=strategies.texts(), current=strategies.texts())
def test_an_amendment_that_changes_nothing_gives_the_current_text(base: str, current: str) -> None:
    assert rebasing.rebase(base, base, current) == rebasing.Outcome("carried", current)


@given(base=strategies.texts(30), amended=strategies.texts(30), current=strategies.texts(30))
def test_it_does_not_matter_which_side_is_carried_onto_which(base: str, amended: str, current: str) -> None:
    there, back = rebasing.rebase(base, amended, current), rebasing.rebase(base, current, amended)
    if there.status == back.status == "carried":
        assert there.text == back.text
