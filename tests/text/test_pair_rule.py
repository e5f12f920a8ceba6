"""The pair rule, against a brute-force reading of the whole document."""

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from drafting.text import bodies, brackets, pair_rule, steps
from drafting.text.bodies import Body
from drafting.text.changes import ChangeSet, MapMode
from drafting.text.errors import UnpairedBrackets
from drafting.text.steps import Anchor, Create, Cut, Edit, Place, Retire, Revive, Step

from .strategies import balanced_documents, documents
from .test_steps import acts


@given(st.data())
def test_it_agrees_with_reading_the_whole_document(data: st.DataObject) -> None:
    body = Body.of(data.draw(documents() | balanced_documents()))
    act = data.draw(acts(body))
    expected = _keeps_by_brute_force(body, act)
    event(f"kept: {expected}")
    assert _keeps(body, act) == expected


@given(st.data())
def test_it_agrees_on_acts_that_put_in_and_take_out_brackets(data: st.DataObject) -> None:
    body = Body.of(data.draw((documents() | balanced_documents()).filter(any)))
    act = data.draw(bracket_acts(body))
    expected = _keeps_by_brute_force(body, act)
    event(f"kept: {expected}")
    assert _keeps(body, act) == expected


@st.composite
def bracket_acts(draw: st.DrawFn, body: Body) -> tuple[Step, ...]:
    """One edit a text: brackets put in at some places and some of those standing taken out, two mostly; and a move."""
    texts = dict(enumerate(body.texts()))
    places = [(key, offset) for key, words in texts.items() for offset in range(len(words) + 1)]
    marks = [(key, offset) for key, offset in places if texts[key][offset : offset + 1] in ("[", "]")]
    pairs = [(pair.start, pair.end) for pair in brackets.parse(body.texts()).pairs]
    gone = draw(st.sets(st.sampled_from(marks), max_size=2)) if marks else set()
    gone |= set(draw(st.sampled_from(pairs))) if pairs and draw(st.booleans()) else set()
    new = sorted(draw(st.lists(st.sampled_from(places), max_size=2)))
    edits: dict[int, list[tuple[int, int, str]]] = {}
    for key, offset in gone:
        edits.setdefault(key, []).append((offset, offset + 1, ""))
    for (key, offset), mark in zip(new, "[]", strict=False):
        edits.setdefault(key, []).append((offset, offset, mark))
    act: list[Step] = [Edit(key, ChangeSet.of(own, len(texts[key]))) for key, own in edits.items()]
    if draw(st.booleans()):
        act.append(Place(draw(st.sampled_from(list(texts))), None, draw(st.integers(0, len(texts) - 1))))
    return tuple(act)


@given(st.data())
def test_a_balanced_document_stays_balanced_while_the_rule_is_kept(data: st.DataObject) -> None:
    body = Body.of(data.draw(balanced_documents()))
    act = data.draw(acts(body))
    if _keeps(body, act):
        assert brackets.parse(bodies.apply(body, act).texts()).anomalies == ()


@pytest.mark.parametrize(
    ("texts", "act"),
    [
        (["a [b] c"], [Edit(0, ChangeSet.of([(2, 3, ""), (4, 5, "")], 7))]),  # lifted
        (["a [b] c"], [Edit(0, ChangeSet.of([(2, 5, "")], 7))]),  # dropped
        (["a [b] c"], [Edit(0, ChangeSet.of([(0, 0, "["), (7, 7, "]")], 7))]),  # wrapped
        (["[a", "b]"], [Edit(0, ChangeSet.of([(0, 1, "")], 2)), Edit(1, ChangeSet.of([(1, 2, "")], 2))]),
        (["[a", "b]"], [Retire(0), Edit(1, ChangeSet.of([(1, 2, "")], 2))]),
        (["[a", "x", "b]"], [Place(1, None, 2)]),
        (["[a]", "x"], [Place(0, None, 1)]),
        (["[a]"], [Retire(0)]),
        (["[a b]"], [Cut(0, 2, 1, " ")]),
        (["x"], [Create(1, None, 0), Edit(1, ChangeSet.of([(0, 0, "[y]")], 0))]),
        (["a [b"], [Edit(0, ChangeSet.of([(4, 4, "]")], 4))]),  # an anomaly mended
        (["a [b"], [Edit(0, ChangeSet.of([(2, 3, "")], 4))]),  # an anomaly removed
    ],
)
def test_it_allows_acts_that_take_both_ends_along(texts: list[str], act: list[Step]) -> None:
    pair_rule.check(Body.of(texts), act)


@pytest.mark.parametrize(
    ("texts", "act", "sentence"),
    [
        (["a [b] c"], [Edit(0, ChangeSet.of([(2, 3, "")], 7))], "without its partner"),
        (["[a", "b]"], [Retire(0)], "without its partner"),
        (["[a", "b]"], [Place(0, None, 1)], "part a bracket"),
        (["[a] x [b]"], [Edit(0, ChangeSet.of([(1, 1, "]["), (4, 4, "")], 9))], "part a bracket"),
        (["a b c"], [Edit(0, ChangeSet.of([(1, 1, "[")], 5))], "add a bracket"),
        (["a [b c"], [Edit(0, ChangeSet.of([(2, 3, "["), (0, 0, "x")], 6))], "add a bracket"),
    ],
)
def test_it_refuses_acts_that_leave_one_end(texts: list[str], act: list[Step], sentence: str) -> None:
    with pytest.raises(UnpairedBrackets, match=sentence):
        pair_rule.check(Body.of(texts), act)


def test_taking_an_act_back_may_restore_an_anomaly_it_removed() -> None:
    body = Body.of(["a [b"])
    act = [Edit(0, ChangeSet.of([(2, 4, "")], 4))]
    after, back = bodies.apply(body, act), bodies.invert(body, act)
    with pytest.raises(UnpairedBrackets):
        pair_rule.check(after, back)
    assert pair_rule.check(after, back, restores=True) == body


def test_a_revived_tombstone_brings_its_pairs_back() -> None:
    body = bodies.apply(Body.of(["[a]", "b"]), [Retire(0)])
    assert pair_rule.check(body, [Revive(0)]).texts() == ["[a]", "b"]


def _keeps(body: Body, act: tuple[Step, ...]) -> bool:
    try:
        pair_rule.check(body, act)
    except UnpairedBrackets:
        return False
    return True


def _keeps_by_brute_force(body: Body, act: tuple[Step, ...]) -> bool:
    """Pair every bracket of the whole document before and after, character by character."""
    after = bodies.apply(body, act)
    (old, alone), (new, new_alone) = _pair_all(body), _pair_all(after)
    live = {provision.key for provision in after.live()}

    def image(mark: Anchor) -> Anchor | None:
        moved = steps.map_anchor(mark, act, 1, MapMode.TRACK_AFTER)
        return moved if moved and moved.text in live else None

    if any((image(a) is None) != (image(b) is None) for a, b in old):
        return False
    pairs = {(image(a), image(b)) for a, b in old if image(a)}
    return pairs <= new and new_alone <= {image(mark) for mark in alone}


def _pair_all(body: Body) -> tuple[set[tuple[Anchor, Anchor]], set[Anchor]]:
    pairs, alone, stack = set(), set(), []
    for provision in body.live():
        for offset, char in enumerate(provision.words):
            mark = Anchor(provision.key, offset)
            if char == "[":
                stack.append(mark)
            elif char == "]" and stack:
                pairs.add((stack.pop(), mark))
            elif char == "]":
                alone.add(mark)
    return pairs, alone | set(stack)
