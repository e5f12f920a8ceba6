"""Rivals: what one proposal wants of a text, in pieces that give its words when all are made."""

from hypothesis import given

from drafting.text import rivals
from drafting.text.wordings import Wording
from tests.text import strategies


def made(base: str, new: str) -> str:
    found, at = [], 0
    for rival in rivals.find(Wording.of(base), new, ("A",)):
        found += [base[at : rival.low], rival.text]
        at = rival.high
    return "".join([*found, base[at:]])


def test_words_put_in_where_the_next_change_begins_are_in_one_rival_alone() -> None:
    base, new = "llيجب x's][may ] ]", "]lيج[ x's][may ] "
    assert made(base, new) == new


@given(strategies.texts(), strategies.texts())
def test_all_rivals_made_together_give_the_new_text(base: str, new: str) -> None:
    assert made(base, new) == new
