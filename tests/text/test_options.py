"""Option sets: levels, sub-options, Option 0, brackets round them, common parts, what they cover."""

import pytest

from drafting.text import options, pairing
from drafting.text.options import Options


def _read(texts: list[str]) -> Options:
    return options.find(texts, pairing.match(texts).pairs)


def _show(texts: list[str]) -> list[tuple[str, list[str]]]:
    """Each set's level and its options, each with the words it covers, joined over provisions."""
    shown = []
    for each in _read(texts).sets:
        words = [
            "|".join(
                text[
                    option.start.offset if index == option.start.provision else 0 : option.end.offset
                    if index == option.end.provision
                    else None
                ]
                for index, text in enumerate(texts)
                if option.start.provision <= index <= option.end.provision
            )
            for option in each.options
        ]
        shown.append((each.level, words))
    return shown


def test_a_set_inside_one_bracket_ends_with_it() -> None:
    assert _show(["[Option 1: A;\nOption 2: B;\nOption 3: No provision.] Rest"]) == [
        ("subparagraphs", ["Option 1: A;\n", "Option 2: B;\n", "Option 3: No provision."])
    ]


def test_a_set_over_paragraphs_ends_at_the_next_article() -> None:
    assert _show(["**Option 1:**", "1. One", "**Option 2:** No text", "Article 3"]) == [
        ("subparagraphs", ["Option 1:**|1. One|**", "Option 2:** No text|"])
    ]


def test_options_in_brackets_of_their_own_end_with_them() -> None:
    found = _read(["[Option 1\nOne.] x", "[Option 2\nTwo.]", "More."])
    assert [(option.pair, option.end) for option in found.sets[0].options] == [(0, (0, 14)), (1, (1, 14))]


def test_levels_stand_one_inside_the_other() -> None:
    texts = ["OPTION I", "Option A", "Option 1", "Option 2", "Option B", "OPTION II", "End"]
    found = _read(texts).sets
    assert [(each.level, len(each.options), each.inside) for each in found] == [
        ("articles", 2, None),
        ("paragraphs", 2, (0, 0)),
        ("subparagraphs", 2, (1, 0)),
    ]


def test_sub_options_stand_inside_an_option() -> None:
    texts = ["Option 0\nNo text.", "Option 1\nText:", "[Sub-option 0\nNo text in sub-option.]", "[Sub-option 1\nWords]"]
    found = _read(texts).sets
    assert [(each.level, [option.no_text for option in each.options], each.inside) for each in found] == [
        ("subparagraphs", [True, False], None),
        ("sub-options", [True, False], (0, 1)),
    ]


@pytest.mark.parametrize(
    ("words", "no_text"),
    [
        (": No text", True),
        (":** *no text*", True),
        (" - none of the above applies", False),
        (": No provision on this matter.", True),
        (": No blanket reference to institutions.", True),
        (": No Party shall act.", False),
        (": Nothing.", True),
    ],
)
def test_having_no_text_is_an_option(words: str, no_text: bool) -> None:
    (found,) = _read([f"Option 1: Words\nOption 2{words}"]).sets
    assert [option.no_text for option in found.options] == [False, no_text]


def test_no_text_may_stand_in_the_provision_behind_the_label() -> None:
    (found,) = _read(["**Option 1:**", "Words", "**Option 2:**", "No text", "## Article 3"]).sets
    assert [option.no_text for option in found.options] == [False, True]


def test_an_option_says_which_paragraphs_it_covers() -> None:
    (found,) = _read(["Option 1: Words", "Option 2: (paragraphs 3–3 quater)"]).sets
    covered = [
        [element.label.name for mention in option.covers for element in mention.path] for option in found.options
    ]
    assert covered == [[], ["3", "3 quater"]]
    assert found.options[1].covers[0].opens_range


def test_a_part_common_to_options_ends_the_set() -> None:
    texts = ["Option 1", "One", "Option 2", "Two", "Provisions common for Options 1 and 2 above", "Both", "## Next"]
    found = _read(texts)
    assert found.sets[0].options[-1].end == (4, 0)
    assert [(common.start, common.end, common.options) for common in found.common] == [((4, 0), (6, 0), (1, 2))]


def test_paragraphs_that_count_on_end_the_set() -> None:
    texts = ["2. Two", "3. Three", "Option 1:", "1. In", "2. In", "Option 2:", "1. In", "4. Four"]
    assert _read(texts).sets[0].options[-1].end == (7, 0)


def test_options_that_begin_inside_a_paragraph_end_with_the_next() -> None:
    assert _show(["3. Option A: one.", "Option B: two.", "4. Next."]) == [
        ("paragraphs", ["Option A: one.|", "Option B: two.|"])
    ]


def test_numbers_that_begin_again_are_another_set() -> None:
    assert len(_read(["Option 1: a", "Option 2: b", "Option 1: c", "Option 2: d"]).sets) == 2


def test_a_text_without_options_has_none() -> None:
    assert _read([]) == _read(["The option of leaving."]) == Options((), ())
