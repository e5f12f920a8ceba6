"""Overlays: marks laid over words so that nothing crosses."""

from hypothesis import given
from hypothesis import strategies as st

from drafting.text import overlays, pairing
from drafting.text.overlays import Layer
from drafting.text.trees import Mark, Stance
from tests.text import rounds


def propose(low: int, high: int, *by: str) -> Mark:
    return Mark(low, high, Stance.PROPOSE, by, True)


def delete(low: int, high: int, *by: str) -> Mark:
    return Mark(low, high, Stance.DELETE, by, True)


def lay(text: str, *marks: Mark) -> list[tuple[str, bool]]:
    """Each layer as the words under it and whether it is new."""
    return [(text[layer.low : layer.high], layer.is_new) for layer in overlays.lay(text, marks, ())]


def test_marks_on_the_same_words_are_one_layer_of_all_holders() -> None:
    (layer,) = overlays.lay("a b", [propose(2, 3, "A"), delete(2, 3, "B"), propose(2, 3, "C")], ())
    assert layer == Layer(2, 3, True, ((Stance.DELETE, ("B",)), (Stance.PROPOSE, ("A", "C"))))


def test_white_space_at_the_ends_stays_outside() -> None:
    assert lay("a b c", delete(1, 4, "A")) == [("b", True)]
    assert lay("a  b", delete(1, 3, "A")) == []


def test_a_mark_that_would_cross_another_is_cut_where_that_ends() -> None:
    assert lay("a b c d", propose(2, 5, "A"), propose(4, 7, "B")) == [("b c", True), ("c", True), ("d", True)]


def test_a_mark_that_would_cross_a_pair_is_cut_at_its_bracket() -> None:
    assert lay("[a b] c", propose(3, 7, "A")) == [("b", True), ("c", True)]


def test_a_mark_over_a_stray_bracket_is_cut_there() -> None:
    assert lay("a [b", delete(0, 4, "A")) == [("a", True), ("b", True)]


def test_words_deleted_that_fill_a_pair_are_a_label_on_it() -> None:
    assert lay("[a] b", delete(1, 2, "A")) == [("[a]", False)]
    assert lay("[a] b", propose(1, 2, "A")) == [("a", True)]


@given(rounds.spaced_texts(), st.data())
def test_no_layer_crosses_another_a_pair_or_what_is_fixed(text: str, data: st.DataObject) -> None:
    ends = st.integers(0, len(text))
    marks = [propose(*sorted(data.draw(st.tuples(ends, ends))), by) for by in "ABC"]
    pairs = [(pair.start.offset, pair.end.offset + 1) for pair in pairing.match([text]).pairs]
    low, high = sorted(data.draw(st.tuples(ends, ends)))
    fixed = [(low, high)] if pairing.is_balanced(text[low:high]) else []
    spans = [(layer.low, layer.high) for layer in overlays.lay(text, marks, fixed)]
    for low, high in spans:
        assert text[low:high] == text[low:high].strip() != ""
        assert pairing.is_balanced(text[low:high])
        assert not any(start < low < end < high or low < start < high < end for start, end in [*spans, *pairs, *fixed])
