"""Options by name, with the words they offer and the print that tells when these are others."""

from hypothesis import given
from hypothesis import strategies as st

from drafting.text import choices

SET = ["1. Option 1: Each Party shall act.", "Option 2: No text.", "[Option 3: Parties may act.]", "2. Others."]


def _names(texts: list[str]) -> list[str]:
    return [choice.name for choice in choices.find(texts)]


def test_each_option_has_its_label_its_words_and_whether_brackets_of_its_own_hold_it() -> None:
    found = choices.find(SET)
    assert [(one.provision, SET[one.provision][one.start : one.end]) for one in found] == [
        (0, "Option 1:"),
        (1, "Option 2:"),
        (2, "Option 3:"),
    ]
    assert [one.words for one in found] == ["Each Party shall act.", "No text.", "Parties may act."]
    assert [(one.no_text, one.is_bracketed) for one in found] == [(False, False), (True, False), (False, True)]


def test_one_bracket_round_a_whole_set_is_no_options_own() -> None:
    found = choices.find(["[Option 1: A;\nOption 2: B;\nOption 3: No provision.] Rest"])
    assert [one.is_bracketed for one in found] == [False, False, False]


def test_a_sub_option_is_named_with_the_option_it_stands_in() -> None:
    assert _names(["Option 1", "Sub-option 1: A", "Sub-option 2: B", "Option 2", "Sub-option 1: C"]) == [
        "Option 1",
        "Option 2",
        "Option 1, Sub-option 1",
        "Option 1, Sub-option 2",
        "Option 2, Sub-option 1",
    ]


def test_names_that_would_meet_in_one_provision_are_counted() -> None:
    assert _names(["1. Option 1: A\nOption 2: B\n1. Option 1: C"])[-1] == "Option 1 (2)"


def test_words_of_an_option_run_over_provisions() -> None:
    assert choices.find(["**Option 1:**", "1. One", "**Option 2:** No text"])[0].words == "1. One"


def test_no_option_is_looked_for_where_no_word_says_so() -> None:
    assert not choices.may_hold("The optional protocol is optionally applied.")
    assert choices.find(["The optional protocol."]) == []


def test_an_option_is_called_by_its_name_by_its_last_part_or_by_having_no_text() -> None:
    found = choices.find(["OPCIÓN 1", "Sub-option 1: A", "Sub-option 2: B", "Opción 2: No text"])
    called = {
        said: [one.name for one in choices.called(found, said)] for said in ("Option 1", "sub-option 1", "No text")
    }
    assert called == {"Option 1": ["OPCIÓN 1"], "sub-option 1": ["OPCIÓN 1, Sub-option 1"], "No text": ["Opción 2"]}


def test_options_are_near_where_their_set_reaches_or_begins_right_behind() -> None:
    found = choices.find([*SET, "3. They choose:", "Option 1: C", "Option 2: D"])
    near = [[one.provision for one in choices.near(found, at, at)] for at in range(len(SET) + 3)]
    assert near == [[0, 1, 2], [0, 1, 2], [0, 1, 2], [], [5, 6], [5, 6], [5, 6]]


@given(st.text(alphabet="ab c.[]", max_size=30), st.integers(0, 30))
def test_brackets_and_white_space_leave_the_print_and_words_change_it(words: str, at: int) -> None:
    def printed(said: str) -> str:
        return choices.find([f"1. Option 1: x{said}"])[0].print

    at = min(at, len(words))
    assert printed(words) == printed(f"{words[:at]} {words[at:]}") == printed(words.replace("[", "").replace("]", ""))
    assert printed(words) != printed(f"{words[:at]}z{words[at:]}")
