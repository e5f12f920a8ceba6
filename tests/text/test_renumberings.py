"""A renumbering is shown whole before it is made: labels, and the mentions that go with them."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from drafting.text import labels, numbering, outlines, renumberings
from drafting.text.renumberings import Way

TEXTS = [
    "Article 4",
    "1. Each Party shall act under paragraph 3 and article 6.",
    "1 bis. It shall report.",
    "3. It shall rest, subject to article 4, paragraph 1 bis.",
    "Article 6",
    "1. The end.",
]


def told(texts: list[str], way: Way, retired: tuple[int, ...] = ()) -> list[tuple[int, str, str, bool]]:
    return [(one.provision, one.old, one.new, one.is_label) for one in renumberings.plan(texts, retired, way)]


def test_numbers_close_up_and_every_mention_goes_with_them() -> None:
    assert told(TEXTS, Way.CLOSE) == [
        (1, "6", "5", False),
        (2, "1 bis.", "2.", True),
        (3, "1 bis", "2", False),
        (4, "Article 6", "Article 5", True),
    ]


def test_a_tombstone_is_passed_over_or_keeps_its_number() -> None:
    texts = ["1. One.", "2. Two.", "3. Three."]
    assert told(texts, Way.CLOSE, (1,)) == [(2, "3.", "2.", True)]
    assert told(texts, Way.KEEP, (1,)) == []


def test_a_number_that_stands_twice_takes_the_next_free_suffix_and_no_mention_moves() -> None:
    texts = ["1. One.", "2. Two.", "2. Another.", "2 bis. A third.", "3.bis Odd, see paragraph 2."]
    assert told(texts, Way.SUFFIXES) == [(2, "2.", "2 ter.", True), (4, "3.bis", "3 bis.", True)]


@example(["2. b", "3. e", "2. c", "2 bis. d"])
@given(st.lists(st.sampled_from(["1. a", "2. b", "2. c", "2 bis. d", "3. e", "(a) f", "(b) g", "(b) h"]), max_size=9))
def test_with_suffixes_no_label_of_a_list_stands_twice(texts: list[str]) -> None:
    now = list(texts)
    for one in reversed(renumberings.plan(texts, (), Way.SUFFIXES)):
        words = now[one.provision]
        assert words[one.start : one.start + len(one.old)] == one.old
        now[one.provision] = words[: one.start] + one.new + words[one.start + len(one.old) :]
    before, after = (numbering.check(outlines.read(one)) for one in (texts, now))
    assert len(after) <= len(before)
    assert all(one.fault != "twice" for one in after)
    assert all(labels.read(words) for words in now)
