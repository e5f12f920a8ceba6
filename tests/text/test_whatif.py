"""What would fall if somebody let go: exact on small cases, never a bracket whose holders are not all known."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drafting.text import whatif
from drafting.text.whatif import Held

CODES = ("NOR", "KEN", "USA", "G77")
parties = st.frozensets(st.sampled_from(CODES))
brackets = st.lists(st.builds(lambda who, against, known: (who, against - who, known), parties, parties, st.booleans()))


def made(rows: list[tuple[frozenset[str], frozenset[str], bool]]) -> list[Held]:
    return [Held(n, who, against, size=n, known=known) for n, (who, against, known) in enumerate(rows, 1)]


def held(number: int, *holders: str, against: str = "", size: int = 1, place: str = "", known: bool = True) -> Held:
    return Held(number, frozenset(holders), frozenset(against.split()), size, place, known)


def test_a_bracket_falls_with_its_last_holder() -> None:
    rows = [held(1, "NOR"), held(2, "NOR", "KEN"), held(3, "KEN", "USA", "G77"), held(4)]
    assert whatif.let_go(rows, ["NOR"]).fall == (1,)
    assert whatif.let_go(rows, ["NOR"]).nearly == (2,)
    assert whatif.let_go(rows, ["NOR", "KEN"]).fall == (1, 2)
    assert whatif.let_go(rows, ["NOR", "KEN"]).stay == (3, 4)


def test_letting_go_in_one_article_leaves_the_others() -> None:
    rows = [held(1, "NOR", place="9"), held(2, "NOR", place="11")]
    assert whatif.let_go(rows, ["NOR"], ["9"]).fall == (1,)


def test_the_conversation_that_clears_most_text_comes_first() -> None:
    rows = [held(1, "NOR", "KEN", size=10), held(2, "USA", against="G77", size=30), held(3, "NOR", "USA", "G77")]
    assert [(talk.parties, talk.size) for talk in whatif.bilaterals(rows)] == [
        (("G77", "USA"), 30),
        (("KEN", "NOR"), 10),
    ]


def test_who_stands_alone_where() -> None:
    assert whatif.alone([held(1, "NOR"), held(2, "NOR"), held(3, "KEN"), held(4, "USA", known=False)]) == {
        "NOR": (1, 2),
        "KEN": (3,),
    }


@given(brackets, parties)
def test_each_bracket_falls_nearly_falls_or_stays_and_unknown_holders_never_fall(
    rows: list[tuple[frozenset[str], frozenset[str], bool]], going: frozenset[str]
) -> None:
    all_ = made(rows)
    found = whatif.let_go(all_, going)
    assert sorted((*found.fall, *found.nearly, *found.stay)) == [row.number for row in all_]
    assert set(found.fall) == {row.number for row in all_ if row.known and row.holders and row.holders <= going}


@given(brackets, parties, parties)
def test_who_lets_go_of_more_brings_no_fewer_down(
    rows: list[tuple[frozenset[str], frozenset[str], bool]], going: frozenset[str], more: frozenset[str]
) -> None:
    all_ = made(rows)
    assert set(whatif.let_go(all_, going).fall) <= set(whatif.let_go(all_, going | more).fall)
