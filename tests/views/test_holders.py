"""Who stands behind a thing, said shortly and counted fairly."""

from drafting.views import holders, pins
from drafting.views.holders import Balance, Groups
from drafting.views.pins import Pins

MANY = frozenset({"AGO", "ARG", "BRA", "IND", "KEN", "MEX", "PER", "THA", "ZAF"})
GROUPS = Groups({"G77": MANY, "TWO": frozenset({"CHE", "NOR"})})


def test_members_that_all_stand_here_are_their_group() -> None:
    assert holders.fold((*sorted(MANY), "USA"), GROUPS) == ("G77", "USA")


def test_one_missing_is_named() -> None:
    assert holders.fold(tuple(sorted(MANY - {"ARG"})), GROUPS) == ("G77 except ARG",)


def test_a_small_group_is_not_folded_with_exceptions() -> None:
    assert holders.fold(("NOR",), GROUPS) == ("NOR",)


def test_a_group_that_speaks_stands_for_its_members() -> None:
    assert holders.fold(("TWO", "USA"), GROUPS) == ("TWO", "USA")


def test_long_lists_end_in_a_count() -> None:
    assert holders.shorten(("A", "B", "C", "D", "E")) == "A B C +2"
    assert holders.say(tuple("ABCDEFGH"), {"A": "Aland"}).startswith("Aland, B")
    assert holders.say(tuple("ABCDEFGH"), {}).endswith("and 2 more")


def test_a_group_counts_for_its_members_but_those_with_a_stance_of_their_own() -> None:
    said = [("G77", "delete"), ("KEN", "retain"), ("USA", "reserve")]
    assert holders.balance(said, GROUPS) == Balance(pro=1, between=1, against=8)


def test_a_group_without_members_is_one_delegation() -> None:
    assert holders.balance([("EU", "support")], GROUPS) == Balance(1, 0, 0)


def test_pins_are_known_codes_and_the_own_first() -> None:
    style = pins.style(Pins("NOR", "EU"))
    assert '[data-h~="NOR"][data-h~="EU"]' in style
    assert '[data-h~="NOR"]:not([data-h~="EU"])>b{color:var(--mine)' in style
    assert "triangle" not in style


def test_a_member_with_a_stance_of_its_own_is_named_as_an_exception() -> None:
    assert holders.fold(("G77",), GROUPS, frozenset({"ARG", "USA"})) == ("G77 except ARG",)
    assert holders.fold(("G77",), GROUPS, frozenset({"ARG", "BRA", "IND"})) == ("G77 except 3",)


def test_the_readers_own_and_the_pinned_come_first() -> None:
    codes = (*sorted(MANY), "USA")
    assert holders.lead(("G77", "USA"), codes, ("KEN", "USA", "NOR")) == ("KEN", "USA", "G77")
