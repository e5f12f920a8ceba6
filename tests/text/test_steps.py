"""Steps: each maps anchors, maps edits made at the same time, and inverts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.text import bodies, steps
from drafting.text.bodies import Body, Provision
from drafting.text.changes import ChangeSet, MapMode
from drafting.text.errors import ChangeMismatch
from drafting.text.steps import Anchor, Create, Cut, Edit, Join, Place, Retire, Revive, Step

from .strategies import changes_of, documents

NEW = 100  # keys from here on are new provisions


@st.composite
def acts(draw: st.DrawFn, body: Body) -> tuple[Step, ...]:
    """A list of steps that fit the body one after the other."""
    act: list[Step] = []
    for new in range(NEW, NEW + draw(st.integers(0, 4))):
        act.append(draw(one_step(bodies.apply(body, act), new)))
    return tuple(act)


@st.composite
def one_step(draw: st.DrawFn, body: Body, new: int) -> Step:
    """A step of any kind that fits the body."""
    live = [provision.key for provision in body.live()]
    gone = [provision.key for provision in body.provisions if provision.is_retired]
    order = draw(st.integers(0, len(body.provisions)))
    choices = ["create"] + ["revive"] * bool(gone) + ["edit", "cut", "place", "retire"] * bool(live)
    match draw(st.sampled_from(choices + ["join"] * (len(live) > 1))):
        case "create":
            return Create(new, None, order)
        case "revive":
            return Revive(draw(st.sampled_from(gone)))
        case "join":
            text, other = draw(st.permutations(live))[:2]
            return bodies.join(body, text, other, draw(st.sampled_from(["", " ", "\n"])))
    key = draw(st.sampled_from(live))
    words = body.words(key)
    match draw(st.sampled_from(["edit", "cut", "place", "retire"])):
        case "edit":
            return Edit(key, draw(changes_of(words)))
        case "cut":
            at = draw(st.integers(0, len(words)))
            return Cut(key, at, new, draw(st.sampled_from(["", words[at : at + 1]])))
        case "place":
            return Place(key, None, min(order, len(body.provisions) - 1))
    return Retire(key)


@given(st.data())
def test_steps_taken_back_leave_the_live_provisions_as_they_were(data: st.DataObject) -> None:
    body = Body.of(data.draw(documents()))
    act = data.draw(acts(body))
    back = bodies.invert(body, act)
    again = bodies.apply(bodies.apply(body, act), back)
    assert list(again.live()) == list(body.live())


@given(st.data())
def test_an_anchor_goes_with_its_character(data: st.DataObject) -> None:
    texts = data.draw(documents())
    body = Body.of(texts)
    act = data.draw(acts(body))
    after = bodies.apply(body, act)
    for key, words in enumerate(texts):
        for offset, char in enumerate(words):
            moved = steps.map_anchor(Anchor(key, offset), act, 1, MapMode.TRACK_AFTER)
            assert moved is None or after.words(moved.text)[moved.offset] == char


@given(st.data())
def test_an_edit_made_at_the_same_time_goes_on_or_is_refused(data: st.DataObject) -> None:
    """On one text of its own: what it inserts arrives, and what it deletes goes, unless another took it first."""
    texts = data.draw(documents().filter(bool))
    body = Body.of(texts)
    key = data.draw(st.integers(0, len(texts) - 1))
    edit = Edit(key, data.draw(changes_of(texts[key])))
    step = data.draw(one_step(body, NEW))
    try:
        mapped = steps.map_edit(edit, step)
    except ChangeMismatch:
        assert isinstance(step, Cut | Retire)
        return
    after = bodies.apply(body, [step])
    result = bodies.apply(after, [mapped]).words(mapped.text)
    assert all(text in result for _, _, text in edit.changes.edits())


def test_a_cut_takes_the_anchors_behind_it_along() -> None:
    cut = Cut(0, 3, 1, " ")
    places = [steps.map_anchor(Anchor(0, offset), [cut], side) for offset in (2, 3, 4, 5) for side in (-1, 1)]
    assert places == [(0, 2), (0, 2), (0, 3), (1, 0), (1, 0), (1, 0), (1, 1), (1, 1)]


def test_a_join_brings_the_anchors_of_the_other() -> None:
    body = Body.of(["one", "two"])
    step = bodies.join(body, 0, 1, " ")
    assert bodies.apply(body, [step]).texts() == ["one two"]
    assert steps.map_anchor(Anchor(1, 1), [step]) == (0, 5)


def test_an_edit_wholly_on_one_side_of_a_cut_goes_on() -> None:
    cut = Cut(0, 3, 1, " ")
    before, behind = ChangeSet.of([(0, 3, "ONE")], 7), ChangeSet.of([(4, 7, "TWO")], 7)
    assert steps.map_edit(Edit(0, before), cut) == Edit(0, ChangeSet.of([(0, 3, "ONE")], 3))
    assert steps.map_edit(Edit(0, behind), cut) == Edit(1, ChangeSet.of([(0, 3, "TWO")], 3))


@pytest.mark.parametrize("over", [Cut(0, 3, 1, " "), Retire(0)])
def test_an_edit_across_a_cut_or_on_a_tombstone_is_refused(over: Step) -> None:
    with pytest.raises(ChangeMismatch):
        steps.map_edit(Edit(0, ChangeSet.of([(2, 5, "x")], 7)), over)


def test_an_edit_of_a_joined_provision_goes_on_in_the_other() -> None:
    body = Body.of(["one", "two"])
    join = bodies.join(body, 0, 1, " ")
    edit = Edit(1, ChangeSet.of([(0, 3, "TWO")], 3))
    assert bodies.apply(body, [join, steps.map_edit(edit, join)]).texts() == ["one TWO"]


def test_a_tombstone_keeps_its_place_and_its_words() -> None:
    body = bodies.apply(Body.of(["one", "two"]), [Retire(0)])
    assert body.provisions[0] == Provision(0, None, "one", is_retired=True)
    assert body.texts() == ["two"]


@pytest.mark.parametrize(
    "step",
    [
        Create(0, None, 0),
        Create(9, None, 3),
        Edit(9, ChangeSet.of([], 3)),
        Edit(0, ChangeSet.of([], 4)),
        Cut(0, 4, 9),
        Cut(0, 1, 9, "x"),
        Cut(0, 1, 1),
        Join(0, 0, "", 3, 3),
        Join(0, 1, "", 2, 3),
        Place(0, None, 2),
        Place(9, None, 0),
        Revive(0),
        Retire(9),
    ],
)
def test_a_step_that_does_not_fit_is_refused(step: Step) -> None:
    with pytest.raises(ChangeMismatch):
        bodies.apply(Body.of(["one", "two"]), [step])


def test_the_texts_an_act_changes_are_known() -> None:
    act = [Edit(0, ChangeSet.of([], 3)), Cut(1, 0, 2), Join(3, 4, "", 0, 0), Place(5, None, 0), Retire(6)]
    assert steps.touched(act) == {0, 1, 2, 3, 4}
