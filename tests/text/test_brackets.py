"""Brackets over a whole document: read, located, named, written back."""

import pytest
from hypothesis import given

from drafting.text import brackets
from drafting.text.brackets import Kind, Position

from .strategies import balanced_documents, documents


@given(documents())
def test_writing_a_parse_gives_the_texts_back(texts: list[str]) -> None:
    assert brackets.write(brackets.parse(texts)) == texts


@given(documents())
def test_every_bracket_is_in_a_pair_or_an_anomaly(texts: list[str]) -> None:
    parsed = brackets.parse(texts)
    assert 2 * len(parsed.pairs) + len(parsed.anomalies) == sum(text.count("[") + text.count("]") for text in texts)


@given(documents())
def test_a_pair_holds_whole_pairs_and_its_parent_is_the_nearest(texts: list[str]) -> None:
    pairs = brackets.parse(texts).pairs
    for pair in pairs:
        around = [other for other in pairs if other.start < pair.start and pair.end < other.end]
        assert not any(pair.start < other.start < pair.end < other.end for other in pairs)
        assert pair.parent == (around[-1].number if around else None)
        assert pair.depth == len(around) + 1


@given(documents())
def test_the_anomalies_are_the_residue(texts: list[str]) -> None:
    parsed = brackets.parse(texts)
    kinds = [anomaly.kind for anomaly in parsed.anomalies]
    assert (kinds.count("stray"), kinds.count("unclosed")) == brackets.residue("".join(texts))


@given(documents())
def test_the_residue_of_a_document_is_folded_from_its_texts(texts: list[str]) -> None:
    assert brackets.fold(map(brackets.residue, texts)) == brackets.residue("".join(texts))


@given(balanced_documents())
def test_a_balanced_document_has_no_anomaly(texts: list[str]) -> None:
    assert brackets.parse(texts).anomalies == ()
    assert brackets.is_balanced("".join(texts))


@given(documents())
def test_the_proposed_partner_mends_an_anomaly_and_changes_no_pair(texts: list[str]) -> None:
    parsed = brackets.parse(texts)
    for anomaly in parsed.anomalies:
        at = anomaly.partner
        mended = list(texts)
        mark = "]" if anomaly.kind == "unclosed" else "["
        mended[at.provision] = mended[at.provision][: at.offset] + mark + mended[at.provision][at.offset :]
        again = brackets.parse(mended)
        assert len(again.anomalies) == len(parsed.anomalies) - 1
        assert len(again.pairs) == len(parsed.pairs) + 1
        assert {_shift(pair, at) for pair in parsed.pairs} <= {(pair.start, pair.end) for pair in again.pairs}


def _shift(pair: brackets.Pair, at: Position) -> tuple[Position, Position]:
    """The ends of a pair after one character was put in at `at`."""
    start, end = (
        Position(place.provision, place.offset + (place.provision == at.provision and place.offset >= at.offset))
        for place in (pair.start, pair.end)
    )
    return start, end


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


@pytest.mark.parametrize(
    ("text", "pairs", "anomalies"),
    [
        ("[" * 20_000, 0, 20_000),
        ("]" * 20_000, 0, 20_000),
        ("[x[]" * 10_000, 10_000, 10_000),
        ("[" * 20_000 + "]" * 20_000, 20_000, 0),
        ("[" * 300 + "]" * 300, 300, 0),
    ],
)
def test_a_broken_or_deep_text_is_ordinary_input(text: str, pairs: int, anomalies: int) -> None:
    parsed = brackets.parse([text])
    assert (len(parsed.pairs), len(parsed.anomalies)) == (pairs, anomalies)
    assert brackets.write(parsed) == [text]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("[Parties shall [take] measures. Next", 30, "behind “Parties shall [take] measures”"),
        ("a [b [c d", 4, "behind “b”"),
        ("take measures] now", 0, "before “take measures”"),
        ("One. The [a] b] c", 5, "before “The [a] b”"),
        ("[", 1, "right behind it"),
        ("]", 0, "right before it"),
    ],
)
def test_the_partner_is_proposed_where_the_clause_begins_or_ends(text: str, place: int, words: str) -> None:
    (anomaly, *_) = brackets.parse([text]).anomalies
    assert anomaly.partner == (0, place)
    assert words in anomaly.suggestion


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Parties [shall] act", [Kind.DISPUTED]),
        ("threshold[s], safe[r]", [Kind.DISPUTED, Kind.DISPUTED]),
        ("[eco-]labelling, [G]uidelines", [Kind.DISPUTED, Kind.DISPUTED]),
        ("shall act [, as appropriate,] with", [Kind.INSERTION]),
        ("developed[ and developing] States", [Kind.INSERTION]),
        ("chain[;] and", [Kind.INSERTION]),
        ("States [and others] act", [Kind.INSERTION]),
        ("[shall][should] act", [Kind.ALTERNATIVE, Kind.ALTERNATIVE]),
        ("[shall] [should] [may] act", [Kind.ALTERNATIVE] * 3),
        ("shall [is encouraged to] act", [Kind.ALTERNATIVE]),
        ("by […] within [X] years of [x years], [ ] and [Placeholder for liability.]", [Kind.PLACEHOLDER] * 5),
        ("{Timing} [{to be discussed}] [to be determined]", [Kind.PLACEHOLDER] * 2),
        ("[40–70] per cent, within [5] years, the [second] session", [Kind.DISPUTED] * 3),
        ("[1. First paragraph.]", [Kind.WHOLE]),
        ("[[Existing] [and] [legacy] pollution]", [Kind.WHOLE, *[Kind.ALTERNATIVE] * 3]),
        ("the instrument[1] and [English version], see [1.CP/21]", [Kind.NOTE] * 3),
        ("in line with decision [of the CMA][1/CP.21].", [Kind.ALTERNATIVE] * 2),
        ("future. [Agreed ad ref] The list [to be completed]", [Kind.NOTE] * 2),
        ("words [Merge with II.8]", [Kind.NOTE]),
        ("a [b] c", [Kind.DISPUTED]),
        ("a [x] b", [Kind.DISPUTED]),
    ],
)
def test_a_pair_is_of_the_kind_its_words_say(text: str, kinds: list[Kind]) -> None:
    assert [pair.kind for pair in brackets.parse([text]).pairs] == kinds


def test_a_number_at_the_head_is_a_footnote_where_its_anchor_stands_elsewhere() -> None:
    texts = ["the instrument[1] is", "[1] Use of this term is provisional.", "[2] Parties shall"]
    assert [pair.kind for pair in brackets.parse(texts).pairs] == [Kind.NOTE, Kind.NOTE, Kind.DISPUTED]


def test_a_bracket_over_several_paragraphs_is_whole() -> None:
    assert brackets.parse(["[1. a [b]", "2. c]."]).pairs[0].kind is Kind.WHOLE


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("[a][b][c]", [((0, 1, 2), "adjacent")]),
        ("[a] [b] [c]", [((0, 1, 2), "spaced")]),
        ("[a][b] [c]", [((0, 1), "adjacent")]),
        ("[a] [b][c] [d] [e]", [((1, 2), "adjacent"), ((3, 4), "spaced")]),
        ("[a]  [b]", []),
        ("[a]\n[b]", []),
        ("[a], [b] or [c]", []),
        ("[[a] [b]] [c]", [((0, 3), "spaced"), ((1, 2), "spaced")]),
        ("shall [is encouraged to] act", [((0,), "baseline")]),
        ("[are encouraged to] shall act", [((0,), "baseline")]),
        ("within 5 [10] years", [((0,), "baseline")]),
        ("shall [act]", []),
        ("shall [shall] act", []),
        ("note[1][2]", []),
        ("[a] [b", []),
    ],
)
def test_groups_tell_how_sure_they_are(text: str, groups: list[tuple[tuple[int, ...], str]]) -> None:
    assert [(group.pairs, group.sure) for group in brackets.parse([text]).groups] == groups


def test_a_group_names_its_baseline() -> None:
    text = "[shall][should] may act"
    (group,) = brackets.parse([text]).groups
    assert group.baseline is not None
    start, end = group.baseline
    assert text[start.offset : end.offset] == "may"


@given(documents())
def test_no_pair_is_in_two_groups_and_members_are_siblings(texts: list[str]) -> None:
    parsed = brackets.parse(texts)
    members = [index for group in parsed.groups for index in group.pairs]
    assert len(members) == len(set(members))
    assert all(len({parsed.pairs[index].parent for index in group.pairs}) == 1 for group in parsed.groups)
