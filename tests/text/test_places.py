"""Stacks of new provisions proposed at one place, and those that enter a document."""

from hypothesis import given
from hypothesis import strategies as st

from drafting.text import places, stacks

proposed = st.dictionaries(st.sampled_from("ABCD"), st.lists(st.sampled_from("xyz"), max_size=4))


@given(proposed)
def test_everybody_finds_its_own_provisions_in_order(given_: dict[str, list[str]]) -> None:
    members = places.stack(given_.items())
    for by, texts in given_.items():
        assert [text for text, names in members if by in names] == texts


@given(proposed, st.randoms(use_true_random=False))
def test_the_order_of_the_proposals_changes_nothing(given_: dict[str, list[str]], random: object) -> None:
    assert places.stack(reversed(given_.items())) == places.stack(given_.items())


def test_equal_provisions_are_shared() -> None:
    assert places.stack([("B", ["y", "x"]), ("A", ["x"])]) == [("y", ("B",)), ("x", ("A", "B"))]


def test_a_taken_suffix_gives_way_to_the_next_free_one() -> None:
    assert stacks.relabel("5 bis. Parties", ["5. a", "5 bis. b", "6. c"], 2) == "5 ter. Parties"
    assert stacks.relabel("5 bis Parties", ["5. a", "6. c"], 1) == "5 bis Parties"
    assert stacks.relabel("5 bis. x", ["5. a", "5 ter. b"], 1) == "5 bis. x"


def test_the_same_number_elsewhere_is_another_paragraph() -> None:
    assert stacks.relabel("5 bis. x", ["5 bis. other article", "Article 9", "5. a"], 3) == "5 bis. x"


def test_a_provision_without_a_suffix_keeps_its_label() -> None:
    assert stacks.relabel("No label here", ["5. a"], 1) == "No label here"
    assert stacks.relabel("6. next", ["5. a", "6. b"], 2) == "6. next"
