"""Consolidation of documents: new provisions, pairs across provisions, the cache."""

from drafting.text import budgets, merging, trees
from drafting.text.hunks import Proposal
from drafting.text.trees import Alternative, Slot


def grow(base: str, **texts: str) -> trees.Tree:
    return merging.consolidate_one(base, texts)


def test_independent_edits_are_independent_slots() -> None:
    tree = grow("a b c d e", A="x b c d e", B="a b c d y")
    assert tree == (Slot(("a",), (Alternative("x", ("A",)),)), " b c d ", Slot(("e",), (Alternative("y", ("B",)),)))


def test_touching_edits_are_independent_slots() -> None:
    tree = grow("保护和", A="养护和", B="保护或")
    assert [type(item) for item in tree] == [Slot, Slot]


def test_a_rival_of_a_part_is_a_slot_inside_where_that_prints_shorter() -> None:
    text = "States shall protect the marine environment of the high seas"
    tree = grow(text, A="No text.", B=text.replace("shall", "should"), C=text.replace("high ", ""))
    (outer,) = tree
    assert isinstance(outer, Slot)
    assert outer.alternatives == (Alternative("No text.", ("A",)),)
    assert [slot.alternatives[0].by for slot in trees.slots(outer.base)] == [("B",), ("C",)]


def test_what_fills_a_pair_is_flat_where_it_prints_shorter_for_needing_none_of_its_own() -> None:
    assert budgets.bracketed(merging.consolidate(["[should \u0301x]"], [Proposal("A", {0: "[[shall \u0301x]]"})])) == [
        "[should \u0301x][shall \u0301x]"
    ]


def test_a_chain_of_overlapping_edits_is_one_flat_slot() -> None:
    (slot,) = grow("a b c d", A="x c d", B="a y d", C="a b z")
    assert isinstance(slot, Slot)
    assert [rival.text for rival in slot.alternatives] == ["x c d", "a y d", "a b z"]


def test_the_same_edit_within_different_proposals_is_one_alternative() -> None:
    tree = grow("a b c d e", A="a x c d e", B="a x c d y")
    assert [rival for slot in trees.slots(tree) for rival in slot.alternatives] == [
        Alternative("x", ("A", "B")),
        Alternative("y", ("B",)),
    ]


def test_new_provisions_stand_behind_the_one_they_name() -> None:
    proposals = [
        Proposal("A", {0: "a x"}, {-1: ["new"], 1: ["5 bis y"]}),
        Proposal("B", {}, {1: ["5 bis z", "5 bis y"]}),
    ]
    entries = merging.consolidate(["a b", "c"], proposals)
    assert budgets.bracketed(entries) == ["[new]", "a [b][x]", "c", "[5 bis z]", "[5 bis y]"]
    assert merging.read(entries, "A") == ["new", "a x", "c", "", "5 bis y"]
    assert merging.read(entries, "B") == ["", "a b", "c", "5 bis z", "5 bis y"]
    assert [(entry.index, entry.after) for entry in entries] == [(None, -1), (0, 0), (1, 1), (None, 1), (None, 1)]


def test_provisions_proposed_twice_by_one_stay_two() -> None:
    entries = merging.consolidate([], [Proposal("A", {}, {-1: ["x", "x"]}), Proposal("B", {}, {-1: ["x"]})])
    assert merging.read(entries, "A") == ["x", "x"]
    assert sorted(merging.read(entries, "B")) == ["", "x"]


def test_orders_that_contradict_keep_every_proposal_in_its_own() -> None:
    proposals = [Proposal("A", {}, {0: ["x", "y"]}), Proposal("B", {}, {0: ["y", "x"]})]
    entries = merging.consolidate(["a"], proposals)
    for proposal in proposals:
        assert [text for text in merging.read(entries, proposal.by)[1:] if text] == proposal.after[0]


def test_a_pair_put_across_provisions_is_printed_once() -> None:
    base = ["1. a b", "2. c", "3. d e"]
    proposals = [
        Proposal("A", {0: "[1. a b", 1: "2. c]"}),
        Proposal("B", {0: "[1. a x b", 2: "3. d e]"}),
        Proposal("C", {0: "[1. a b", 1: "2. c]"}),
    ]
    assert budgets.bracketed(merging.consolidate(base, proposals)) == ["[[1. a [x] b", "2. c]", "3. d e]"]


def test_an_end_of_a_pair_stays_outside_the_brackets_it_would_cross() -> None:
    base = ["a b c", "d"]
    proposals = [Proposal("A", {0: "a [b c", 1: "d]"}), Proposal("B", {0: "x"})]
    assert budgets.bracketed(merging.consolidate(base, proposals)) == ["[[a b c][x]", "d]"]


def test_a_pair_across_provisions_lifted_or_dropped_adds_no_bracket() -> None:
    base = ["[1. a b", "2. c]"]
    lifted = Proposal("A", {0: "1. a b", 1: "2. c"})
    dropped = Proposal("B", {0: "", 1: ""})
    assert budgets.bracketed(merging.consolidate(base, [lifted, dropped])) == base


def test_a_pair_of_which_one_end_is_moved_is_a_pair_of_its_own() -> None:
    base = ["a [b", "c", "d] e"]
    moved = Proposal("A", {0: "a b", 1: "x [c"})
    assert budgets.bracketed(merging.consolidate(base, [moved])) == ["a [b", "[[x ]c", "d]] e"]


def test_a_pair_from_one_new_provision_to_another_is_printed_round_both() -> None:
    proposals = [Proposal("A", {}, {-1: ["[1. x", "2. y]"]}), Proposal("B", {0: "3. a]"}, {-1: ["[1. x"]})]
    assert budgets.bracketed(merging.consolidate(["3. a"], proposals)) == ["[[[1. x]", "[2. y]]", "3. a]"]


def test_words_taken_out_beside_a_pair_across_provisions_are_bracketed() -> None:
    assert budgets.bracketed(merging.consolidate(["[1. a b", "2. c]"], [Proposal("A", {0: "[1. a"})])) == [
        "[1. a [b]",
        "2. c]",
    ]


def test_words_that_one_moves_and_another_repeats_are_printed() -> None:
    moved, repeated = Proposal("A", {1: "]b "}), Proposal("B", {1: "x]b "})
    assert budgets.bracketed(merging.consolidate(["[", "b]"], [moved, repeated])) == ["[", "[b][x]][b] "]


def test_one_new_proposal_redoes_one_provision() -> None:
    cache: dict[str, trees.Tree] = {}
    base = ["a b", "c d"]
    one = Proposal("A", {0: "a x", 1: "c y"})
    merging.consolidate(base, [one], cache)
    before = dict(cache)
    entries = merging.consolidate(base, [one, Proposal("B", {1: "c z"})], cache)
    assert len(cache) == len(before) + 1 == 3
    assert budgets.bracketed(entries) == ["a [b][x]", "c [d][y][z]"]


def test_a_cached_tree_is_used() -> None:
    cache = {merging.fingerprint("a", {"A": "b"}): ("kept",)}
    assert merging.consolidate_one("a", {"A": "b"}, cache) == ("kept",)


def test_the_fingerprint_tells_names_from_texts() -> None:
    assert merging.fingerprint("a", {"b": "c"}) != merging.fingerprint("ab", {"": "c"})
    assert merging.fingerprint("a", {"b": "c", "d": "e"}) == merging.fingerprint("a", {"d": "e", "b": "c"})
