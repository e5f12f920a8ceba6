"""Changes in UTF-16 units: mapped without the text, they read as changes in characters mapped with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.text import wire
from drafting.text.changes import ChangeSet
from drafting.text.errors import ChangeMismatch

ALPHABET = "ab [保😀𠮷é\n"


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> ChangeSet:
    """A change of `text` that cuts no character."""
    points = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    ranges = zip(points[::2], points[1::2], strict=False)
    return ChangeSet.of([(lo, hi, draw(st.text(ALPHABET, max_size=3))) for lo, hi in ranges], len(text))


@st.composite
def rivals(draw: st.DrawFn) -> tuple[str, ChangeSet, list[ChangeSet], str]:
    """A text, one change of it, the rows stored meanwhile, and what they made of the text."""
    text = now = draw(st.text(ALPHABET, max_size=12))
    mine = draw(edits_of(text))
    rows = []
    for _ in range(draw(st.integers(0, 3))):
        rows.append(draw(edits_of(now)))
        now = rows[-1].apply(now)
    return text, mine, rows, now


@given(rivals())
def test_a_change_carried_in_units_is_the_change_carried_in_characters(
    case: tuple[str, ChangeSet, list[ChangeSet], str],
):
    text, mine, rows, now = case
    json, over, at = mine.to_json(text), [], text
    expected = mine
    for row in rows:
        over.append(wire.read(row.to_json(at), wire.units(at)))
        at = row.apply(at)
        expected = expected.map(row)
    assert ChangeSet.from_json(wire.carry(json, over), now).apply(now) == expected.apply(now)


@given(st.text(ALPHABET, max_size=12).flatmap(lambda text: st.tuples(st.just(text), edits_of(text))))
def test_what_is_written_reads_as_it_was(case: tuple[str, ChangeSet]):
    text, change = case
    assert wire.write(wire.read(change.to_json(text))) == change.to_json(text)


@pytest.mark.parametrize("json", [None, {}, [[]], ["x"], [-1], [True], [[0, 5]], [[0, "a\nb"]], [1.5], [[1, "\r"]]])
def test_it_refuses_another_shape(json: object):
    with pytest.raises(ChangeMismatch):
        wire.read(json)


def test_it_refuses_a_change_of_a_text_of_another_length():
    with pytest.raises(ChangeMismatch):
        wire.read([3, [0, "x"]], 4)


def test_it_refuses_half_a_character():
    with pytest.raises(ChangeMismatch):
        wire.carry([[0, "\ud83d"]], [])
