"""Wordings: a revised text is tokenized like any other, and words are cut where brackets may cut them."""

from hypothesis import given
from hypothesis import strategies as st

from drafting.text import wordings
from drafting.text.wordings import Wording
from tests.text import strategies

LEANING = [*" a\u0301\u0345\u0600\u200d\u0937\u094d\u0e35\u00a0保护", "👩", "\ufe0f"]


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


@given(st.lists(st.sampled_from(LEANING), min_size=1), st.data())
def test_texts_that_differ_in_brackets_alone_are_cut_alike(signs: list[str], data: st.DataObject) -> None:
    brackets = st.lists(st.sampled_from(["", "", "[", "]"]), min_size=len(signs), max_size=len(signs))
    texts = ["".join(part for pair in zip(data.draw(brackets), signs, strict=True) for part in pair) for _ in "ab"]
    one, other = (
        [token for token in wording.tokens if not token.isspace() and token not in wordings.BRACKETS]
        for wording in wordings.split(*map(Wording.of, texts))
    )
    assert one == other


def test_other_words_stay_whole() -> None:
    one, other = Wording.of("a [b] c"), Wording.of("abc")
    assert wordings.split(one, other) == (one, other)
