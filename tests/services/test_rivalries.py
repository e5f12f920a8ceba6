"""Rivals of what was bracketed: whichever is decided first, the other can still be decided, and both taken back."""

from __future__ import annotations

import random
from contextlib import suppress
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.errors import Closed, EmptyChange
from drafting.models import AlternativeGroup, Position
from drafting.services import journal, texts
from drafting.text.changes import ChangeSet
from drafting.text.errors import ActRefused
from drafting.text.steps import Edit
from tests import factories, laws
from tests.cast import Cast
from tests.services.test_decisions import decide, fate, hunks, lodge, state, undo

slugs = count()

#: The base, what Norway and Kenya would have it say, and the words after: Norway bracketed, then Kenya accepted or
#: bracketed too.
CASES = [
    ("Each Party should act.", "Each Party shall act.", "Each Party may act.", "Each Party [should][shall][may] act."),
    ("a b c d e", "a X d e", "a b Y e", "a [[b c][X] d][b Y] e"),
    ("a b c d e", "a b Y e", "a X d e", "a [b [c d][Y]][X d] e"),
    ("a b c d e", "a X e", "a b Y d e", "a [b c d][X][b Y d] e"),
    ("a b c d e", "a b Y d e", "a X e", "a [b [c][Y] d][X] e"),
    ("a b c d e", "a c d e", "a Y d e", "a [[b] c][Y] d e"),
    ("a b c d e", "a Y d e", "a c d e", "a [b c][Y][c] d e"),
    ("a b c d e", "a b x c d e", "a Y e", "a [b [x] c d][Y] e"),
    ("a b c d e", "a Y e", "a b x c d e", "a [b c d][Y][b x c d] e"),
    ("a b c d e", "a e", "a b Y d e", "a [b c d][b Y d] e"),
]


@pytest.mark.parametrize(("base", "ours", "theirs", "_"), CASES)
def test_a_rival_of_what_was_bracketed_can_be_accepted(cast: Cast, base: str, ours: str, theirs: str, _: str) -> None:
    text = factories.text(cast, base)
    first, second = lodge(cast, text, ours), lodge(cast, text, theirs, "kenya")
    before = state(text)
    bracketed = decide(cast, text, "bracket", hunks=hunks(first))
    accepted = decide(cast, text, "accept", hunks=hunks(second))
    assert factories.words(text) == [theirs]
    assert (fate(cast, first), fate(cast, second)) == ("dropped", "in text")
    assert factories.open_pairs(text) == []
    undo(cast, accepted)
    undo(cast, bracketed)
    assert state(text) == before


@pytest.mark.parametrize(("base", "ours", "theirs", "both"), CASES)
def test_a_rival_of_what_was_bracketed_joins_it(cast: Cast, base: str, ours: str, theirs: str, both: str) -> None:
    text = factories.text(cast, base)
    first, second = lodge(cast, text, ours), lodge(cast, text, theirs, "kenya")
    before = state(text)
    made = [decide(cast, text, "bracket", hunks=hunks(lodged)) for lodged in (first, second)]
    assert factories.words(text) == [both]
    assert (fate(cast, first), fate(cast, second)) == ("bracketed", "bracketed")
    for decision in reversed(made):
        undo(cast, decision)
    assert state(text) == before


@pytest.mark.parametrize(("base", "ours", "theirs", "_"), CASES)
def test_a_rival_of_what_was_bracketed_can_be_dropped(cast: Cast, base: str, ours: str, theirs: str, _: str) -> None:
    text = factories.text(cast, base)
    first, second = lodge(cast, text, ours), lodge(cast, text, theirs, "kenya")
    decide(cast, text, "bracket", hunks=hunks(first))
    words = factories.words(text)
    decide(cast, text, "drop-hunk", hunks=hunks(second))
    assert factories.words(text) == words
    assert (fate(cast, first), fate(cast, second)) == ("bracketed", "dropped")


def test_the_alternatives_side_by_side_are_one_group_and_each_sponsor_stands_behind_its_own(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    first, second = lodge(cast, text, "Each Party shall act."), lodge(cast, text, "Each Party may act.", "kenya")
    for lodged in (first, second):
        decide(cast, text, "bracket", hunks=hunks(lodged))
    assert AlternativeGroup.objects.get().brackets.count() == 3
    stands = Position.objects.values_list("delegation__code", "bracket__number", "stance")
    assert set(stands) == {("NOR", 2, "propose"), ("KEN", 3, "propose")}
    decide(cast, text, "pick", brackets=[factories.bracket(text, 3).pk])
    assert factories.words(text) == ["Each Party may act."]
    assert (fate(cast, first), fate(cast, second)) == ("dropped", "in text")


def test_a_third_proposal_beside_the_rivals_is_never_taken_away_unasked(cast: Cast) -> None:
    text = factories.text(cast, "a b c d e")
    all_of_it = lodge(cast, text, "a X e")
    one, other = lodge(cast, text, "a B c d e", "kenya"), lodge(cast, text, "a b c D e", "group")
    for lodged in (all_of_it, one):
        decide(cast, text, "bracket", hunks=hunks(lodged))
    assert factories.words(text) == ["a [b c d][X][B c d] e"]
    with pytest.raises(ActRefused, match="does not compete"):
        decide(cast, text, "accept", hunks=hunks(other))
    decide(cast, text, "bracket", hunks=hunks(other))
    assert factories.words(text) == ["a [b c d][X][B c d][b c D] e"]


def test_two_changes_of_a_rival_are_accepted_one_by_one_or_stand_as_one_alternative(cast: Cast) -> None:
    text = factories.text(cast, "a b c d e")
    first, second = lodge(cast, text, "a X e"), lodge(cast, text, "a B c D e", "kenya")
    decide(cast, text, "bracket", hunks=hunks(first))
    made = decide(cast, text, "bracket", hunks=hunks(second))
    assert factories.words(text) == ["a [b c d][X][B c D] e"]
    undo(cast, made)
    decide(cast, text, "accept", hunks=hunks(second)[:1])
    assert factories.words(text) == ["a B c d e"]
    decide(cast, text, "accept", hunks=hunks(second)[1:])
    assert factories.words(text) == ["a B c D e"]


def test_words_typed_meanwhile_round_a_rival_stay(cast: Cast) -> None:
    text = factories.text(cast, "a b c d e f")
    first, second = lodge(cast, text, "a X f"), lodge(cast, text, "a b c d E f", "kenya")
    decide(cast, text, "bracket", hunks=hunks(first))
    words = factories.provision(text).words
    with journal.writing(text.floor, by=cast.chair) as floor:
        edit = Edit(factories.provision(text).pk, ChangeSet.of([(3, 4, "new")], len(words.content)))
        texts.apply_steps(floor, text, [edit])
    assert factories.words(text) == ["a [new c d e][X] f"]
    decide(cast, text, "accept", hunks=hunks(second))
    assert factories.words(text) == ["a new c d E f"]


def test_a_rival_whose_brackets_are_gone_is_a_proposal_as_any_other(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    first, second = lodge(cast, text, "Each Party shall act."), lodge(cast, text, "Each Party may act.", "kenya")
    decide(cast, text, "bracket", hunks=hunks(first))
    decide(cast, text, "pick", brackets=[factories.bracket(text, 1).pk])
    decide(cast, text, "accept", hunks=hunks(second))
    assert factories.words(text) == ["Each Party may act."]


def reword(chance: random.Random, base: list[str]) -> str:
    """Change some words of `base` that stand together, or put words in between."""
    at = chance.randint(0, len(base))
    new = [chance.choice("PQRSTU") for _ in range(chance.choice([0, 1, 1, 2]))]
    return " ".join(["1.", *base[:at], *new, *base[at + chance.randint(0 if new else 1, 3) :]])


@given(seed=st.integers(0, 2**32))
@laws.session(share=10, least=10)
def test_in_whatever_order_rivals_are_decided_no_bracket_is_parted_and_all_is_taken_back(cast: Cast, seed: int) -> None:
    chance = random.Random(seed)
    text = factories.text(cast, "1. a b c d e f g h", slug=f"rivals-{next(slugs)}")
    lodged = []
    for who in ("norway", "kenya", "group"):
        with suppress(EmptyChange):
            lodged.append(lodge(cast, text, reword(chance, list("abcdefgh")), who))
    before, made = state(text), []
    for one in chance.sample(lodged, len(lodged)):
        with suppress(ActRefused, Closed):
            made.append(decide(cast, text, chance.choice(["bracket", "bracket", "accept"]), hunks=hunks(one)))
    for decision in reversed(made):
        undo(cast, decision)
    assert state(text) == before
