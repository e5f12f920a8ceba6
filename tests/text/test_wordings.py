"""Wordings: a revised text is tokenized like any other, and words are cut where brackets may cut them."""

from hypothesis import given
from hypothesis import strategies as st

from drafting.text import wordings
from drafting.text.wordings import Wording
from tests.text import strategies


@given(strategies.texts(), st.data())
def test_a_revision_is_tokenized_like_a_text_of_its_own(base: str, data: st.DataObject) -> None:
    text = data.draw(strategies.changes_of(base)).apply(base)
    revised = Wording.of(base).revise(text)
    assert (revised.text, revised.tokens) == (text, Wording.of(text).tokens)
    head, tail = revised.kept
    assert revised.tokens[:head] == Wording.of(base).tokens[:head]
    assert (
        revised.tokens[len(revised.tokens) - tail :] == Wording.of(base).tokens[len(Wording.of(base).tokens) - tail :]
    )


@given(strategies.texts(), strategies.texts())
def test_cutting_words_loses_nothing(one: str, other: str) -> None:
    for text, cut in zip((one, other), wordings.split(Wording.of(one), Wording.of(other)), strict=True):
        assert "".join(cut.tokens) == text
        assert cut.text == text


def test_a_word_is_cut_where_a_bracket_cuts_it_elsewhere() -> None:
    one, other = wordings.split(Wording.of("threshold[s] apply"), Wording.of("thresholds apply"))
    assert other.tokens == ("threshold", "s", " ", "apply")
    assert one.tokens == ("threshold", "[", "s", "]", " ", "apply")


def test_a_word_made_of_what_brackets_part_is_cut() -> None:
    _, other = wordings.split(Wording.of("un[in]tended acts"), Wording.of("untended acts"))
    assert other.tokens == ("un", "tended", " ", "acts")


def test_other_words_stay_whole() -> None:
    one, other = Wording.of("a [b] c"), Wording.of("abc")
    assert wordings.split(one, other) == (one, other)
