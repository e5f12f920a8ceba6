"""Trees: reading, choosing, restricting, and the plain form for other programs."""

from hypothesis import given
from hypothesis import strategies as st

from drafting.text import merging, trees
from drafting.text.trees import Alternative, Mark, Slot, Stance
from tests.text import rounds
from tests.text.rounds import Round

INNER = Slot(("b",), (Alternative("c", ("A", "B")),))
TREE = ("a ", Slot((INNER, " d"), (Alternative("x", ("C",)),)), " e")


def test_a_reader_without_a_wording_here_reads_on_inside() -> None:
    assert [trees.read(TREE, by) for by in (None, "A", "C", "Z")] == ["a b d e", "a c d e", "a x e", "a b d e"]


def test_a_choice_is_asked_from_the_outermost_slot_in() -> None:
    asked: list[Slot] = []
    assert trees.choose(TREE, lambda slot: asked.append(slot)) == "a b d e"
    assert asked == list(trees.slots(TREE))
    assert trees.choose(TREE, lambda slot: slot.alternatives[0].text) == "a x e"


def test_names_are_those_of_all_slots() -> None:
    assert trees.names(TREE) == {"A", "B", "C"}


def test_the_plain_form_holds_base_alternatives_and_names() -> None:
    assert trees.to_json(TREE) == [
        "a ",
        {
            "base": [{"base": ["b"], "alternatives": [{"text": "c", "by": ["A", "B"]}]}, " d"],
            "alternatives": [{"text": "x", "by": ["C"]}],
        },
        " e",
    ]


def test_strings_that_meet_are_one() -> None:
    assert trees.join(["a", "", "b", INNER, "c"]) == ("ab", INNER, "c")


def test_a_restricted_tree_drops_what_nobody_left_holds() -> None:
    assert trees.restrict(TREE, frozenset("B")) == ("a ", Slot(("b",), (Alternative("c", ("B",)),)), " d e")


@given(rounds.rounds(), st.sets(st.sampled_from("ABCDE")))
def test_a_restricted_tree_reads_the_same(round_: Round, some: set[str]) -> None:
    tree = merging.consolidate_one(round_.base, round_.texts)
    part = trees.restrict(tree, frozenset(some))
    assert trees.read(part) == round_.base
    assert trees.names(part) == trees.names(tree) & some
    for by in some:
        assert trees.read(part, by) == trees.read(tree, by)


def test_only_the_marks_of_one_deleting_in_a_range_are_hushed() -> None:
    marks = (Mark(0, 1, Stance.DELETE, ("A", "B"), True), Mark(2, 3, Stance.DELETE, ("A",), True))
    tree = ("x", Slot(("a b",), (Alternative("", ("A", "B")),), marks))
    (_, slot) = trees.hush(tree, 1, 2, "A")
    assert isinstance(slot, Slot)
    assert slot.marks == (Mark(0, 1, Stance.DELETE, ("B",), True), marks[1])
