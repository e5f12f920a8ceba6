"""What a bracketed document reads as: clean with its gaps, compared with another."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drafting.text import brackets, readings
from drafting.text.brackets import Position
from drafting.text.hunks import Proposal
from drafting.text.readings import Clean, Gap, Together
from drafting.text.standing import AlternativeGroup, Bracketed, Span
from tests.text import strategies


def test_an_undecided_pair_leaves_a_gap_that_names_it_and_those_inside() -> None:
    read = readings.clean(Bracketed.read(["a [b [c]] d"]))
    assert read == Clean(("a d",), (Gap(0, 2, (1, 2), "b [c]"),))


def test_notes_and_baselines_stay() -> None:
    group = AlternativeGroup((2,), Span(Position(0, 6), Position(0, 11)))
    read = readings.clean(Bracketed.read(["a [1] shall [may] b"], [group], notes=[1]))
    assert read.texts == ("a [1] shall b",)
    assert read.gaps == (Gap(0, 6, (2,), "shall"), Gap(0, 12, (2,), "may"))


def test_an_undecided_pair_inside_a_note_is_cut() -> None:
    assert readings.clean(Bracketed.read(["a [see [b] c] d"], notes=[1])).texts == ("a [see c] d",)


def test_a_bracket_that_stands_alone_goes_and_is_a_gap() -> None:
    read = readings.clean(Bracketed.read(["a [b c", "d] e] f"]))
    assert read.texts == ("a", "e f")
    assert read.gaps == (Gap(0, 1, (1,), "b c\nd"), Gap(1, 1, (), "]"))


def test_provisions_left_empty_keep_their_place() -> None:
    assert readings.clean(Bracketed.read(["[a", "b]", "c"])).texts == ("", "", "c")


def test_nothing_undecided_leaves_no_gap() -> None:
    assert readings.clean(Bracketed.read(["a b", "c"])) == Clean(("a b", "c"), ())


def test_versions_that_do_not_collide_are_read_together() -> None:
    document = Bracketed.read(["a b c d e", "f"])
    versions = [Proposal("EU", {0: "a x c d e"}), Proposal("NOR", {0: "a x c d y", 1: "f g"})]
    assert readings.together(document, versions) == Together(("a x c d y", "f g"), ())


def test_versions_that_collide_are_named() -> None:
    document = Bracketed.read(["a b c d e"])
    versions = [Proposal("EU", {0: "a x c d e"}), Proposal("NOR", {0: "a y c d e"}), Proposal("G77", {0: "a b c d z"})]
    assert readings.together(document, versions) == Together((), ("EU", "NOR"))


def test_versions_whose_brackets_would_cross_collide() -> None:
    document = Bracketed.read(["a b c d"])
    versions = [Proposal("EU", {0: "a [b c] d"}), Proposal("NOR", {0: "a b [c d]"})]
    assert readings.together(document, versions) == Together((), ("EU", "NOR"))


@given(strategies.balanced_texts(), strategies.balanced_texts())
def test_one_version_read_alone_is_its_text(base: str, text: str) -> None:
    assume(text.strip())  # a provision left without words is retired
    read = readings.together(Bracketed.read([base]), [Proposal("EU", {0: text})])
    assert read == Together((text,), ())


@given(strategies.documents(), st.data())
def test_a_clean_text_holds_no_negotiation_bracket(texts: list[str], data: st.DataObject) -> None:
    pairs = brackets.parse(texts).pairs
    notes = data.draw(st.sets(st.sampled_from([pair.number for pair in pairs]))) if pairs else set()
    read = readings.clean(Bracketed.read(texts, notes=notes))
    left = brackets.parse(read.texts)
    assert not left.anomalies
    assert len(left.pairs) <= len(notes)


@given(strategies.documents())
def test_every_undecided_pair_and_every_anomaly_is_in_one_gap(texts: list[str]) -> None:
    parsed = brackets.parse(texts)
    gaps = readings.clean(Bracketed.read(texts)).gaps
    assert sorted(number for gap in gaps for number in gap.pairs) == [pair.number for pair in parsed.pairs]
    assert sum(not gap.pairs for gap in gaps) == len(parsed.anomalies)


@given(strategies.documents())
def test_gaps_stand_in_order_inside_the_clean_text(texts: list[str]) -> None:
    read = readings.clean(Bracketed.read(texts))
    places = [(gap.provision, gap.offset) for gap in read.gaps]
    assert places == sorted(places)
    assert all(offset <= len(read.texts[at]) for at, offset in places)


def test_marks_put_round_part_of_a_word_are_all_that_is_shown() -> None:
    runs = [(run.kind, run.text) for run in readings.comparison("the thresholds set", "the threshold[s] set")]
    assert runs == [
        ("same", "the threshold"),
        ("inserted", "["),
        ("same", "s"),
        ("inserted", "]"),
        ("same", " set"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "redline"),
    [
        (
            "Party [shall] take measures.",
            "Party shall take [any] steps.",
            "Party -[- shall -]- take -measures- +[any] steps+ .",
        ),
        ("[Party shall] act", "Party [shall][may] act", "-[- Party +[+ shall] +[may]+ act"),
        ("[a b] c", "[a] b c", "[a +]+ b -]- c"),
    ],
)
def test_a_redline_shows_brackets_apart_from_the_words(old: str, new: str, redline: str) -> None:
    marks = {"same": "", "deleted": "-", "inserted": "+"}
    runs = [f"{marks[run.kind]}{run.text.strip()}{marks[run.kind]}" for run in readings.comparison(old, new)]
    assert " ".join(runs) == redline


@given(strategies.texts(), strategies.texts())
def test_a_comparison_accepted_is_the_new_text_and_rejected_the_old(old: str, new: str) -> None:
    runs = readings.comparison(old, new)
    assert "".join(run.text for run in runs if run.kind != "inserted") == old
    assert "".join(run.text for run in runs if run.kind != "deleted") == new


@given(strategies.texts())
def test_a_text_compared_with_itself_has_one_run(text: str) -> None:
    assert [run.kind for run in readings.comparison(text, text)] == ["same"] * bool(text)
