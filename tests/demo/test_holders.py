"""Who holds the brackets the demo's text brings along."""

import random

from drafting.demo import holders, writing
from drafting.imports import reading
from drafting.text import brackets

SMALL = {"CANZ": ["AUS", "CAN", "NZL"]}
WRITTEN = reading.read(writing.write(60).encode())
FOUND = holders.recall(random.Random(1), WRITTEN, SMALL)


def test_the_words_stay_and_the_same_chance_gives_the_same_holders():
    assert FOUND.entries == WRITTEN.entries
    assert holders.recall(random.Random(1), WRITTEN, SMALL) == FOUND


def test_most_brackets_have_holders_and_some_stay_unknown():
    parsed = brackets.parse(WRITTEN.texts())
    assert 0.3 < len(FOUND.pairs) / len(parsed.pairs) < 0.7
    assert all(pair.holders for pair in FOUND.pairs)


def test_a_known_group_is_known_whole_and_a_spaced_one_is_left_to_be_asked():
    parsed = brackets.parse(WRITTEN.texts())
    known = {pair.at for pair in FOUND.pairs}
    assert FOUND.groups
    assert all(group.pairs <= known for group in FOUND.groups)
    spaced = [group for group in parsed.groups if group.sure != "adjacent"]
    starts = [parsed.pairs[index].start for group in spaced for index in group.pairs]
    assert known.isdisjoint((start.provision, start.offset) for start in starts)


def test_members_of_a_small_group_hold_some_one_by_one():
    assert any(set(SMALL["CANZ"]) == set(pair.holders) for pair in FOUND.pairs)
