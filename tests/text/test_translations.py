"""The brackets of a translation are those of the original, in whatever order its language sets them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.text import pairing, translations
from drafting.text.translations import UnlikeBrackets
from tests.text.strategies import PIECES

ENGLISH = "Each Party [shall][should] take [necessary] measures."
FRENCH = "Chaque Partie [doit][devrait] prendre les mesures [nécessaires]."


def test_brackets_in_the_same_order_answer_to_each_other() -> None:
    found = translations.order(ENGLISH, FRENCH)
    assert found == (1, 2, 3)
    places = translations.places(ENGLISH, FRENCH, found)
    assert [FRENCH[at] for at in places.values()] == [ENGLISH[at] for at in places]
    assert places[ENGLISH.index("[nec")] == FRENCH.index("[néc")


def test_another_order_is_said() -> None:
    chinese = "每一缔约方 [必要] 措施 [应][宜]。"
    places = translations.places(ENGLISH, chinese, translations.order(ENGLISH, chinese, [3, 1, 2]))
    assert places[ENGLISH.index("[nec")] == chinese.index("[必")


def test_a_bracket_without_a_counterpart_is_left_out_by_name_alone() -> None:
    with pytest.raises(UnlikeBrackets, match="has 0 pairs of brackets, the original has 1"):
        translations.order("threshold[s]", "阈值")
    assert translations.order("threshold[s]", "阈值", []) == ()


@pytest.mark.parametrize("asked", [[1, 1, 2], [1, 2, 4], [0, 1, 2], [1, 2]])
def test_each_bracket_is_named_once_and_is_one_of_the_original(asked: list[int]) -> None:
    with pytest.raises(UnlikeBrackets):
        translations.order(ENGLISH, FRENCH, asked)


def test_a_bracket_stays_inside_the_one_it_stands_in() -> None:
    with pytest.raises(UnlikeBrackets, match="stands in another bracket"):
        translations.order("a [b [c]]", "a [b][c]")
    assert translations.order("a [b [c]]", "a [b c]", [1]) == (1,)
    assert translations.order("a [b [c] d]", "[c] a", [2]) == (2,)


def test_ends_that_go_on_elsewhere_are_as_many_and_enclose_the_same() -> None:
    with pytest.raises(UnlikeBrackets, match="1 closing and 0 opening"):
        translations.order("b] c", "b c")
    with pytest.raises(UnlikeBrackets, match="stands in another bracket"):
        translations.order("b] c [d]", "[d] b] c")
    assert translations.places("b] c [", "x y] z [", ()) == {1: 3, 5: 7}


def test_what_has_no_letter_needs_no_translation() -> None:
    assert not translations.needs_words("[…] 40–70 %")
    assert translations.needs_words("第")


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_a_text_is_a_translation_of_itself(text: str) -> None:
    found = translations.order(text, text)
    marks = [offset for offset, _ in pairing.marks(text)]
    assert translations.places(text, text, found) == {at: at for at in marks}


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.data())
def test_every_bracket_of_a_translation_is_one_of_the_original_with_the_same_sign(
    text: str, data: st.DataObject
) -> None:
    parts = data.draw(st.permutations([f"[{n}[x]]" for n in range(3)]))
    original = text + "".join(f"[{n}[x]]" for n in range(3))
    base = len(translations.pairs(text))
    asked = [*range(1, base + 1), *(base + 2 * int(part[1]) + inner for part in parts for inner in (1, 2))]
    translated = text + "".join(parts)
    places = translations.places(original, translated, translations.order(original, translated, asked))
    assert sorted(places.values()) == [offset for offset, _ in pairing.marks(translated)]
    assert all(original[here] == translated[there] for here, there in places.items())
