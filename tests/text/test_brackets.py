"""Brackets over a whole document: read, located, written back."""

from drafting.text import brackets
from drafting.text.brackets import Kind, Position


def test_a_pair_may_stand_with_its_ends_in_two_provisions() -> None:
    (pair,) = brackets.parse(["[1. a", "2. b]"]).pairs
    assert (pair.start, pair.end, pair.is_crossing) == (Position(0, 0), Position(1, 4), True)


def test_the_nearest_open_bracket_is_the_partner() -> None:
    parsed = brackets.parse(["a [b [c] d"])
    assert [(pair.start.offset, pair.end.offset) for pair in parsed.pairs] == [(5, 7)]
    assert [(anomaly.kind, anomaly.offset) for anomaly in parsed.anomalies] == [("unclosed", 2)]


def test_nesting_names_the_parent_and_the_depth() -> None:
    parsed = brackets.parse(["[a [b [c]] d] [e]"])
    assert [(pair.number, pair.parent, pair.depth) for pair in parsed.pairs] == [
        (1, None, 1),
        (2, 1, 2),
        (3, 2, 3),
        (4, None, 1),
    ]


def test_twenty_thousand_unclosed_brackets_are_read_on() -> None:
    texts = ["[" * 20_000]
    parsed = brackets.parse(texts)
    assert len(parsed.anomalies) == 20_000
    assert all(anomaly.suggestion for anomaly in parsed.anomalies)
    assert brackets.write(parsed) == texts


def test_three_hundred_levels_are_read() -> None:
    parsed = brackets.parse(["[" * 300 + "]" * 300])
    assert (len(parsed.pairs), parsed.pairs[-1].depth, parsed.anomalies) == (300, 300, ())


def test_a_footnote_number_is_a_note_and_a_disputed_number_is_not() -> None:
    kinds = [pair.kind for pair in brackets.parse(["the instrument[1] within [5] years"]).pairs]
    assert kinds == [Kind.NOTE, Kind.DISPUTED]


def test_groups_tell_how_sure_they_are() -> None:
    groups = brackets.parse(["[shall][should] [take] or [may] [might] act"]).groups
    assert [(group.pairs, group.sure) for group in groups] == [((0, 1), "adjacent"), ((3, 4), "spaced")]
