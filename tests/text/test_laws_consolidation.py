"""The laws of consolidation: everybody gets its own words back, and nothing depends on who came first."""

import re
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from drafting.text import merging, pairing, rendering, styles, trees
from drafting.text.runs import is_balanced
from tests.text import rounds, strategies
from tests.text.rounds import Round

EMPTY = re.compile(r"\[\s*\]")
any_round = st.one_of(rounds.rounds(), rounds.rounds(rounds.broken_bases()), rounds.rounds(strategies.balanced_texts()))


def grow(round_: Round, is_nested: bool = True) -> trees.Tree:
    return merging.consolidate_one(round_.base, round_.texts, is_nested=is_nested)


def bare(text: str) -> str:
    return re.sub(r"[\[\]\s]", "", text)


@given(any_round, st.booleans())
def test_nobody_reads_the_base_and_each_proposal_its_own_text(round_: Round, is_nested: bool) -> None:
    tree = grow(round_, is_nested)
    assert trees.read(tree) == round_.base
    assert {by: trees.read(tree, by) for by in round_.texts} == round_.texts


@given(any_round, st.randoms(use_true_random=False))
def test_the_order_of_the_proposals_changes_no_byte(round_: Round, random: Random) -> None:
    shuffled = list(round_.texts.items())
    random.shuffle(shuffled)
    assert grow(Round(round_.base, dict(shuffled))) == grow(round_)


@given(any_round)
def test_identical_proposals_share_one_alternative(round_: Round) -> None:
    for slot in trees.slots(grow(round_)):
        texts = [rival.text for rival in slot.alternatives]
        assert texts
        assert len(set(texts)) == len(texts)
        for rival in slot.alternatives:
            twins = {by for by in round_.texts if round_.texts[by] == round_.texts[rival.by[0]]}
            assert twins <= set(rival.by)


@given(any_round)
def test_what_is_printed_is_the_base_with_insertions(round_: Round) -> None:
    pieces = rendering.pieces(grow(round_))
    assert "".join(piece.text for piece in pieces if piece.is_base) == round_.base


@given(rounds.rounds())
def test_balanced_texts_stay_balanced_everywhere(round_: Round) -> None:
    tree = grow(round_)
    for slot in trees.slots(tree):
        assert is_balanced(trees.read(slot.base))
        assert all(is_balanced(rival.text) for rival in slot.alternatives)
    for style in styles.STYLES.values():
        assert is_balanced(rendering.bracketed(tree, style))


@given(rounds.rounds())
def test_no_empty_bracket_appears_that_no_text_holds(round_: Round) -> None:
    if not any(map(EMPTY.search, (round_.base, *round_.texts.values()))):
        assert not EMPTY.search(rendering.bracketed(grow(round_)))


@given(rounds.rounds(only_acts=True))
def test_acts_on_brackets_repeat_no_word(round_: Round) -> None:
    assert bare(rendering.bracketed(grow(round_))) == bare(round_.base)


@given(any_round, st.randoms(use_true_random=False))
def test_every_choice_keeps_the_residue_that_all_texts_have(round_: Round, random: Random) -> None:
    residue = pairing.residue(round_.base)
    if all(pairing.residue(text) == residue for text in round_.texts.values()):
        chosen = trees.choose(
            grow(round_), lambda slot: random.choice([None, *(rival.text for rival in slot.alternatives)])
        )
        assert pairing.residue(chosen) == residue


@given(any_round)
def test_nested_never_prints_longer_than_flat(round_: Round) -> None:
    assert rendering.length(grow(round_)) <= rendering.length(grow(round_, is_nested=False))


@given(any_round)
def test_a_length_counted_is_the_length_printed(round_: Round) -> None:
    for tree in (grow(round_), grow(round_, is_nested=False)):
        for part in (tree, *((slot,) for slot in trees.slots(tree))):
            assert rendering.length(part) == len(rendering.bracketed(part))
