"""Acts on brackets: what each does to the texts and to the rows."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.text import acts, bodies, brackets, following, pair_rule
from drafting.text.bodies import Body
from drafting.text.brackets import Position
from drafting.text.errors import ActRefused, UnpairedBrackets
from drafting.text.linking import Link
from drafting.text.standing import (
    AlternativeGroup,
    Bracketed,
    Effect,
    GroupChanged,
    GroupClosed,
    PairAdopted,
    PairClosed,
    PairOpened,
    Span,
)
from drafting.text.steps import Edit, Retire
from tests.text import strategies


def _after(document: Bracketed, effect: Effect) -> tuple[str, ...]:
    return following.follow(document, effect).texts


def test_a_lifted_pair_hands_its_children_to_the_pair_around() -> None:
    document = Bracketed.read(["[a [b [c] d]]"])
    effect = acts.lift(document, 2)
    assert effect.rows == (PairClosed(2, "lifted"), PairAdopted(3, 1))
    assert _after(document, effect) == ("[a b [c] d]",)


def test_a_dropped_pair_takes_the_pairs_inside_with_it() -> None:
    effect = acts.drop(Bracketed.read(["a [b [c] d] e"]), 1)
    assert effect.rows == (PairClosed(1, "dropped"), PairClosed(2, "dropped"))


def test_an_emptied_provision_becomes_a_tombstone() -> None:
    document = Bracketed.read(["[1. a", "2. b]"])
    steps = acts.drop(document, 1).steps
    assert [type(step) for step in steps] == [Edit, Retire, Edit, Retire]
    assert bodies.apply(Body.of(document.texts), steps).texts() == []


def test_a_placeholder_cannot_be_lifted_but_dropped() -> None:
    document = Bracketed.read(["within [X] years"])
    with pytest.raises(ActRefused, match="placeholder"):
        acts.lift(document, 1)
    assert _after(document, acts.drop(document, 1)) == ("within years",)


def test_a_note_is_not_under_negotiation() -> None:
    document = Bracketed.read(["a [1] b"], notes=[1])
    for act in (acts.lift, acts.drop):
        with pytest.raises(ActRefused, match="note"):
            act(document, 1)


def test_a_closed_pair_cannot_be_acted_on_again() -> None:
    document = Bracketed.read(["a [b] [c]"])
    later = following.follow(document, acts.lift(document, 1))
    with pytest.raises(ActRefused, match="no open bracket 1"):
        acts.drop(later, 1)
    assert _after(later, acts.drop(later, 2)) == ("a b",)


def test_picking_drops_the_others_and_the_baseline() -> None:
    group = AlternativeGroup((1, 2), Span(Position(0, 2), Position(0, 7)))
    document = Bracketed.read(["a shall [may] [can] b"], [group])
    effect = acts.pick(document, 2)
    assert effect.rows == (PairClosed(1, "dropped"), PairClosed(2, "lifted"), GroupClosed((1, 2)))
    assert _after(document, effect) == ("a can b",)


def test_picking_needs_a_confirmed_group() -> None:
    with pytest.raises(ActRefused, match="no group"):
        acts.pick(Bracketed.read(["[a][b] c"]), 1)


def test_a_baseline_that_ends_inside_a_bracket_is_not_cut() -> None:
    group = AlternativeGroup((1,), Span(Position(0, 4), Position(0, 8)))
    with pytest.raises(UnpairedBrackets, match="inside bracket 2"):
        acts.pick(Bracketed.read(["[a] b [c] d"], [group]), 1)


def test_a_group_that_lost_a_member_goes_on_with_the_others() -> None:
    document = Bracketed.read(["[a][b][c]"], [AlternativeGroup((1, 2, 3))])
    effect = acts.drop(document, 2)
    assert effect.rows[-1] == GroupChanged((1, 2, 3), (1, 3))
    assert acts.drop(following.follow(document, effect), 1).rows[-1] == GroupClosed((1, 3))


def test_marks_leave_the_spaces_at_the_edges_outside() -> None:
    document = Bracketed.read(["a b c"])
    effect = acts.bracket(document, Span(Position(0, 1), Position(0, 4)))
    assert _after(document, effect) == ("a [b] c",)
    assert effect.rows == (PairOpened(Position(0, 2), Position(0, 4)),)


def test_marks_may_stand_in_two_provisions() -> None:
    document = Bracketed.read(["1. a b", "2. c d"])
    effect = acts.bracket(document, Span(Position(0, 5), Position(1, 4)))
    assert _after(document, effect) == ("1. a [b", "2. c] d")
    assert effect.rows == (PairOpened(Position(0, 5), Position(1, 4)),)


@pytest.mark.parametrize(
    ("text", "start", "end", "refusal"),
    [
        ("a [b c] d", 0, 5, UnpairedBrackets),
        ("a [b c", 0, 5, UnpairedBrackets),
        ("a   b", 1, 4, ActRefused),
        ("a b", 1, 1, ActRefused),
        ("a x\u0327b", 2, 3, ActRefused),
    ],
)
def test_marks_are_refused_where_they_cannot_stand(text: str, start: int, end: int, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        acts.bracket(Bracketed.read([text]), Span(Position(0, start), Position(0, end)))


def test_a_quarrel_is_settled_wherever_it_stands_unchanged() -> None:
    groups = [AlternativeGroup((1, 2)), AlternativeGroup((3, 4)), AlternativeGroup((5, 6))]
    document = Bracketed.read(["a [planned][Proposed] b", "[proposed] [planned] c", "[planned][intended] d"], groups)
    link = Link(frozenset({"planned", "proposed"}), ((1, 2), (3, 4), (5, 6), (7, 8)))
    settlement = acts.settle_linked(document, "pick", "proposed", link)
    assert settlement.left == ((5, 6), (7, 8))
    assert _after(document, settlement.effect) == ("a Proposed b", "proposed c", "[planned][intended] d")


@given(strategies.documents(), st.data())
def test_after_an_act_the_parse_finds_exactly_the_pairs_of_the_rows(texts: list[str], data: st.DataObject) -> None:
    document = Bracketed.read(texts)
    effect = _draw_effect(document, data)
    after = following.follow(document, effect)
    parsed = brackets.parse(after.texts)
    assert [(pair.start, pair.end) for pair in after.pairs] == [(pair.start, pair.end) for pair in parsed.pairs]
    closed = {row.pair for row in effect.rows if isinstance(row, PairClosed)}
    opened = sum(isinstance(row, PairOpened) for row in effect.rows)
    assert len(after.pairs) == len(document.pairs) - len(closed) + opened
    assert len(parsed.anomalies) == len(brackets.parse(texts).anomalies)


@given(strategies.documents(), st.data())
def test_the_rows_say_who_stands_in_whom(texts: list[str], data: st.DataObject) -> None:
    document = Bracketed.read(texts)
    effect = _draw_effect(document, data)
    adopted = {row.pair: row.parent for row in effect.rows if isinstance(row, PairAdopted)}
    if any(isinstance(row, PairOpened) for row in effect.rows):
        return
    after = following.follow(document, effect)
    assert {pair.number: pair.parent for pair in after.pairs} == {
        pair.number: adopted.get(pair.number, pair.parent) for pair in document.pairs if pair.number in after.by_number
    }


@given(strategies.documents(), st.data())
def test_an_act_edits_each_text_once_and_its_inverse_restores_all(texts: list[str], data: st.DataObject) -> None:
    document = Bracketed.read(texts)
    steps = _draw_effect(document, data).steps
    edited = [step.text for step in steps if isinstance(step, Edit)]
    assert len(edited) == len(set(edited))
    body = Body.of(texts)
    after = pair_rule.check(body, steps)
    assert bodies.apply(after, bodies.invert(body, steps)) == body


@given(strategies.documents(), st.data())
def test_a_lift_keeps_every_word_and_a_drop_every_other_word(texts: list[str], data: st.DataObject) -> None:
    document = Bracketed.read(texts)
    numbers = [pair.number for pair in document.pairs if pair.kind is not brackets.Kind.PLACEHOLDER]
    if not numbers:
        return
    number = data.draw(st.sampled_from(numbers))
    bare = [_letters(text) for text in brackets.parse(texts).bare]
    assert [_letters(text) for text in brackets.parse(_after(document, acts.lift(document, number))).bare] == bare
    dropped = "".join(brackets.parse(_after(document, acts.drop(document, number))).bare)
    inside = "".join(brackets.parse([document.words(number)]).bare)
    assert len(_letters(dropped)) == len("".join(bare)) - len(_letters(inside))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFD", text)))


def _draw_effect(document: Bracketed, data: st.DataObject) -> Effect:
    """Draw an allowed act: a drop, a lift or new marks; an act that does nothing where none is allowed."""
    numbers = [pair.number for pair in document.pairs]
    if numbers and data.draw(st.booleans()):
        number = data.draw(st.sampled_from(numbers))
        is_placeholder = document.pair(number).kind is brackets.Kind.PLACEHOLDER
        return (
            acts.drop(document, number) if is_placeholder or data.draw(st.booleans()) else acts.lift(document, number)
        )
    places = [Position(at, offset) for at, text in enumerate(document.texts) for offset in range(len(text) + 1)]
    if len(places) < 2:
        return Effect((), ())
    start, end = sorted(data.draw(st.tuples(st.sampled_from(places), st.sampled_from(places))))
    try:
        return acts.bracket(document, Span(start, end))
    except (ActRefused, UnpairedBrackets):
        return Effect((), ())
