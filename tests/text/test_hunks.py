"""Hunks: how a proposal falls into edits, and which of them belong together."""

from hypothesis import given

from drafting.text import hunks
from drafting.text.hunks import Hunk, Proposal
from tests.text import rounds


def find(base: str, text: str) -> tuple[Hunk, ...]:
    return hunks.find([base], Proposal("A", {0: text}))


def changes(base: str, text: str) -> list[tuple[str, str]]:
    return [(base[hunk.lo : hunk.hi], hunk.words) for hunk in find(base, text)]


def atoms(base: str, text: str) -> list[int]:
    return [hunk.atom for hunk in find(base, text)]


@given(rounds.rounds())
def test_all_hunks_made_give_the_proposed_text(round_: rounds.Round) -> None:
    for text in round_.texts.values():
        made = round_.base
        for hunk in reversed(find(round_.base, text)):
            made = made[: hunk.lo] + hunk.words + made[hunk.hi :]
        assert made == text


def test_independent_edits_are_independent_hunks() -> None:
    assert changes("a b c d e", "x b c d y") == [("a", "x"), ("e", "y")]
    assert atoms("a b c d e", "x b c d y") == [0, 0]


def test_an_insertion_takes_the_space_behind_it() -> None:
    assert changes("a c", "a b c") == [("", "b ")]
    assert changes("a", "a b") == [("", " b")]


def test_of_two_equal_words_the_same_one_always_goes() -> None:
    assert changes("the the cat", "the cat") == [("the ", "")]
    assert changes("x the cat the cat y", "x the cat y") == [("the cat ", "")]


def test_a_rival_of_words_in_a_pair_leaves_the_pair_alone() -> None:
    assert changes("x [a b] c y", "x [a z] y") == [("b", "z"), ("c ", "")]
    assert changes("[a] [b]", "[c] [d]") == [("a", "c"), ("b", "d")]


def test_a_pair_lifted_is_one_atom_and_says_retain() -> None:
    found = find("a [b] c", "a b c")
    assert [(hunk.lo, hunk.hi, hunk.atom, hunk.verdict) for hunk in found] == [(2, 3, 1, "retain"), (4, 5, 1, "retain")]


def test_a_pair_dropped_is_one_hunk_and_says_delete() -> None:
    (found,) = find("a [b [c]] d", "a d")
    assert (found.words, found.atom, found.verdict) == ("", 0, "delete")


def test_marks_put_round_words_are_one_atom() -> None:
    assert changes("a b c", "a [b] c") == [("", "["), ("", "]")]
    assert atoms("a b c", "a [b] c") == [1, 1]


def test_words_that_change_places_are_one_atom() -> None:
    assert atoms("a and b", "b and a") == [1, 1]
    text = "protect the marine waters of the high seas and the coast"
    assert atoms(text, "protect the waters of the high seas and the marine coast") == [1, 1]


def test_three_words_in_a_round_are_one_atom() -> None:
    assert atoms("one x y z two p q r three", "three x y z one p q r two") == [1, 1, 1]


def test_a_word_gone_here_and_another_come_there_are_no_move() -> None:
    assert atoms("shall x y z may", "should x y z shall") == [0, 0]


def test_a_bracket_inside_a_word_is_lifted_or_dropped_alone() -> None:
    assert changes("threshold[s] apply", "thresholds apply") == [("[", ""), ("]", "")]
    assert changes("threshold[s] apply", "threshold apply") == [("[s]", "")]
    assert changes("[eco-]labelling", "eco-labelling") == [("[", ""), ("]", "")]
    assert changes("un[in]tended", "untended") == [("[in]", "")]


def test_both_ends_of_a_pair_across_provisions_are_one_atom() -> None:
    base = ["[1. a", "2. b", "3. c]"]
    found = hunks.find(base, Proposal("A", {0: "1. a", 2: "3. c"}))
    assert [(hunk.provision, hunk.atom) for hunk in found] == [(0, 1), (2, 1)]
    opened = hunks.find(["1. a", "2. b"], Proposal("A", {0: "1. [a", 1: "2. b]"}))
    assert [hunk.atom for hunk in opened] == [1, 1]


def test_new_provisions_stand_at_their_place_in_order() -> None:
    found = hunks.find(["a"], Proposal("A", {0: "b"}, {-1: ["first"], 0: ["second", "third"]}), keys=["x"])
    assert [(hunk.provision, hunk.words, hunk.index, hunk.inserts_after) for hunk in found] == [
        (None, "first", 1, True),
        ("x", "b", 2, False),
        ("x", "second", 3, True),
        ("x", "third", 4, True),
    ]


def test_a_pair_over_two_new_provisions_is_one_atom() -> None:
    found = hunks.find(["a"], Proposal("A", {}, {0: ["[b", "c]"]}))
    assert [hunk.atom for hunk in found] == [1, 1]


def test_rivals_overlap_or_insert_at_one_point() -> None:
    (one,) = find("a b c", "a x c")
    (other,) = find("a b c", "a b y c")
    assert one.rivals(one)
    assert not one.rivals(other)
    assert other.rivals(other)
