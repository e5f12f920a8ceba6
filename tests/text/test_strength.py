"""What an amendment does to the force of a text."""

import pytest
from hypothesis import given

from drafting.text import strength
from drafting.text.strength import Level
from tests.text import strategies


def _shifts(old: str, new: str, language: str = "en") -> list[tuple[str, str, str]]:
    return [
        (shift.old.words if shift.old else "", shift.new.words if shift.new else "", shift.direction)
        for shift in strength.shifts(old, new, language)
    ]


@pytest.mark.parametrize(
    ("old", "new", "shift"),
    [
        ("Parties shall report", "Parties should report", ("shall", "should", "weaker")),
        ("Parties may report", "Parties shall report", ("may", "shall", "stronger")),
        ("Parties shall report", "Parties must report", ("shall", "must", "level")),
        ("are encouraged to report", "are required to report", ("are encouraged to", "are required to", "stronger")),
        ("shall ensure", "shall endeavour to ensure", ("", "endeavour to", "added")),
        ("Parties shall report", "Parties report", ("shall", "", "removed")),
        ("shall report", "shall, as appropriate, report", ("", "as appropriate", "weaker")),
        ("on a voluntary basis, shall", "shall", ("on a voluntary basis", "", "stronger")),
        ("Parties may report", "Parties may not report", ("may", "may not", "stronger")),
        ("Parties shall", "Parties shallow", ("shall", "", "removed")),
    ],
)
def test_a_change_of_force_is_named(old: str, new: str, shift: tuple[str, str, str]) -> None:
    assert _shifts(old, new) == [shift]


def test_words_that_only_look_normative_are_none() -> None:
    assert strength.terms("In May the political will, with good will, was there") == []


def test_ensure_has_no_force_of_its_own() -> None:
    assert _shifts("Parties shall protect", "Parties shall ensure") == []


def test_the_longest_term_at_a_place_is_meant() -> None:
    (term,) = strength.terms("Parties shall not dump")
    assert (term.words, term.level, term.start, term.end) == ("shall not", Level.BINDING, 8, 17)


def test_other_languages_are_indicative() -> None:
    assert _shifts("缔约方应保护", "缔约方可保护", "zh") == [("应", "可", "weaker")]
    assert [strength.is_indicative(language) for language in strength.LANGUAGES] == [False, *[True] * 5]


@pytest.mark.parametrize("language", strength.LANGUAGES)
def test_every_language_of_the_list_has_words(language: str) -> None:
    shall = {"en": "shall", "fr": "doit", "es": "deberá", "ru": "должен", "ar": "يجب", "zh": "必须"}
    assert [term.level for term in strength.terms(shall[language], language)] == [Level.BINDING]


@given(strategies.texts())
def test_a_text_has_no_shift_from_itself(text: str) -> None:
    assert strength.shifts(text, text) == []


@given(strategies.texts(), strategies.texts())
def test_a_shift_names_terms_as_they_stand_in_the_texts(old: str, new: str) -> None:
    found = strength.shifts(old, new)
    before, after = strength.terms(old), strength.terms(new)
    assert all(shift.old in before for shift in found if shift.old)
    assert all(shift.new in after for shift in found if shift.new)
    assert len(found) >= abs(len(before) - len(after))
