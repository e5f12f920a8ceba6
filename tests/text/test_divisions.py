"""A proposal parted in two: each part alone says its own, both together say what was proposed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.text import divisions
from drafting.text.changes import ChangeSet
from drafting.text.errors import ActRefused

WORDS = st.sampled_from(["shall", "should", "act", "report", "duly", "now"])


def test_the_edits_named_go_apart() -> None:
    made = [(0, 5, "shall"), (6, 9, "move")]
    assert divisions.part("might act", made, {0}) == ("shall act", "might move")


def test_one_change_is_halved_where_the_first_half_is_written_out() -> None:
    own, rest = divisions.halve("adequate funding", "appropriate resources", "appropriate funding")
    assert (own, rest) == ([(0, 8, "appropriate")], [(9, 16, "resources")])


@pytest.mark.parametrize("first", ["a b", "x y", "z b"])
def test_halves_that_change_nothing_or_the_same_words_are_refused(first: str) -> None:
    with pytest.raises(ActRefused):
        divisions.halve("a b", "x y", first)


def test_two_insertions_at_one_point_would_be_rivals() -> None:
    with pytest.raises(ActRefused, match="compete"):
        divisions.halve("", "clean and healthy ", "clean ")


@given(base=st.lists(WORDS, min_size=1, max_size=6), data=st.data())
def test_parts_made_together_are_the_whole(base: list[str], data: st.DataObject) -> None:
    text = " ".join(base)
    starts = [len(" ".join(base[:at])) + (at > 0) for at in range(len(base))]
    new = [data.draw(WORDS) for _ in base]
    made = [(lo, lo + len(old), word) for lo, old, word in zip(starts, base, new, strict=True) if old != word]
    apart = data.draw(st.sets(st.sampled_from(range(len(made))))) if made else set()
    own, rest = divisions.part(text, made, apart)
    chosen = ChangeSet.of([edit for at, edit in enumerate(made) if at in apart], len(text))
    others = ChangeSet.of([edit for at, edit in enumerate(made) if at not in apart], len(text))
    assert (chosen.apply(text), others.apply(text)) == (own, rest)
    assert chosen.compose(others.map(chosen)).apply(text) == " ".join(new)


@given(
    base=st.lists(WORDS, min_size=1, max_size=4),
    new=st.lists(WORDS, min_size=1, max_size=4),
    first=st.lists(WORDS, min_size=1, max_size=4),
)
def test_halves_that_are_given_say_what_was_proposed(base: list[str], new: list[str], first: list[str]) -> None:
    text, words, alone = " ".join(base), " ".join(new), " ".join(first)
    try:
        own, rest = divisions.halve(text, words, alone)
    except ActRefused:
        return
    assert own
    assert rest
    assert ChangeSet.of(own, len(text)).apply(text) == alone
    assert ChangeSet.of([*own, *rest], len(text)).apply(text) == words
