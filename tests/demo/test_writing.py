"""The synthetic text and the amendments invented for it."""

import random

import pytest

from drafting.demo import proposing, states, writing
from drafting.text import brackets


@pytest.mark.parametrize("provisions", [1, 2, 17, 120, 1000])
def test_a_text_has_exactly_the_blocks_asked_for(provisions):
    assert len(writing.write(provisions, seed=3).strip().split("\n\n")) == provisions


def test_the_same_seed_writes_the_same_bytes_and_another_seed_does_not():
    assert writing.write(120, seed=5) == writing.write(120, seed=5)
    assert writing.write(120, seed=5) != writing.write(120, seed=6)


def test_a_text_is_balanced_over_the_document_and_not_in_every_provision():
    blocks = writing.write(400, seed=1).split("\n\n")
    assert not brackets.parse(blocks).anomalies
    assert any(pair.is_crossing for pair in brackets.parse(blocks).pairs)


def test_120_provisions_hold_about_600_brackets():
    assert 500 <= len(brackets.parse(writing.write(120, seed=1).split("\n\n")).pairs) <= 700


def test_every_invented_amendment_changes_words_and_keeps_the_residue_of_its_brackets():
    chance = random.Random(9)
    for block in writing.write(120, seed=1).split("\n\n"):
        amended = proposing.amend(chance, block)
        assert amended != block
        assert brackets.residue(amended) == brackets.residue(block)


def test_the_conference_seats_195_states_and_a_dozen_groups_of_them():
    codes = {alpha3 for alpha3, _ in states.states()}
    assert len(codes) == 195
    assert len(states.GROUPS) == 12
    assert all(members <= codes for _, members in states.GROUPS.values())
