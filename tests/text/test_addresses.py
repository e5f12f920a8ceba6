"""A new provision gets an address of its own, read off its label, that no other has."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.text import addresses, outlines

CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.mark.parametrize(
    ("words", "after", "article", "address"),
    [
        ("5. Each Party shall act.", "4", "", "5"),
        ("5. Each Party shall act.", "9.4", "9", "9.5"),
        ("(b) report;", "9.4(a)", "9", "9.4(b)"),
        ("4. Another.", "4", "", "4_2"),
        ("No label.", "4", "", "4~1"),
        ("No label either.", "4~1", "", "4~1~1"),
    ],
)
def test_it_is_called_by_its_label_or_by_what_it_follows(words: str, after: str, article: str, address: str) -> None:
    assert addresses.name(words, after, article, {"4"}).address == address


@given(st.text("1a~(", min_size=1, max_size=9), st.sets(st.text("1a~(2", max_size=9)))
def test_an_address_is_free_and_is_the_one_asked_for_where_that_is(address: str, taken: set[str]) -> None:
    found = addresses.free(address, taken)
    assert found not in taken
    assert found == address or address in taken


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("9.2(a)(ii)", "9.2(a)(ii)"),
        ("3.3bis(a)", "3.3 bis (a)"),
        ("1.3(cbis)", "1.3(c) bis"),
        ("PP1", "PP1"),
        ("OP1bisalt2", "OP1 bis alt 2"),
        ("16.3.option3~1", "16.3, option 3, unnumbered paragraph 1"),
        ("7.2(c)~1", "7.2(c), unnumbered paragraph 1"),
        ("~1", "Unnumbered paragraph 1"),
        ("4~1~1", "4, unnumbered paragraph 1.1"),
        ("preamble~3", "Preamble, paragraph 3"),
        ("page~5", "Page header or footer 5"),
        ("annexB_2.II.suboption1_3.OP7quater", "Annex B (2nd), II, sub-option 1 (3rd), OP7 quater"),
        ("partIV", "Part IV"),
        ("i2.5", "Instrument 2, 5"),
        ("2.alt2", "2 alt 2"),
        ("a name of somebody's own", "A name of somebody's own"),
    ],
)
def test_it_is_said_as_the_floor_says_it(address: str, said: str) -> None:
    assert addresses.say(address) == said


def test_several_are_kept_apart() -> None:
    assert addresses.say_all(["9.2", "9.3"]) == "9.2, 9.3"
    assert addresses.say_all(["9.2", "16.3.option3"]) == "9.2; 16.3, option 3"


def test_an_article_is_said_by_its_number_others_by_their_name() -> None:
    assert [addresses.say_article(one) for one in ("9", "preamble", "annexI")] == ["Article 9", "Preamble", "Annex I"]


@pytest.mark.parametrize("file", sorted(CORPUS.glob("*.txt")), ids=lambda file: file.name)
def test_no_two_provisions_of_a_text_are_said_alike(file: Path) -> None:
    entries = outlines.read(file.read_text(encoding="utf8").split("\n\n"))
    assert len({addresses.say(entry.address) for entry in entries}) == len(entries)
