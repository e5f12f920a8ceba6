"""Differences of token lists, and the two libraries that must agree on them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.text import diffs, tokens
from drafting.text.diffs import Edit
from tests.text import rounds

lists = st.lists(st.sampled_from("abcdefg "), max_size=30)
few_letters = st.text("\u4e00\u4e01\u4e02\u4e03", max_size=30)


def apply(base: list[str], edits: list[Edit]) -> list[str]:
    for start, end, new in reversed(edits):
        base = [*base[:start], *new, *base[end:]]
    return base


def edits(base: str, new: str) -> list[Edit]:
    return diffs.edits(tokens.tokenize(base), tokens.tokenize(new))


@given(lists, lists)
def test_the_edits_made_give_the_new_tokens(base: list[str], new: list[str]) -> None:
    assert apply(base, diffs.edits(base, new)) == new


@given(lists, lists)
def test_two_edits_never_touch(base: list[str], new: list[str]) -> None:
    found = diffs.edits(base, new)
    assert all(one.end < two.start for one, two in pairwise(found))


@given(lists, st.sets(st.integers(0, 30)))
def test_where_tokens_are_only_left_out_none_is_inserted(base: list[str], gone: set[int]) -> None:
    new = [token for at, token in enumerate(base) if at not in gone]
    assert all(not edit.new for edit in diffs.edits(base, new))
    assert all(edit.start == edit.end for edit in diffs.edits(new, base))


def test_a_lone_word_between_two_changes_is_taken_along() -> None:
    assert edits("in their own waters", "for its own coasts") == [
        Edit(0, 3, ("for", " ", "its")),
        Edit(6, 7, ("coasts",)),
    ]
    assert edits("may be used", "can not used") == [Edit(0, 3, ("can", " ", "not"))]


def test_a_swap_is_two_edits() -> None:
    assert edits("a and b", "b and a") == [Edit(0, 1, ("b",)), Edit(4, 5, ("a",))]


@given(few_letters, few_letters, st.sampled_from(["No", "Semantic"]))
def test_the_accelerator_gives_the_same_edits(base: str, new: str, cleanup: diffs.Cleanup) -> None:
    pytest.importorskip("fast_diff_match_patch")
    assert diffs.diff(base, new, cleanup, fast=True) == diffs.diff(base, new, cleanup, fast=False)


@given(rounds.rounds())
def test_the_accelerator_gives_the_same_edits_of_proposals(round_: rounds.Round) -> None:
    pytest.importorskip("fast_diff_match_patch")
    for text in round_.texts.values():
        pair = diffs.encode(tokens.tokenize(round_.base), tokens.tokenize(text))
        assert diffs.diff(*pair, "Semantic", fast=True) == diffs.diff(*pair, "Semantic", fast=False)


def test_tokens_beyond_the_surrogates_are_characters_of_their_own() -> None:
    many = [str(number) for number in range(0xA000)]
    encoded, _ = diffs.encode(many, [])
    assert len(set(encoded)) == len(many)
    encoded.encode()
    assert diffs.edits(many, [*many[:-2], "x", many[-1]]) == [Edit(len(many) - 2, len(many) - 1, ("x",))]


@given(lists, lists, lists)
def test_one_alphabet_serves_all_texts_that_one_is_compared_with(
    base: list[str], one: list[str], two: list[str]
) -> None:
    alphabet = diffs.make_alphabet()
    assert [diffs.blocks(base, new, alphabet=alphabet) for new in (one, two)] == [
        diffs.blocks(base, new) for new in (one, two)
    ]


def test_where_an_alphabet_has_no_characters_left_another_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diffs, "_MANY", 10)
    alphabet = diffs.make_alphabet()
    diffs.encode("abcdef", "xy", alphabet)
    written = diffs.encode("pqr", "pst", alphabet)
    assert [len(set(text)) for text in (*written, "".join(written))] == [3, 3, 5]
    assert len(alphabet) == 8


@given(lists, lists)
def test_ends_are_counted_alike_in_lists_and_in_texts_and_never_overlap(one: list[str], other: list[str]) -> None:
    head, tail = diffs.count_ends(one, other)
    assert diffs.count_ends("".join(one), "".join(other)) == (head, tail)
    assert one[:head] == other[:head]
    assert one[len(one) - tail :] == other[len(other) - tail :]
    between, there = one[head : len(one) - tail], other[head : len(other) - tail]
    assert not between or not there or (between[0] != there[0] and between[-1] != there[-1])
    assert head + tail <= min(len(one), len(other))
